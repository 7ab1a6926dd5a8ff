"""Behind damage the reading goes on, and what was skipped is told."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from newscrawler.archive.reader import StoredRecord, records
from newscrawler.archive.salvage import Gap, salvage
from newscrawler.errors import DamagedRecordError
from tests.archive.exchanges import exchange, writer


def foreign(number: int, more: str = "") -> bytes:
    """A record as others write it: its headers do not say which file it belongs to."""
    head = f"WARC/1.0\r\nWARC-Type: resource\r\nWARC-Date: 2026-01-02T00:00:00Z\r\nWARC-Record-ID: <urn:{number}>\r\n{more}"
    return gzip.compress(f"{head}Content-Length: 3\r\n\r\nabc\r\n\r\n".encode())


def told(path: Path) -> list[str | tuple[int, int]]:
    return [part.record_id if isinstance(part, StoredRecord) else (part.offset, part.length) for part in salvage(path)]


def test_a_whole_file_gives_its_records(tmp_path: Path) -> None:
    warc = writer(tmp_path)
    for body in (b"one", b"two"):
        warc.write(exchange(body))
    warc.close()
    (path,) = tmp_path.iterdir()
    assert told(path) == [record.record_id for record in records(path)]
    assert len(told(path)) == 5


def test_an_empty_file_gives_nothing(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"")
    assert told(tmp_path / "a") == []


def test_each_gap_says_where_and_why(tmp_path: Path) -> None:
    path, one = tmp_path / "a", foreign(1)
    path.write_bytes(b"??" + one + one[:20] + foreign(2) + b"\0\0\0" + foreign(3) + b"end")
    ends = 2 + len(one), 2 + 2 * len(one) + 20, 5 + 3 * len(one) + 20
    assert told(path) == [(0, 2), "<urn:1>", (ends[0], 20), "<urn:2>", (ends[1], 3), "<urn:3>", (ends[2], 3)]
    gaps = [part for part in salvage(path) if isinstance(part, Gap)]
    for gap in gaps:
        assert str(path) in gap.reason
        assert f"offset {gap.offset}" in gap.reason


def test_a_gap_across_what_is_read_at_once_is_found_to_its_end(tmp_path: Path) -> None:
    for size in ((1 << 20) - 2, (1 << 20) - 1, 1 << 20, (1 << 20) + 1, 3 << 20):
        path, one = tmp_path / "a", foreign(1)
        path.write_bytes(one + bytes(size) + foreign(2))
        assert told(path) == ["<urn:1>", (len(one), size), "<urn:2>"]


def test_behind_damage_a_record_of_another_file_is_part_of_the_damage(tmp_path: Path) -> None:
    ours, other = (f"WARC-Warcinfo-ID: <urn:{each}>\r\n" for each in ("ours", "other"))
    path, one = tmp_path / "a", foreign(1, ours)
    path.write_bytes(one + b"torn" + foreign(2, other) + foreign(3) + foreign(4, ours))
    gap = 4 + len(foreign(2, other)) + len(foreign(3))
    assert told(path) == ["<urn:1>", (len(one), gap), "<urn:4>"]


@pytest.mark.parametrize("name", ["gone", "."])
def test_a_file_that_cannot_be_read_is_no_gap(tmp_path: Path, name: str) -> None:
    with pytest.raises(DamagedRecordError):
        told(tmp_path / name)
