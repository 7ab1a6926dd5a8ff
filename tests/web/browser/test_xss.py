"""Thousands of attacks go the whole way, from a site's pages through crawl and database into every page of the room, and
nothing runs (facts: reliability §4, 96)."""

from __future__ import annotations

import json
import mimetypes
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from html import escape
from pathlib import Path
from urllib.parse import quote, unquote

import feedparser
import pytest
from markdown_it import MarkdownIt
from playwright.sync_api import Browser

from newscrawler.store import Database, close_database, open_database
from tests.conftest import FAST, ROOT, Shell, times
from tests.servers import Reply, serving
from tests.web.browser.conftest import serving_room
from tests.web.browser.hostile_site import FILE, PER_PAGE, HostileSite
from tests.web.browser.payloads import payloads
from tests.web.browser.watching import Watch

CORPUS = payloads()[:: times(37, 1)]
"""Of the short form every family, since 37 divides none of their sizes."""
PER_ARTICLE = ("", "/history", "/provenance", "/captured")
PAGES = ("/", "/search", "/hot", "/runs", "/run/1", "/gaps/hostile", "/search?sort=oldest&lang=en")
FORMS = {"site": "site", "markdown": "markdown", "atom": "feed.atom", "jsonl": "articles.jsonl", "csv": "articles.csv"}
HTML = {"Content-Type": "text/html; charset=utf-8"}
TYPES = {".atom": "application/xml", ".jsonl": "text/plain; charset=utf-8", ".csv": "text/plain; charset=utf-8"}
"""By which a browser shows them, where it would offer to save them."""
PAGE = "<!doctype html><html lang=vi><title>An article</title><body>{}</body></html>"
TABLES = ("articles", "links", "media", "captures", "problems")


@dataclass(frozen=True)
class Hostile:
    """The archive of a site that consists of attacks."""

    data: Path
    articles: list[int]
    captures: list[int]
    texts: str
    """All stored text in one."""


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hostile]:
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "hostile.toml").write_text(FILE, "utf-8")
    with pytest.MonkeyPatch.context() as patch, serving(HostileSite(CORPUS).reply) as server:
        patch.setenv("NEWSCRAWLER_SITES", str(folder))
        shell = Shell(server.url, folder)
        done = shell("newscrawler", "crawl", "hostile", *FAST, timeout=900)
        assert done.returncode == 0, done.stderr
        yield _described(shell.data)


def _described(data: Path) -> Hostile:
    db = open_database(data / "news.db")
    try:
        texts = "SELECT title || body_text || ifnull(summary, '') || ifnull(byline, '') FROM articles"
        return Hostile(
            data,
            _column(db, "SELECT id FROM articles ORDER BY id"),
            _column(db, "SELECT capture_id FROM articles ORDER BY id"),
            "\n".join(text for (text,) in db.conn.execute(texts)),
        )
    finally:
        close_database(db)


def _column(db: Database, sql: str) -> list[int]:
    return [value for (value,) in db.conn.execute(sql)]


@pytest.fixture(scope="module")
def room_address(hostile: Hostile) -> Iterator[str]:
    with serving_room(hostile.data) as address:
        yield address


