"""Runs, problems, the frontier and the hot block."""

from __future__ import annotations

import pytest

from newscrawler.errors import ExitCode
from newscrawler.items import Entry, Link
from newscrawler.store import add_problem, finish_run, hot_items, start_run, store_listing
from newscrawler.store.frontier import Mark, State, write_marks
from newscrawler.store.runs import end_unfinished, start_crawl
from tests.store.conftest import PAGE, SITE, day

ALL = {"full": False, "since": None, "ids": None, "url": None}


def test_a_run_ends_with_its_counters(db, rows):
    run = start_run(db, SITE, "timer", day(1))
    finish_run(db, run, day(2), 0, {"pages": 3, "articles_new": 2, "bytes": 10, "retries": 1})
    sql = "SELECT site, reason, started_at, finished_at, exit_code, pages, articles_new, problems, counters FROM runs"
    assert rows(sql) == [(SITE, "timer", day(1), day(2), 0, 3, 2, 0, '{"retries": 1}')]


def test_a_problem_is_kept_with_its_run(db, rows):
    run = start_run(db, SITE, "timer", day(1))
    add_problem(db, run, f"{PAGE}1", "fetch", "timeout", "no answer within 60 s", day(1))
    assert rows("SELECT run_id, stage, kind, seen_at FROM problems") == [(run, "fetch", "timeout", day(1))]


@pytest.mark.parametrize(
    ("code", "word"), [(0, "finished"), (3, "incomplete"), (4, "stopped"), (1, "failed"), (5, "failed"), (6, "failed")]
)
def test_a_run_ends_in_a_word_too(db, rows, code, word):
    run = start_run(db, SITE, "timer", day(1))
    finish_run(db, run, day(2), code, {})
    assert rows("SELECT exit_code, outcome FROM runs") == [(code, word)]


def test_a_run_that_was_killed_counts_as_stopped(db, rows):
    start_crawl(db, SITE, "timer", day(1), ALL)
    end_unfinished(db)
    assert rows("SELECT exit_code, outcome, finished_at FROM runs") == [(4, "stopped", day(1))]


def crawl(db, on: int, exit_code: int = 0, **arguments: object) -> tuple[int, int]:
    """A crawl from its beginning to its end: its id and that of its cycle."""
    begun = start_crawl(db, SITE, "timer", day(on), ALL | arguments)
    finish_run(db, begun.run_id, day(on), exit_code, {})
    return begun.run_id, begun.cycle


def leave(db, run_id: int, cycle: int, state: State = "queued") -> None:
    entry = Entry(url=f"{PAGE}{cycle}", kind="article")
    write_marks(
        db, SITE, [Mark(entry=entry, state=state, reason=None, at=day(1), added_at=day(1))], run_id=run_id, cycle=cycle
    )


@pytest.mark.parametrize("code", [ExitCode.STOPPED, ExitCode.DISK])
def test_a_crawl_that_was_stopped_is_gone_on_with(db, code):
    assert crawl(db, 1, code) == (1, 1)
    assert crawl(db, 2, code) == (2, 1)
    assert crawl(db, 3) == (3, 1)
    assert crawl(db, 4) == (4, 4)


@pytest.mark.parametrize("code", [ExitCode.COMPLETE, ExitCode.GIVEN_UP, ExitCode.ERROR])
def test_a_crawl_that_came_to_its_end_begins_anew(db, code):
    assert crawl(db, 1, code) == (1, 1)
    assert crawl(db, 2) == (2, 2)


@pytest.mark.parametrize(("state", "cycle"), [("queued", 1), ("leased", 1), ("done", 2), ("given-up", 2)])
def test_a_crawl_that_left_work_is_gone_on_with_whatever_its_end(db, state, cycle):
    leave(db, *crawl(db, 1, ExitCode.ERROR), state)
    assert crawl(db, 2) == (2, cycle)


def test_work_that_another_crawl_left_is_none_of_this_one(db):
    assert crawl(db, 1) == (1, 1)
    leave(db, *crawl(db, 2, ExitCode.ERROR, since="2018-01-01"))
    assert crawl(db, 3) == (3, 3)


def test_each_kind_of_crawl_goes_on_with_its_own_cycle(db):
    """Two are unfinished at once, and another site has one too."""
    assert crawl(db, 1, ExitCode.STOPPED) == (1, 1)
    assert crawl(db, 2, ExitCode.STOPPED, ids="1-9") == (2, 2)
    other = start_crawl(db, "other", "timer", day(3), ALL)
    assert (other.run_id, other.cycle) == (3, 3)
    assert crawl(db, 4, ExitCode.STOPPED, ids="1-8") == (4, 4)
    assert crawl(db, 5, ids="1-9") == (5, 2)
    assert crawl(db, 6) == (6, 1)


def test_what_is_no_crawl_has_no_cycle(db, rows):
    start_run(db, SITE, "import", day(1))
    assert rows("SELECT cycle, arguments FROM runs") == [(None, None)]


def test_hot_items_tell_from_when_to_when(db):
    linked = Link(block="hot", position=1, url=f"{PAGE}9", title="Nóng")
    wordless = Link(block="hot", position=2, summary="Chỉ có chữ")
    other = Link(block="related", position=1, url=f"{PAGE}8", title="Không nóng")
    for number in (1, 2):
        store_listing(db, f"{PAGE}{number}", [linked, other], site=SITE, run_id=None, seen_at=day(number))
    store_listing(db, f"{PAGE}3", [wordless], site=SITE, run_id=None, seen_at=day(3))
    assert [(item.title, item.summary, item.first_seen, item.last_seen, item.pages) for item in hot_items(db)] == [
        (None, "Chỉ có chữ", day(3), day(3), 1),
        ("Nóng", None, day(1), day(2), 2),
    ]
    assert [item.url for item in hot_items(db, limit=1)] == [None]
    assert hot_items(db, "tuoitre") == []


def test_a_hot_item_bears_its_latest_title(db):
    for at, title in enumerate(["Cũ", "Mới"], 1):
        link = Link(block="hot", position=1, url=f"{PAGE}9", title=title)
        store_listing(db, f"{PAGE}1", [link], site=SITE, run_id=None, seen_at=day(at))
    assert [(item.title, item.first_seen, item.pages) for item in hot_items(db)] == [("Mới", day(1), 1)]
