"""`newscrawler import`: what others recorded becomes records, rows and articles of this archive."""

from __future__ import annotations

import contextlib
import gzip
import json
import os
import random
import sqlite3
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import brotli
import pytest
from backports import zstd
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newscrawler.archive.lock import ArchiveLock
from newscrawler.archive.manifest import Manifest
from newscrawler.archive.reader import StoredRecord, records
from newscrawler.cli import main
from newscrawler.cli.import_ import command
from newscrawler.demo import SampleServer, SampleSite
from newscrawler.errors import ArchiveLockedError, DiskError, ExitCode, UsageError
from newscrawler.imports import Imported, exit_code, import_files
from newscrawler.rebuild import check
from newscrawler.verify import verify
from tests.conftest import Shell, times
from tests.foreign_makers import (
    DATE,
    URL,
    browsertrix,
    by_warcio,
    by_warcprox,
    by_wget,
    chunked,
    common_crawl,
    heritrix,
    http,
    packed,
    record,
    sha1,
    sha256,
    uid,
    wacz,
    warcinfo,
    written,
)

FIXTURE = Path(__file__).parent / "archive" / "fixtures" / "warcprox-2.13.1.warc.gz"
HTML = "Content-Type: text/html; charset=utf-8"
BINARY = "Content-Type: application/octet-stream"


def imported(data: Path, *paths: Path) -> list[Imported]:
    return list(import_files(data, paths))


def query(data: Path, sql: str) -> list[tuple[Any, ...]]:
    with sqlite3.connect(data / "news.db") as db:
        return db.execute(sql).fetchall()


def texts(data: Path) -> dict[str, tuple[str, str]]:
    return {url: (title, body) for url, title, body in query(data, "SELECT url, title, body_text FROM articles")}


def stored(data: Path) -> list[StoredRecord]:
    return [each for path in sorted((data / "warc").glob("*.warc.gz")) for each in records(path)]


def info(data: Path) -> dict[str, str]:
    """Fields of the first warcinfo record."""
    text = stored(data)[0].block.read().decode()
    return dict(line.split(": ", 1) for line in text.splitlines() if line)


def sound(data: Path) -> bool:
    """Whether `verify` and `rebuild --check` find nothing."""
    report = verify(data)
    return not report.faults and check(data).equal


@pytest.fixture(scope="module")
def pages() -> dict[str, bytes]:
    """Address → HTML of three articles."""
    site = SampleSite.load()
    found = [truth.url for truth in site.truth()][:3]
    return {url: site.respond("thanhdoan.hochiminhcity.gov.vn", url.partition("gov.vn")[2]).body for url in found}


def truth_of(urls: object) -> dict[str, tuple[str, str]]:
    wanted = set(urls)  # type: ignore[call-overload]
    return {
        each.url: (each.title, "\n\n".join(each.paragraphs)) for each in SampleSite.load().truth() if each.url in wanted
    }


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def source(tmp_path: Path) -> Callable[..., Path]:
    """Writes a file to import: `source(record, …)`, one gzip member for each."""

    def source(*content: bytes, name: str = "source.warc.gz") -> Path:
        return written(tmp_path / "sources" / name, packed([warcinfo(), *content]))

    return source


RECORDERS: dict[str, Callable[[Path, str, list[str]], Path]] = {
    "wget": by_wget,
    "wget without compression": lambda folder, proxy, urls: by_wget(folder, proxy, urls, "--no-warc-compression"),
    "wget asking for gzip": lambda folder, proxy, urls: by_wget(folder, proxy, urls, "--header=Accept-Encoding: gzip"),
    "warcio": by_warcio,
    "warcprox": by_warcprox,
}


@pytest.mark.parametrize("recorder", RECORDERS)
def test_what_other_recorders_wrote_gives_the_same_articles_as_our_own_crawl(
    recorder: str, server: SampleServer, tmp_path: Path, data: Path
) -> None:
    urls = [truth.url for truth in server_site().truth()]
    folder = tmp_path / "recorded"
    folder.mkdir()
    path = RECORDERS[recorder](folder, server.url, urls)
    (result,) = imported(data, path)
    assert exit_code([result]) == ExitCode.COMPLETE, result
    assert texts(data) == truth_of(urls)
    assert info(data)["source-file"] == path.name
    assert info(data)["source-sha256"] == sha256(path.read_bytes()).removeprefix("sha256:")
    assert sound(data)


def server_site() -> SampleSite:
    return SampleSite.load()


