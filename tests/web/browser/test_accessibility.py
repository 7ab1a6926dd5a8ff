"""Nobody is shut out: axe-core finds nothing serious on any page, light or dark, on a desk or in a hand."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.conftest import times
from tests.web.conftest import Archive

PAGES = (
    "/",
    "/search",
    "/search?q=doan+thanh+nien",
    "/search?q=zzzzzz",
    "/article/{id}",
    "/article/{id}/history",
    "/article/{id}/provenance",
    "/article/{id}/provenance?verify=1",
    "/article/{id}/captured",
    "/hot",
    "/runs",
    "/run/1",
    "/gaps/thanhdoan",
    "/no-such-page",
    "/?lang=en",
)
SERIOUS = ("serious", "critical")


DESK, PHONE = (1280, 900), (390, 844)
LOOKS = [("light", DESK), ("dark", PHONE)] + ([("dark", DESK), ("light", PHONE)] if times(0, 1) else [])


@pytest.mark.parametrize(("scheme", "size"), LOOKS)
def test_axe_finds_nothing_serious(
    archive: Archive, address: str, browser: Browser, axe: str, scheme: Any, size: tuple[int, int]
) -> None:
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]}, color_scheme=scheme, locale="vi-VN", bypass_csp=True
    )
    page = context.new_page()
    found: list[str] = []
    for path in PAGES:
        page.goto(address + path.format(id=archive.edited))
        found += [f"{path}: {each}" for each in _violations(page, axe)]
    context.close()
    assert found == []


def _violations(page: Page, axe: str) -> list[str]:
    # What was captured is not ours to mend, and axe cannot run in its frame.
    page.evaluate(axe)
    result = page.evaluate("axe.run(document, {iframes: false})")
    serious = [each for each in result["violations"] if each["impact"] in SERIOUS]
    return [f"{each['id']}: {[node['html'][:120] for node in each['nodes'][:3]]}" for each in serious]
