"""What became of the files that were to be imported."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from newscrawler.errors import ExitCode


@dataclass
class Imported:
    """What became of one WARC file, in a WACZ or of its own."""

    name: str
    """Of the file, without folders."""
    member: str = ""
    """Of the WARC file in a WACZ."""
    sha256: str = ""
    refused: str = ""
    """Why nothing of it was taken over, as the end of a sentence."""
    files: list[str] = field(default_factory=list)
    """WARC files of the archive that hold its records now."""
    taken: Counter[str] = field(default_factory=Counter)
    """Kind of record → how many were taken over."""
    known: int = 0
    """Records that the archive held already."""
    left_out: Counter[str] = field(default_factory=Counter)
    """Why → how many."""
    faults: list[str] = field(default_factory=list)
    """Records that could not be read or make no sense, one sentence each."""
    notes: list[str] = field(default_factory=list)
    """What could not be checked, a clause each."""
    maker: dict[str, str] = field(default_factory=dict)
    """What its first record says of who made it."""
    pages: Counter[str] = field(default_factory=Counter)
    """What its pages gave: `new`, `changed`, `unchanged`, `listing`, `nothing`, `unread` → how many."""


def exit_code(results: Iterable[Imported]) -> ExitCode:
    """1 if a file was refused, 3 if records of one were given up, else 0."""
    results = list(results)
    if any(each.refused for each in results):
        return ExitCode.ERROR
    return ExitCode.GIVEN_UP if any(each.faults for each in results) else ExitCode.COMPLETE