def test_a_file_of_warcprox_is_taken_over_with_its_revisit(data: Path) -> None:
    (result,) = imported(data, FIXTURE)
    assert dict(result.taken) == {"response": 7, "request": 8, "revisit": 1}
    assert result.faults == []
    assert len(texts(data)) == 6
    assert info(data)["source-warcinfo-software"] == "warcprox 2.13.1"
    assert sound(data)


def test_fastwarc_writes_what_can_be_imported(pages: dict[str, bytes], tmp_path: Path, data: Path) -> None:
    warc = pytest.importorskip("fastwarc.warc", reason="FastWARC is not installed")
    path = tmp_path / "fastwarc.warc.gz"
    stream = pytest.importorskip("fastwarc.stream_io").GzipWriter(path.open("wb"))
    for url, body in pages.items():
        each = warc.WarcRecord()
        each.init_headers(record_type=warc.WarcRecordType.response)
        each.headers.append("WARC-Target-URI", url)
        each.headers.append("Content-Type", "application/http; msgtype=response")
        each.set_bytes_content(http(body))
        each.write(stream, checksum_data=True)
    stream.close()
    imported(data, path)
    assert texts(data) == truth_of(pages)
    assert sound(data)


MAKERS = {"browsertrix": browsertrix, "common crawl": common_crawl, "heritrix": heritrix}


@pytest.mark.parametrize("maker", MAKERS)
@pytest.mark.parametrize("form", ["members", "one member", "plain", "wacz"])
def test_the_forms_of_large_crawlers_give_the_same_articles(
    maker: str, form: str, pages: dict[str, bytes], tmp_path: Path, data: Path
) -> None:
    content = MAKERS[maker](pages)
    match form:
        case "members":
            path = written(tmp_path / "a.warc.gz", packed(content))
        case "one member":
            path = written(tmp_path / "a.warc.gz", gzip.compress(b"".join(content)))
        case "plain":
            path = written(tmp_path / "a.warc", b"".join(content))
        case _:
            path = wacz(tmp_path / "a.wacz", {"archive/data.warc.gz": packed(content)})
    (result,) = imported(data, path)
    assert result.faults == []
    assert not result.refused
    assert texts(data) == truth_of(pages)
    assert sound(data)


def test_blocks_are_kept_byte_for_byte_with_id_date_and_links(
    pages: dict[str, bytes], source: Callable[..., Path], data: Path
) -> None:
    content = common_crawl(pages)[1:4]
    imported(data, source(*content))
    _info, request, response, note = stored(data)
    assert [each.kind for each in (request, response, note)] == ["request", "response", "metadata"]
    for each, foreign in zip((request, response, note), content, strict=True):
        assert each.block.read() == foreign.partition(b"\r\n\r\n")[2][:-4]
        assert each.date == "2020-02-03T04:05:06.000000Z"
        assert each.record_id.encode() in foreign
    assert response.headers["WARC-IP-Address"] == "203.0.113.9"
    assert response.headers["WARC-Concurrent-To"] == request.record_id
    assert response.headers["WARC-Warcinfo-ID"] == stored(data)[0].record_id
    assert response.headers["WARC-Protocol"] == "h2,tls/1.3"
    assert response.message.head.status == 200


def test_digests_that_are_stated_otherwise_are_kept_beside_ours(
    pages: dict[str, bytes], source: Callable[..., Path], data: Path
) -> None:
    (url, body), *_others = pages.items()
    framed = chunked(gzip.compress(body, mtime=0))
    block = http(framed, HTML, "Content-Encoding: gzip", "Transfer-Encoding: chunked")
    imported(
        data, source(record("response", url, block, WARC_Payload_Digest=sha1(framed), WARC_Block_Digest=sha256(block)))
    )
    headers = stored(data)[1].headers
    assert headers["WARC-Payload-Digest"] == sha1(gzip.compress(body, mtime=0))
    assert headers["Source-Payload-Digest"] == sha1(framed)
    assert headers["WARC-Block-Digest"] == sha1(block)
    assert headers["Source-Block-Digest"] == sha256(block)


def test_a_digest_in_hex_is_the_same_digest(source: Callable[..., Path], data: Path) -> None:
    block = http(b"abc")
    imported(
        data,
        source(record("response", URL, block, WARC_Payload_Digest="sha1:a9993e364706816aba3e25717850c26c9cd0d89d")),
    )
    assert "Source-Payload-Digest" not in stored(data)[1].headers


