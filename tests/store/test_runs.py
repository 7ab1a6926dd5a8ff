"""Runs, problems, the frontier and the hot block."""

from __future__ import annotations

from newscrawler.items import Link
from newscrawler.store import add_problem, finish_run, hot_items, mark, start_run, store_article, store_listing
from tests.store.conftest import PAGE, SITE, article, day


def test_a_run_ends_with_its_counters(db, rows):
    run = start_run(db, SITE, "timer", day(1))
    finish_run(db, run, day(2), 0, {"pages": 3, "articles_new": 2, "bytes": 10, "retries": 1})
    sql = "SELECT site, reason, started_at, finished_at, exit_code, pages, articles_new, problems, counters FROM runs"
    assert rows(sql) == [(SITE, "timer", day(1), day(2), 0, 3, 2, 0, '{"retries": 1}')]


def test_a_problem_is_kept_with_its_run(db, rows):
    run = start_run(db, SITE, "timer", day(1))
    add_problem(db, run, f"{PAGE}1", "fetch", "timeout", "no answer within 60 s", day(1))
    assert rows("SELECT run_id, stage, kind, seen_at FROM problems") == [(run, "fetch", "timeout", day(1))]


def test_the_frontier_follows_an_address(db, rows):
    run = start_run(db, SITE, "timer", day(1))
    mark(db, SITE, f"{PAGE}1", "article", "queued", at=day(1))
    mark(db, SITE, f"{PAGE}1", "article", "leased", run_id=run, at=day(2))
    sql = "SELECT state, tries, added_at, updated_at, lease_run FROM frontier"
    assert rows(sql) == [("leased", 1, day(1), day(2), run)]
    store_article(db, article(), run_id=run, seen_at=day(3))
    assert rows(sql) == [("done", 1, day(1), day(3), None)]


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
