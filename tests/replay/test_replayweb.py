"""ReplayWeb.page shows our WACZ in a browser, with no server behind it but one that serves the file."""

from __future__ import annotations

import html
import json
import shutil
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile

import pytest

from newscrawler.store.selection import ArticlePage
from tests.conftest import times
from tests.replay.browser import Tab, browsing
from tests.replay.conftest import Sample
from tests.replay.pages import says
from tests.replay.pywb import digits
from tests.replay.web import serving_folder

PAGE = """<!doctype html>
<body style="margin: 0">
<replay-web-page source="{source}" url="{url}" ts="{moment}" embed="replayonly" style="height: 100vh"></replay-web-page>
<script src="ui.js"></script>
"""
PATIENCE = 30.0
TRIES = 3
"""Under load the player's first answer may be an error page: an empty result is repeated (facts: archiving §5)."""
PICTURE = "viec-lam-dem.jpg"
ITS_ARTICLE = "/News/36120"
PICTURES = """
(() => {
    const loaded = [];
    const look = (root) => {
        for (const element of root.querySelectorAll("*")) {
            if (element.shadowRoot) look(element.shadowRoot);
            if (element.tagName === "IFRAME" && element.contentDocument) look(element.contentDocument);
            if (element.tagName === "IMG" && element.naturalWidth) loaded.push(element.src);
        }
    };
    look(document);
    return loaded;
})()
"""
"""The pictures that have been loaded, in all frames."""
VERIFIED = """
(async () => {
    const wait = (request) => new Promise((found, failed) => {
        request.onsuccess = () => found(request.result);
        request.onerror = () => failed(request.error);
    });
    const results = [];
    for (const { name } of await indexedDB.databases()) {
        const database = await wait(indexedDB.open(name));
        if (database.objectStoreNames.contains("verification")) {
            results.push(...await wait(database.transaction("verification").objectStore("verification").getAll()));
        }
        database.close();
    }
    return results;
})()
"""
"""What the player has found out of the signature: `id`, and whether it `matched`."""


@dataclass(frozen=True)
class Player:
    """ReplayWeb.page on a web page of its own."""

    tab: Tab
    folder: Path
    base: str

    def shows(self, package: str, article: ArticlePage) -> bool:
        """Whether title and all paragraphs of an article come to stand in a frame of the player."""
        words = {"source": f"{self.base}/{package}", "url": article.url, "moment": digits(article.timestamp)}
        page = PAGE.format(**{name: html.escape(value) for name, value in words.items()})
        (self.folder / "play.html").write_text(page, "utf-8")
        paragraphs = [article.title, *article.text.split("\n\n")]
        for _ in range(TRIES):
            self.tab.open(f"{self.base}/play.html")
            if self.tab.shows(lambda pages: any(_says_all(page, paragraphs) for page in pages[1:]), PATIENCE):
                return True
        return False


def _says_all(page: str, paragraphs: list[str]) -> bool:
    return all(says(page, paragraph) for paragraph in paragraphs)


@pytest.fixture
def play(tmp_path: Path, player: Path, wacz: Path, chromium: str) -> Iterator[Player]:
    with playing(tmp_path, player, wacz, chromium) as play:
        yield play


@contextmanager
def playing(folder: Path, player: Path, wacz: Path, chromium: str) -> Iterator[Player]:
    web, profile = folder / "web", folder / "chromium" / "profile"
    (web / "replay").mkdir(parents=True)
    profile.mkdir(parents=True)
    shutil.copy(player / "ui.js", web / "ui.js")
    shutil.copy(player / "sw.js", web / "replay" / "sw.js")
    shutil.copy(wacz, web / "sample.wacz")
    with serving_folder(web) as base, browsing(chromium, profile) as tab:
        yield Player(tab, web, base)


def test_articles_are_shown(play: Player, sample: Sample) -> None:
    # Some of each of several shapes; the long run shows them all.
    for article in sample.pages[:: times(max(1, len(sample.pages) // 5), 1)]:
        assert play.shows("sample.wacz", article), f"{article.url}: {play.tab.documents()}"


def test_an_article_is_shown_with_its_picture(play: Player, sample: Sample, tmp_path: Path) -> None:
    (article,) = (article for article in sample.pages if article.url.endswith(ITS_ARTICLE))
    assert play.shows("sample.wacz", article)
    assert play.tab.shows(lambda _pages: PICTURE in str(play.tab.ask(PICTURES)), PATIENCE)
    play.tab.screenshot(tmp_path / "replayweb.png")
    assert (tmp_path / "replayweb.png").stat().st_size > 10_000


@pytest.mark.parametrize("is_ours", [True, False])
def test_the_player_tells_our_signature_from_another(play: Player, sample: Sample, is_ours: bool) -> None:
    if not is_ours:
        with_another_signature(play.folder / "sample.wacz")
    assert play.shows("sample.wacz", sample.pages[0])
    assert {each["id"]: each["matched"] for each in play.tab.ask(VERIFIED)}["signature"] is is_ours


def with_another_signature(path: Path) -> None:
    """Put the signature of something else into a package."""
    with ZipFile(path) as package:
        members = {info: package.read(info) for info in package.infolist()}
    with ZipFile(path, "w") as package:
        for info, data in members.items():
            if info.filename == "datapackage-digest.json":
                signed = json.loads(data)
                signed["signedData"]["signature"] = b64encode(bytes(range(96))).decode()
                data = json.dumps(signed).encode()
            package.writestr(info, data)
