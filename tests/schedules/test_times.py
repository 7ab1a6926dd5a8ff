"""When something is due, begins, and is caught up: pure functions of time, and their laws."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscrawler.schedules.crontext import numbers_of
from newscrawler.schedules.lengths import length, written
from newscrawler.schedules.plan import VIETNAM, Job, Plan, Schedule, expected
from newscrawler.schedules.quiet import Quiet, quiet, quiet_until
from newscrawler.schedules.rhythm import Cron, Rhythm, cron, every
from tests.conftest import times

BERLIN = ZoneInfo("Europe/Berlin")
ZONES = st.sampled_from((VIETNAM, ZoneInfo("UTC"), ZoneInfo("Asia/Kathmandu"), BERLIN))
MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2030, 12, 31), timezones=st.just(UTC))
EVERIES = st.sampled_from(("2 s", "30 min", "2 h", "1 h 30 min", "1 day", "3 days", "1 week"))
CRONS = st.sampled_from(
    (
        "15 */2 * * *",
        "0 3 * * sun",
        "*/5 8-17 * * 1-5",
        "30 6 1 * *",
        "0 0 29 2 *",
        "59 23 31 12 *",
        "@daily",
        "0 4 * * 7",
    )
)
RHYTHMS = st.one_of(st.builds(every, EVERIES, ZONES), st.builds(cron, CRONS, ZONES))
QUIETS = st.lists(st.builds(Quiet, st.times(), st.times()).filter(lambda each: each.begin != each.end), max_size=3)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


def job(rhythm: Rhythm, jitter: str = "0 s") -> Job:
    return Job(target="thanhdoan", schedule=Schedule(sites=("thanhdoan",), rhythm=rhythm, jitter=length(jitter)))


def plan_of(one: Job, *quiets: str) -> Plan:
    return Plan(schedules=(one.schedule,), quiet=tuple(map(quiet, quiets)))


@pytest.mark.parametrize(
    ("rhythm", "after", "wanted"),
    [
        (every("2 h", VIETNAM), "2026-11-23T13:00", "2026-11-23T14:00"),
        (every("2 h", VIETNAM), "2026-11-23T14:00", "2026-11-23T16:00"),
        (every("1 day", VIETNAM), "2026-11-23T13:00", "2026-11-24T00:00"),
        (every("1 week", VIETNAM), "2026-11-24T13:00", "2026-11-30T00:00"),
        (cron("15 */2 * * *", VIETNAM), "2026-11-23T14:15", "2026-11-23T16:15"),
        (cron("0 3 * * 0", VIETNAM), "2026-11-23T00:00", "2026-11-29T03:00"),
        (cron("0 3 * * 7", VIETNAM), "2026-11-23T00:00", "2026-11-29T03:00"),
        (cron("0 3 * * 1", VIETNAM), "2026-11-24T00:00", "2026-11-30T03:00"),
        (cron("0 0 29 2 *", VIETNAM), "2026-11-24T00:00", "2028-02-29T00:00"),
    ],
)
def test_the_next_due_moment_is_in_the_zone_and_days_of_the_week_are_crons(
    rhythm: Rhythm, after: str, wanted: str
) -> None:
    assert rhythm.after(at(after)) == at(wanted)


@given(RHYTHMS, MOMENTS)
@settings(max_examples=times(40, 500), deadline=None)
def test_a_moment_lies_between_the_last_due_moment_and_the_next(rhythm: Rhythm, moment: datetime) -> None:
    last, following = rhythm.until(moment), rhythm.after(moment)

    assert last is not None
    assert last <= moment < following
    assert rhythm.after(last) == following
    assert rhythm.until(last) == last


@given(EVERIES, MOMENTS)
@settings(max_examples=times(40, 500), deadline=None)
def test_every_so_often_is_never_more_nor_less_also_in_a_zone_with_summer_time(text: str, moment: datetime) -> None:
    rhythm = every(text, BERLIN)
    first = rhythm.after(moment)

    assert rhythm.after(first) - first == length(text)


@given(RHYTHMS, MOMENTS, st.integers(0, 50))
@settings(max_examples=times(40, 500), deadline=None)
def test_jitter_puts_off_by_less_than_it_says_and_always_by_the_same(
    rhythm: Rhythm, moment: datetime, part: int
) -> None:
    due = rhythm.after(moment)
    jitter = (rhythm.after(due) - due) * part / 100
    one = Job(target="a", schedule=Schedule(sites=("a",), rhythm=rhythm, jitter=jitter))

    assert due <= one.start(due) <= due + jitter
    assert one.start(due) == Job(target="a", schedule=one.schedule).start(due.astimezone(BERLIN))


@given(QUIETS, MOMENTS, ZONES)
@settings(max_examples=times(40, 500), deadline=None)
def test_quiet_hours_end_when_none_of_them_lasts(quiets: list[Quiet], moment: datetime, zone: ZoneInfo) -> None:
    end = quiet_until(quiets, moment, zone)

    if end is None:
        assert not any(each.end_after(moment, zone) for each in quiets)
    else:
        assert end > moment
        still = [each for each in quiets if each.end_after(end, zone)]
        assert not still or len(quiets) > 1, "those that fill the day together have no end"


@pytest.mark.parametrize(
    ("text", "moment", "end"),
    [
        ("22:00-05:00", "2026-11-23T21:59", None),
        ("22:00-05:00", "2026-11-23T22:00", "2026-11-24T05:00"),
        ("22:00-05:00", "2026-11-24T04:59", "2026-11-24T05:00"),
        ("22:00-05:00", "2026-11-24T05:00", None),
        ("07:30-09:00", "2026-11-24T08:00", "2026-11-24T09:00"),
        ("20:00-24:00", "2026-11-24T23:59", "2026-11-25T00:00"),
    ],
)
def test_quiet_hours_may_go_over_midnight(text: str, moment: str, end: str | None) -> None:
    assert quiet_until([quiet(text)], at(moment), VIETNAM) == (at(end) if end else None)


@given(RHYTHMS, MOMENTS, QUIETS)
@settings(max_examples=times(40, 500), deadline=None)
def test_a_run_begins_later_than_now_and_not_in_quiet_hours(rhythm: Rhythm, now: datetime, quiets: list[Quiet]) -> None:
    one = job(rhythm)
    plan = Plan(schedules=(one.schedule,), quiet=tuple(quiets[:1]))
    start = plan.next_start(one, now)

    assert start > now
    assert plan.quiet_until(start) is None


@given(RHYTHMS, MOMENTS, st.floats(0, 500))
@settings(max_examples=times(40, 500), deadline=None)
def test_what_was_missed_is_caught_up_once(rhythm: Rhythm, now: datetime, hours_off: float) -> None:
    one = job(rhythm)
    plan = plan_of(one)
    done = now - timedelta(hours=hours_off)

    due = plan.pending(one, now, done)
    if due is None:
        assert rhythm.after(done) > now
    else:
        assert done < due <= now < rhythm.after(due)
        assert plan.pending(one, now, due) is None


@given(MOMENTS, st.lists(st.floats(0.1, 400), min_size=1, max_size=30))
def test_however_long_each_run_takes_due_moments_come_once_and_in_order(now: datetime, minutes: list[float]) -> None:
    one = job(every("30 min", VIETNAM), "10 min")
    plan, done, begun = plan_of(one), now, list[datetime]()
    for took in minutes:
        now = plan.next_start(one, now)
        due = plan.pending(one, now, done)
        if due is not None:
            begun.append(due)
            done, now = due, now + timedelta(minutes=took)

    assert begun == sorted(set(begun))


def test_jitter_holds_back_and_the_run_before_is_still_caught_up() -> None:
    one = job(every("1 h", VIETNAM), "30 min")
    plan, due = plan_of(one), at("2026-11-23T14:00")

    before = one.start(due) - timedelta(seconds=1)
    assert plan.pending(one, before, at("2026-11-23T13:00")) is None
    assert plan.pending(one, before, at("2026-11-23T12:00")) == at("2026-11-23T13:00")
    assert plan.pending(one, one.start(due), at("2026-11-23T12:00")) == due


def test_what_is_due_in_quiet_hours_begins_at_their_end_once() -> None:
    one = job(every("1 h", VIETNAM))
    plan = plan_of(one, "22:00-05:30")

    assert plan.starts(one, at("2026-11-23T20:30"), 3) == [
        at("2026-11-23T21:00"),
        at("2026-11-24T05:30"),
        at("2026-11-24T06:00"),
    ]
    assert plan.pending(one, at("2026-11-24T03:00"), at("2026-11-23T21:00")) is None
    assert plan.pending(one, at("2026-11-24T05:30"), at("2026-11-23T21:00")) == at("2026-11-24T05:00")


def test_a_success_is_expected_after_the_longest_pause_of_a_plan() -> None:
    one = job(every("1 h", VIETNAM))

    assert expected(plan_of(one), at("2026-11-23T12:30")) == {"thanhdoan": timedelta(hours=2)}
    assert expected(plan_of(one, "22:00-05:30"), at("2026-11-23T12:30")) == {"thanhdoan": timedelta(hours=17)}


@given(st.timedeltas(timedelta(seconds=1), timedelta(days=300)))
def test_a_length_of_time_is_read_as_it_is_written(span: timedelta) -> None:
    text = written(span)

    assert length(text) <= span
    assert written(length(text)) == text


@given(st.integers(0, 59), st.integers(0, 23), st.sampled_from(("*", "*/2", "1-5", "sun", "6,7")))
def test_a_cron_expression_is_due_at_what_its_fields_say(minute: int, hour: int, weekday: str) -> None:
    expression = f"{minute} {hour} * * {weekday}"
    allowed = numbers_of(expression)[4]
    due = Cron(expression, VIETNAM).after(at("2026-11-23T00:00")).astimezone(VIETNAM)

    assert (due.minute, due.hour) == (minute, hour)
    assert allowed is None or due.isoweekday() % 7 in allowed