@pytest.fixture(scope="module")
def exports(hostile: Hostile, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every export that people open in a browser, or whose readers show HTML made of it."""
    folder = tmp_path_factory.mktemp("exports")
    for form, out in FORMS.items():
        words = ("export", form, str(folder / out), "--data", str(hostile.data), "--limit", "1000")
        done = subprocess.run([sys.executable, "-m", "newscrawler", *words], cwd=ROOT, capture_output=True, check=False)
        assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(params=[False, True], ids=["with the policy", "without the policy"])
def watch(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Watch]:
    """The pages must be harmless by themselves: the policy that forbids scripts is only the second wall."""
    context = browser.new_context(bypass_csp=request.param)
    yield Watch(context.new_page())
    context.close()


def _settled(text: str) -> str:
    """As stored text is: without control characters, blanks as one."""
    return " ".join(re.sub(r"[\x00-\x08\x0b-\x1f\u200b-\u200f\u2028\u2029\ufeff]", "", text).split())


def test_most_of_the_attacks_are_in_the_archive_as_text(hostile: Hostile) -> None:
    assert len(hostile.articles) >= len(CORPUS) // 40
    plain = _settled(hostile.texts)
    kept = sum(_settled(payload) in plain for payload in CORPUS)
    assert kept > 0.9 * len(CORPUS), f"{kept} of {len(CORPUS)}"


def test_no_attack_runs_on_any_page_of_an_article(hostile: Hostile, room_address: str, watch: Watch) -> None:
    for id in hostile.articles:
        for part in PER_ARTICLE:
            watch.visit(f"{room_address}/article/{id}{part}")
    watch.assert_clean()


def test_no_attack_runs_in_a_captured_page(hostile: Hostile, room_address: str, browser: Browser) -> None:
    context = browser.new_context()  # under its policy, for the page itself is the attack
    watch = Watch(context.new_page())
    for id in hostile.captures:
        watch.visit(f"{room_address}/capture/{id}", ours=False)
    context.close()
    assert (watch.ran, watch.asked_elsewhere) == ([], [])


def test_no_attack_runs_on_the_other_pages(room_address: str, watch: Watch) -> None:
    for path in PAGES:
        watch.visit(room_address + path)
    watch.assert_clean()


def test_no_attack_runs_in_the_tables(room_address: str, watch: Watch) -> None:
    for table in TABLES:
        watch.visit(f"{room_address}/news/{table}", ours=False)
    assert (watch.ran, watch.asked_elsewhere) == ([], [])


def test_no_attack_runs_as_search_words_or_as_any_other_value(room_address: str, watch: Watch) -> None:
    names = ("q", "site", "from", "to", "section", "byline", "block", "sort", "page", "lang", "a", "b", "verify", "x")
    for number, payload in enumerate(CORPUS[:: times(7, 5)]):
        other = names[number % len(names)]
        watch.visit(f"{room_address}/search?q={quote(payload)}&{other}={quote(payload)}")
    for number, payload in enumerate(CORPUS[:: times(41, 20)]):
        for path in ("/", "/hot", "/runs", "/article/1", "/article/1/history", f"/{quote(payload)}", "/article/"):
            watch.visit(f"{room_address}{path}?{names[number % len(names)]}={quote(payload)}")
    watch.assert_clean()


def test_no_attack_runs_in_a_static_copy(exports: Path, watch: Watch) -> None:
    pages = sorted(str(path.relative_to(exports)) for path in (exports / "site").rglob("*.html"))[:: times(3, 1)]
    with serving(partial(_file, exports)) as server:
        for path in pages:
            watch.visit(f"{server.url}/{quote(path)}")
    assert watch.pages > len(CORPUS) / PER_PAGE
    watch.forbidden = [what for what in watch.forbidden if not what.endswith("/search.html: noscript")]  # our own
    watch.assert_clean()


def test_no_attack_runs_in_what_other_exports_are_shown_as(exports: Path, watch: Watch) -> None:
    """No policy stands around these: the HTML itself must be harmless. Pictures are where the site has them."""
    shown = list(_as_shown(exports))
    assert len(shown) > 3 * len(CORPUS) / PER_PAGE
    watch.page.route(lambda url: "//127.0.0.1:" not in url, lambda route: route.abort())
    with serving(lambda path: (200, HTML, shown[int(path.strip("/"))].encode())) as server:
        for number in range(len(shown)):
            watch.visit(f"{server.url}/{number}")
    with serving(partial(_file, exports)) as server:
        for name in ("feed.atom", "articles.jsonl", "articles.csv"):
            watch.visit(f"{server.url}/{name}", ours=False)
    assert watch.ran == []
    assert [what for what in watch.forbidden if " asks elsewhere: http" not in what] == []


def _file(folder: Path, path: str) -> Reply:
    if path == "/favicon.ico":
        return 404, {}, b""
    file = folder / unquote(path).partition("?")[0].lstrip("/")
    kind = TYPES.get(file.suffix) or mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    return 200, {"Content-Type": kind}, file.read_bytes()


def _as_shown(exports: Path) -> Iterator[str]:
    """The HTML that a viewer of Markdown, a reader of feeds and a program that takes `body_html` make of an article."""
    markdown = MarkdownIt("commonmark", {"html": True}).enable("table")
    for path in (exports / "markdown").rglob("*.md"):
        yield PAGE.format(markdown.render(path.read_text("utf-8").rpartition("\n---\n")[2]))
    for entry in feedparser.parse(exports / "feed.atom", sanitize_html=False).entries:
        parts = (*entry.content, entry.summary_detail, entry.title_detail)
        yield PAGE.format("".join(escape(part.value) if part.type == "text/plain" else part.value for part in parts))
    for line in (exports / "articles.jsonl").read_text("utf-8").splitlines():
        yield PAGE.format(json.loads(line)["body_html"])
