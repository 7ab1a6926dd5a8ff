"""What has been read again so far."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from newscrawler.archive.salvage import Gap
from newscrawler.pages.keeping import Outcome


@dataclass(frozen=True)
class Unresolved:
    """A revisit whose payload was in no capture known so far."""

    path: Path
    offset: int
    ours: bool
    capture_id: int
    run_id: int | None


@dataclass
class Restored:
    """Counts of a reading of WARC files, going up while it goes on."""

    files: int = 0
    records: int = 0
    bytes: int = 0
    """Bytes of the files that have been passed."""
    captures: int = 0
    pages: Counter[Outcome] = field(default_factory=Counter)
    gaps: list[Gap] = field(default_factory=list)
    """Damaged stretches, which were passed over."""
    unresolved: list[Unresolved] = field(default_factory=list)


Tell = Callable[[Restored], None]
"""Called with the counts every few hundred records."""


def quietly(_restored: Restored) -> None:
    """Tell nobody."""
