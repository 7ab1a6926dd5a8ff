"""A crawl asks for what is new, changed or due, and for little else; and yet loses nothing."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from newscrawler.demo.addresses import news_url
from tests.conftest import Shell, times
from tests.spiders.living_site import HTML, LivingSite, crawling, list_url


def query(data: Path, sql: str, *values: Any) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(data / "news.db")) as db:
        return db.execute(sql, values).fetchall()


def broken_lists(data: Path) -> dict[str, str]:
    """Address → kind, of what makes runs incomplete."""
    return dict(query(data, "SELECT url, kind FROM problems WHERE stage = 'listing'"))


def counted(data: Path, name: str) -> int:
    return int(query(data, f"SELECT coalesce(counters ->> '{name}', 0) FROM runs ORDER BY id DESC LIMIT 1")[0][0])


def test_later_crawls_ask_for_what_is_new_changed_or_due_and_for_nothing_else(lonely_shell: Shell) -> None:
    site = LivingSite.of(60)
    told, untold, due = site.url(2, 3), site.url(5, 5), [site.url(6), site.url(6, 1)]
    with crawling(lonely_shell, site) as crawl:
        first = crawl()
        assert sorted(site.articles_since()) == sorted(site.big.truth())
        assert site.lists_since() == [1, 2, 3, 4, 5, 6, 7, 8, 9]
        second = crawl()
        assert site.articles_since(first) == []
        assert site.lists_since(first) == [1, 2, 3]
        assert counted(lonely_shell.data, "not_due") >= 30

        new = [site.publish(60), site.publish(61)]
        site.edit(told, "Tên mới của tin này")
        site.edit(untold, "Trang cuối không ai đọc lại")
        with closing(sqlite3.connect(lonely_shell.data / "news.db")) as db, db:
            old = [("2001-01-02T00:00:00.000000Z", due[0]), ("2001-01-01T00:00:00.000000Z", due[1])]
            db.executemany("UPDATE articles SET last_seen = ? WHERE url = ?", old)
        third = crawl()
        assert sorted(site.articles_since(second)[:-2]) == sorted([*new, told])
        assert site.articles_since(second)[-2:] == due[::-1]  # no list names them; the longest overdue first
        assert site.lists_since(second) == [1, 2, 3, 4]
        crawl("--full")
    assert sorted(site.articles_since(third)) == sorted(site.big.truth())
    titles = dict(query(lonely_shell.data, "SELECT url, title FROM articles"))
    assert (titles[told], titles[untold]) == ("Tên mới của tin này", "Trang cuối không ai đọc lại")


def test_holes_among_ids_are_remembered_unless_everything_is_asked_for(lonely_shell: Shell) -> None:
    site = LivingSite.of(12)
    ids = sorted(site.big.articles)
    walk = ("--ids", f"{ids[0]}-{ids[0] + 20}")
    there = [each for each in ids if each <= ids[0] + 20]
    assert 0 < len(there) < 21
    with crawling(lonely_shell, site) as crawl:
        mark = crawl(*walk)
        assert sorted(site.articles_since()) == [news_url(each) for each in range(ids[0], ids[0] + 21)]
        for _run in range(2):  # what was put off is remembered as long as the first answer
            mark, before = crawl(*walk), mark
            assert site.articles_since(before) == []
            assert counted(lonely_shell.data, "known_absent") == 21 - len(there)
            assert counted(lonely_shell.data, "not_due") == len(there)
        crawl(*walk, "--full")
    assert len(site.articles_since(mark)) == 21


def test_limited_runs_go_on_where_the_one_before_stopped(lonely_shell: Shell) -> None:
    site = LivingSite.of(40)
    with crawling(lonely_shell, site) as crawl:
        for _run in range(3):
            crawl("--limit", "12", code=4)
        crawl()
    assert sorted(site.articles_since()) == sorted(site.big.truth())
    assert site.lists_since() == [1, 2, 3, 4, 5, 6, 7]


def test_what_a_run_could_not_have_is_asked_for_by_the_next_and_a_dead_link_is_not(lonely_shell: Shell) -> None:
    site = LivingSite.of(50)
    ill, gone = site.url(5), site.url(1)
    site.answers |= {ill: (500, HTML, b"<p>Loi</p>"), gone: (404, HTML, b"<p>Khong co</p>")}
    with crawling(lonely_shell, site) as crawl:
        first = crawl(code=3)
        site.answers.clear()
        second = crawl()
        assert site.articles_since(first) == [ill]
        assert 5 not in site.lists_since(first)  # its list was left before
        assert counted(lonely_shell.data, "known_absent") == 1
        crawl("--url", gone)
        crawl("--url", gone)  # one address is asked for however young the last answer is
    assert site.articles_since(second) == [gone, gone]


def test_lists_with_a_torn_chain_make_a_run_incomplete_until_they_are_walked_to_the_end(lonely_shell: Shell) -> None:
    site = LivingSite.of(50)
    absent, failing = (404, HTML, b"<p>Khong co</p>"), (503, HTML, b"<p>Ban</p>")
    site.answers = {list_url(2): absent, **{list_url(number): failing for number in range(4, 20)}}
    with crawling(lonely_shell, site) as crawl:
        first = crawl(code=3)
        assert {list_url(2), list_url(4)} <= set(broken_lists(lonely_shell.data))
        site.answers.clear()
        second = crawl()  # no `--full` needed: nobody knows yet where the list ends
        assert site.lists_since(first) == [1, 2, 3, 4, 5, 6, 7, 8]
        assert len(query(lonely_shell.data, "SELECT url FROM articles")) == 50
        crawl()
        assert site.lists_since(second) == [1, 2, 3]
        del site.lists[3:]
        crawl("--full", code=3)
    assert broken_lists(lonely_shell.data)[list_url(1)] == "shrunk"
    assert query(lonely_shell.data, "SELECT exit_code FROM runs ORDER BY id") == [(3,), (0,), (0,), (3,)]


@pytest.mark.parametrize("validators", [False, True], ids=["without validators", "with validators"])
def test_a_second_run_over_an_unchanged_site_costs_a_twentieth_of_the_first(
    lonely_shell: Shell, *, validators: bool
) -> None:
    site = LivingSite.of(times(80, 400))
    site.validators = validators
    with crawling(lonely_shell, site) as crawl:
        crawl("-s", "REQUISITES_ENABLED=True")
        first, site.body_bytes = site.body_bytes, 0
        crawl("-s", "REQUISITES_ENABLED=True")
    print(
        f"{len(site.big.articles)} articles: {first:,} bytes, then {site.body_bytes:,}: {site.body_bytes / first:.2%}"
    )
    assert site.body_bytes <= first * 0.05
    assert (site.body_bytes < 100) == validators  # robots.txt is asked for as ever