def raw_deflate(body: bytes) -> bytes:
    return zlib.compress(body)[2:-4]


CODINGS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": lambda body: gzip.compress(body, mtime=0),
    "br": brotli.compress,
    "zstd": zstd.compress,
    "deflate": zlib.compress,
    "identity": lambda body: body,
}


@pytest.mark.parametrize("framing", ["whole", "chunked", "said to be chunked"])
@pytest.mark.parametrize("label", [*CODINGS, "gzip that is none"])
def test_bodies_under_any_coding_and_framing_are_read(
    label: str, framing: str, pages: dict[str, bytes], source: Callable[..., Path], data: Path
) -> None:
    (url, body), *_others = pages.items()
    coding = label.split(" ")[0]
    coded = body if label == "gzip that is none" else CODINGS[coding](body)
    head = [HTML, f"Content-Encoding: {coding}", *(["Transfer-Encoding: chunked"] if framing != "whole" else [])]
    imported(data, source(record("response", url, http(chunked(coded) if framing == "chunked" else coded, *head))))
    assert texts(data) == truth_of([url])


def test_an_old_content_length_does_not_cut_a_body_that_was_decoded(
    pages: dict[str, bytes], source: Callable[..., Path], data: Path
) -> None:
    (url, body), *_others = pages.items()
    imported(data, source(record("response", url, http(body, HTML, "Content-Length: 100"))))
    assert texts(data) == truth_of([url])


def test_an_article_of_a_host_without_a_site_file_is_read(source: Callable[..., Path], data: Path) -> None:
    words = "Sáng nay, đoàn viên ra quân dọn vệ sinh ở các tuyến đường của phường, cùng người dân trồng thêm cây xanh. "
    body = f"<html><head><title>Ra quân</title></head><body><article><h1>Ra quân</h1>{'<p>' + words * 4 + '</p>'}{'<p>' + words * 3 + '</p>'}</article></body></html>"
    imported(data, source(record("response", "https://bao.example/tin/1", http(body.encode(), HTML))))
    assert list(texts(data)) == ["https://bao.example/tin/1"]
    assert sound(data)


def test_importing_again_adds_nothing(
    pages: dict[str, bytes], source: Callable[..., Path], data: Path, tmp_path: Path
) -> None:
    lone = record("request", "http://a.vn/gone", b"GET /gone HTTP/1.1\r\n\r\n")
    path = source(*common_crawl(pages)[1:], *heritrix(pages)[1:], lone)
    imported(data, path)
    tables = ("captures", "articles", "versions", "links", "runs", "problems")
    before = [query(data, f"SELECT * FROM {table}") for table in tables]
    files = sorted(each.name for each in (data / "warc").iterdir())
    (again,) = imported(data, path)
    assert (again.taken.total(), again.faults) == (0, [])
    (otherwise,) = imported(data, written(tmp_path / "b.warc", gzip.decompress(path.read_bytes())))
    assert (otherwise.taken.total(), otherwise.faults) == (0, [])
    assert sorted(each.name for each in (data / "warc").iterdir()) == files
    assert [query(data, f"SELECT * FROM {table}") for table in tables] == before


def test_a_longer_copy_of_a_file_adds_only_what_is_new(
    pages: dict[str, bytes], source: Callable[..., Path], data: Path
) -> None:
    content = common_crawl(pages)[1:]
    imported(data, source(*content[:3]))
    (result,) = imported(data, source(*content, name="longer.warc.gz"))
    assert (dict(result.taken), result.known) == ({"request": 2, "response": 2, "metadata": 2}, 3)
    assert sound(data)


def test_a_record_that_bears_the_id_of_another_is_left_out(source: Callable[..., Path], data: Path) -> None:
    imported(data, source(record("response", URL, http(b"true"), WARC_Record_ID=uid("a"))))
    other = record("response", URL, http(b"false"), WARC_Record_ID=uid("a"))
    twice = [record("response", URL, http(body), WARC_Record_ID=uid("b")) for body in (b"one", b"two")]
    (result,) = imported(data, source(other, *twice, name="other.warc.gz"))
    assert all(fault.endswith("it bears the WARC-Record-ID of another record") for fault in result.faults)
    assert len(result.faults) == 2
    assert [each.body for each in stored(data) if each.kind == "response"] == [b"true", b"one"]


