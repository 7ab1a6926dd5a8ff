"""Sightings as a plot: a dot for each, and a pale line from the first to the last, for between them nobody looked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from newscrawler.web.plots.time_axis import TimeAxis

_CLOSE = 0.5
"""Per cent of the breadth below which two dots are one."""


@dataclass(frozen=True, slots=True)
class SpanMarks:
    """Where one row is drawn; all in per cent from the left, and a little outside where it goes on."""

    left: float
    right: float
    dots: tuple[float, ...]

    @property
    def has_line(self) -> bool:
        """Whether first and last sighting can be told apart."""
        return self.right - self.left > _CLOSE


def span_marks(axis: TimeAxis, first: datetime, last: datetime, seen: Sequence[datetime]) -> SpanMarks:
    """The marks of an item that was seen from `first` to `last`, and at `seen` among others."""
    return SpanMarks(axis.x(first), axis.x(last), thinned(axis.x(moment) for moment in (first, *seen, last)))


def thinned(places: Iterable[float]) -> tuple[float, ...]:
    """Those on the plot, in order, without such as stand too close to the one before.

    >>> thinned([50, 50.1, -2, 70])
    (50, 70)
    """
    kept: list[float] = []
    for place in sorted(place for place in places if 0 <= place <= 100):
        if not kept or place - kept[-1] >= _CLOSE:
            kept.append(place)
    return tuple(kept)
