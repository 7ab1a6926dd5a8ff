"""Time as a line: where moments lie on it, and where it is ticked."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from newscrawler.web.hot.rows import lasting
from newscrawler.web.plots.spans import span_marks, thinned
from newscrawler.web.plots.time_axis import ZONE, TimeAxis, whole_days

MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))
LENGTHS = st.timedeltas(timedelta(days=2), timedelta(days=9000))


@given(MOMENTS, LENGTHS)
def test_ticks_are_few_in_order_and_on_the_axis(start: datetime, length: timedelta) -> None:
    axis = TimeAxis(start, start + length)
    ticks = axis.ticks
    assert 1 <= len(ticks) <= 11
    assert [tick.at for tick in ticks] == sorted({tick.at for tick in ticks})
    assert all(0 <= tick.x <= 100 and start <= tick.at <= axis.end for tick in ticks)
    assert all((tick.at.hour % 6, tick.at.minute, tick.at.second) == (0, 0, 0) for tick in ticks)


@given(MOMENTS, LENGTHS, st.floats(0, 1), st.floats(0, 1))
def test_what_is_later_lies_further_to_the_right(start: datetime, length: timedelta, one: float, other: float) -> None:
    axis = TimeAxis(start, start + length)
    first, last = sorted((one, other))
    assert 0 < axis.x(start + first * length) <= axis.x(start + last * length) < 100


def test_one_moment_is_shown_on_its_whole_day_of_the_sites() -> None:
    seen = datetime(2024, 3, 1, 20, tzinfo=UTC)
    axis = whole_days(seen, seen)
    assert (axis.start, axis.end) == (datetime(2024, 3, 2, tzinfo=ZONE), datetime(2024, 3, 3, tzinfo=ZONE))
    assert [f"{tick.at:%H}" for tick in axis.ticks] == ["00", "06", "12", "18", "00"]


def test_an_item_that_goes_on_beyond_the_axis_runs_off_its_edge() -> None:
    start = datetime(2024, 1, 1, tzinfo=UTC)
    axis = TimeAxis(start, start + timedelta(days=10))
    marks = span_marks(axis, start - timedelta(days=5), start + timedelta(days=50), [start + timedelta(days=5)])
    assert (marks.left, marks.right, marks.dots) == (-2.0, 102.0, (50.0,))
    assert marks.has_line


@given(st.lists(st.floats(-5, 105)))
def test_dots_that_would_cover_each_other_are_one(places: list[float]) -> None:
    kept = thinned(places)
    assert all(later - earlier >= 0.5 for earlier, later in pairwise(kept))
    assert bool(kept) == any(0 <= place <= 100 for place in places)


def test_a_length_is_told_in_the_unit_that_fits_it() -> None:
    begin = datetime(2024, 1, 1, tzinfo=UTC)
    lengths = (
        timedelta(seconds=50),
        timedelta(minutes=90),
        timedelta(hours=30),
        timedelta(days=60),
        timedelta(days=800),
    )
    told = [lasting(begin.isoformat(), (begin + length).isoformat()) for length in lengths]
    assert told == [("once", 0), ("minutes", 90), ("hours", 30), ("days", 60), ("years", 2)]