def revisit(original_digest: str, **more: str) -> bytes:
    profile = "http://netpreserve.org/warc/1.0/revisit/identical-payload-digest"
    return record(
        "revisit",
        URL,
        http(b""),
        **{
            "WARC_Date": "2020-03-03T04:05:06Z",
            "WARC_Payload_Digest": original_digest,
            "WARC_Profile": profile,
            **more,
        },
    )


BODY = b"<p>Tin</p>"
ORIGINAL = record("response", URL, http(BODY), WARC_Record_ID=uid("original"), WARC_Payload_Digest=sha1(BODY))
NAMED = {
    "by its id": {"WARC_Refers_To": uid("original")},
    "by address and date": {"WARC_Refers_To_Target_URI": URL, "WARC_Refers_To_Date": DATE},
    "by its digest alone": {},
}


@pytest.mark.parametrize("named", NAMED)
@pytest.mark.parametrize("place", ["before it", "behind it", "in the archive"])
def test_a_revisit_finds_its_original(named: str, place: str, source: Callable[..., Path], data: Path) -> None:
    again = revisit(sha1(BODY), **NAMED[named])
    if place == "in the archive":
        imported(data, source(ORIGINAL, name="first.warc.gz"))
        (result,) = imported(data, source(again))
    else:
        (result,) = imported(data, source(*([ORIGINAL, again] if place == "before it" else [again, ORIGINAL])))
    assert result.faults == []
    (found,) = [each.headers for each in stored(data) if each.kind == "revisit"]
    assert found["WARC-Refers-To"] == uid("original")
    assert found["WARC-Refers-To-Target-URI"] == URL
    assert found["WARC-Refers-To-Date"] == "2020-02-03T04:05:06.000000Z"
    assert found["WARC-Payload-Digest"] == sha1(BODY)
    assert query(data, "SELECT refers_to FROM captures WHERE record_type = 'revisit'") == [(uid("original"),)]
    assert sound(data)


def test_a_revisit_without_its_original_is_left_out_and_named(source: Callable[..., Path], data: Path) -> None:
    path = source(revisit(sha1(BODY), WARC_Refers_To=uid("original")))
    (result,) = imported(data, path)
    assert result.faults == [f"record 2 of {URL}: its original is neither in this file nor in the archive"]
    assert exit_code([result]) == ExitCode.GIVEN_UP
    assert not list(data.glob("warc/*"))
    imported(data, source(ORIGINAL, name="first.warc.gz"))
    assert imported(data, path)[0].taken["revisit"] == 1
    assert sound(data)


def test_a_record_that_was_left_out_is_no_original(source: Callable[..., Path], data: Path) -> None:
    imported(data, source(record("response", "http://a.vn/", http(b"else"), WARC_Record_ID=uid("original"))))
    by_place = revisit(sha1(BODY), WARC_Refers_To_Target_URI=URL, WARC_Refers_To_Date=DATE)
    (result,) = imported(data, source(ORIGINAL, by_place, name="second.warc.gz"))
    assert (result.taken.total(), len(result.faults)) == (0, 2)


def test_a_revisit_whose_digest_is_not_its_originals_is_left_out(source: Callable[..., Path], data: Path) -> None:
    (result,) = imported(data, source(ORIGINAL, revisit(sha1(b"else"), WARC_Refers_To=uid("original"))))
    assert result.faults == [f"record 3 of {URL}: its payload digest differs from that of its original"]


def test_a_304_finds_the_answer_it_speaks_of(source: Callable[..., Path], data: Path) -> None:
    profile = "http://netpreserve.org/warc/1.0/revisit/server-not-modified"
    same = revisit("", WARC_Profile=profile, WARC_Refers_To_Target_URI=URL, WARC_Refers_To_Date=DATE)
    assert imported(data, source(ORIGINAL, same))[0].faults == []
    assert stored(data)[2].headers["WARC-Refers-To"] == uid("original")
    assert sound(data)


def test_what_is_no_web_page_is_counted_by_its_reason(source: Callable[..., Path], data: Path) -> None:
    block = http(b"x")
    targets = [
        "dns:a.vn",
        "urn:pageinfo:http://a.vn/",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "data:text/html,x",
        "gopher://a.vn/",
    ]
    others = [record(kind, "http://a.vn/", b"x") for kind in ("resource", "conversion", "continuation", "surprise")]
    segment = record("response", "http://a.vn/", block, WARC_Segment_Number="1")
    (result,) = imported(data, source(*(record("response", target, block) for target in targets), *others, segment))
    assert dict(result.left_out) == {
        "dns: targets": 1,
        "urn: targets": 1,
        "file: targets": 1,
        "javascript: targets": 1,
        "data: targets": 1,
        "targets of other kinds": 1,
        "resource records": 1,
        "conversion records": 1,
        "continuation records": 1,
        "records of other kinds": 1,
        "records in segments": 1,
    }
    assert exit_code([result]) == ExitCode.COMPLETE
    assert not (data / "warc").exists()
    assert query(data, "SELECT count(*) FROM runs") == [(0,)]


