"""The search page in a browser: results while one types, and the same without any script."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, Page, Route, expect


def test_results_follow_what_is_typed_without_a_new_page(page: Page, address: str) -> None:
    page.goto(f"{address}/search")
    page.evaluate("document.body.dataset.stays = 'yes'")
    page.locator("#q").press_sequentially("mua he xanh")
    expect(page).to_have_url(f"{address}/search?q=mua+he+xanh")
    expect(page.locator("#search-count")).to_contain_text("mua he xanh")
    expect(page.locator("#search-found mark").first).to_be_visible()
    expect(page).to_have_title(re.compile("^mua he xanh – "))
    assert page.locator("body[data-stays=yes]").count() == 1
    assert page.evaluate("document.activeElement.id") == "q"
    assert page.locator("link[rel=alternate]").get_attribute("href") == "/search.atom?q=mua+he+xanh"


def test_a_late_answer_does_not_cover_a_newer_one(page: Page, address: str) -> None:
    held: list[Route] = []
    page.goto(f"{address}/search")
    page.route("**/search?q=thanh", lambda route: held.append(route))
    with page.expect_request("**/search?q=thanh"):
        page.locator("#q").fill("thanh")
    page.locator("#q").fill("mua he xanh")
    expect(page.locator("#search-count")).to_contain_text("mua he xanh")
    for route in held:
        route.abort()
    expect(page.locator("#search-count")).to_contain_text("mua he xanh")
    expect(page).to_have_url(f"{address}/search?q=mua+he+xanh")


def test_a_wrong_date_is_told_beside_its_field_when_one_leaves_it(page: Page, address: str) -> None:
    page.goto(f"{address}/search")
    page.locator("#from").fill("31/2/2018")
    page.locator("#from").press("Tab")
    expect(page.locator("#from-amiss")).to_be_visible()
    expect(page.locator("#from")).to_have_attribute("aria-invalid", "true")
    page.locator("#from").fill("2018")
    page.locator("#from").press("Enter")
    expect(page).to_have_url(f"{address}/search?from=2018")
    expect(page.locator("#from-amiss")).to_have_count(0)
    expect(page.locator("#from")).not_to_have_attribute("aria-invalid", "true")


def test_without_a_script_the_form_leads_to_the_same_address(browser: Browser, address: str) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{address}/search")
        page.locator("#q").fill("mua he xanh")
        page.locator("#to").fill("2020")
        page.locator("#to").press("Enter")
        expect(page).to_have_url(f"{address}/search?q=mua+he+xanh&to=2020")
        expect(page.locator("#search-found mark").first).to_be_visible()


def test_filters_are_folded_on_a_phone_and_open_where_there_is_room(browser: Browser, address: str) -> None:
    for width, folded in ((390, True), (1280, False)):
        with browser.new_context(viewport={"width": width, "height": 844}) as context:
            page = context.new_page()
            page.goto(f"{address}/search?q=mua+he+xanh")
            assert page.locator("#byline").is_visible() is not folded
            if folded:
                page.locator(".filters summary").press("Enter")
                expect(page.locator("#byline")).to_be_visible()
            assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
