"""A static copy in a real browser, opened from its folder: the search that needs no server."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Request, expect

from newscrawler.text import fold
from newscrawler.web.copy.postings import words_of
from tests.web.browser.watching import Watch
from tests.web.copy.conftest import HOSTILE
from tests.web.copy.conftest import copied as copied
from tests.web.copy.conftest import hostile as hostile

# All of Latin with marks, and what stands around Vietnamese texts.
LETTERS = [
    chr(code) for code in (*range(0x20, 0x7F), *range(0xA0, 0x250), *range(0x300, 0x370), *range(0x1E00, 0x1F00))
]
ODD = [
    "Đoàn\u200b",
    "ĐỒNG",
    "hoà hòa",
    "Ð ð Ɖ ɖ",
    "\ufe0f🇻🇳",
    "ﬀ",
    "Ⅷ",
    "Straße ΑΣ İ",
    "\u00adngắt",
    "中文 ｶﾅ",
    "ẩ\u0323",
]


def address(folder: Path, path: str = "index.html") -> str:
    return (folder / path).as_uri()


@pytest.fixture
def outside(page: Page, copied: Path, hostile: Path) -> list[str]:
    """What the tab asked for beyond the folders of the copies, and what it complained of."""
    seen: list[str] = []

    def asked(request: Request) -> None:
        if not request.url.startswith((copied.as_uri(), hostile.as_uri())):
            seen.append(request.url)

    page.on("request", asked)
    page.on("console", lambda told: seen.append(told.text) if told.type == "error" else None)
    page.on("pageerror", lambda error: seen.append(str(error)))
    return seen


def test_a_reader_searches_without_accents_and_reads_an_article(page: Page, copied: Path, outside: list[str]) -> None:
    page.goto(address(copied))
    page.get_by_role("searchbox").fill("doan thanh nien")
    page.get_by_role("searchbox").press("Enter")
    first = page.locator("#results li").first
    expect(first.locator("mark").first).to_be_visible()
    assert "Đoàn" in first.locator("mark").all_text_contents() or "đoàn" in first.inner_text().lower()
    title = first.locator("h3").inner_text()
    first.locator("h3 a").click()
    expect(page.locator("article h1")).to_have_text(title)
    assert "/articles/" in page.url
    for picture in page.locator("article img").all():
        picture.scroll_into_view_if_needed()
        assert picture.evaluate("async picture => { await picture.decode(); return picture.naturalWidth; }") > 0
    assert outside == []


def test_results_come_as_one_types_and_the_words_stay_in_the_address(page: Page, copied: Path) -> None:
    page.goto(address(copied, "search.html"))
    page.locator("#words").press_sequentially("thanh ni")
    expect(page.locator("#results mark").first).to_be_visible()
    page.locator("#words").press("Enter")
    page.reload()
    expect(page.locator("#words")).to_have_value("thanh ni")
    expect(page.locator("#results mark").first).to_be_visible()


def test_words_that_nobody_wrote_are_not_found_and_names_of_javascript_are_words(
    page: Page, copied: Path, outside: list[str]
) -> None:
    page.goto(address(copied, "search.html"))
    for words in ("zzqq", "__proto__", "constructor", "toString", "hasOwnProperty", "'\"<>&", "%s ]]>"):
        page.locator("#words").fill(words)
        page.locator("#words").press("Enter")
        expect(page.locator("#results li")).to_have_count(0)
    assert outside == []


def test_every_article_is_found_by_its_title(page: Page, copied: Path) -> None:
    articles = (page for page in (copied / "articles").rglob("*.html") if page.stem.isdigit())
    for file in sorted(articles)[::6]:
        title = file.read_text("utf-8").partition("<title>")[2].partition(" · ")[0]
        if len(words_of(title)) < 4:
            continue
        page.goto(f"{address(copied, 'search.html')}?q={title}")
        link = f'a[href$="{file.relative_to(copied).as_posix()}"]'
        expect(page.locator(f"#results {link}").first).to_be_visible()


def test_hostile_words_do_nothing_in_lists_results_and_articles(page: Page, hostile: Path, outside: list[str]) -> None:
    watch = Watch(page)
    for file in sorted(hostile.rglob("*.html")):
        page.goto(file.as_uri())
    page.goto(address(hostile, "search.html"))
    for words in ("doan thanh nien", *HOSTILE):
        page.locator("#words").fill(words)
        page.locator("#words").press("Enter")
        expect(page.locator("#results li").first).to_be_visible()
    assert page.evaluate("window.__ran || []") == []
    assert (watch.ran, outside) == ([], [])


def test_the_fold_of_the_browser_is_that_of_the_archive(page: Page, copied: Path) -> None:
    page.goto(address(copied, "search.html"))
    forms = [unicodedata.normalize(form, text) for text in (*LETTERS, *ODD) for form in ("NFC", "NFD")]
    told = page.evaluate("texts => texts.map(copySearch.fold)", forms)
    assert {text: folded for text, folded in zip(forms, told, strict=True) if folded != fold(text)} == {}
    split = page.evaluate("texts => texts.map(copySearch.wordsOf)", ODD)
    assert split == [words_of(text) for text in ODD]


def test_without_scripts_the_search_page_leads_to_the_lists(browser: Browser, copied: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    try:
        page = context.new_page()
        page.goto(address(copied, "search.html"))
        page.locator("noscript a").first.click()
        page.locator(".copy-years a").first.click()
        page.locator(".stories a").first.click()
        expect(page.locator("article h1")).to_be_visible()
    finally:
        context.close()


def test_a_phone_shows_every_kind_of_page_without_moving_sideways(browser: Browser, copied: Path) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    try:
        page = context.new_page()
        article = next((copied / "articles").rglob("*.html")).relative_to(copied).as_posix()
        month = next((copied / "months").iterdir()).relative_to(copied).as_posix()
        for path in (
            "index.html",
            "search.html",
            "months.html",
            "sections.html",
            "about.html",
            "hot/1.html",
            article,
            month,
        ):
            page.goto(address(copied, path))
            assert page.evaluate("document.documentElement.scrollWidth") <= 390, path
    finally:
        context.close()
