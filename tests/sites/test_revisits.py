"""Young articles are looked at often, old ones seldom."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawler.sites.revisits import Revisits, Step, born_at

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
DAY = timedelta(days=1)
MOMENTS = st.datetimes(datetime(2003, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))


@pytest.mark.parametrize(
    ("age", "again"),
    [
        (0 * DAY, timedelta(hours=1)),
        (1.9 * DAY, timedelta(hours=1)),
        (2 * DAY, timedelta(hours=6)),
        (8 * DAY, 2 * DAY),
        (29 * DAY, 2 * DAY),
        (31 * DAY, 30 * DAY),
        (364 * DAY, 30 * DAY),
        (366 * DAY, 365 * DAY),
        (8000 * DAY, 365 * DAY),
        (-5 * DAY, timedelta(hours=1)),
    ],
)
def test_the_older_an_article_the_longer_it_waits(age: timedelta, again: timedelta) -> None:
    published = (NOW - age).isoformat()
    due = Revisits().due_at(dated=published, first_seen=NOW.isoformat(), asked_at=NOW.isoformat())
    assert due - NOW == again


def test_a_site_has_steps_of_its_own() -> None:
    quick = Revisits(steps=(Step(DAY, timedelta(minutes=5)),), old_again_after=10 * DAY)
    assert quick.again_after(timedelta(hours=3)) == timedelta(minutes=5)
    assert quick.again_after(3 * DAY) == 10 * DAY


def test_the_age_is_that_of_the_last_look_so_what_was_young_then_is_due_soon() -> None:
    asked = NOW - 10 * DAY
    published = asked - timedelta(hours=1)
    due = Revisits().due_at(dated=published.isoformat(), first_seen=asked.isoformat(), asked_at=asked.isoformat())
    assert due == asked + timedelta(hours=1)


def test_what_was_gone_is_not_looked_for_every_hour() -> None:
    times = {"dated": NOW.isoformat(), "first_seen": NOW.isoformat(), "asked_at": NOW.isoformat()}
    assert Revisits().due_at(**times, gone=True) - NOW == 30 * DAY


@pytest.mark.parametrize(
    ("dated", "born"),
    [
        (None, "2026-11-23"),
        ("", "2026-11-23"),
        ("2018-05-16T14:30:00+07:00", "2018-05-16"),
        ("2018-05-16", "2018-05-16"),
        ("2018-05", "2018-05-28"),
        ("2018", "2018-12-31"),
        ("2026", "2026-11-23"),
        ("2026-11", "2026-11-23"),
        ("2027", "2027-01-01"),
        ("31171", "2026-11-23"),
    ],
)
def test_a_vague_date_is_as_young_as_it_can_be_but_no_younger_than_the_first_sight_of_it(
    dated: str | None, born: str
) -> None:
    assert born_at(dated, NOW).date().isoformat() == born


@given(MOMENTS, st.sampled_from([4, 7, 10, 25]), MOMENTS)
def test_whatever_the_precision_an_article_was_born_within_it(date: datetime, precision: int, seen: datetime) -> None:
    dated = date.replace(microsecond=0).isoformat()[:precision]
    assert born_at(dated, seen).isoformat().startswith(dated[:10])


@given(MOMENTS, MOMENTS, MOMENTS)
def test_an_article_is_due_after_it_was_asked_for_and_within_a_year(
    published: datetime, seen: datetime, asked: datetime
) -> None:
    due = Revisits().due_at(dated=published.isoformat(), first_seen=seen.isoformat(), asked_at=asked.isoformat())
    assert timedelta(hours=1) <= due - asked <= timedelta(days=365)
