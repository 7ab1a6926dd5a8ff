"""Articles are found by whatever the site's file names: sitemaps, feeds, pages that lead on, redirects, refreshes."""

from __future__ import annotations

import gzip
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from tests.conftest import FAST, Shell
from tests.servers import Reply, Seen, serving
from tests.spiders.paper_site import ROOT

PAPER = ("-s", "SPIDER_MODULES=tests.spiders.paper", "-s", "RETRY_TIMES=0", *FAST)
Answers = dict[str, Reply]


def page(*links: str, head: str = "") -> Reply:
    body = "".join(f'<p><a href="{link}">Tin số {link} của báo chúng tôi hôm nay</a></p>' for link in links)
    return html(f"<html><head><title>Báo</title>{head}</head><body>{body}</body></html>")


def html(text: str) -> Reply:
    return 200, {"Content-Type": "text/html; charset=utf-8"}, text.encode()


def article(number: int, *links: str, words: str = "") -> Reply:
    told = (
        f"Sáng nay, đoàn viên phường số {number} ra quân dọn kênh, trồng cây và thăm các gia đình chính sách. {words}"
    )
    behind = "".join(f'<a href="{link}">x</a>' for link in links)
    return html(
        f"<html><head><title>Ra quân số {number}</title></head><body><h1>Ra quân số {number}</h1>"
        f"<article><p>{told}</p><p>Hơn {number} bạn trẻ tham gia, ai cũng vui.</p></article>{behind}</body></html>"
    )


def xml(text: str, *, packed: bool = False) -> Reply:
    body = text.encode()
    return 200, {"Content-Type": "application/xml"}, gzip.compress(body) if packed else body


def moved(to: str) -> Reply:
    return 302, {"Location": to}, b""


NOTHING: Reply = (404, {"Content-Type": "text/plain"}, b"khong co")


@pytest.fixture(autouse=True)
def _paper_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSCRAWLER_SITES", "tests.spiders.paper_site")


@contextmanager
def crawling(shell: Shell, answers: Answers) -> Iterator[tuple[Seen, Callable[..., Any]]]:
    """What the server was asked for, and a function that crawls the paper and gives the finished process."""

    def reply(url: str) -> Reply:
        path = url.removeprefix(ROOT)
        return answers.get(path) or (article(int(path[5:])) if path[:5] == "/tin/" else NOTHING)

    with serving(reply) as proxy:
        shell.proxy = proxy.url

        def crawl(*words: str, code: int = 0) -> str:
            done = shell("scrapy", "crawl", "paper", "-s", f"ARCHIVE_DIR={shell.data}", *PAPER, *words)
            assert done.returncode == code, done.stderr
            assert "Traceback" not in done.stderr, done.stderr
            return done.stderr

        yield proxy, crawl


def query(shell: Shell, sql: str) -> list[tuple[Any, ...]]:
    with sqlite3.connect(shell.data / "news.db") as db:
        return db.execute(sql).fetchall()


def stored(shell: Shell) -> set[int]:
    return {int(number) for (number,) in query(shell, "SELECT site_article_id FROM articles WHERE site = 'paper'")}


def reasons(shell: Shell) -> dict[str, tuple[str, str, str]]:
    rows = query(shell, "SELECT url, kind, state, reason FROM frontier")
    return {url.removeprefix(ROOT): tuple(rest) for url, *rest in rows}


ROBOTS: Reply = (200, {"Content-Type": "text/plain"}, f"User-agent: *\nSitemap: {ROOT}/muc-luc.xml\n".encode())
INDEX = xml(
    "<sitemapindex><sitemap><loc>/trang.xml.gz</loc></sitemap><sitemap><loc>/tin-moi.xml</loc></sitemap>"
    "<sitemap><loc>/muc-luc.xml</loc></sitemap><sitemap><loc>http://khac.vn/s.xml</loc></sitemap></sitemapindex>"
)


def news(day: str) -> Reply:
    return xml(
        f'<urlset xmlns:news="n"><url><loc>/tin/21</loc><news:news><news:publication_date>{day}'
        f"</news:publication_date></news:news></url></urlset>"
    )


FEED = (
    "<rss><channel><item><link>/tin/31</link><pubDate>Sun, 22 Nov 2009 08:00:00 +0700</pubDate></item></channel></rss>"
)
WHOLE: Answers = {
    "/": page("/tin/1", "/thang/2026-11?b=2&a=1", "/thang/2026-11?a=1&b=2", "/gioi-thieu", "/muc/doan/2"),
    "/robots.txt": ROBOTS,
    "/muc-luc.xml": INDEX,
    "/trang.xml.gz": xml(
        "<urlset><url><loc>/tin/11</loc></url><url><loc>/gioi-thieu</loc></url></urlset>", packed=True
    ),
    "/tin-moi.xml": news("2009-11-22"),
    "/moi.rss": xml(FEED),
    "/thang/2026-11?a=1&b=2": page("/tin/41", "/thang/2026-10"),
    "/thang/2026-10": page(head='<meta http-equiv="refresh" content="0; url=/tin/42">'),
    "/muc/doan/1": page("/tin/51"),
    "/muc/doan/2": page("/tin/52"),
    "/tin/1": article(1, "/tin/2"),
}


