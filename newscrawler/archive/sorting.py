"""Lines put in order by their bytes (`LC_ALL=C sort -u`), more of them than memory holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from heapq import merge
from itertools import groupby, islice
from pathlib import Path
from tempfile import TemporaryFile

LINES_IN_MEMORY = 100_000
"""Lines that are sorted at a time, some 50 MB of an index; more are sorted in runs on disk."""
RUNS_AT_ONCE = 64
"""Runs that are merged at a time, each an open file."""


def sorted_lines(lines: Iterable[bytes], folder: Path, most: int = LINES_IN_MEMORY) -> Iterator[bytes]:
    """All lines in order, each once.

    :param lines: with their line breaks.
    :param folder: where runs lie, in unnamed files, if there are more lines than `most`.
    :raises OSError: if the disk does not take a run.
    """
    source = iter(lines)
    run = sorted(islice(source, most))
    if len(run) < most:
        return once(run)
    runs: list[Iterable[bytes]] = []
    while run:
        if len(runs) == RUNS_AT_ONCE:
            runs = [_on_disk(merge(*runs), folder)]
        runs.append(_on_disk(run, folder))
        run = sorted(islice(source, most))
    return once(merge(*runs))


def once(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Lines in order, each once."""
    return (line for line, _same in groupby(lines))


def _on_disk(run: Iterable[bytes], folder: Path) -> Iterable[bytes]:
    """A run in a file that has no name, so that a killed process leaves none."""
    file = TemporaryFile(dir=folder)  # noqa: SIM115  it lives as long as what reads it
    file.writelines(once(run))
    file.seek(0)
    return file
