"""Whatever has become of a file, reading from it gives the record as it was written, or one sentence."""

from __future__ import annotations

import gzip
import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawler.archive.reader import locate, read_at, records
from newscrawler.errors import DamagedRecordError
from newscrawler.items import Capture
from tests.archive.exchanges import exchange, members, writer

RECORD = b"WARC/1.1\r\nWARC-Type: resource\r\nWARC-Date: 2026-01-02T00:00:00Z\r\nWARC-Record-ID: <urn:x>\r\nContent-Length: 3\r\n\r\nabc\r\n\r\n"
NO_RECORDS = {
    "nothing": b"",
    "no gzip": RECORD,
    "text": gzip.compress(b"this is no record\n" * 20),
    "an empty member": gzip.compress(b""),
    "blank lines": gzip.compress(b"\r\n" * 50),
    "binary": gzip.compress(bytes(range(256)) * 10),
    "an ARC record": gzip.compress(b"http://a.vn/ 127.0.0.1 20180516000000 text/html 3\nabc\n"),
    "no date": gzip.compress(RECORD.replace(b"WARC-Date", b"X-Date")),
    "no id": gzip.compress(RECORD.replace(b"WARC-Record-ID", b"X-ID")),
    "no length": gzip.compress(RECORD.replace(b"Content-Length", b"X-Length")),
    "a length that is none": gzip.compress(RECORD.replace(b"Length: 3", b"Length: x")),
    "a negative length": gzip.compress(RECORD.replace(b"Length: 3", b"Length: -3")),
    "a body that is too short": gzip.compress(RECORD.replace(b"Length: 3", b"Length: 300")),
    "a head without end": gzip.compress(b"WARC/1.1\r\nWARC-Type: resource"),
    "bytes that are no UTF-8": gzip.compress(RECORD.replace(b"<urn:x>", b"\xff\xfe\xc3")[:60]),
    "another digest": gzip.compress(
        RECORD.replace(b"Content-Length", b"WARC-Block-Digest: sha1:AAAA\r\nContent-Length")
    ),
}


def written(folder: Path) -> tuple[Path, list[Capture]]:
    warc = writer(folder)
    captures = [warc.write(exchange(body)) for body in (b"one", b"two" * 50, b"")]
    warc.close()
    return folder / captures[0].filename, captures


def complaint(path: Path, offset: int) -> str:
    with pytest.raises(DamagedRecordError) as refused:
        read_at(path, offset)
    sentence = str(refused.value)
    assert "\n" not in sentence
    assert str(path) in sentence
    return sentence


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, list[int], list[bytes]]:
    """A file's bytes, the offsets of its records, and their bodies."""
    path, _captures = written(tmp_path_factory.mktemp("whole"))
    offsets = [offset for offset, _content in members(path)]
    return path.read_bytes(), offsets, [read_at(path, offset).body for offset in offsets]


def test_the_helper_record_is_a_record(tmp_path: Path) -> None:
    (tmp_path / "a.warc.gz").write_bytes(gzip.compress(RECORD))
    assert read_at(tmp_path / "a.warc.gz", 0).body == b"abc"


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(DamagedRecordError, match=r"b\.warc\.gz is missing"):
        locate(tmp_path, "b.warc.gz")
    assert "No such file" in complaint(tmp_path / "b.warc.gz", 0)


@pytest.mark.parametrize("name", ["\x00", "x" * 5000, "no/such/folder.warc.gz"])
def test_a_name_that_no_file_can_bear_is_missing_too(tmp_path: Path, name: str) -> None:
    with pytest.raises(DamagedRecordError, match="is missing"):
        locate(tmp_path, name)


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    assert "Is a directory" in complaint(tmp_path, 0)


@pytest.mark.parametrize("content", NO_RECORDS)
def test_what_is_no_record_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(NO_RECORDS[content])
    complaint(path, 0)


@pytest.mark.parametrize("offset", [-1, -(2**63), 2**31, 2**63 - 1, 2**80])
def test_an_offset_outside_the_file_is_refused(tmp_path: Path, offset: int) -> None:
    path, _captures = written(tmp_path)
    complaint(path, offset)


def test_only_the_offsets_of_records_give_records(tmp_path: Path, whole: tuple[bytes, list[int], list[bytes]]) -> None:
    data, offsets, bodies = whole
    path = tmp_path / "a.warc.gz"
    path.write_bytes(data)
    for offset in range(len(data) + 10):
        if offset in offsets:
            assert read_at(path, offset).body == bodies[offsets.index(offset)]
        else:
            complaint(path, offset)


def test_a_record_that_is_cut_anywhere_is_refused_and_those_before_it_are_read(
    tmp_path: Path, whole: tuple[bytes, list[int], list[bytes]]
) -> None:
    data, offsets, bodies = whole
    path = tmp_path / "a.warc.gz"
    for end in range(offsets[-1], len(data)):
        path.write_bytes(data[:end])
        assert read_at(path, offsets[-2]).body == bodies[-2]
        assert "the file ends" in complaint(path, offsets[-1])


@given(st.data())
def test_a_flipped_byte_is_refused_or_changes_nothing(
    whole: tuple[bytes, list[int], list[bytes]], data: st.DataObject
) -> None:
    content, offsets, bodies = whole
    damaged = bytearray(content)
    place = data.draw(st.integers(0, len(content) - 1))
    damaged[place] ^= data.draw(st.integers(1, 255))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.warc.gz"
        path.write_bytes(damaged)
        for offset, body in zip(offsets, bodies, strict=True):
            try:
                assert read_at(path, offset).body == body
            except DamagedRecordError:
                assert place >= offset, "damage before a record hides it"


@given(st.binary(max_size=300), st.booleans())
def test_any_bytes_are_refused_with_the_one_error(content: bytes, packed: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.warc.gz"
        path.write_bytes(gzip.compress(b"WARC/1.1\r\n" + content) if packed else content)
        complaint(path, 0)


def test_a_walk_over_a_damaged_file_gives_the_whole_records_and_then_complains(
    tmp_path: Path, whole: tuple[bytes, list[int], list[bytes]]
) -> None:
    data, offsets, bodies = whole
    path = tmp_path / "a.warc.gz"
    path.write_bytes(data[: offsets[-1] + 20])
    walk = records(path)
    assert [next(walk).body for _ in offsets[:-1]] == bodies[:-1]
    with pytest.raises(DamagedRecordError, match=rf"a\.warc\.gz .*at offset {offsets[-1]}: the file ends"):
        next(walk)


def test_a_walk_over_a_whole_file_gives_all_its_records(
    tmp_path: Path, whole: tuple[bytes, list[int], list[bytes]]
) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(whole[0])
    assert [record.body for record in records(path)] == whole[2]


def test_a_walk_goes_on_over_records_longer_than_what_is_read_at_once(tmp_path: Path) -> None:
    bodies = [bytes([number]) * 300_000 + os.urandom(100_000) for number in range(3)]
    warc = writer(tmp_path)
    for body in bodies:
        capture = warc.write(exchange(body))
    warc.close()
    assert [r.body for r in records(tmp_path / capture.filename) if r.kind == "response"] == bodies
