"""What a check of an archive comes to: faults, each with its place and one sentence, and notes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal[
    "file",
    "lost",
    "bits",
    "record",
    "payload",
    "pointer",
    "duplicate",
    "revisit",
    "manifest",
    "database",
    "row",
    "unindexed",
    "index",
]
"""`file`: it cannot be read as a WARC file at all; `lost`: bytes without a readable record; `bits`: bits that mean
nothing are not as written; `record`, `payload`, `pointer`, `duplicate`, `revisit`: a whole record that says what is not
so; `manifest`: it and the files differ; `database`: its file is unsound, or a row points at nothing; `row`: a row and
its record differ; `unindexed`: a record without row; `index`: `index.cdxj` and the records differ."""

Progress = Callable[[int, int], object]
"""Told how many bytes have been read, and how many there are."""

MOST_FAULTS = 10_000
"""Faults that are told one by one; more are counted."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Fault:
    """One thing that is not as it was written."""

    kind: Kind
    file: str
    """Relative to the data folder."""
    offset: int | None = None
    """Where the record, or what is left of it, begins in the file."""
    url: str | None = None
    row: int | None = None
    """Id of the row, or number of the line in the manifest or index."""
    sentence: str
    """For people: what is wrong with which file, and the next step."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Report:
    """What was checked, and what came of it."""

    files: int
    records: int
    rows: int
    faults: tuple[Fault, ...]
    notes: tuple[str, ...]
    """What is no fault but worth knowing, a sentence each."""

    @property
    def ok(self) -> bool:
        """Whether all is as it was written."""
        return not self.faults


@dataclass
class Findings:
    """Collects what a check finds."""

    files: int = 0
    records: int = 0
    rows: int = 0
    faults: list[Fault] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    _untold: Counter[str] = field(default_factory=Counter)

    def fault(
        self,
        kind: Kind,
        file: str,
        sentence: str,
        *,
        offset: int | None = None,
        url: str | None = None,
        row: int | None = None,
    ) -> None:
        """Add a fault."""
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(Fault(kind=kind, file=file, offset=offset, url=url, row=row, sentence=sentence))
        else:
            self._untold[kind] += 1

    def note(self, sentence: str) -> None:
        """Add a note."""
        self.notes.append(sentence)

    def report(self) -> Report:
        """All of it."""
        untold = [f"{count} more faults of kind {kind} are not listed" for kind, count in sorted(self._untold.items())]
        return Report(
            files=self.files,
            records=self.records,
            rows=self.rows,
            faults=tuple(self.faults),
            notes=(*self.notes, *untold),
        )
