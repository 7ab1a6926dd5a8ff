"""What the archive knows of addresses before they are asked for, from rows alone, so that a rebuild knows it too."""

from __future__ import annotations

from sqlite_utils import Database

from newscrawler.items import Entry
from newscrawler.store.articles import store_article
from newscrawler.store.captures import add_capture
from newscrawler.store.frontier import Mark, write_marks
from newscrawler.store.runs import start_run
from newscrawler.store.schedule import (
    all_sighted,
    asked_in,
    given_up_before,
    known_ids,
    nothing_at,
    put_off,
    sighted,
)
from newscrawler.store.walks import list_ends
from tests.store.conftest import PAGE, SITE, article, capture, day

LISTS = "http://thanhdoan.hochiminhcity.gov.vn/ThanhDoan/webtd/Category?page="


def note(db: Database, url: str, reason: str | None, *, at: int = 1, cycle: int = 1, **entry: object) -> None:
    """An entry of the queue as it was settled; given up for a reason that is written in capitals."""
    for number in range(cycle):
        db.conn.execute(
            "INSERT OR IGNORE INTO runs (id, site, reason, started_at) VALUES (?, ?, '', '')", [number + 1, SITE]
        )
    state = "queued" if reason is None else "given-up" if reason.isupper() else "done"
    mark = Mark(
        entry=Entry(url=url, **{"kind": "article", **entry}),  # type: ignore[arg-type]
        state=state,  # type: ignore[arg-type]
        reason=reason and reason.lower(),
        at=day(at),
        added_at=day(at),
    )
    write_marks(db, SITE, [mark], run_id=cycle, cycle=cycle)


def test_an_article_was_asked_for_when_it_was_seen_or_when_its_server_sent_us_away(db: Database) -> None:
    for number in (1, 2, 3):
        store_article(db, article(number), run_id=None, seen_at=day(2))
    add_capture(db, capture(1, url=f"{PAGE}2", status=404, timestamp=day(5)), None)
    add_capture(db, capture(2, url=f"{PAGE}3", status=503, timestamp=day(6)), None)
    found = sighted(db, SITE, {"1", "2", "3", "4"})
    assert {number: each.asked_at for number, each in found.items()} == {"1": day(2), "2": day(5), "3": day(2)}
    assert sorted(each.article_id for each in all_sighted(db, SITE)) == ["1", "2", "3"]
    assert known_ids(db, SITE, {"2", "4"}) == {"2"}
    assert sighted(db, "other", {"1"}) == {}
    assert sighted(db, SITE, set()) == {}


def test_addresses_without_an_article_are_remembered_from_captures_and_from_the_queue(db: Database) -> None:
    add_capture(db, capture(1, url=f"{PAGE}1", status=404, timestamp=day(3)), None)
    add_capture(db, capture(2, url=f"{PAGE}2", status=503, timestamp=day(3)), None)
    note(db, f"{PAGE}3", "soft-404", at=4)
    note(db, f"{PAGE}4", "redirected", at=4)
    note(db, f"{PAGE}5", "TIMEOUT", at=4)
    note(db, f"{PAGE}6", "known-absent", at=9, carried={"absent_at": day(2)})
    urls = [f"{PAGE}{number}" for number in range(1, 8)]
    assert nothing_at(db, SITE, urls) == {
        f"{PAGE}1": day(3),
        f"{PAGE}3": day(4),
        f"{PAGE}4": day(4),
        f"{PAGE}6": day(2),
    }
    assert nothing_at(db, SITE, []) == {}


def test_pages_that_other_cycles_gave_up_are_tried_anew_those_with_lasting_reasons_later(db: Database) -> None:
    note(db, f"{PAGE}1", "TIMEOUT", at=7)
    note(db, f"{PAGE}2", "ROBOTS", at=7)
    note(db, f"{PAGE}3", "ROBOTS", at=1)
    note(db, f"{PAGE}4", "TIMEOUT", at=7, cycle=2)
    note(db, f"{PAGE}5", "new")
    note(db, f"{LISTS}1", "TIMEOUT", kind="listing")
    found = list(given_up_before(db, SITE, 2, lasting=["robots"], since=day(5), limit=9))
    assert found == [f"{PAGE}3", f"{PAGE}1"]
    assert list(given_up_before(db, SITE, 2, lasting=["robots"], since=day(5), limit=1)) == [f"{PAGE}3"]


def test_what_a_cycle_has_put_off_is_not_what_it_has_asked_for(db: Database) -> None:
    start_run(db, SITE, "test", day(1))
    note(db, f"{PAGE}1", "not-due")
    note(db, f"{PAGE}2", "known-absent")
    note(db, f"{PAGE}3", None)
    note(db, f"{LISTS}4", "end", kind="listing", carried={"articles": 38})
    note(db, f"{LISTS}1", "listing", kind="listing")
    assert sorted(put_off(db, SITE, 1)) == [f"{PAGE}1", f"{PAGE}2"]
    assert sorted(asked_in(db, SITE, 1)) == sorted([(f"{PAGE}3", "article"), (f"{LISTS}1", "listing")])
    assert list(list_ends(db, SITE)) == [(f"{LISTS}4", {"articles": 38})]
