"""Items of hot blocks as rows of a plot and of the table under it, for the room and for a static copy."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from newscrawler.store import Database
from newscrawler.store.hot_spans import HotSpan, last_looks, looks, sightings, utc
from newscrawler.store.hot_words import MOST_PAGES, HotWords, hot_words
from newscrawler.web.hot.periods import Period
from newscrawler.web.plots.spans import SpanMarks, span_marks, thinned
from newscrawler.web.plots.time_axis import TimeAxis, whole_days
from newscrawler.web.speech import Speech

_DOTS = 120
"""Sightings of one item that are looked up at most, spread over the breadth of the plot."""
_UNITS = (("minutes", 60), ("hours", 3600), ("days", 86_400), ("months", 2_629_746), ("years", 31_556_952))
_SPOKEN_UP_TO = {"minutes": 120, "hours": 48, "days": 61, "months": 24}


@dataclass(frozen=True, kw_only=True, slots=True)
class HotRow:
    """One item on the page."""

    span: HotSpan
    words: HotWords
    marks: SpanMarks
    lasted: tuple[str, int]
    """Unit and number; `once` where it was seen in one moment."""
    still: bool
    """Whether it stood there when the archive last looked."""


def axis_of(spans: Sequence[HotSpan], chosen: Period) -> TimeAxis:
    """An axis on which spans, of which there is at least one, fill the breadth, as far as the period lets them."""
    start, end = _moment(min(span.first_seen for span in spans)), _moment(max(span.last_seen for span in spans))
    start, end = max(start, chosen.since or start), min(end, chosen.until or end)
    return whole_days(start, max(start, end))


def rows(db: Database, spans: Iterable[HotSpan], axis: TimeAxis) -> list[HotRow]:
    """Spans with their words and marks."""
    looked = last_looks(db)
    return [_row(db, span, axis, looked.get(span.site, "~")) for span in spans]


def shown(db: Database, axis: TimeAxis, spans: Sequence[HotSpan], site: str | None, say: Speech) -> dict[str, object]:
    """What the plot and the table under it need."""
    runs = [_moment(at) for at in looks(db, site, utc(axis.start), utc(axis.end))]
    return {
        "rows": rows(db, spans, axis),
        "ticks": [(tick.x, tick_label(tick.at, axis, say), place) for place, tick in enumerate(axis.ticks)],
        "looked": thinned(map(axis.x, runs)),
        "looks": len(runs),
        "most_pages": MOST_PAGES,
    }


def tick_label(at: datetime, axis: TimeAxis, say: Speech) -> str:
    """`5/3` or `5 Mar`, `3/2024` or `Mar 2024`, `2024`; by hours the time of day, at midnight the day."""
    if axis.unit == "hour" and at.hour:
        return f"{at:%H:%M}"
    if axis.unit == "year":
        return str(at.year)
    month = axis.unit == "month"
    if say.lang == "vi":
        return f"{at.month}/{at.year}" if month else f"{at.day}/{at.month}"
    name = say.day(f"{at.year}-{at.month:02}")[:3]
    return f"{name} {at.year}" if month else f"{at.day} {name}"


def lasting(first: str, last: str) -> tuple[str, int]:
    """How long a span lasts, in the unit that tells it best.

    >>> lasting("2024-01-01T00:00:00Z", "2024-01-06T01:00:00Z")
    ('days', 5)
    """
    seconds = (_moment(last) - _moment(first)).total_seconds()
    for unit, length in _UNITS:
        if seconds / length < _SPOKEN_UP_TO.get(unit, 1e9):
            number = int(seconds / length)
            return (unit, number) if number else ("once", 0)
    raise AssertionError("years go on for ever")


def _row(db: Database, span: HotSpan, axis: TimeAxis, looked: str) -> HotRow:
    step = (axis.end - axis.start) / _DOTS
    seen = sightings(db, span, utc(axis.start), utc(axis.end), step)
    first, last = _moment(span.first_seen), _moment(span.last_seen)
    return HotRow(
        span=span,
        words=hot_words(db, span),
        marks=span_marks(axis, first, last, [_moment(at) for at in seen]),
        lasted=lasting(span.first_seen, span.last_seen),
        still=span.last_seen >= looked,
    )


def _moment(stamp: str) -> datetime:
    return datetime.fromisoformat(stamp)
