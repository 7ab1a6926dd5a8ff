"""Records of WARC files that others made: what is read, what is refused, and where reading goes on."""

from __future__ import annotations

import gzip
import io
import random
from pathlib import Path

import pytest
from backports import zstd
from hypothesis import given, settings
from hypothesis import strategies as st

from newscrawler.archive.foreign.records import Fault, ForeignRecord, ForeignRecords
from newscrawler.archive.foreign.sources import Refused, foreign_records, shown, sources
from newscrawler.archive.foreign.stream import ForeignStream
from newscrawler.errors import ForeignFileError
from tests.conftest import times
from tests.foreign_makers import http, packed, record, sha1, sha256, uid, wacz, warcinfo, written

PAGES = [f"http://a.vn/{number}" for number in range(5)]
GOOD = [record("response", url, http(url.encode() * 5000)) for url in PAGES]
CRLF = "\r\n"


def walk(data: bytes) -> list[ForeignRecord | Fault]:
    return list(ForeignRecords(ForeignStream(io.BytesIO(data), len(data)), lambda headers: True))


def told(data: bytes) -> list[str]:
    """The last letter of a record's target, or what is wrong with it."""
    return [each.headers.target[-1:] if isinstance(each, ForeignRecord) else each.reason for each in walk(data)]


def with_third(bad: bytes) -> list[bytes]:
    return [*GOOD[:2], bad, *GOOD[2:]]


def cut_anywhere(data: bytes, size: int) -> bytes:
    return b"".join(gzip.compress(data[i : i + size]) for i in range(0, len(data), size))


FORMS = {
    "plain": b"".join(GOOD),
    "a gzip member for each record": packed(GOOD),
    "one gzip member": gzip.compress(b"".join(GOOD)),
    "gzip members cut anywhere": cut_anywhere(b"".join(GOOD), 7001),
    "gzip members cut anywhere, but for the first": packed(GOOD[:1]) + cut_anywhere(b"".join(GOOD[1:]), 65_000),
    "two records in each member": packed([GOOD[0] + GOOD[1], GOOD[2] + GOOD[3], GOOD[4]]),
    "zstd frames": b"".join(map(zstd.compress, GOOD)),
    "gzip padded with zeros": packed(GOOD) + bytes(10_000),
    "plain and padded with line breaks": b"\r\n\r\n" + b"\r\n\r\n".join(GOOD) + b"\n" * 1000,
    "one line break behind each record": b"".join(each[:-2] for each in GOOD),
    "line feeds alone in the headers": b"".join(each.replace(b"\r\n", b"\n", 8) for each in GOOD),
}


@pytest.mark.parametrize("form", FORMS)
def test_every_packing_gives_the_same_records(form: str) -> None:
    assert told(FORMS[form]) == list("01234")
    assert [each.block.read() for each in walk(FORMS[form])] == [each.block.read() for each in walk(FORMS["plain"])]


@pytest.mark.parametrize("version", ["WARC/0.17", "WARC/0.18", "WARC/1.0", "WARC/1.1"])
def test_all_versions_in_use_are_read(version: str) -> None:
    assert told(record("response", PAGES[0], http(b"x"), version=version)) == ["0"]


def test_zstd_with_a_dictionary_is_read() -> None:
    samples = [record("response", f"http://a.vn/{number}", http(b"tin %d " % number * 20)) for number in range(200)]
    dictionary = zstd.train_dict(samples, 2000)
    frames = b"".join(zstd.compress(each, zstd_dict=dictionary) for each in samples[:3])
    for content in (dictionary.dict_content, zstd.compress(dictionary.dict_content)):
        head = b"\x5d\x2a\x4d\x18" + len(content).to_bytes(4, "little")
        assert told(head + content + frames) == ["0", "1", "2"]


BAD = {
    "a negative length": (
        record("response", "http://a.vn/x", b"y" * 50, Content_Length="-5"),
        "its Content-Length is no length: '-5'",
    ),
    "no length": (
        record("response", "http://a.vn/x", b"y" * 50, Content_Length=""),
        "its Content-Length is no length: ''",
    ),
    "a length that is no number": (
        record("response", "http://a.vn/x", b"y", Content_Length="0x1"),
        "its Content-Length is no length: '0x1'",
    ),
    "a huge length": (
        record("response", "http://a.vn/x", b"y", Content_Length="99999999999999"),
        "it states 99999999999999 bytes, which is more than the file can hold",
    ),
    "two lengths": (
        record("response", "http://a.vn/x", b"y" * 9, content_length="3"),
        "it states content-length twice and not alike",
    ),
    "a short length": (
        record("response", "http://a.vn/x", b"y" * 999, Content_Length="10"),
        "its Content-Length is wrong: no record follows it",
    ),
    "an unknown version": (
        record("response", "http://a.vn/x", b"y", version="WARC/2.0"),
        "it names no known WARC version",
    ),
    "an endless header": (
        b"WARC/1.0\r\nX: " + b"a" * 1_000_000 + b"\r\n\r\n\r\n\r\n",
        "its headers are longer than 262144 bytes",
    ),
    "a wrong block digest": (
        record("response", "http://a.vn/x", b"y", WARC_Block_Digest=sha1(b"z")),
        "it differs from its WARC-Block-Digest",
    ),
    "a wrong block digest in SHA-256": (
        record("response", "http://a.vn/x", b"y", WARC_Block_Digest=sha256(b"z")),
        "it differs from its WARC-Block-Digest",
    ),
    "a header smuggled in by the target": (
        record("response", f"http://a.vn/x{CRLF}Content-Length: 1", b"yyy"),
        "it states Content-Length twice and not alike",
    ),
}


