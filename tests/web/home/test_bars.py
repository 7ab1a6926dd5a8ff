"""Bars stand inside their plot, as high as their values, for any values whatever."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscrawler.web.front.months import calendar, is_by_months
from newscrawler.web.plots.bars import HEIGHT, WIDTH, Bar, bar_plot
from tests.conftest import times

VALUES = st.lists(st.integers(0, 10**7), max_size=60)


@settings(max_examples=times(40, 500), deadline=None)
@given(VALUES)
def test_bars_stand_within_the_plot_side_by_side_and_on_its_base(values: list[int]) -> None:
    plot = bar_plot([Bar(str(place), value, "") for place, value in enumerate(values)], "any")
    ends = [plot.left, *(bar.x + bar.width for bar in plot.bars)]
    for before, bar in zip(ends, plot.bars, strict=False):
        assert before - 0.2 <= bar.x <= bar.x + bar.width <= WIDTH
        assert 0 <= bar.y <= plot.base <= HEIGHT
        assert bar.y + bar.height == pytest.approx(plot.base, abs=0.2)
        assert (bar.height > 0) == (bar.bar.value > 0)


@settings(max_examples=times(40, 500), deadline=None)
@given(VALUES)
def test_lines_begin_at_zero_and_end_at_or_above_the_highest_bar(values: list[int]) -> None:
    lines = bar_plot([Bar("", value, "") for value in values], "any").lines
    assert lines[0].value == 0
    assert lines[-1].value >= max(values, default=0)
    assert 2 <= len(lines) <= 6


@settings(max_examples=times(40, 500), deadline=None)
@given(st.dictionaries(st.dates().map(lambda date: date.isoformat()[:7]), st.integers(1, 99), max_size=30))
def test_a_calendar_loses_no_article_of_120_years_but_those_to_come(counts: dict[str, int]) -> None:
    rows = calendar(counts, 2026)
    past = {month: count for month, count in counts.items() if int(month[:4]) <= 2026}
    newest = max((int(month[:4]) for month in past), default=0)
    assert sum(row.total for row in rows) == sum(past[month] for month in past if int(month[:4]) > newest - 120)
    assert is_by_months(rows) == (len(rows) <= 4)
