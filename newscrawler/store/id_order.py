"""When something came about that is not dated, by the dated things before and behind it in an order that is that of
time; pure."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

MOST_LIARS = 1
"""Dates between two neighbours that contradict both: one is a slip, more say that the order is not that of time."""
SOONER = timedelta(days=31)
"""An event lies at most so long before the article that tells of it."""


@dataclass(frozen=True, slots=True)
class Known:
    """A dated article: its number, and the first and last day that its date may mean."""

    number: int
    first: date
    last: date
    value: str
    """The date as it is stored."""

    @property
    def month(self) -> int:
        """Months counted from year 0."""
        return self.first.year * 12 + self.first.month


@dataclass(frozen=True, slots=True)
class Span:
    """The time between the nearest neighbours of an article."""

    before: Known
    after: Known
    outer: tuple[date, date] | None = None
    """What would still be true if either neighbour lied: the days that the next ones but one leave open."""

    @property
    def first(self) -> date:
        """Neighbours of one month may come in any order."""
        return min(self.before.first, self.after.first)

    @property
    def last(self) -> date:
        return max(self.before.last, self.after.last)

    @property
    def common(self) -> str | None:
        """The month or else the year that the whole span lies in, ISO 8601."""
        first, last = self.first.isoformat(), self.last.isoformat()
        return next((first[:length] for length in (7, 4) if first[:length] == last[:length]), None)

    def day(self, day: int, month: int) -> date | None:
        """The only day of the span with this day and month, or None."""
        years = range(self.first.year, self.last.year + 1)
        found = [one for year in years if (one := _date(year, month, day)) and self.first <= one <= self.last]
        return found[0] if len(found) == 1 else None

    def contradicts(self, event: date) -> bool:
        """Whether an article of this place cannot be of the days around an event, not even if one neighbour lies."""
        return self.outer is not None and not self.outer[0] - SOONER <= event <= self.outer[1]


class IdOrder:
    """What the dated articles of a site say of those between them."""

    def __init__(self, known: Iterable[Known]) -> None:
        everything = sorted(known, key=lambda one: one.number)
        self._kept = in_every_order(everything)
        self._numbers = [one.number for one in self._kept]
        self._broken = _broken(everything, self._kept)

    def span(self, number: int) -> Span | None:
        """The span that the article of a number lies in; None at both ends, and where the order is not that of time."""
        place = bisect_right(self._numbers, number)
        if not 0 < place < len(self._kept) or self._numbers[place - 1] in self._broken:
            return None
        before, after = self._kept[place - 1], self._kept[place]
        if not 1 < place < len(self._kept) - 1:
            return Span(before, after)
        outer = (self._kept[place - 2], before, after, self._kept[place + 1])
        return Span(before, after, (min(one.first for one in outer), max(one.last for one in outer)))


def in_every_order(known: Sequence[Known]) -> list[Known]:
    """Of articles in the order of their numbers those whose months rise in every longest rising row; where two rows are
    equally long, nobody knows which of the two lies, and neither counts."""
    months = [one.month for one in known]
    up = _lengths(months)
    down = _lengths([-month for month in reversed(months)])[::-1]
    longest = max(up, default=0)
    places = [i for i in range(len(known)) if up[i] + down[i] - 1 == longest]
    rivals = Counter(up[i] for i in places)
    return [known[i] for i in places if rivals[up[i]] == 1]


def _lengths(values: Sequence[int]) -> list[int]:
    """For each value the length of the longest row that ends with it and never falls."""
    tails: list[int] = []
    lengths = []
    for value in values:
        place = bisect_right(tails, value)
        tails[place : place + 1] = [value]
        lengths.append(place + 1)
    return lengths


def _broken(everything: Sequence[Known], kept: Sequence[Known]) -> set[int]:
    """Numbers of those kept articles behind which too many contradict what they and the next say."""
    numbers = [one.number for one in everything]
    broken = set()
    for before, after in pairwise(kept):
        between = everything[bisect_right(numbers, before.number) : bisect_left(numbers, after.number)]
        if between:
            span = Span(before, after)
            if sum(one.last < span.first or one.first > span.last for one in between) > MOST_LIARS:
                broken.add(before.number)
    return broken


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
