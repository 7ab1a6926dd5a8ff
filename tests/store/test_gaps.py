"""What is missing of a site is told with its reason, and not told any more once it is there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscrawler.items import Entry, Media
from newscrawler.store import add_capture, add_problem, open_database, relink_media, start_run, store_article
from newscrawler.store.frontier import Mark, State, write_marks
from newscrawler.store.gaps import GAP_KINDS, Gap, find_gaps, totals
from newscrawler.store.gone import note_gone
from newscrawler.urls import urlkey
from tests.conftest import times
from tests.store.conftest import PAGE, SITE, article, capture, day

PICTURE = "http://a.vn/1.jpg"
STYLE = "http://a.vn/x.css"
Note = Callable[..., None]


def article_id(url: str) -> str | None:
    return url.removeprefix(PAGE) if url.startswith(PAGE) else None


@pytest.fixture
def note(db) -> Note:
    """Write down a problem of a run of the site."""
    run = start_run(db, SITE, "by hand", day(1))

    def note(url: str, stage: str, kind: str, on: int = 2, run_id: int = run) -> None:
        add_problem(db, run_id, url, stage, kind, f"told on day {on}", day(on))

    return note


def told(db, kind: str) -> list[Gap]:
    return [gap for gap in find_gaps(db, SITE, article_id) if gap.kind == kind]


def reasons(db, kind: str) -> list[tuple[str | None, str]]:
    return [(gap.url, gap.reason) for gap in told(db, kind)]


def with_picture(db, url: str | None = PICTURE) -> None:
    media = (Media(position=1, kind="image", url=url, original_src=url or "1.jpg"),)
    store_article(db, article(media=media), run_id=None, seen_at=day(1))


def test_a_picture_that_is_missing_names_its_article_and_the_last_reason(db, note):
    with_picture(db)
    note(PICTURE, "requisite", "timeout", 2)
    note(PICTURE, "requisite", "absent", 3)
    (gap,) = told(db, "media")
    assert (gap.url, gap.reason, gap.message) == (PICTURE, "absent", "told on day 3")
    assert (gap.article_url, gap.article_title) == (f"{PAGE}1", "Tin vắn")


def test_a_picture_that_came_later_is_no_gap(db, note):
    with_picture(db)
    note(PICTURE, "requisite", "timeout")
    add_capture(db, capture(1, url=PICTURE, timestamp=day(4)), None)
    relink_media(db)
    assert find_gaps(db, SITE, article_id) == []


def test_a_picture_that_nobody_asked_for_is_told_so(db):
    with_picture(db)
    assert reasons(db, "media") == [(PICTURE, "not-asked")]


def test_a_picture_without_address_is_told_by_its_source(db):
    with_picture(db, None)
    assert reasons(db, "media") == [("1.jpg", "no-address")]


@pytest.mark.parametrize(
    ("values", "reason"),
    [({"status": 404}, "absent"), ({"status": 301}, "http-301"), ({"truncated": "length"}, "cut")],
)
def test_without_problems_the_captures_tell_why(db, values, reason):
    """As in a database that was made again from the WARC files."""
    with_picture(db)
    add_capture(db, capture(1, url=PICTURE, **values), None)
    assert reasons(db, "media") == [(PICTURE, reason)]


def test_other_files_are_missing_until_they_are_captured(db, note):
    note(STYLE, "requisite", "http-503")
    assert reasons(db, "requisite") == [(STYLE, "http-503")]
    add_capture(db, capture(1, url=STYLE, timestamp=day(1)), None)
    assert told(db, "requisite") == []


def test_a_medium_is_not_told_twice(db, note):
    with_picture(db)
    note(PICTURE, "requisite", "absent")
    assert told(db, "requisite") == []
    assert len(told(db, "media")) == 1


def test_a_page_of_too_many_files_stays_a_gap_though_it_is_captured(db, note):
    add_capture(db, capture(1, timestamp=day(3)), None)
    note(f"{PAGE}1", "requisite", "too-many")
    assert reasons(db, "requisite") == [(f"{PAGE}1", "too-many")]


@pytest.mark.parametrize(
    ("stage", "kind"), [("fetching", "http-503"), ("fetching", "robots"), ("reading", "NoArticleError")]
)
def test_a_page_is_a_gap_until_it_is_captured_anew(db, note, stage, kind):
    add_capture(db, capture(1, timestamp=day(2)), None)
    note(f"{PAGE}1", stage, kind, 2)
    assert reasons(db, "page") == [(f"{PAGE}1", kind)]
    add_capture(db, capture(2, timestamp=day(3), status=404), None)
    assert len(told(db, "page")) == 1
    add_capture(db, capture(3, timestamp=day(3)), None)
    assert told(db, "page") == []


def test_a_page_that_failed_twice_is_one_gap(db, note):
    note(f"{PAGE}1", "fetching", "http-503", 2)
    note(f"{PAGE}1", "fetching", "http-500", 3)
    assert reasons(db, "page") == [(f"{PAGE}1", "http-500")]


def test_a_page_that_the_server_has_confirmed_since_is_no_gap(db, note):
    note(f"{PAGE}1", "fetching", "http-503", 2)
    add_capture(db, capture(1, timestamp=day(3), status=304, record_type="revisit"), None)
    assert told(db, "page") == []


def put(db, url: str, state: State, reason: str | None = None, tries: int = 0) -> None:
    mark = Mark(
        entry=Entry(url=url, kind="article", tries=tries), state=state, reason=reason, at=day(1), added_at=day(1)
    )
    write_marks(db, SITE, [mark], run_id=1, cycle=1)


def test_a_page_that_was_given_up_tells_its_reason_and_tries(db, note):
    note(f"{PAGE}1", "fetching", "http-503")
    put(db, f"{PAGE}1", "given-up", "http-503", 3)
    (gap,) = told(db, "page")
    assert (gap.reason, gap.state, gap.tries) == ("http-503", "given-up", 3)


def test_what_waits_is_told_with_why_it_does(db, note):
    put(db, f"{PAGE}1", "queued")
    put(db, f"{PAGE}2", "queued", "host-closed")
    put(db, f"{PAGE}3", "leased", tries=1)
    put(db, f"{PAGE}4", "done", "new", 1)
    assert [(gap.url, gap.reason, gap.state) for gap in told(db, "queued")] == [
        (f"{PAGE}3", "leased", "leased"),
        (f"{PAGE}1", "queued", "queued"),
        (f"{PAGE}2", "host-closed", "queued"),
    ]


def test_a_trap_is_told_once_for_its_family(db, note):
    note(f"{PAGE}?day=1", "discovery", "trap-family", 2)
    assert reasons(db, "trap") == [(f"{PAGE}?day=1", "trap-family")]
    assert told(db, "page") == []


def test_an_article_that_is_gone_is_told_with_its_date(db):
    store_article(db, article(1), run_id=None, seen_at=day(1))
    add_capture(db, capture(1, timestamp=day(5), status=410), None)
    note_gone(db, urlkey(f"{PAGE}1"))
    (gap,) = told(db, "gone")
    assert (gap.url, gap.article_title) == (f"{PAGE}1", "Tin vắn")
    assert gap.message == "the server has had it no more since 2026-01-05; the archive keeps it as of 2026-01-01"


def test_problems_of_another_site_are_not_told(db, note):
    note(f"{PAGE}1", "fetching", "http-503", run_id=start_run(db, "other", "by hand", day(1)))
    assert find_gaps(db, SITE, article_id) == []


def test_ids_between_known_ones_are_rows_with_those_that_are_known_absent(db):
    for number in (3, 4, 8, 10):
        store_article(db, article(number), run_id=None, seen_at=day(1))
    for number, status in ((5, 404), (6, 410), (9, 404), (99, 404), (7, 503)):
        add_capture(db, capture(number, url=f"{PAGE}{number}", status=status), None)
    gaps = told(db, "ids")
    assert [(gap.first, gap.last, gap.count, gap.absent, gap.reason) for gap in gaps] == [
        ("5", "7", 3, 2, "unknown"),
        ("9", "9", 1, 1, "absent"),
    ]
    assert [gap for gap in find_gaps(db, SITE) if gap.kind == "ids"] == []


def test_an_id_whose_page_only_says_that_there_is_nothing_is_absent_too(db, note):
    for number in (3, 7):
        store_article(db, article(number), run_id=None, seen_at=day(1))
    for number, reason in ((4, "soft-404"), (5, "absent"), (6, "known-absent")):
        put(db, f"{PAGE}{number}", "done", reason)
    assert [(gap.count, gap.absent, gap.reason) for gap in told(db, "ids")] == [(3, 3, "absent")]


def test_months_without_article_are_rows(db):
    dates = ("2018-05-16", "2018-07", "2019-01-01T08:00:00+07:00", "2020", None)
    for number, date in enumerate(dates, 1):
        store_article(db, article(number, published=date), run_id=None, seen_at=day(1))
    assert [(gap.first, gap.last, gap.count) for gap in told(db, "months")] == [
        ("2018-06", "2018-06", 1),
        ("2018-08", "2018-12", 5),
    ]


@settings(max_examples=times(25, 400), deadline=None)
@given(ids=st.sets(st.integers(1, 60), min_size=1, max_size=12), absent=st.sets(st.integers(1, 60), max_size=20))
def test_every_id_from_the_smallest_to_the_largest_is_known_or_in_one_gap(tmp_path_factory, ids, absent):
    db = open_database(tmp_path_factory.mktemp("gaps") / "news.db", write=True)
    for number in ids:
        store_article(db, article(number), run_id=None, seen_at=day(1))
    for number in absent:
        add_capture(db, capture(number, url=f"{PAGE}{number}", status=404), None)
    gaps = told(db, "ids")
    db.close()
    missing = [number for gap in gaps for number in range(int(gap.first or 0), int(gap.last or 0) + 1)]
    assert sorted([*missing, *ids]) == list(range(min(ids), max(ids) + 1))
    assert sum(gap.count for gap in gaps) == len(missing)
    assert sum(gap.absent for gap in gaps) == len(absent & set(missing))


def test_totals_add_up_and_name_every_kind(db, note):
    with_picture(db)
    store_article(db, article(9), run_id=None, seen_at=day(1))
    note(STYLE, "requisite", "absent")
    gaps: Any = find_gaps(db, SITE, article_id)
    assert [(total.kind, total.gaps, total.count) for total in totals(gaps)] == [
        ("media", 1, 1),
        ("requisite", 1, 1),
        ("page", 0, 0),
        ("queued", 0, 0),
        ("trap", 0, 0),
        ("gone", 0, 0),
        ("ids", 1, 7),
        ("months", 0, 0),
    ]
    assert tuple(total.kind for total in totals([])) == GAP_KINDS