@pytest.mark.parametrize("bad", BAD)
@pytest.mark.parametrize("form", ["plain", "members", "one member"])
def test_a_record_that_cannot_be_read_is_passed_over_and_all_others_are_read(bad: str, form: str) -> None:
    content, reason = BAD[bad]
    records = with_third(content)
    whole = {"plain": b"".join(records), "members": packed(records), "one member": gzip.compress(b"".join(records))}
    found = told(whole[form])
    assert found == ["0", "1", reason, "2", "3", "4"]


@pytest.mark.parametrize("form", ["plain", "members"])
def test_a_length_that_reaches_into_the_next_record_costs_only_its_own(form: str) -> None:
    records = with_third(record("response", "http://a.vn/x", b"y" * 999, Content_Length="1300"))
    found = told(b"".join(records) if form == "plain" else packed(records))
    assert [each for each in found if len(each) == 1] == list("01234")


def test_a_50_mb_header_line_is_one_fault() -> None:
    records = with_third(b"WARC/1.0\r\nX: " + b"a" * 50_000_000 + b"\r\n\r\n\r\n\r\n")
    for data in (b"".join(records), packed(records)):
        assert told(data) == ["0", "1", "its headers are longer than 262144 bytes", "2", "3", "4"]


def test_damage_within_a_member_costs_that_member() -> None:
    members = [gzip.compress(each, mtime=0) for each in GOOD]
    members[2] = members[2][:60] + b"\0\0\0\0" + members[2][64:]
    assert told(b"".join(members)) == ["0", "1", "it is damaged", "3", "4"]


def test_a_wrong_checksum_costs_that_member() -> None:
    members = [gzip.compress(each, mtime=0) for each in GOOD]
    members[2] = members[2][:-8] + b"\0\0\0\0" + members[2][-4:]
    assert told(b"".join(members)) == ["0", "1", "it is damaged", "3", "4"]


def test_what_is_no_member_is_told_and_passed_over() -> None:
    first, *others = [gzip.compress(each, mtime=0) for each in GOOD]
    assert told(first + b"<html>" * 9 + b"".join(others)) == ["0", "bytes stand there that are no record", *"1234"]


@pytest.mark.parametrize("form", FORMS)
def test_a_file_that_is_cut_gives_what_stands_before_the_cut(form: str) -> None:
    whole = FORMS[form].rstrip(b"\0\r\n")
    rng = random.Random(form)
    for _ in range(times(12, 200)):
        cut = rng.randrange(1, len(whole))
        found = [each for each in walk(whole[:cut]) if isinstance(each, ForeignRecord)]
        assert [each.headers.target for each in found] == PAGES[: len(found)]
        assert all(each.block.read() == http(each.headers.target.encode() * 5000) for each in found)


def test_records_that_a_body_makes_up_are_not_found_behind_damage() -> None:
    """A server cannot know the id of the file's warcinfo record, which all true records name."""
    true = {"WARC_Warcinfo_ID": uid("info")}
    made_up = b"\r\n" + record("response", "http://bank.vn/", http(b"false"))
    wrong = record("response", PAGES[1], http(made_up), Content_Length="-1", **true)
    records = [warcinfo(WARC_Record_ID=uid("info")), record("response", PAGES[0], http(b"x"), **true), wrong]
    records.append(record("response", PAGES[2], http(b"y"), **true))
    targets = [each.headers.target for each in walk(b"".join(records)) if isinstance(each, ForeignRecord)]
    assert targets == ["", PAGES[0], PAGES[2]]


def test_a_member_that_holds_a_bomb_is_passed_over() -> None:
    bomb = record("response", "http://a.vn/x", bytes(100_000_000))
    assert told(packed(with_third(bomb))) == ["0", "1", "it is a bomb", "2", "3", "4"]


