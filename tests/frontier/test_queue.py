"""The queue of a run, rule by rule."""

from __future__ import annotations

import pytest

from newscrawler.frontier import Group
from newscrawler.items import Entry
from newscrawler.store import store_article
from newscrawler.store.frontier import given_up, remember, standing
from tests.frontier.conftest import HOST, SITE, article, begin, end, listing, states
from tests.store.conftest import article as stored_article
from tests.store.conftest import day


def drain(frontier) -> list[str]:
    """Addresses in the order in which they are given out."""
    return [entry.url for entry in iter(frontier.lease, None)]


def test_the_highest_priority_comes_first_and_the_oldest_of_those(db):
    frontier = begin(db)
    for entry in (listing(1), article(1), article(2), Entry(url="http://b.vn/p", kind="file", priority=20), article(3)):
        assert frontier.add(entry)
    assert drain(frontier) == ["http://b.vn/p", *(f"{HOST}/{n}" for n in (1, 2, 3)), listing(1).url]


def test_kinds_and_hosts_of_one_priority_take_turns_by_age(db):
    frontier = begin(db)
    entries = [article(1, priority=0), listing(1), article(2, host="http://b.vn", priority=0), listing(2)]
    for entry in entries:
        frontier.add(entry)
    assert drain(frontier) == [entry.url for entry in entries]


def test_an_address_is_queued_once_in_a_cycle(db):
    frontier = begin(db)
    assert frontier.add(article(1))
    assert not frontier.add(article(1))
    assert frontier.lease() is not None
    assert not frontier.add(article(1))
    frontier.finish(article(1).url, "done", "new")
    assert not frontier.add(article(1))
    assert (frontier.waiting, frontier.leased) == (0, 0)


def test_nothing_is_in_the_table_before_it_is_written_and_all_of_it_after(db):
    frontier = begin(db)
    frontier.add(article(1))
    frontier.add(article(2))
    frontier.lease()
    assert states(db) == {}
    frontier.flush()
    assert states(db) == {article(1).url: "leased", article(2).url: "queued"}
    assert db.conn.execute("SELECT lease_run, tries FROM frontier ORDER BY url").fetchall() == [(1, 1), (None, 0)]
    assert frontier.unwritten_since is None


def test_a_settled_entry_tells_its_reason_and_holds_no_lease(db):
    frontier = begin(db)
    frontier.add(article(1))
    frontier.lease()
    frontier.finish(article(1).url, "given-up", "timeout")
    frontier.flush()
    known = standing(db, SITE, article(1).url)
    assert known is not None
    assert (known.state, known.reason, known.tries, known.cycle) == ("given-up", "timeout", 1, 1)
    assert db.conn.execute("SELECT lease_run FROM frontier").fetchall() == [(None,)]


def test_an_entry_that_was_not_asked_for_goes_back_without_a_try(db):
    frontier = begin(db)
    frontier.add(article(1))
    frontier.add(article(2))
    frontier.lease()
    frontier.release(article(1).url, "host-closed")
    frontier.flush()
    row = db.conn.execute("SELECT state, reason, tries FROM frontier WHERE url = ?", (article(1).url,)).fetchone()
    assert row == ("queued", "host-closed", 0)
    assert drain(frontier) == [article(2).url, article(1).url]


def test_only_groups_that_may_are_given_out(db):
    frontier = begin(db)
    frontier.add(article(1))
    frontier.add(article(2, host="http://b.vn"))
    frontier.add(listing(1))

    def may(group: Group) -> bool:
        return group.host != "a.vn"

    assert frontier.has_waiting(may)
    leased = frontier.lease(may)
    assert leased is not None
    assert leased.url == "http://b.vn/2"
    assert not frontier.has_waiting(may)
    assert frontier.lease(may) is None
    assert frontier.waiting == 2


def test_entries_in_hand_are_counted_by_host_and_kind(db):
    frontier = begin(db)
    for entry in (article(1), article(2), article(3, host="http://b.vn"), listing(1)):
        frontier.add(entry)
    drain(frontier)
    assert (frontier.in_hand_of("a.vn"), frontier.in_hand_of("b.vn"), frontier.in_hand("article")) == (3, 1, 3)
    frontier.finish(article(1).url, "done", "new")
    frontier.release(article(3, host="http://b.vn").url)
    assert (frontier.in_hand_of("a.vn"), frontier.in_hand_of("b.vn"), frontier.in_hand("article")) == (2, 0, 1)


def test_what_could_not_be_stored_is_in_hand_again(db):
    frontier = begin(db)
    frontier.add(article(1))
    leased = frontier.lease()
    assert leased is not None
    frontier.finish(leased.url, "done", "new")
    frontier.undo()
    assert frontier.holds(leased)
    assert frontier.in_hand_of("a.vn") == 1
    frontier.finish(leased.url, "given-up", "storing")
    frontier.flush()
    frontier.undo()
    assert frontier.leased == 0
    assert states(db) == {leased.url: "given-up"}


def test_a_lease_is_told_from_a_second_entry_of_its_address(db):
    frontier = begin(db)
    frontier.add(article(1))
    leased = frontier.lease()
    assert leased is not None
    assert frontier.holds(leased)
    assert not frontier.holds(article(1))


def test_an_address_may_be_settled_without_being_asked_for(db):
    frontier = begin(db)
    assert frontier.settle(article(1), "given-up", "trap-family")
    assert not frontier.settle(article(1), "done", "new")
    assert not frontier.add(article(1))
    frontier.flush()
    assert states(db) == {article(1).url: "given-up"}