def test_every_way_that_the_site_file_names_leads_to_its_articles(lonely_shell: Shell) -> None:
    with crawling(lonely_shell, WHOLE | {}) as (seen, crawl):
        crawl()
        assert stored(lonely_shell) == {1, 2, 11, 21, 31, 41, 42, 51, 52}
        asked = [url.removeprefix(ROOT) for url in seen.paths]
        assert "/gioi-thieu" not in asked  # neither article nor list nor a page that leads on
        assert "/thang/2026-11?b=2&a=1" not in asked  # the order of parameters makes no other page
        assert not any("khac.vn" in url for url in asked)
        assert asked.count("/muc-luc.xml") == 1
        how = reasons(lonely_shell)
        assert how["/trang.xml.gz"] == ("sitemap", "done", "sitemap")
        assert how["/moi.rss"] == ("feed", "done", "feed")
        assert how["/thang/2026-10"] == ("page", "done", "page")


def test_what_a_sitemap_or_feed_says_has_changed_is_asked_for_again_and_nothing_else(lonely_shell: Shell) -> None:
    answers = WHOLE | {}
    with crawling(lonely_shell, answers) as (seen, crawl):
        crawl()
        with sqlite3.connect(lonely_shell.data / "news.db") as db:  # as if all were old, and looked at lately
            db.execute("UPDATE articles SET published = '2009-11-22'")
        db.close()
        answers["/tin-moi.xml"] = news("2099-01-01")
        mark = len(seen.paths)
        crawl()
    assert [url.removeprefix(ROOT) for url in seen.paths[mark:] if "/tin/" in url] == ["/tin/21"]


def test_a_sitemap_that_is_none_is_a_row_and_the_rest_is_found(lonely_shell: Shell) -> None:
    bomb = (
        '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><urlset><url><loc>/tin/&b;</loc></url></urlset>'
    )
    answers = WHOLE | {"/trang.xml.gz": page("/tin/99"), "/tin-moi.xml": xml(bomb), "/moi.rss": NOTHING}
    with crawling(lonely_shell, answers) as (_seen, crawl):
        crawl(code=3)
    assert stored(lonely_shell) == {1, 2, 41, 42, 51, 52}
    told = dict(query(lonely_shell, "SELECT url, kind FROM problems"))
    assert told[f"{ROOT}/trang.xml.gz"] == "LeadsError"
    assert told[f"{ROOT}/moi.rss"] == "absent"


def test_a_redirect_makes_an_entry_of_its_own_and_a_row_only_where_it_leads_nowhere(lonely_shell: Shell) -> None:
    answers: Answers = {
        "/": page("/tin/1", "/tin/2", "/tin/3", "/tin/4", "/tin/5"),
        "/tin/1": moved(f"{ROOT}/tin/7"),
        "/tin/2": moved("http://khac.vn/"),
        "/tin/3": moved("file:///etc/passwd"),
        "/tin/4": moved(f"{ROOT}/tin/4"),
        "/tin/5": moved("http://www.bao.thu-nghiem.vn/tin/5?utm=1"),
        "http://www.bao.thu-nghiem.vn/tin/5?utm=1": article(5),
    }
    with crawling(lonely_shell, answers) as (seen, crawl):
        crawl(code=3)
    how = reasons(lonely_shell)
    assert how["/tin/1"] == ("article", "done", "redirected")
    assert how["/tin/7"] == ("article", "done", "new")
    assert {path: how[path][1:] for path in ("/tin/2", "/tin/3", "/tin/4")} == {
        "/tin/2": ("given-up", "other-site"),
        "/tin/3": ("given-up", "refused-scheme"),
        "/tin/4": ("given-up", "redirect-loop"),
    }
    told = query(lonely_shell, "SELECT url FROM problems WHERE stage = 'fetching' AND url LIKE '%/tin/%'")
    assert {url.removeprefix(ROOT) for (url,) in told} == {"/tin/2", "/tin/3", "/tin/4"}
    assert not any("khac.vn" in url for url in seen.paths)


def test_pages_that_refuse_us_end_the_run_with_work_left_and_none_is_stored(lonely_shell: Shell) -> None:
    wall = html(
        "<html><head><title>Just a moment...</title></head><body><h1>Checking your browser</h1>"
        '<form id="challenge-form" action="/cdn-cgi/challenge"><div class="g-recaptcha"></div></form></body></html>'
    )
    answers: Answers = {"/": page(*(f"/tin/{number}" for number in range(1, 20)))}
    answers |= {f"/tin/{number}": wall for number in range(1, 20)}
    with crawling(lonely_shell, answers) as (seen, crawl):
        told = crawl(code=4)
    assert "paper has answered 5 pages in a row with a refusal" in told
    assert stored(lonely_shell) == set()
    assert len([url for url in seen.paths if "/tin/" in url]) < 19
