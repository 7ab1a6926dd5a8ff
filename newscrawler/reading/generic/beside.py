"""Whether what stands near a headline belongs to its article, or to another one, a menu, a reader's comment."""

from __future__ import annotations

from itertools import islice

from lxml.html import HtmlElement

from newscrawler.reading.generic.clutter import is_clutter, is_menu
from newscrawler.reading.generic.visible_author import of_author
from newscrawler.reading.page.foreign_addresses import TITLE, is_article_address
from newscrawler.reading.page.lines import Line, text_of, up

_TEASER = 700
"""Letters of the largest box that shows another article and its date."""
_MOST_ELEMENTS, _MOST_LINKS = 300, 30


def together(line: Line, headline: Line) -> bool:
    """Whether a line before the headline belongs to the article: both stand in one box that is not the page."""
    boxes = set(up(headline.block, 3))
    shared = next((one for one in up(line.block, 6) if one in boxes), None)
    return shared is not None and shared.tag not in ("html", "body", "header") and not elsewhere(line.block)


def elsewhere(element: HtmlElement) -> bool:
    """Whether an element is, or stands in, a menu, a related list, a comment or the page's header."""
    for one in (element, *element.iterancestors()):
        if is_menu(one):
            return True
        listed = one.tag in ("header", "li") and one.find(".//a") is not None
        clutter = one.tag != "header" and is_clutter(one) and not of_author(one)
        if (listed or clutter) and one.find(".//h1") is None:
            return True
    return False


def of_another(page: list[Line], index: int, headline: Line, url: str) -> bool:
    """Whether a stamp stands by a link to another article: right behind it, or with it in a box of its own."""
    line, before = page[index], page[index - 1] if index else headline
    beside = before is not headline and before.block.getparent() is line.block.getparent()
    if beside and all(_leads_away(link_of(one), url) for one in before.elements):
        return True
    above = {headline.block, *headline.block.iterancestors()}
    for box in up(line.block, 4):
        if box in above or not _is_short(box):
            return False
        if any(_leads_away(link, url) for link in islice(box.iter("a"), _MOST_LINKS)):
            return True
    return False


def _is_short(box: HtmlElement) -> bool:
    """Whether an element may show one teaser and no more; of a large one only the beginning is looked at."""
    letters = count = 0
    for one in islice(box.iter(), _MOST_ELEMENTS + 1):
        letters += len((one.text or "").strip()) + len((one.tail or "").strip())
        count += 1
    return letters <= _TEASER and count <= _MOST_ELEMENTS


def link_of(element: HtmlElement) -> HtmlElement | None:
    """The link in which an element stands."""
    return next((one for one in up(element, 4) if one.tag == "a"), None)


def _leads_away(link: HtmlElement | None, url: str) -> bool:
    """Whether a link names another article; where the page's own address is not known, by a long text and a number."""
    href = (link.get("href") or "").partition("#")[0] if link is not None else ""
    if link is None or not href or href == url:
        return False
    title = text_of(link)
    if not url:
        return len(title) >= TITLE and any(char.isdecimal() for char in href)
    return is_article_address(href, url, title)
