"""Thousands of attacks go the whole way, from a site's pages through crawl and database into every page of the room, and
nothing runs (facts: reliability §4, 96)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser

from newscrawler.store import Database, close_database, open_database
from tests.conftest import FAST, Shell, times
from tests.servers import serving
from tests.web.browser.conftest import serving_room
from tests.web.browser.hostile_site import FILE, HostileSite
from tests.web.browser.payloads import payloads
from tests.web.browser.watching import Watch

CORPUS = payloads()[:: times(37, 1)]
"""Of the short form every family, since 37 divides none of their sizes."""
PER_ARTICLE = ("", "/history", "/provenance", "/captured")
PAGES = ("/", "/search", "/hot", "/runs", "/run/1", "/gaps/hostile", "/search?sort=oldest&lang=en")
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
    for number, payload in enumerate(CORPUS[:: times(3, 5)]):
        other = names[number % len(names)]
        watch.visit(f"{room_address}/search?q={quote(payload)}&{other}={quote(payload)}")
    for number, payload in enumerate(CORPUS[:: times(20, 20)]):
        for path in ("/", "/hot", "/runs", "/article/1", "/article/1/history", f"/{quote(payload)}", "/article/"):
            watch.visit(f"{room_address}{path}?{names[number % len(names)]}={quote(payload)}")
    watch.assert_clean()
