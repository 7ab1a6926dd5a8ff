"""What passed on the wire is what lies in the archive, byte for byte, however badly the other side behaves."""

from __future__ import annotations

import random
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from warcio.archiveiterator import ArchiveIterator

from tests.conftest import times
from tests.hostile_archive import Outcome, Row, crawl, request_for, rows, table, whole_run
from tests.hostile_exchange import (
    MEGABYTE,
    Act,
    HostileServer,
    cases,
    certificate,
    endless,
    head,
    said,
    serving_all,
    whole,
)

Run = tuple[list[Row], Outcome, str]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """All cases, crawled once."""
    return whole_run(tmp_path_factory.mktemp("wire"))


def wanted(url: str, **meta: Any) -> dict[str, Any]:
    return {
        "url": url,
        "meta": {"dont_obey_robotstxt": True, "dont_retry": True, "handle_httpstatus_all": True, **meta},
    }


def test_every_byte_that_passed_is_archived_or_the_record_is_marked_as_cut(run: Run) -> None:
    made, outcome, _ = run
    print(table(made))
    assert outcome.code == 0, outcome.words
    assert [str(row) for row in made if row.complaint] == []
    assert len({row.case for row in made if row.group == "http"}) >= 90
    assert len({row.case for row in made if row.group == "https"}) >= 15


def test_only_what_a_limit_of_ours_cut_is_shorter_than_what_was_sent(run: Run) -> None:
    shorter = {row.case for row in run[0] if row.recorded < row.sent}
    too_much = {case.name for case in cases() if case.name.startswith(("too-long", "endless"))}
    # A server that sends slowly may have sent one byte more when our time is up.
    too_slow = {case.name for case in cases() if case.name.startswith("slow")}
    assert too_much <= shorter <= too_much | too_slow


def test_where_nobody_listens_a_metadata_record_says_so_and_no_request_is_claimed(run: Run) -> None:
    ((record,),) = [records for url, records in run[1].archived.items() if url.endswith("/refused")]
    assert record.kind == "metadata"
    assert b"refused" in record.block
    assert record.request == b""
    assert "WARC-IP-Address" not in record.headers


def test_records_name_the_server_and_the_encryption(run: Run) -> None:
    _, outcome, digest = run
    assert {
        record.headers.get("WARC-IP-Address") for url, (record, *_) in outcome.archived.items() if "refused" not in url
    } == {"127.0.0.1"}
    for url, records in outcome.archived.items():
        expected = f"sha256:{digest}" if url.startswith("https:") else None
        assert {record.headers.get("WARC-Certificate-Digest") for record in records} == {expected}


def test_the_self_test_leaves_no_trace_in_the_archive(run: Run) -> None:
    assert not any("/wire" in url for url in run[1].archived)


def test_what_was_cut_is_known_to_the_spider_as_well(run: Run) -> None:
    captures = {
        each["url"].rpartition("/")[2]: each["capture"] for each in run[1].seen if each["url"].startswith("http:")
    }
    assert captures["gzip"] == [200, None]
    assert captures["chunk-cut"] == captures["close-delimited-gzip-cut"] == [200, "disconnect"]
    assert captures["too-long"] == [200, "length"]
    assert captures["silence-in-body"] == [200, "time"]
    assert captures["silence"] is None
    assert captures["garbage"] == [0, "unspecified"]


WORDS = {
    "timeout": "silence silence-in-head silence-in-body silence-in-chunk slow-head slow-body",
    "no-answer": "nothing",
    "reset": "reset-before-head reset-in-status-line reset-in-head close-in-head http2-preface http09-no-line",
    "cut": "length-too-large chunk-cut last-chunk-missing chunk-size-huge reset-in-body",
    "too-large": "too-long too-long-chunked too-long-alone",
    "too-long-head": "endless-head endless-line endless-hints thirty-hints endless-trailers",
    "not-http": "garbage empty-lines http09 shoutcast",
    "bad-length": "lengths-differ length-negative",
    "bad-chunks": "chunk-size-bad",
    "bad-coding": "transfer-coding-unknown",
    "connection-refused": "refused",
}


def test_every_failure_has_a_word_of_its_own(run: Run) -> None:
    found = {each["url"].rpartition("/")[2]: each["error"] for each in run[1].seen if each["error"]}
    words = {name: word for word, names in WORDS.items() for name in names.split()}
    assert {name: found.get(name) for name in words} == words
    assert found["hints-then-nothing"] in ("reset", "no-answer")


