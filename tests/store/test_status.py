"""What is told of runs, sites and what ails them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawler.errors import ExitCode
from newscrawler.store import Database, add_problem, finish_run, start_run, store_article
from newscrawler.store.runs import end_unfinished, start_crawl
from newscrawler.store.status import (
    Sample,
    alarms,
    problem_groups,
    problems_of,
    run_count,
    run_of,
    runs,
    sites_at_a_glance,
)
from newscrawler.store.status import samples as samples_of
from newscrawler.store.status.drift import BAND, FEWEST_SAMPLES, drifts
from tests.store.conftest import PAGE, SITE, article, day

BEGIN = datetime(2026, 1, 1, tzinfo=UTC)


def at(hours: float) -> str:
    return (BEGIN + timedelta(hours=hours)).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def crawl(
    db: Database, hours: float, code: int = 0, *, site: str = SITE, reason: str = "by hand", new: int = 0, **more: int
) -> int:
    """A run that began so many hours after BEGIN and took six minutes."""
    begun = start_crawl(db, site, reason, at(hours), {"full": False})
    finish_run(db, begun.run_id, at(hours + 0.1), code, {"pages": 5, "articles_new": new, "cycle_listed": 5, **more})
    return begun.run_id


def kinds(db: Database, hours: float, **known: Any) -> list[str]:
    return [alarm.kind for alarm in alarms(db, BEGIN + timedelta(hours=hours), **known)]


def test_a_run_is_told_with_all_that_its_row_has(db: Database) -> None:
    run_id = crawl(db, 0)
    add_problem(db, run_id, PAGE, "fetching", "timeout", "no answer", at(0))

    (run,) = runs(db)
    assert run == run_of(db, run_id)
    assert (run.site, run.outcome, run.exit_code, run.pages, run.problems) == (SITE, "finished", 0, 5, 1)
    assert (run.arguments, run.counters, run.cycle) == ({"full": False}, {"cycle_listed": 5}, run_id)
    assert run.lasted == timedelta(minutes=6)
    assert run_of(db, 99) is None


def test_runs_come_in_pages_the_newest_first_and_by_site(db: Database) -> None:
    ids = [crawl(db, hours, site=("thanhdoan", "haiphong")[hours % 2]) for hours in range(5)]

    assert [run.id for run in runs(db, limit=2)] == ids[:2:-1]
    assert [run.id for run in runs(db, limit=2, offset=2)] == ids[2:0:-1]
    assert [run.id for run in runs(db, "haiphong")] == [ids[3], ids[1]]
    assert (run_count(db), run_count(db, "haiphong")) == (5, 2)


def test_problems_come_in_pages_and_in_groups(db: Database) -> None:
    run_id = crawl(db, 0)
    for number in range(5):
        add_problem(db, run_id, f"{PAGE}{number}", "fetching", ("timeout", "status")[number > 2], "no answer", at(0))

    assert [problem.url for problem in problems_of(db, run_id, limit=2, offset=1)] == [f"{PAGE}1", f"{PAGE}2"]
    assert [problem.kind for problem in problems_of(db, run_id, kind="status")] == ["status", "status"]
    assert [(group.kind, group.count) for group in problem_groups(db, run_id)] == [("timeout", 3), ("status", 2)]


def test_a_site_is_told_in_one_line(db: Database) -> None:
    store_article(db, article(1, published="2025-12-31"), run_id=None, seen_at=day(1))
    store_article(db, article(2, published="2026-01-02"), run_id=None, seen_at=day(1))
    good, bad = crawl(db, 0), crawl(db, 1, ExitCode.ERROR)
    start_run(db, "import", "import", at(2))

    (glance,) = sites_at_a_glance(db)
    assert (glance.site, glance.articles, glance.newest_published, glance.waiting) == (SITE, 2, "2026-01-02", 0)
    assert glance.last_run is not None
    assert glance.last_success is not None
    assert (glance.last_run.id, glance.last_success.id) == (bad, good)


@pytest.mark.parametrize(
    ("code", "counters", "told"),
    [
        (ExitCode.COMPLETE, {}, []),
        (ExitCode.ERROR, {}, ["failed"]),
        (ExitCode.DISK, {}, ["failed"]),
        (ExitCode.GIVEN_UP, {}, ["incomplete"]),
        (ExitCode.STOPPED, {}, ["stopped"]),
        (ExitCode.STOPPED, {"at_limit": 1}, ["stopped"]),
    ],
)
def test_how_the_last_run_ended_is_an_alarm_unless_it_ended_well(
    db: Database, code: int, counters: dict[str, int], told: list[str]
) -> None:
    crawl(db, 0, ExitCode.ERROR)
    run_id = crawl(db, 1, code, **counters)

    found = alarms(db, BEGIN + timedelta(hours=2))
    assert [alarm.kind for alarm in found] == told
    assert all(alarm.run_id == run_id and alarm.sentence.startswith(f"{SITE}: run {run_id}") for alarm in found)


def test_a_limit_that_was_reached_is_only_a_note(db: Database) -> None:
    limited = crawl(db, 0, ExitCode.STOPPED, at_limit=1)
    crawl(db, 0, ExitCode.STOPPED, site="haiphong")

    assert [alarm.severity for alarm in alarms(db, BEGIN)] == ["warning", "note"]
    assert [glance.last_success and glance.last_success.id for glance in sites_at_a_glance(db)] == [None, limited]


def test_a_killed_run_is_told_before_and_after_the_next_one_has_put_it_in_order(db: Database) -> None:
    run_id = start_crawl(db, SITE, "by hand", at(0), {}).run_id

    assert kinds(db, 1, is_held=True) == []
    assert kinds(db, 1) == []
    assert kinds(db, 25) == ["silent"]
    assert kinds(db, 1, is_held=False) == ["torn"]
    end_unfinished(db)
    assert kinds(db, 1) == ["torn"]
    run = run_of(db, run_id)
    assert run is not None
    assert run.is_torn
    assert not run.is_success


def test_a_failure_is_still_told_while_the_next_run_goes_on(db: Database) -> None:
    failed = crawl(db, 0, ExitCode.ERROR)
    start_crawl(db, SITE, "by hand", at(1), {})

    assert [alarm.run_id for alarm in alarms(db, BEGIN, is_held=True)] == [failed]


def test_a_site_with_a_schedule_is_overdue_when_no_run_succeeds_in_time(db: Database) -> None:
    crawl(db, 0)
    crawl(db, 2, ExitCode.ERROR)
    expected = {SITE: timedelta(hours=4)}

    assert kinds(db, 3, expected=expected) == ["failed"]
    (_failed, overdue) = alarms(db, BEGIN + timedelta(hours=5.1), expected=expected)
    assert overdue.sentence == (
        f"{SITE}: no run has succeeded for 5 h, though one was expected every 4 h; see that the schedule runs"
    )


def test_without_a_schedule_a_site_is_overdue_by_its_own_rhythm(db: Database) -> None:
    for number in range(6):
        crawl(db, 12 * number, reason="schedule")
        crawl(db, 12 * number, site="haiphong")

    assert kinds(db, 60 + 35) == []
    assert kinds(db, 60 + 37) == ["overdue"], "what is crawled by hand may wait"


def test_new_articles_that_lack_what_others_had_are_a_warning(db: Database) -> None:
    number = 0
    for run in range(8):
        for _ in range(10):
            number += 1
            words = {"published": "2026-01-01", "published_source": "page", "word_count": 300 + number % 7}
            if run == 7:
                words = {"published": "2026-01", "published_source": "neighbours", "word_count": 12}
            store_article(db, article(number, f"bài {number}", **words), run_id=None, seen_at=at(run + 0.05))
        last = crawl(db, run, new=10)

    found = alarms(db, BEGIN + timedelta(hours=8))
    assert [(alarm.kind, alarm.run_id) for alarm in found] == [("drift-dated", last), ("drift-words", last)]
    assert "its new articles have 12 words; in 7 runs before 302 to 304" in found[1].sentence


def test_runs_that_brought_little_are_counted_together(db: Database) -> None:
    number = 0
    for run in range(12):
        for _ in range(5):
            number += 1
            store_article(db, article(number, f"bài {number}"), run_id=None, seen_at=at(run + 0.05))
        crawl(db, run, new=5)

    found = samples_of(db, SITE)
    assert [(sample.run_id, sample.articles) for sample in found] == [
        (12, 10),
        (10, 10),
        (8, 10),
        (6, 10),
        (4, 10),
        (2, 10),
    ]


SAMPLES = st.builds(
    Sample,
    run_id=st.just(1),
    articles=st.just(10),
    dated=st.floats(0, 1),
    bodiless=st.floats(0, 1),
    words=st.floats(0, 2000),
    blocks=st.floats(0, 3),
)


@given(st.lists(SAMPLES, max_size=20), st.data())
def test_a_sample_like_one_before_is_never_a_drift(before: list[Sample], data: st.DataObject) -> None:
    if before:
        assert not drifts([data.draw(st.sampled_from(before[:BAND])), *before])


@given(st.lists(SAMPLES, max_size=FEWEST_SAMPLES))
def test_of_a_few_runs_nothing_is_said(found: list[Sample]) -> None:
    assert not drifts(found)
