"""Records taken over into new files: byte for byte, each behind a warcinfo record, and found by the new index."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscrawler.archive.one_exchange import raw_bytes
from newscrawler.archive.reader import read_at, records
from newscrawler.archive.wacz.excerpt import Excerpt
from newscrawler.errors import DamagedRecordError
from tests.archive.exchanges import MOMENT
from tests.conftest import times
from tests.small_archive import SmallArchive, small_archive

INFO = {"software": "newscrawler/0"}


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> SmallArchive:
    return small_archive(tmp_path_factory.mktemp("source"), count=6)


def excerpt(source: SmallArchive, chosen: set[int], target: Path, roll_over: int) -> list[dict[str, str]]:
    """Take over the captures of these numbers; gives the fields of the new index's lines."""

    @contextmanager
    def opener(name: str, size: int) -> Iterator[BinaryIO]:
        with (target / name).open("xb") as file:
            yield file

    captures = sorted(
        (source.captures[number] for number in chosen), key=lambda capture: (capture.filename, capture.offset)
    )
    lines = Excerpt(source.folder / "warc", opener, "part", roll_over=roll_over).copy(captures, INFO, MOMENT)
    return [json.loads(line.split(b" ", 2)[2]) for line in lines]


@settings(max_examples=times(25, 400), deadline=None)
@given(data=st.data(), roll_over=st.sampled_from([1, 2_000, 10**9]))
def test_every_choice_is_found_again_and_nothing_else(
    source: SmallArchive, data: st.DataObject, roll_over: int
) -> None:
    chosen = data.draw(st.sets(st.integers(0, len(source.captures) - 1), min_size=1))
    with TemporaryDirectory() as folder:
        target = Path(folder)
        lines = excerpt(source, chosen, target, roll_over)
        taken = {(line["url"], line["digest"]) for line in lines}
        assert len(lines) == len(chosen)
        assert taken == {(source.captures[number].url, source.captures[number].digest) for number in chosen}
        for line in lines:
            record = read_at(target / line["filename"], int(line["offset"]))
            (wanted,) = [each for each in source.captures if each.record_id == record.record_id]
            path = source.folder / "warc" / wanted.filename
            copied = raw_bytes(target / line["filename"], record.offset, record.length)
            assert b"".join(copied) == b"".join(raw_bytes(path, wanted.offset, wanted.length))
        for path in target.iterdir():
            first, *others = records(path)
            assert (first.kind, first.headers["WARC-Filename"]) == ("warcinfo", path.name)
            named = {each.record_id for each in others if each.kind == "warcinfo"}
            assert {each.headers["WARC-Warcinfo-ID"] for each in others if each.kind != "warcinfo"} == named


def test_a_stretch_beyond_the_end_of_a_file_is_damage(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"abc")
    with pytest.raises(DamagedRecordError, match="has become shorter"):
        list(raw_bytes(path, 1, 9))
    with pytest.raises(DamagedRecordError, match=r"cannot read .*: No such file"):
        list(raw_bytes(tmp_path / "b", 0, 1))