def test_zstd_that_inflates_without_end_is_refused() -> None:
    frame = zstd.compress(b"WARC/1.0\r\n" + bytes(1 << 26))
    with pytest.raises(ForeignFileError, match="as only a bomb does"):
        walk(frame * 3)


def test_after_a_thousand_records_that_cannot_be_read_a_file_is_left() -> None:
    bad = record("response", "http://a.vn/x", b"", Content_Length="-1")
    found = told(bad * 1200 + GOOD[0])
    assert len(found) == 1001
    assert found[-1] == "1000 records could not be read, so the rest of the file is left"


def test_headers_in_latin_1_and_folded_ones_are_read() -> None:
    block = http(b"x")
    raw = record("response", PAGES[0], block, X="caf\n b").replace(b"caf", b"caf\xe9")
    (found,) = walk(raw)
    assert isinstance(found, ForeignRecord)
    assert found.headers.first("x") == "café b"


REFUSED = {
    "is empty": b"",
    "is neither WARC nor WACZ": b"<!doctype html><p>Tin",
    "is an ARC file": b"filedesc://IA-001.arc 0.0.0.0 19960923142103 text/plain 76\n1 0 Alexa\n",
    "is compressed twice": gzip.compress(packed(GOOD)),
    "is damaged at its very beginning": b"\x1f\x8b\x08\x00" + b"\xff" * 100,
    "is a zip that is cut or damaged": b"PK\x03\x04" + b"\0" * 100,
    "dictionary": b"\x5d\x2a\x4d\x18\xff\xff\xff\xff",
}


@pytest.mark.parametrize("reason", REFUSED)
def test_what_is_no_warc_is_refused_in_a_sentence(reason: str, tmp_path: Path) -> None:
    path = written(tmp_path / "a", REFUSED[reason])
    with pytest.raises(ForeignFileError, match=reason):
        list(sources(path))
    with pytest.raises(ForeignFileError):
        list(sources(written(tmp_path / "b", gzip.compress(REFUSED[reason]))))


def test_an_arc_under_gzip_is_refused_too(tmp_path: Path) -> None:
    with pytest.raises(ForeignFileError, match="is an ARC file"):
        list(sources(written(tmp_path / "a", gzip.compress(REFUSED["is an ARC file"]))))


def test_names_are_shown_without_folders_and_control_characters() -> None:
    assert shown("archive/../../\x1b[2Ja\r\nb.warc") == "[2Ja b.warc"
    assert shown("C:\\warcs\\a.warc") == "a.warc"
    assert len(shown("a" * 10_000)) == 200


def test_a_wacz_gives_each_of_its_warc_files(tmp_path: Path) -> None:
    path = wacz(
        tmp_path / "a.wacz", {"archive/../../x.warc.gz": packed(GOOD[:2]), "archive/b.warc": b"".join(GOOD[2:])}
    )
    found = list(sources(path))
    assert [each.member_name for each in found if not isinstance(each, Refused)] == ["x.warc.gz", "b.warc"]
    targets = [
        each.headers.target
        for source in found
        if not isinstance(source, Refused)
        for each in foreign_records(source)
        if isinstance(each, ForeignRecord)
    ]
    assert targets == PAGES
    assert [each.name for each in tmp_path.iterdir()] == ["a.wacz"]


def test_a_member_that_differs_from_its_hash_is_refused_and_the_others_are_taken(tmp_path: Path) -> None:
    files = {"archive/a.warc.gz": packed(GOOD[:2]), "archive/b.warc.gz": packed(GOOD[2:])}
    path = wacz(tmp_path / "a.wacz", files, hashes={"archive/a.warc.gz": sha256(b"")})
    first, second = sources(path)
    assert first == Refused("a.warc.gz", "differs from its hash in datapackage.json")
    assert not isinstance(second, Refused)


@settings(max_examples=times(150, 3000), deadline=None)
@given(data=st.data())
def test_mutilated_files_give_records_or_faults_and_nothing_else(data: st.DataObject) -> None:
    whole = bytearray(FORMS[data.draw(st.sampled_from(sorted(FORMS)))])
    for _ in range(data.draw(st.integers(1, 8))):
        place = data.draw(st.integers(0, len(whole) - 1))
        match data.draw(st.sampled_from(["flip", "cut", "drop", "double", "insert"])):
            case "flip":
                whole[place] ^= data.draw(st.integers(1, 255))
            case "cut":
                del whole[max(place, 100) :]
            case "drop":
                del whole[place : place + data.draw(st.integers(1, 300))]
            case "double":
                whole[place:place] = whole[place : place + 300]
            case _:
                whole[place:place] = data.draw(st.binary(max_size=40))
        whole = whole or bytearray(b"W")
    try:
        found = walk(bytes(whole))
    except ForeignFileError:
        return
    assert len(found) <= 1001
    assert all(isinstance(each, ForeignRecord | Fault) for each in found)
