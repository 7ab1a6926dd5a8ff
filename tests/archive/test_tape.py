"""A tape is its bytes, in memory or in a file."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawler.tape import Tape
from tests.archive.disks import largest_file

PIECES = st.lists(st.binary(max_size=200), max_size=8)
STEP = st.tuples(st.sampled_from(["write", "read", "pieces", "drop"]), st.binary(max_size=90), st.integers(0, 300))


@given(st.lists(STEP, max_size=20), st.integers(1, 200))
def test_a_tape_does_what_bytes_do(steps: list[tuple[str, bytes, int]], in_memory: int) -> None:
    tape, kept = Tape(in_memory=in_memory), b""
    for step, data, number in steps:
        if step == "write":
            tape.write(data)
            kept += data
        elif step == "read":
            assert tape.read(number, len(data)) == kept[number : number + len(data)]
            assert tape.read(number) == kept[number:]
        elif step == "pieces":
            assert b"".join(tape.pieces(number)) == kept[number:]
        else:
            assert tape.drop(number) == kept[:number]
            kept = kept[number:]
        assert len(tape) == len(kept)
    assert tape.read() == kept
    tape.close()
    assert (len(tape), list(tape.pieces())) == (0, [])


@given(PIECES)
def test_pieces_may_be_taken_while_more_is_written(pieces: list[bytes]) -> None:
    tape = Tape(b"first", in_memory=50)
    walk = tape.pieces()
    assert next(walk) == b"first"
    for piece in pieces:
        tape.write(piece)
    assert b"".join(walk) == b"".join(pieces)


def test_a_long_tape_goes_on_in_a_file_without_a_name(tmp_path: Path) -> None:
    tape = Tape(folder=tmp_path, in_memory=1000)
    for _ in range(20):
        tape.write(b"x" * 100)
    assert list(tmp_path.iterdir()) == []
    assert tape.read() == b"x" * 2000


def test_a_file_that_takes_no_more_is_an_error_and_never_an_endless_walk(tmp_path: Path) -> None:
    tape = Tape(b"x" * 1000, folder=tmp_path, in_memory=1000)
    with largest_file(500), pytest.raises(OSError, match="File too large"):
        tape.write(os.urandom(500_000))
    with pytest.raises(OSError, match="lost what was written"):
        list(tape.pieces())