WRONG = {
    "its target holds blanks or control characters": {"WARC_Target_URI": "http://a.vn/x\r\n WARC-Type: y"},
    "its target is no address": {"WARC_Target_URI": "http://"},
    "it has no WARC-Record-ID": {"WARC_Record_ID": ""},
    "its WARC-Date is no date: 'yesterday'": {"WARC_Date": "yesterday"},
    "its WARC-Date is no date: '2020-02-30T00:00:00Z'": {"WARC_Date": "2020-02-30T00:00:00Z"},
    "its WARC-Date cannot be: '2999-01-01T00:00:00Z'": {"WARC_Date": "2999-01-01T00:00:00Z"},
    "its WARC-Date cannot be: '1970-01-01T00:00:00Z'": {"WARC_Date": "1970-01-01T00:00:00Z"},
    "it states WARC-Target-URI twice and not alike": {
        "WARC_Target_URI": "http://a.vn/x\r\nWARC-Target-URI: http://bank.vn/"
    },
}


@pytest.mark.parametrize("reason", WRONG)
def test_a_record_that_makes_no_sense_is_given_up_and_the_next_is_taken(
    reason: str, source: Callable[..., Path], data: Path
) -> None:
    (result,) = imported(data, source(record("response", "http://a.vn/x", http(b"x"), **WRONG[reason]), ORIGINAL))
    assert [fault.endswith(reason) for fault in result.faults] == [True]
    assert [each.url for each in stored(data)] == [None, URL]
    assert sound(data)


DATES = {
    "2020-02-03T04:05:06.789Z": ("2020-02-03T04:05:06.789000Z", None),
    "2020-02-03T04:05:06.123456789Z": ("2020-02-03T04:05:06.123456Z", "2020-02-03T04:05:06.123456789Z"),
    "2020-02-03T11:05:06+07:00": ("2020-02-03T04:05:06.000000Z", "2020-02-03T11:05:06+07:00"),
    "2020-02": ("2020-02-01T00:00:00.000000Z", "2020-02"),
}


@pytest.mark.parametrize("date", DATES)
def test_dates_of_any_exactness_become_moments_in_utc(date: str, source: Callable[..., Path], data: Path) -> None:
    imported(data, source(record("response", URL, http(b"x"), WARC_Date=date)))
    headers = stored(data)[1].headers
    assert (headers["WARC-Date"], headers.get("Source-Date")) == DATES[date]


def test_letters_outside_ascii_and_angle_brackets_in_a_target_become_an_address(
    source: Callable[..., Path], data: Path
) -> None:
    raw = record("response", "<http://a.vn/bài>", http(b"x"))
    latin = record("response", "http://a.vn/caf_", http(b"y")).replace(b"caf_", b"caf\xe9")
    imported(data, source(raw, latin))
    assert [each.url for each in stored(data)[1:]] == ["http://a.vn/b%C3%A0i", "http://a.vn/caf%C3%A9"]
    assert sound(data)


def test_what_is_no_ip_address_is_not_told_as_one(source: Callable[..., Path], data: Path) -> None:
    imported(data, source(record("response", URL, http(b"x"), WARC_IP_Address="a.vn")))
    headers = stored(data)[1].headers
    assert ("WARC-IP-Address" in headers, headers["Source-IP-Address"]) == (False, "a.vn")


def test_a_cut_file_gives_what_stands_before_the_cut_and_ends_with_3(
    pages: dict[str, bytes], source: Callable[..., Path], data: Path
) -> None:
    whole = source(*common_crawl(pages)[1:])
    whole.write_bytes(whole.read_bytes()[:-40])
    (result,) = imported(data, whole)
    assert (result.taken["response"], exit_code([result])) == (3, ExitCode.GIVEN_UP)
    assert result.faults[0].endswith("the file ends within it")
    assert sound(data)