def test_what_an_entry_carries_comes_back_with_it(db):
    frontier = begin(db)
    frontier.add(article(1, carried={"depth": 3, "list": "Tin hoạt động"}))
    frontier.flush()
    again = begin(db).lease()
    assert again is not None
    assert dict(again.carried) == {"depth": 3, "list": "Tin hoạt động"}


def test_leases_of_a_run_that_was_killed_return_to_the_queue(db):
    frontier = begin(db)
    for number in range(3):
        frontier.add(article(number))
    frontier.lease()
    frontier.lease()
    frontier.finish(article(0).url, "done", "new")
    frontier.flush()
    frontier.lease()  # nobody has written this one
    again = begin(db)
    assert again.cycle == 1
    assert states(db) == {article(0).url: "done", article(1).url: "queued", article(2).url: "queued"}
    assert drain(again) == [article(1).url, article(2).url]
    assert [entry.tries for entry in again.in_hands] == [2, 1]


def test_a_crawl_takes_up_what_other_cycles_have_left(db):
    walk = begin(db, adopt=False, ids="1-9")
    walk.add(article(1))
    walk.flush()
    crawl = begin(db, adopt=True)
    assert (crawl.cycle, crawl.waiting) == (2, 1)
    assert db.conn.execute("SELECT cycle FROM frontier").fetchall() == [(2,)]


def test_a_walk_over_ids_leaves_the_rows_of_others_alone(db):
    crawl = begin(db)
    crawl.add(article(1))
    crawl.add(article(2))
    crawl.lease()
    crawl.flush()
    before = db.conn.execute("SELECT * FROM frontier ORDER BY url").fetchall()
    walk = begin(db, adopt=False, ids="3-3")
    walk.add(article(3))
    drain(walk)
    walk.finish(article(3).url, "done", "new")
    end(walk)
    assert db.conn.execute("SELECT * FROM frontier WHERE url != ? ORDER BY url", (article(3).url,)).fetchall() == before
    assert drain(begin(db)) == [article(1).url, article(2).url]


def test_a_crawl_that_is_done_leaves_nothing_to_the_next_one(db):
    crawl = begin(db)
    crawl.add(article(1))
    drain(crawl)
    crawl.finish(article(1).url, "done", "new")
    end(crawl)
    following = begin(db)
    assert (following.cycle, following.waiting, following.knows(article(1).url)) == (2, 0, False)


def test_pages_that_lead_on_are_asked_for_again_when_a_cycle_goes_on_much_later(db):
    crawl = begin(db)
    start = Entry(url=f"{HOST}/", kind="page")
    for entry in (start, listing(1), article(1), article(2)):
        crawl.add(entry)
    for url in drain(crawl):
        if url != article(2).url:
            crawl.finish(url, "done", "listing")
    crawl.flush()
    soon = begin(db, since="2025")
    assert [soon.knows(entry.url) for entry in (start, listing(1), article(1), article(2))] == [True] * 4
    late = begin(db, since="2027")
    assert [late.knows(entry.url) for entry in (start, listing(1), article(1), article(2))] == [
        False,
        False,
        True,
        True,
    ]
    assert late.add(listing(1))


def test_tries_of_what_was_given_up_are_counted_over_cycles(db):
    for tries in (1, 2, 3):
        crawl = begin(db)
        crawl.add(article(1))
        crawl.lease()
        crawl.finish(article(1).url, "given-up", "timeout")
        end(crawl, 3)
        assert [(entry.url, entry.tries) for entry in given_up(db, SITE)] == [(article(1).url, tries)]
    crawl = begin(db)
    crawl.add(article(1))
    crawl.lease()
    crawl.finish(article(1).url, "done", "new")
    end(crawl)
    assert list(given_up(db, SITE)) == []
    again = begin(db)
    again.add(article(1))
    leased = again.lease()
    assert leased is not None
    assert leased.tries == 1


def test_pages_read_from_the_archive_do_not_change_the_queue(db):
    frontier = begin(db)
    frontier.add(Entry(url=stored_article(1).url, kind="article"))
    frontier.flush()
    for number in (1, 2):
        store_article(db, stored_article(number), run_id=None, seen_at=day(1))
    remember(db, SITE, listing(1).url, "listing", at=day(2))
    assert states(db) == {
        stored_article(1).url: "queued",
        stored_article(2).url: "done",
        listing(1).url: "done",
    }


@pytest.mark.parametrize("window", [1, 2, 10])
def test_what_memory_does_not_hold_is_fetched_from_the_table(db, window):
    frontier = begin(db, window=window)
    for number in range(25):
        frontier.add(article(number))
        frontier.add(listing(number))
    assert frontier.waiting == 50
    wanted = [article(number).url for number in range(25)] + [listing(number).url for number in range(25)]
    given = []
    while (entry := frontier.lease()) is not None:
        given.append(entry.url)
        frontier.finish(entry.url, "done", "new")
    assert given == wanted
    assert frontier.waiting == 0
    assert not frontier.has_waiting()


def test_a_closed_host_does_not_hide_others_behind_the_window(db):
    frontier = begin(db, window=2)
    for number in range(20):
        frontier.add(article(number))
    frontier.add(article(20, host="http://b.vn"))
    leased = frontier.lease(lambda group: group.host != "a.vn")
    assert leased is not None
    assert leased.url == "http://b.vn/20"


def test_a_kind_that_may_not_leave_is_not_brought_into_memory(db):
    frontier = begin(db, window=2)
    for number in range(20):
        frontier.add(article(number))
    statements: list[str] = []
    db.conn.set_trace_callback(statements.append)
    assert not frontier.has_waiting(lambda group: group.kind != "article")
    assert statements == []


def test_a_long_walk_is_written_before_its_first_page_is_stored(db):
    frontier = begin(db)
    for number in range(5_001):
        frontier.add(article(number))
    assert len(states(db)) == 5_000
