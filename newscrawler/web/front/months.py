"""How many articles came out when: a plot of months, or of years where there are many, and the same as a calendar."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from newscrawler.web.addresses import Addresses
from newscrawler.web.plots.bars import Bar, BarPlot, bar_plot
from newscrawler.web.speech import Speech

_MOST_MONTHS = 48
"""A longer span is plotted by years."""
_MOST_YEARS = 120


@dataclass(frozen=True, slots=True)
class CalendarYear:
    """A row of the calendar."""

    year: str
    months: tuple[int, ...]
    """Twelve of them."""
    unknown: int
    """Known by the year only."""

    @property
    def total(self) -> int:
        """All of the year."""
        return sum(self.months) + self.unknown


def calendar(counts: Mapping[str, int], this_year: int) -> list[CalendarYear]:
    """Years from the first to the last, those without articles included.

    :param counts: month (`2018-05`), or year where no month is known, → articles.
    :param this_year: dates of later years are misprints, and would leave the plot empty for decades.

    >>> [(row.year, row.total) for row in calendar({"2018": 2, "2018-05": 3, "2020-01": 1, "2099-01": 1}, 2026)]
    [('2018', 5), ('2019', 0), ('2020', 1)]
    """
    years = sorted(year for key in counts if key[:4].isdigit() and (year := int(key[:4])) <= this_year)
    span = range(years[0], years[-1] + 1)[-_MOST_YEARS:] if years else ()
    return [
        CalendarYear(
            f"{year:04}",
            tuple(counts.get(f"{year:04}-{month:02}", 0) for month in range(1, 13)),
            counts.get(f"{year:04}", 0),
        )
        for year in span
    ]


def is_by_months(rows: list[CalendarYear]) -> bool:
    """Whether the span is short enough to plot each month."""
    return len(rows) * 12 <= _MOST_MONTHS


def plot_of(say: Speech, to: Addresses, rows: list[CalendarYear], label: str) -> BarPlot:
    """Bars that lead to the search for what came out then."""
    if is_by_months(rows):
        return bar_plot([bar for row in rows for bar in _months(say, to, row)], label)
    return bar_plot([_bar(say, to, row.year, row.year, row.total) for row in rows], label)


def _months(say: Speech, to: Addresses, row: CalendarYear) -> list[Bar]:
    return [
        _bar(say, to, f"{row.year}-{place:02}", f"{place}/{row.year[2:]}", count)
        for place, count in enumerate(row.months, 1)
    ]


def _bar(say: Speech, to: Addresses, period: str, label: str, count: int) -> Bar:
    says = f"{say.day(period)}: {say('base.articles', n=count)}"
    return Bar(label, count, says, to.search(**{"from": period, "to": period}) if count else None)