def test_a_stated_filename_leads_nowhere(tmp_path: Path, data: Path) -> None:
    first = warcinfo(WARC_Filename="../../../outside.warc.gz")
    path = written(tmp_path / "sources" / "..warc.gz", packed([first, ORIGINAL]))
    imported(data, path)
    assert {each.name for each in tmp_path.iterdir()} == {"data", "sources"}
    assert stored(data)[0].headers["WARC-Filename"] == next((data / "warc").iterdir()).name


def test_headers_of_the_maker_are_kept_but_not_without_end(source: Callable[..., Path], data: Path) -> None:
    many = "\r\n".join(f"X-{number}: {'y' * 1000}" for number in range(200))
    imported(data, source(record("response", URL, http(b"x"), WARC_Page_ID="3c0a", Z=f"1\r\n{many}")))
    headers = stored(data)[1].headers
    assert headers["WARC-Page-ID"] == "3c0a"
    assert 60 < len(headers) < 80


def test_the_manifest_and_the_index_know_the_new_file(
    pages: dict[str, bytes], source: Callable[..., Path], data: Path
) -> None:
    (result,) = imported(data, source(*common_crawl(pages)[1:]))
    (entry,) = Manifest(data).entries()
    assert (entry.file, entry.how) == (f"warc/{result.files[0]}", "imported")
    assert len((data / "index.cdxj").read_text().splitlines()) == 3
    assert query(data, "SELECT site, reason, exit_code, pages, articles_new FROM runs") == [
        ("import", "import", 0, 3, 3)
    ]


def test_an_import_into_a_crawled_archive_widens_its_history_and_adds_no_article(
    shell: Shell, pages: dict[str, bytes], source: Callable[..., Path]
) -> None:
    assert shell.crawl().returncode == 0
    count = len(texts(shell.data))
    (result,) = imported(shell.data, source(*common_crawl(pages)[1:]))
    assert (result.pages.total(), result.pages["new"]) == (3, 0)
    assert len(texts(shell.data)) == count
    assert query(shell.data, "SELECT count(*) FROM versions") == [(count,)]
    assert query(shell.data, f"SELECT first_seen FROM articles WHERE url = '{next(iter(pages))}'")[0][0].startswith(
        "2020-02-03"
    )
    assert sound(shell.data)


def test_a_run_that_holds_the_archive_is_not_disturbed(data: Path, source: Callable[..., Path]) -> None:
    lock = ArchiveLock(data)
    with pytest.raises(ArchiveLockedError):
        imported(data, source(ORIGINAL))
    lock.release()