def test_what_goes_into_the_archive_alone_is_handed_on_without_its_body(run: Run) -> None:
    sizes = {each["url"].rpartition("/")[2]: (each["status"], each["size"]) for each in run[1].seen}
    assert sizes["archive-only"] == sizes["archive-only-gzip"] == (200, 0)
    assert sizes["gzip"][1] > 0


def test_other_readers_get_through_the_whole_archive(run: Run) -> None:
    (path,) = (run[1].folder / "warc").glob("*.warc.gz")
    with path.open("rb") as stream:
        read = sum(1 for record in ArchiveIterator(stream) if record.content_stream().read() is not None)
    with path.open("rb") as stream:
        assert read == sum(1 for _ in ArchiveIterator(stream, no_record_parse=True))


def test_warcio_check_complains_of_the_payload_digests_of_chunked_bodies_alone(run: Run) -> None:
    (path,) = (run[1].folder / "warc").glob("*.warc.gz")
    words = [sys.executable, "-m", "warcio.cli", "check", "-v", str(path)]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr
    complaints = re.findall(r"WARC-Record-ID (<\S+>) \w+\n +((?!digest pass)\S[^\n]*)", done.stdout)
    chunked = {
        record.headers["WARC-Record-ID"]
        for records in run[1].archived.values()
        for record in records
        if re.search(rb"(?i)\ntransfer-encoding: *chunked", record.block)
    }
    assert {record_id for record_id, _ in complaints} <= chunked
    assert {" ".join(text.split()[:3]) for _, text in complaints} == {"payload digest failed"}


def test_requests_that_run_at_the_same_time_are_kept_apart(tmp_path: Path) -> None:
    # Not those without answer: whether Twisted sends them again depends on the connection they find.
    silent = ("nothing", "reset-before-head", "dead", "unavailable", "silence", "hints-then-nothing")
    asked = [case for case in cases("together") if not case.name.startswith(silent)]
    server = HostileServer(asked)
    with serving_all([server]):
        requests = [request_for(case, server.url) for case in asked]
        outcome = crawl(tmp_path / "data", requests, CONCURRENT_REQUESTS_PER_DOMAIN=12, CONCURRENT_REQUESTS=12)
    assert [str(row) for row in rows("http", server, asked, outcome.archived) if row.complaint] == []


def mutants(count: int, seed: int) -> Iterator[bytes]:
    """Answers that were good before bytes of them were changed, doubled, moved or lost."""
    dice = random.Random(seed)
    good = [b"".join(step for step in script if isinstance(step, bytes)) for case in cases() for script in case.scripts]
    short = [answer for answer in good if 10 < len(answer) < 3000]
    for number in range(count):
        answer = bytearray(dice.choice(short))
        for _ in range(dice.randint(1, 4)):
            place, size = dice.randrange(len(answer)), dice.randint(1, 9)
            new = dice.choice([b"", dice.randbytes(size), answer[place : place + size] * 2, b"\r\n", b":", b"\n "])
            answer[place : place + dice.choice([0, size])] = new
        yield bytes(answer) + b"%d" % number


def test_mutants_of_answers_are_archived_as_they_came(tmp_path: Path) -> None:
    count, seed = times(150, 3000), 20261123
    print(f"{count} mutants, seed {seed}")
    asked = [said(f"mutant-{n}", answer, Act.CLOSE) for n, answer in enumerate(mutants(count, seed))]
    server = HostileServer(asked)
    with serving_all([server]):
        outcome = crawl(
            tmp_path / "data", [request_for(case, server.url) for case in asked], HTTPCOMPRESSION_ENABLED=False
        )
    assert len(outcome.seen) == count, outcome.words
    for case in asked:
        (passed,), (record,) = server.truth[server.url + case.path], outcome.archived[server.url + case.path]
        assert record.request == passed.received
        if record.kind != "revisit":
            assert record.interim + (record.block if record.kind == "response" else b"") == bytes(passed.sent)


@pytest.fixture
def small() -> Iterator[HostileServer]:
    """A server with a few cases."""
    server = HostileServer([said("page", whole(b"a page")), said("large", whole(MEGABYTE * 3))])
    with serving_all([server]):
        yield server


