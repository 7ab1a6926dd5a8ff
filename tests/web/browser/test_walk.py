"""A reader walks through the room with a real browser, with a mouse, with the keyboard alone, and without scripts."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.web.browser.watching import Watch
from tests.web.conftest import ADDED, Archive


def _to(page: Page, ending: str) -> None:
    """Click the first link of the page's content whose address ends so."""
    page.locator(f'main a[href$="{ending}"]').first.click()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_from_a_search_to_the_article_its_versions_its_provenance_and_the_captured_page(
    archive: Archive, address: str, browser: Browser, scripts: bool
) -> None:
    context = browser.new_context(locale="vi-VN", java_script_enabled=scripts)
    page = context.new_page()
    page.goto(address)
    page.locator('input[name="q"]').first.fill("dai bieu da bieu quyet nhat tri")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?**")
    expect(page.locator("mark").first).to_be_visible()

    page.locator(f'main a[href="/article/{archive.edited}"]').first.click()
    expect(page.locator("main article")).to_contain_text(ADDED)

    _to(page, "/history")
    expect(page.locator("ins").filter(has_text="nhất trí").first).to_be_visible()

    page.goto(f"{address}/article/{archive.edited}")
    _to(page, "/provenance")
    expect(page.locator("main")).to_contain_text(".warc.gz")
    verify = page.locator('main a[href*="verify=1"], main form:has(input[name="verify"]) button').first
    verify.click()
    expect(page.locator(".notice.good")).to_be_visible()

    page.goto(f"{address}/article/{archive.edited}")
    _to(page, "/captured")
    frame = page.locator("iframe[sandbox]")
    expect(frame).to_have_count(1)
    sandbox = frame.get_attribute("sandbox") or ""
    assert "allow-scripts" not in sandbox
    assert "allow-same-origin" not in sandbox
    expect(page.frame_locator("iframe[sandbox]").locator("body")).not_to_be_empty()
    context.close()


def test_every_link_of_the_pages_leads_somewhere(address: str, page: Page, archive: Archive) -> None:
    watch = Watch(page)
    paths = ["/", "/search", "/search?q=doan", f"/article/{archive.edited}", "/hot", "/runs"]
    links: set[str] = set()
    for path in paths:
        watch.visit(address + path)
        found = page.eval_on_selector_all(
            "a[href]",
            "found => found.map(each => (each.href.baseVal === undefined ? each.href : new URL(each.href.baseVal, location.href).href).split('#')[0])",
        )
        links |= {link for link in found if link.startswith(address)}
    assert len(links) > 30
    for link in sorted(links):
        assert page.request.get(link).status == 200, link
    watch.assert_clean()
    assert watch.complaints == []


def test_the_keyboard_alone_reaches_an_article(address: str, page: Page) -> None:
    page.goto(f"{address}/search?q=doan+thanh+nien")
    page.keyboard.press("Tab")
    expect(page.locator(".skip").first).to_be_focused()
    page.keyboard.press("Enter")
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('main a[href^=\"/article/\"]')"):
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/article/*")
    expect(page.locator("h1")).to_be_visible()


@pytest.mark.parametrize("width", [320, 390, 768])
def test_no_page_is_wider_than_a_phone(address: str, browser: Browser, archive: Archive, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800}, locale="vi-VN")
    page = context.new_page()
    article = f"/article/{archive.edited}"
    for path in (
        "/",
        "/search?q=doan",
        article,
        f"{article}/history",
        f"{article}/provenance",
        "/hot",
        "/runs",
        "/run/1",
    ):
        page.goto(address + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    context.close()
