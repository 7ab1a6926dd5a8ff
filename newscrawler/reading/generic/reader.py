"""The reader for sites without a layout: body, visible date and byline, and the list of a list page."""

from __future__ import annotations

from lxml.etree import tostring
from lxml.html import HtmlElement, builder

from newscrawler.reading.generic.clutter import link_share
from newscrawler.reading.generic.cutout import cut_out
from newscrawler.reading.generic.elsewhere import other_articles
from newscrawler.reading.generic.lede import between, is_same_text, lede_candidates, paragraphs, stands_before
from newscrawler.reading.generic.listing import list_links, looks_like_article
from newscrawler.reading.generic.naked import with_paragraphs
from newscrawler.reading.generic.visible import visible_date
from newscrawler.reading.generic.visible_author import visible_byline
from newscrawler.reading.generic.whereabouts import Haystack, find_place
from newscrawler.reading.page.lines import Line, first_lines, headline_index, lines_of, squeeze, strings, text_of
from newscrawler.reading.page.tree import parse, without_controls

__all__ = ["generic_body", "list_links", "looks_like_article", "visible_byline", "visible_date"]

_LEAST = 80
"""Letters without which there is no article."""
_MOST_LINKED = 0.7
"""Share of letters in links from which a text is a menu."""
_PROSE = 100
"""So long is no headline of another article."""


def generic_body(tree_or_html: HtmlElement | str, url: str) -> str | None:
    """HTML of the article of a page of an unknown site, in plain elements, or None if the page holds none.

    The lede stands first, once; captions stand in `figcaption`; related items, tags and share words are gone.
    The tree is not changed.
    """
    tree = with_paragraphs(parse(tree_or_html) if isinstance(tree_or_html, str) else tree_or_html)
    held = list(tree.iter())  # lxml makes an element's Python side anew whenever nothing holds it
    found = _found(tree, url)
    del held
    return found


def _found(tree: HtmlElement, url: str) -> str | None:
    seen = list(strings(tree))
    page = lines_of(tree, seen)
    elsewhere = other_articles(tree, page, url)
    body = _body(tree, url, seen, page, elsewhere)
    if body is None and elsewhere and any(len(line.text) >= _PROSE for line in page):
        body = _body(tree, url, seen, page, set())
    return body


def _body(
    tree: HtmlElement, url: str, seen: list[tuple[HtmlElement, str]], page: list[Line], elsewhere: set[HtmlElement]
) -> str | None:
    if elsewhere:
        inside = {one for element in elsewhere for one in element.iter()}
        seen = [(owner, text) for owner, text in seen if owner not in inside]
        page = [line for line in page if inside.isdisjoint(line.elements)]
    haystack = Haystack(seen)
    index = headline_index(tree, page)
    head = None if index is None else page[index].block
    ledes = lede_candidates(tree, haystack, head)
    besides = [text_of(element) for element in (*tree.iter("h1"), *ledes)]
    place = find_place(tree, url, haystack, squeeze("".join(besides)), elsewhere, page)
    if place is None:
        return None
    body = cut_out(place, ledes, url, elsewhere)
    lede = next((one for one in ledes if stands_before(haystack, one, place.first)), None)
    lede = between(page, index, place.first) if lede is None else lede
    if lede is not None:
        _put_first(body, lede)
    return _html(body) if len(text_of(body)) >= _LEAST and link_share(body) <= _MOST_LINKED else None


def _put_first(body: HtmlElement, lede: HtmlElement) -> None:
    """The lede before all else, unless the body begins with it already."""
    text = text_of(lede)
    if any(is_same_text(line.text, text) for line in first_lines(body, 6)):
        return
    for text in reversed(paragraphs(lede)):
        body.insert(0, builder.P(without_controls(text)))


def _html(body: HtmlElement) -> str:
    return (body.text or "") + "".join(tostring(child, encoding="unicode", method="html") for child in body)