@pytest.mark.parametrize("broken", ["Untapped", "Bent"])
def test_a_tap_that_does_not_copy_every_byte_keeps_the_crawl_from_starting(
    small: HostileServer, tmp_path: Path, broken: str
) -> None:
    handler = f"tests.hostile_crawl.{broken}"
    outcome = crawl(tmp_path / "data", [wanted(f"{small.url}/page")], DOWNLOAD_HANDLERS={"http": handler})
    assert outcome.code == 1
    assert "the archive would not be what passed on the wire" in outcome.words
    assert "Scrapy 2." in outcome.words
    assert "install the versions" in outcome.words
    assert "Traceback" not in outcome.words
    assert not small.truth
    assert not outcome.archived


def test_a_disk_that_takes_no_more_while_a_body_is_taped_ends_the_crawl(small: HostileServer, tmp_path: Path) -> None:
    requests = [wanted(f"{small.url}/page"), wanted(f"{small.url}/large"), wanted(f"{small.url}/page?after")]
    outcome = crawl(tmp_path / "data", requests, file_limit=2_000_000)
    assert outcome.code == 6, outcome.words
    assert "cannot write to" in outcome.words
    assert list(outcome.archived) == [f"{small.url}/page"]
    assert f"{small.url}/page?after" not in small.truth


def test_a_certificate_that_is_refused_leaves_the_reason_and_no_request(tmp_path: Path) -> None:
    context, _ = certificate(tmp_path)
    server = HostileServer([], context)
    with serving_all([server]):
        outcome = crawl(tmp_path / "data", [wanted(f"{server.url}/page")], DOWNLOAD_VERIFY_CERTIFICATES=True)
    (record,) = outcome.archived[f"{server.url}/page"]
    assert record.kind == "metadata"
    assert record.request == b""
    assert b"certificate" in record.block.lower()


def test_behind_a_proxy_the_request_is_kept_as_sent_but_for_the_password(small: HostileServer, tmp_path: Path) -> None:
    url = "http://thanhdoan.hochiminhcity.gov.vn/page"
    proxy = small.url.replace("http://", "http://ten:matkhau@")
    outcome = crawl(tmp_path / "data", [wanted(url, proxy=proxy)])
    (passed,), (record,) = small.truth[url], outcome.archived[url]
    secret = [line for line in passed.received.splitlines(keepends=True) if line.startswith(b"Proxy-Authorization: ")]
    assert len(secret) == 1
    assert record.request == passed.received.replace(secret[0], b"")
    assert record.request.startswith(b"GET http://thanhdoan")
    assert record.block == bytes(passed.sent)


def test_through_a_tunnel_the_inner_exchange_alone_is_kept(tmp_path: Path) -> None:
    context, digest = certificate(tmp_path)
    asked = [case for case in cases("tunnel") if case.name in ("plain", "chunked", "kept-alive-1", "reset-in-body")]
    proxy, server = HostileServer([]), HostileServer(asked, context)
    with serving_all([proxy, server]):
        requests = [request_for(case, server.url, proxy=proxy.url) for case in asked]
        outcome = crawl(tmp_path / "data", requests, DOWNLOAD_VERIFY_CERTIFICATES=False)
    made = rows("tunnel", server, asked, outcome.archived)
    assert [str(row) for row in made if row.complaint and row.case != "robots.txt"] == []
    (record,) = outcome.archived[f"{server.url}/plain"]
    assert record.headers["WARC-Certificate-Digest"] == f"sha256:{digest}"
    assert not proxy.truth


def test_a_body_of_300_megabytes_passes_in_flat_memory(tmp_path: Path) -> None:
    size = 300 << 20
    first, piece = head(f"Content-Length: {size}", "Content-Type: application/pdf"), MEGABYTE[: 150 << 10]
    server = HostileServer(
        [said("page", whole(b"a page")), said("large", first, Act.FORGET, endless(piece, size // len(piece)))]
    )
    with serving_all([server]):
        large = wanted(f"{server.url}/large", archive_only=True, download_maxsize=2 * size)
        outcome = crawl(tmp_path / "data", [wanted(f"{server.url}/page"), large])
    before, after = outcome.seen
    assert after["status"] == 200
    assert after["capture"] == [200, None]
    grown = (after["kilobytes"] - before["kilobytes"]) / 1024
    print(f"300 MB archived, peak of memory grown from {before['kilobytes'] / 1024:.0f} MB by {grown:.0f} MB")
    assert grown < 60
