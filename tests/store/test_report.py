"""What became of every address adds up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawler.items import Entry
from newscrawler.store import add_problem, finish_run, start_run
from newscrawler.store.frontier import Mark, write_marks
from newscrawler.store.report import CLASSES, Completeness, Tally, class_of, completeness_of, last_crawl
from newscrawler.store.runs import start_crawl
from tests.store.conftest import PAGE, SITE, day

WORDS = (
    "new",
    "unchanged",
    "page",
    "not-modified",
    "not-due",
    "absent",
    "redirected",
    "timeout",
    "robots",
    "trap-family",
)
STATES = ("queued", "leased", "done", "given-up")
TALLIES = st.builds(
    Tally,
    kind=st.sampled_from(("article", "listing", "file")),
    state=st.sampled_from(STATES),
    reason=st.sampled_from(WORDS),
    count=st.integers(0, 9),
)


@pytest.mark.parametrize(
    ("state", "reason", "wanted"),
    [
        *(("done", word, "fetched") for word in ("new", "changed", "unchanged", "listing", "page", "file", "sitemap")),
        ("done", "not-modified", "not-modified"),
        *(("done", word, "not-asked") for word in ("not-due", "known-absent", "end", "known")),
        *(("done", word, "absent") for word in ("absent", "soft-404")),
        ("given-up", "absent", "absent"),  # of a file
        ("done", "redirected", "redirected"),
        *(("given-up", word, "failed") for word in ("timeout", "http-503", "NoArticleError", "lost", "redirect-loop")),
        *(
            ("given-up", word, "refused")
            for word in ("robots", "private-address", "other-site", "trap-too-deep", "budget")
        ),
        *((state, word, "left") for state in ("queued", "leased") for word in ("", "host-closed")),
    ],
)
def test_each_state_and_reason_belongs_to_one_class(state, reason, wanted):
    assert class_of(state, reason) == wanted


@given(tallies=st.lists(TALLIES, max_size=12))
def test_classes_reasons_and_kinds_add_up_to_what_was_listed(tallies):
    found = Completeness(tuple(tallies))
    assert found.listed == sum(tally.count for tally in tallies)
    assert found.listed == sum(found.count(each) for each in CLASSES)
    assert found.counters["cycle_listed"] == sum(found.counters.values()) - found.listed
    for each in CLASSES:
        assert sum(found.reasons(each).values()) == found.count(each)
        assert sum(found.count(each, [kind]) for kind in ("article", "listing", "file")) == found.count(each)


def put(db, cycle: int, number: int, state: str, reason: str | None = None) -> None:
    entry = Entry(url=f"{PAGE}{number}", kind="article")
    mark = Mark(entry=entry, state=state, reason=reason, at=day(1), added_at=day(1))  # type: ignore[arg-type]
    write_marks(db, SITE, [mark], run_id=cycle, cycle=cycle)


def test_a_cycle_counts_its_own_addresses_only(db):
    for run in (1, 2):
        start_crawl(db, SITE, "test", day(run), {"run": run})
    for cycle, number, state, reason in (
        (1, 1, "done", "new"),
        (1, 2, "done", "new"),
        (2, 2, "queued", None),
        (2, 3, "given-up", "dns"),
    ):
        put(db, cycle, number, state, reason)
    assert completeness_of(db, SITE, 1).counters == {"cycle_listed": 1, **dict.fromkeys(names(), 0), "cycle_fetched": 1}
    second = completeness_of(db, SITE, 2)
    assert (second.listed, second.count("left"), second.count("failed"), second.pages_failed) == (2, 1, 1, 1)
    assert second.reasons("left") == {"queued": 1}


def test_a_broken_list_tears_the_cycle_whatever_run_of_it_met_it(db):
    first = start_crawl(db, SITE, "test", day(1), {})
    for kind in ("broken-chain", "shrunk"):
        add_problem(db, first.run_id, f"{PAGE}list", "listing", kind, "", day(1))
    finish_run(db, first.run_id, day(1), 4, {})
    second = start_crawl(db, SITE, "test", day(2), {})
    found = completeness_of(db, SITE, second.cycle)
    assert (found.torn_lists, found.is_torn, found.listed) == (1, True, 0)
    finish_run(db, second.run_id, day(1), 0, {})
    assert not completeness_of(db, SITE, start_crawl(db, SITE, "test", day(3), {}).cycle).is_torn


def names() -> list[str]:
    return [f"cycle_{each.replace('-', '_')}" for each in CLASSES]


def test_the_last_crawl_is_no_import(db):
    assert last_crawl(db, SITE) is None
    begun = start_crawl(db, SITE, "test", day(1), {})
    put(db, begun.cycle, 1, "done", "new")
    finish_run(db, begun.run_id, day(2), 3, {})
    start_run(db, SITE, "import", day(3))
    found = last_crawl(db, SITE)
    assert found is not None
    assert (found.run_id, found.outcome, found.exit_code, found.finished_at) == (1, "incomplete", 3, day(2))
    assert found.completeness.listed == 1
