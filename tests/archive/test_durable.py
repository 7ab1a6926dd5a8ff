"""A file is replaced at one go, or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from newscrawler.archive.durable import replacing, sync_folder


def test_the_new_content_takes_the_place_of_the_old_at_the_end_of_the_block(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"old")
    with replacing(path) as stream:
        stream.write(b"new")
        stream.flush()
        assert path.read_bytes() == b"old"
    assert path.read_bytes() == b"new"
    assert os.listdir(tmp_path) == ["a"]


@pytest.mark.parametrize("error", [ValueError, OSError, KeyboardInterrupt])
def test_a_block_that_ends_badly_leaves_the_file_as_it_was(tmp_path: Path, error: type[BaseException]) -> None:
    def fail() -> None:
        with replacing(path) as stream:
            stream.write(b"new")
            raise error

    path = tmp_path / "a"
    path.write_bytes(b"old")
    with pytest.raises(error):
        fail()
    assert path.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["a"]


def test_a_folder_that_is_missing_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        sync_folder(tmp_path / "gone")
    with pytest.raises(FileNotFoundError), replacing(tmp_path / "gone" / "a"):
        pass
