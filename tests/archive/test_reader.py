"""Whatever has become of a file, reading from it gives the record as it was written, or one sentence."""

from __future__ import annotations

import gzip
import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscrawler.archive.members import Members
from newscrawler.archive.reader import LARGEST_BLOCK, locate, read_at, records
from newscrawler.errors import DamagedRecordError, DiskError
from newscrawler.items import Capture
from tests.archive.disks import largest_file
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
    "a length beyond all disks": gzip.compress(RECORD.replace(b"Length: 3", b"Length: %d" % (LARGEST_BLOCK + 1))),
    "two records in one member": gzip.compress(RECORD * 2),
    "something behind the record": gzip.compress(RECORD + b"x"),
    "no empty lines behind the block": gzip.compress(RECORD[:-2]),
    "headers without end": gzip.compress(b"WARC/1.1\r\n" + b"A: b\r\n" * 100_000),
    "another digest, in hex": gzip.compress(
        RECORD.replace(b"Content-Length", b"WARC-Block-Digest: sha256:00\r\nContent-Length")
    ),
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
    assert (refused.value.path, refused.value.offset) == (path, offset)
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


@settings(deadline=None)
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


@settings(deadline=None)
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
    with pytest.raises(DamagedRecordError, match=rf"a\.warc\.gz .*at offset {offsets[-1]}: the file ends") as refused:
        next(walk)
    assert (refused.value.path, refused.value.offset) == (path, offsets[-1])


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


def test_a_record_says_where_it_lies(tmp_path: Path, whole: tuple[bytes, list[int], list[bytes]]) -> None:
    data, offsets, _bodies = whole
    path = tmp_path / "a.warc.gz"
    path.write_bytes(data)
    found = list(records(path))
    assert [record.offset for record in found] == offsets
    assert [record.offset + record.length for record in found] == [*offsets[1:], len(data)]
    assert [(r.offset, r.length) for r in found] == [
        (r.offset, r.length) for r in (read_at(path, at) for at in offsets)
    ]


def test_a_walk_may_begin_at_any_record(tmp_path: Path, whole: tuple[bytes, list[int], list[bytes]]) -> None:
    data, offsets, bodies = whole
    path = tmp_path / "a.warc.gz"
    path.write_bytes(data)
    for number, offset in enumerate([*offsets, len(data)]):
        assert [record.body for record in records(path, offset)] == bodies[number:]


def test_a_file_that_is_still_written_is_read_like_any_other(tmp_path: Path) -> None:
    warc = writer(tmp_path)
    capture = warc.write(exchange(b"abc"))
    path = locate(tmp_path, capture.filename)
    assert path.suffix == ".open"
    assert [record.kind for record in records(path)] == ["warcinfo", "response", "request"]
    warc.close()


def test_header_names_count_in_whatever_letter_case_they_are_written(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(
        gzip.compress(RECORD.lower().replace(b"warc/1.1", b"WARC/1.1").replace(b"t00:00:00z", b"T00:00:00Z"))
    )
    record = read_at(path, 0)
    assert (record.kind, record.record_id, record.date) == ("resource", "<urn:x>", "2026-01-02T00:00:00Z")
    assert record.headers["WARC-Record-ID"] == "<urn:x>"


def test_of_a_header_that_stands_twice_all_values_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    twice = b"WARC-Protocol: http/1.1\r\nWARC-Protocol: tls/1.3\r\nContent-Length"
    path.write_bytes(gzip.compress(RECORD.replace(b"Content-Length", twice)))
    record = read_at(path, 0)
    assert [value for name, value in record.fields if name == "WARC-Protocol"] == ["http/1.1", "tls/1.3"]
    assert record.headers["WARC-Protocol"] == "http/1.1"


def test_a_bomb_is_inflated_no_further_than_its_record_says(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(gzip.compress(RECORD[:-4] + bytes(50_000_000)))
    with path.open("rb") as file:
        walk = Members(file)
        assert len(next(walk.pieces())) < 1_000_000
    assert "not as it was written" in complaint(path, 0)


def test_a_full_folder_of_temporary_files_is_not_called_damage(tmp_path: Path) -> None:
    warc = writer(tmp_path)
    capture = warc.write(exchange(bytes(3_000_000)))
    warc.close()
    with (
        largest_file(500_000),
        pytest.raises(DiskError, match=r"no room for temporary files: File too large; .*TMPDIR"),
    ):
        read_at(tmp_path / capture.filename, capture.offset)
