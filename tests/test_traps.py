"""Sites that would keep a crawler busy for ever: it leaves them soon, says so, and has every real article."""

from __future__ import annotations

import sqlite3
from collections import Counter
from pathlib import Path

import pytest

from newscrawler.sites import get_site
from newscrawler.spiders.traps import ABSENT_ENTRIES, BARREN_PAGES, FAMILY, MOST_HOPS, UNLISTED, Found, Traps
from tests.conftest import Shell
from tests.servers import serving
from tests.traps.crawl import MOST
from tests.traps.sites import REAL_URLS, SITES, is_wasted

SITE = get_site("thanhdoan")

MOST_WASTED = 200
NEWS = "http://thanhdoan.hochiminhcity.gov.vn/ThanhDoan/webtd/News"
LIST = "http://thanhdoan.hochiminhcity.gov.vn/ThanhDoan/webtd/Category"


@pytest.mark.parametrize("name", SITES)
def test_a_trap_is_left_and_every_real_article_is_had(name: str, tmp_path: Path) -> None:
    site = SITES[name]()
    with serving(site.reply) as server:
        shell = Shell(server.url, tmp_path)
        done = shell("tests.traps.crawl", str(shell.data), site.follow, timeout=300)
    wasted = sum(map(is_wasted, server.paths))
    with sqlite3.connect(shell.data / "news.db") as db:
        stored = {url for (url,) in db.execute("SELECT url FROM articles")}
        kinds = Counter(kind for (kind,) in db.execute("SELECT kind FROM problems"))
    print(f"{name}: {len(server.paths)} requests, {wasted} wasted, exit code {done.returncode}, {dict(kinds)}")
    assert stored >= REAL_URLS, done.stderr
    assert wasted <= MOST_WASTED
    assert len(server.paths) <= MOST
    assert done.returncode in (0, 3)


class Told:
    """What the traps have reported."""

    def __init__(self) -> None:
        self.kinds: list[str] = []
        self.traps = Traps(SITE, lambda _url, kind, _message: self.kinds.append(kind))


@pytest.fixture
def told() -> Told:
    return Told()


def test_what_a_list_names_is_always_asked_for(told: Told) -> None:
    assert all(told.traps.admits(f"{NEWS}/{n}", "article", Found("list")) for n in range(40_000))
    assert told.kinds == []


def test_articles_that_no_list_names_have_a_budget_and_one_row_tells_it(told: Told) -> None:
    admitted = [told.traps.admits(f"{NEWS}/{n}", "article", Found("link", 1)) for n in range(1_000)]
    assert sum(admitted) == UNLISTED
    assert told.kinds == []
    told.traps.close()
    assert told.kinds == ["trap-unlisted"]
    assert told.traps.refused == {"trap-unlisted": 1_000 - UNLISTED}


def test_an_article_that_a_list_names_in_the_end_is_no_trap(told: Told) -> None:
    urls = [f"{NEWS}/{n}" for n in range(UNLISTED + 1)]
    assert [told.traps.admits(url, "article", Found("link", 1)) for url in urls][-1] is False
    told.traps.named(f"{LIST}?page=1", urls[-1:], new=1)
    told.traps.close()
    assert told.kinds == []


def test_a_list_that_names_them_later_gives_the_budget_back(told: Told) -> None:
    asked = [f"{NEWS}/{n}" for n in range(UNLISTED)]
    assert all(told.traps.admits(url, "article", Found("link", 1)) for url in asked)
    assert not told.traps.admits(f"{NEWS}/7777", "article", Found("link", 1))
    told.traps.named(f"{LIST}?page=1", asked[:30], new=0)
    assert told.traps.admits(f"{NEWS}/7777", "article", Found("link", 1))


def test_what_lies_far_from_any_list_is_refused(told: Told) -> None:
    assert told.traps.admits(f"{NEWS}/1", "article", Found("link", MOST_HOPS))
    assert not told.traps.admits(f"{NEWS}/2", "article", Found("link", MOST_HOPS + 1))
    assert told.kinds == ["trap-too-far"]


def test_a_list_of_entries_that_are_not_there_is_left_and_one_that_is_there_saves_it(told: Told) -> None:
    entries = [f"{NEWS}/{n}" for n in range(2 * ABSENT_ENTRIES)]
    told.traps.named(f"{LIST}?page=1", entries, new=len(entries))
    for url in entries[:ABSENT_ENTRIES]:
        told.traps.came(url, there=False)
    assert not told.traps.admits(f"{LIST}?page=2", "listing", Found("link"))
    told.traps.came(entries[-1], there=True)
    assert told.traps.admits(f"{LIST}?page=2", "listing", Found("link"))


def test_a_section_that_an_article_names_first_is_walked_though_its_articles_are_known(told: Told) -> None:
    for page in range(1, 7):
        assert told.traps.admits(f"{LIST}/572/{page}", "listing", Found("link", 1))
        told.traps.named(f"{LIST}/572/{page}", [f"{NEWS}/{page}"], new=0)
    assert told.kinds == []


def test_lists_that_bring_nothing_new_have_a_budget_unless_a_starting_page_names_them(told: Told) -> None:
    told.traps.admits(f"{LIST}/1/1", "listing", Found("link", 1))
    for page in range(1, BARREN_PAGES + 1):
        told.traps.named(f"{LIST}/1/{page}", [], new=0)
    assert not told.traps.admits(f"{LIST}/1/{BARREN_PAGES + 1}", "listing", Found("link", 1))
    told.traps.show(f"{LIST}/1/1")
    assert told.traps.admits(f"{LIST}/1/{BARREN_PAGES + 1}", "listing", Found("link", 1))


def test_pages_that_lead_to_articles_may_go_on(told: Told) -> None:
    pages = [f"http://thanhdoan.hochiminhcity.gov.vn/lich/{n}" for n in range(FAMILY + 20)]
    assert sum(told.traps.admits(url, "page", Found("link", 1)) for url in pages) == FAMILY
    told.traps.led_to(pages[0], new=4)
    assert sum(told.traps.admits(url, "page", Found("link", 1)) for url in pages[FAMILY:]) == 20


def test_a_run_that_goes_on_with_a_cycle_remembers_what_was_spent(told: Told) -> None:
    pages = [f"http://thanhdoan.hochiminhcity.gov.vn/lich/{n}" for n in range(FAMILY)]
    told.traps.recall((url, "page") for url in pages)
    assert not told.traps.admits("http://thanhdoan.hochiminhcity.gov.vn/lich/999", "page", Found("link", 1))