def test_a_full_disk_leaves_nothing_half_visible(
    pages: dict[str, bytes], source: Callable[..., Path], data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = source(
        *(record("response", f"http://a.vn/{number}", http(os.urandom(5000), BINARY)) for number in range(200))
    )
    true_write, left = os.write, 300_000

    def write(file: int, content: Any) -> int:
        nonlocal left
        left -= len(content)
        if left < 0:
            raise OSError(28, "No space left on device")
        return true_write(file, content)

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", write)
        with pytest.raises(DiskError):
            imported(data, path)
    assert list((data / "warc").iterdir()) == []
    assert query(data, "SELECT count(*) FROM captures") == [(0,)]
    assert query(data, "SELECT exit_code FROM runs") == [(int(ExitCode.DISK),)]
    assert imported(data, path)[0].taken["response"] == 200
    assert sound(data)


def test_a_kill_between_file_and_rows_is_made_good_by_the_next_command(
    pages: dict[str, bytes], source: Callable[..., Path], data: Path
) -> None:
    path = source(*common_crawl(pages)[1:])
    imported(data, path)
    (data / "news.db").unlink()
    (data / "manifest.jsonl").unlink()
    (data / "index.cdxj").unlink()
    (again,) = imported(data, path)
    assert (again.taken.total(), len(texts(data))) == (0, 3)
    assert sound(data)


def test_an_import_that_is_killed_is_finished_by_the_same_command(source: Callable[..., Path], tmp_path: Path) -> None:
    content = [record("response", f"http://a.vn/{number}", http(os.urandom(20_000), BINARY)) for number in range(400)]
    path = source(*content)
    for kill in range(times(2, 30)):
        data = tmp_path / f"killed-{kill}"
        words = [sys.executable, "-m", "newscrawler", "import", str(path), "--data", str(data)]
        process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while process.poll() is None and not list(data.glob("warc/*")):
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(0.005)
        # Somewhere between the first record and the last row.
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(kill * 0.1)
        process.kill()
        process.wait()
        imported(data, path)
        assert query(data, "SELECT count(DISTINCT record_id), count(*) FROM captures") == [(400, 400)]
        assert sound(data)


def test_a_file_that_changes_while_it_is_read_is_refused(source: Callable[..., Path], data: Path) -> None:
    path = source(ORIGINAL)

    def grow(_size: int) -> None:
        assert path.stat().st_size < 1_000_000
        with path.open("ab") as file:
            file.write(b"\0")

    (result,) = import_files(data, [path], grow)
    assert result.refused == "was changed while it was read; import it again"
    assert not list(data.glob("warc/*"))


def test_pages_of_garbage_are_no_reason_to_stop(source: Callable[..., Path], data: Path) -> None:
    rng = random.Random(5)
    pages = [record("response", f"http://a.vn/{number}", http(rng.randbytes(20_000), HTML)) for number in range(30)]
    (result,) = imported(data, source(*pages, ORIGINAL))
    assert (result.taken["response"], result.faults) == (31, [])
    assert sound(data)


def test_one_file_that_is_refused_does_not_keep_the_others_out(
    tmp_path: Path, source: Callable[..., Path], data: Path
) -> None:
    bad = written(tmp_path / "bad.warc", b"<html>")
    first, second = imported(data, bad, source(ORIGINAL))
    assert (first.refused, second.taken["response"]) == ("is neither WARC nor WACZ", 1)
    assert exit_code([first, second]) == ExitCode.ERROR


def run(*words: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(command, words, standalone_mode=False, catch_exceptions=False)
    return result.return_value, result.stdout, result.stderr


def test_the_summary_tells_what_was_taken_left_out_and_given_up(
    pages: dict[str, bytes], source: Callable[..., Path], data: Path
) -> None:
    path = source(*heritrix(pages)[1:], revisit("sha1:AAAA"))
    code, out, err = run(str(path), "--data", str(data))
    assert code == ExitCode.GIVEN_UP
    assert out.splitlines() == [
        "source.warc.gz: 12 new records (3 metadata, 3 request, 3 response, 3 revisit), 0 known already",
        "  left out: 1 dns: targets",
        "  articles: 3 new, 0 changed, 3 unchanged; 0 lists, 0 pages could not be read",
    ]
    assert (
        err
        == f"newscrawler: source.warc.gz: record 15 of {URL}: its original is neither in this file nor in the archive\n"
    )
    code, out, _err = run(str(path), "--data", str(data))
    assert out.splitlines()[0] == "source.warc.gz: 0 new records, 12 known already"


def test_json_tells_the_same_to_programs(pages: dict[str, bytes], source: Callable[..., Path], data: Path) -> None:
    path = source(*heritrix(pages)[1:])
    code, out, _err = run("--json", str(path), "--data", str(data))
    (told,) = json.loads(out)
    assert (code, told["taken"]["revisit"], told["left_out"]) == (0, 3, {"dns: targets": 1})
    assert told["maker"] == {"software": "maker/1", "operator": "Thư viện"}


def test_help_has_an_example() -> None:
    assert "newscrawler import crawl.warc.gz" in CliRunner().invoke(command, ["--help"]).output


def locked_zip(path: Path) -> Path:
    """A WACZ whose file says that it is encrypted."""
    wacz(path, {"archive/a.warc.gz": packed([ORIGINAL])})
    content = bytearray(path.read_bytes())
    place = content.find(b"PK\x01\x02")
    content[place + 8] |= 1
    content[6] |= 1
    path.write_bytes(content)
    return path


def zip_bomb(path: Path) -> Path:
    """Many files that are one and the same stretch of the zip (D. Fifield, 2019)."""
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("archive/a.warc.gz", packed([ORIGINAL]))
        (info,) = archive.filelist
        archive.filelist += [info] * 50
    return path


def zip_of_zeros(path: Path) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("archive/a.warc", "w") as file:
        file.write(b"WARC/1.0\r\n")
        for _ in range(50):
            file.write(bytes(1 << 20))
    return path


def many_names(path: Path) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(2000):
            archive.writestr(zipfile.ZipInfo(f"archive/{number:05000}.warc"), b"")
    return path


def plain_zip(path: Path) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", b"x")
    return path


ZIPS = {
    "is protected by a password; unpack it and import the WARC files in it": locked_zip,
    "holds more than a file of its size can, as only a zip bomb does": zip_bomb,
    "has a longer list of files than any WACZ": many_names,
    "is a zip, but no WACZ: it holds no WARC file under archive/": plain_zip,
}


@pytest.mark.parametrize("reason", ZIPS)
def test_a_zip_that_is_no_good_is_refused_in_a_sentence(reason: str, tmp_path: Path, data: Path) -> None:
    (result,) = imported(data, ZIPS[reason](tmp_path / "a.wacz"))
    assert result.refused == reason
    code, _out, err = run(str(tmp_path / "a.wacz"), "--data", str(data))
    assert (code, err) == (ExitCode.ERROR, f"newscrawler: a.wacz {reason}\n")


def test_zeros_in_a_zip_are_one_fault(tmp_path: Path, data: Path) -> None:
    (result,) = imported(data, zip_of_zeros(tmp_path / "a.wacz"))
    assert result.faults == ["record 1: its headers are longer than 262144 bytes"]
    assert result.notes == ["datapackage.json states no hash to compare it with"]


def test_a_list_of_files_that_was_altered_is_told_and_the_records_are_taken(tmp_path: Path, data: Path) -> None:
    with zipfile.ZipFile(wacz(tmp_path / "a.wacz", {"archive/a.warc": ORIGINAL})) as old:
        files = {name: old.read(name) for name in old.namelist()}
    with zipfile.ZipFile(tmp_path / "b.wacz", "w") as new:
        for name, content in files.items():
            new.writestr(name, content + b" " if name == "datapackage.json" else content)
    (result,) = imported(data, tmp_path / "b.wacz")
    assert result.faults == ["its datapackage.json differs from the hash in datapackage-digest.json"]
    assert result.taken["response"] == 1


def test_a_cut_wacz_is_refused(tmp_path: Path, data: Path) -> None:
    path = wacz(tmp_path / "a.wacz", {"archive/a.warc.gz": packed([ORIGINAL])})
    path.write_bytes(path.read_bytes()[:-30])
    assert imported(data, path)[0].refused == "is a zip that is cut or damaged; fetch it again"


def test_paths_that_are_no_file_are_a_wrong_usage_before_anything_is_done(
    tmp_path: Path, data: Path, source: Callable[..., Path]
) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path, tmp_path / "nowhere", tmp_path / "pipe"):
        with pytest.raises(UsageError, match="WARC or WACZ file"):
            imported(data, source(ORIGINAL), path)
    assert not data.exists()


def test_a_mistake_is_one_sentence_without_a_traceback(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["import", str(tmp_path / "nowhere"), "--data", str(tmp_path / "data")])
    assert ended.value.code == ExitCode.USAGE
    assert (
        capsys.readouterr().err == f"newscrawler: there is no file {tmp_path / 'nowhere'}; name a WARC or WACZ file\n"
    )


@pytest.fixture(scope="module")
def quarry(pages: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> list[bytes]:
    """Whole files to be mutilated."""
    folder = tmp_path_factory.mktemp("quarry")
    content = heritrix(pages)
    package = wacz(folder / "a.wacz", {"archive/a.warc.gz": packed(content)}).read_bytes()
    return [packed(content), b"".join(content), gzip.compress(b"".join(content)), package, FIXTURE.read_bytes()]


@pytest.fixture(scope="module")
def pit(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("pit")


@settings(max_examples=times(25, 1500), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(draw=st.data())
def test_mutilated_files_are_imported_or_refused_and_nothing_is_written_elsewhere(
    draw: st.DataObject, quarry: list[bytes], pit: Path
) -> None:
    whole = bytearray(draw.draw(st.sampled_from(quarry)))
    for _ in range(draw.draw(st.integers(1, 5))):
        place = draw.draw(st.integers(0, len(whole) - 1))
        if draw.draw(st.booleans()):
            whole[place] ^= draw.draw(st.integers(1, 255))
        else:
            whole[place : place + draw.draw(st.integers(0, 200))] = draw.draw(st.binary(max_size=60))
        whole = whole or bytearray(b"W")
    path = written(pit / "a.warc.gz", bytes(whole))
    results = imported(pit / "data", path)
    assert exit_code(results) in (ExitCode.COMPLETE, ExitCode.GIVEN_UP, ExitCode.ERROR)
    assert {each.name for each in pit.iterdir()} == {"a.warc.gz", "data"}
    assert not list((pit / "data" / "warc").glob("*.open"))


def test_after_all_mutilated_files_the_archive_is_sound(pit: Path) -> None:
    if not (pit / "data").exists():
        pytest.skip("nothing was imported before")
    assert sound(pit / "data")
