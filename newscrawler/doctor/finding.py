"""What `doctor` finds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, get_args

Level = Literal["ok", "warn", "bad"]
"""`warn`: work goes on, but somebody should look; `bad`: work would fail, or could do harm."""
_LEVELS: tuple[Level, ...] = get_args(Level)


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the report."""

    level: Level
    subject: str
    """What was looked at, in one or two words."""
    says: str
    advice: str = ""
    """What to do, where there is something to do."""


def worst(findings: Iterable[Finding]) -> Level:
    """The gravest level among findings; `ok` where there is none."""
    return max((finding.level for finding in findings), key=_LEVELS.index, default="ok")
