"""A page of an unknown site as a list of articles: its links, and whether it is a list at all."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from newscrawler.items import Link, Metadata
from newscrawler.reading.generic.clutter import is_menu, link_share
from newscrawler.reading.generic.naked import with_paragraphs
from newscrawler.reading.page.foreign_addresses import (
    TITLE,
    has_number,
    is_article_address,
    is_hub_address,
    leads_to_article,
    registrable,
)
from newscrawler.reading.page.lines import classes, text_of
from newscrawler.urls import absolute, bare_host

_SUMMARY = re.compile(r"sapo|desc|summary|lead|excerpt|hometext|intro|quote", re.IGNORECASE)
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_IMAGE_SOURCES = ("data-src", "data-original", "data-lazy-src", "src")
_MOST_LINKS = 5_000
_HIGHEST = 8
"""Levels above a link at which its entry may begin."""
_MOST_ALIKE, _MOST_PLACES = 200, 20
_PROSE = 100
"""From so many letters on, a paragraph is prose."""
_SHORT = 25
"""The same on a page that is said to be an article, as an interview in short questions and answers."""


@dataclass
class _Entry:
    """All links of a page to one article."""

    url: str
    anchors: list[HtmlElement] = field(default_factory=list)
    box: HtmlElement | None = None
    """The largest element around the first link that leads to no other article."""


def list_links(tree: HtmlElement, url: str, limit: int = 300) -> tuple[Link, ...]:
    """The articles a page lists, in page order, each once, as block `main`; menus, tags and footers left out."""
    entries = _entries(tree, url)
    links: list[Link] = []
    for entry in entries.values():
        title = _title(entry)
        if title and len(links) < limit:
            summary, image = _summary(entry, title), _image(entry, url)
            place = len(links) + 1
            links.append(
                Link(block="main", position=place, url=entry.url, title=title, summary=summary, image_url=image)
            )
    return tuple(links)


def looks_like_article(tree: HtmlElement, url: str, metadata: Metadata) -> bool:
    """Whether a page holds an article rather than a list: prose in one place, and an address or a date that says so."""
    parts = urlsplit(url)
    if parts.path in ("", "/") and not parts.query:
        return False
    if is_hub_address(url) and not metadata.published:
        return False
    named = _is_named(metadata)
    prose = _prose(
        with_paragraphs(tree), url, is_dated=metadata.published is not None, least=_SHORT if named else _PROSE
    )
    slug = parts.path.rstrip("/").rpartition("/")[2].partition(".")[0]
    if named or (metadata.published and has_number(parts.path, slug)):
        return prose >= _PROSE
    if metadata.published or has_number(parts.path, slug):
        return prose >= 2 * _PROSE
    if leads_to_article(url, registrable(bare_host(url))):
        return prose >= 3 * _PROSE
    return prose >= 6 * _PROSE


def _is_named(metadata: Metadata) -> bool:
    """Whether JSON-LD or OpenGraph say that the page is an article, of which day and under which headline."""
    said = {(claim.source, claim.field) for claim in metadata.claims if claim.value}
    graph = any(claim.value and claim.where == "article:published_time" for claim in metadata.claims)
    dated = ("json-ld", "published") in said or graph
    return dated and metadata.published is not None and bool({("json-ld", "title"), ("meta", "title")} & said)


def _prose(tree: HtmlElement, url: str, *, is_dated: bool, least: int = _PROSE) -> int:
    """Letters of the paragraphs that stand together in the best place; in a list they stand apart or beside links.

    :param is_dated: whether the page states when it was published; then links between its paragraphs are promotions.
    :param least: letters from which a paragraph counts.
    """
    together: dict[HtmlElement, list[HtmlElement]] = {}
    letters: dict[HtmlElement, int] = {}
    framed = _Framed(is_menu)
    for element in tree.iter("p", "div", "td", "li"):
        if element.tag != "p" and any(child.tag in ("p", "div", "table", "ul", "ol") for child in element):
            continue
        text = text_of(element) if len(element) < 200 else ""
        if len(text) >= least and (parent := element.getparent()) is not None and not framed(element):
            place = parent if element.tag in ("p", "div") else element
            if link_share(element) < 0.5:
                together.setdefault(place, []).append(element)
                letters[place] = letters.get(place, 0) + len(text)
    best = sorted(letters, key=lambda one: letters[one], reverse=True)[:_MOST_PLACES]
    place = next((one for one in best if not _is_one_of_many(one, url)), None)
    if place is None or (not is_dated and len(together[place]) > 1 and _listed_between(together[place], place, url)):
        return 0
    return letters[place]


def _is_one_of_many(place: HtmlElement, url: str) -> bool:
    """Whether an element and its like beside it each lead to an article under a heading, as on a blog's front."""
    for unit in (place, *islice(place.iterancestors(), 2)):
        parent = unit.getparent()
        if parent is not None and _is_headed(unit, url):
            look = unit.tag, unit.get("class")
            alike = (one for one in islice(parent, _MOST_ALIKE) if (one.tag, one.get("class")) == look)
            if sum(_is_headed(one, url) for one in islice(alike, 5)) >= 3:
                return True
    return False


def _is_headed(element: HtmlElement, url: str) -> bool:
    """Whether the first heading in an element is a link to an article."""
    heading = next(element.iter(*_HEADINGS), None)
    link = None if heading is None else heading.find(".//a")
    if link is None and heading is not None:
        link = next((one for one in heading.iterancestors("a")), None)
    return link is not None and is_article_address(link.get("href") or "", url, text_of(link))


def _listed_between(paragraphs: list[HtmlElement], place: HtmlElement, url: str) -> bool:
    """Whether paragraphs alternate with links to articles, as summaries in a list do; inline links are none."""
    known = set(paragraphs)
    listed, waiting, begun = 0, 0, False
    for element in place.iter("a", "p", "div", "td", "li"):
        if element in known:
            listed, waiting, begun = listed + waiting, 0, True
        elif begun and element.tag == "a" and known.isdisjoint(element.iterancestors()):
            waiting += is_article_address(element.get("href") or "", url, text_of(element))
    return listed > 2 and listed * 2 >= len(paragraphs)


def _entries(tree: HtmlElement, url: str) -> dict[str, _Entry]:
    found, site = list(_links(tree, url)), registrable(bare_host(url))
    numbered = sum(has_number(urlsplit(address).path, _slug(address)) for address in {one[1] for one in found}) >= 5
    entries: dict[str, _Entry] = {}
    for link, address, label in found:
        if leads_to_article(address, site, label, numbered=numbered):
            entries.setdefault(_key(address), _Entry(address)).anchors.append(link)
    _find_boxes(entries)
    return entries


def _links(tree: HtmlElement, url: str) -> Iterator[tuple[HtmlElement, str, str]]:
    """Link, address and text of what may lead to an article, menus left out."""
    framed = _Framed(is_menu)
    known: dict[str, str | None] = {}
    own, site = _key(url), registrable(bare_host(url))
    for link in islice(tree.iter("a"), _MOST_LINKS):
        href = link.get("href")
        if not href or framed(link):
            continue
        if href not in known:
            known[href] = absolute(url, href)
        address = known[href]
        if address and _key(address) != own and leads_to_article(address, site, label := _label(link)):
            yield link, address, label


class _Framed:
    """Whether an element stands in a frame of the page; each ancestor is asked once."""

    def __init__(self, is_frame: Callable[[HtmlElement], bool]) -> None:
        self.is_frame = is_frame
        self.known: dict[HtmlElement, bool] = {}

    def __call__(self, element: HtmlElement) -> bool:
        path, answer = [], False
        for one in (element, *element.iterancestors()):
            if one in self.known:
                answer = self.known[one]
                break
            path.append(one)
            if self.is_frame(one):
                answer = True
                break
        self.known.update((one, answer) for one in path)
        return answer


def _key(address: str) -> str:
    """One key for http and https, www and bare, with and without a slash at the end."""
    return re.sub(r"^https?://(?:www\.)?", "", address).rstrip("/").lower()


def _slug(address: str) -> str:
    return urlsplit(address).path.rstrip("/").rpartition("/")[2].partition(".")[0]


def _label(link: HtmlElement) -> str:
    return text_of(link) or (link.get("title") or "").strip()


def _find_boxes(entries: dict[str, _Entry]) -> None:
    owners: dict[HtmlElement, _Entry | None] = {}
    for entry in entries.values():
        for element in {element for anchor in entry.anchors[:5] for element in anchor.iterancestors()}:
            owners[element] = entry if element not in owners else None
    for entry in entries.values():
        anchor = entry.anchors[0]
        alone = [element for element in (anchor, *_above(anchor)) if element is anchor or owners.get(element) is entry]
        entry.box = alone[-1]


def _above(element: HtmlElement) -> list[HtmlElement]:
    return [one for one in islice(element.iterancestors(), _HIGHEST) if one.tag not in ("body", "html")]


def _title(entry: _Entry) -> str | None:
    labels = [(anchor, text_of(anchor)) for anchor in entry.anchors]
    in_heading = [text for anchor, text in labels if text and _is_heading(anchor)]
    plain = [text for anchor, text in labels if len(text) >= 10 and not _is_summary(anchor)]
    hints = [hint for anchor in entry.anchors if len(hint := (anchor.get("title") or "").strip()) >= TITLE]
    pictures = (image for anchor in entry.anchors for image in anchor.iter("img"))
    alts = [alt for image in pictures if len(alt := image.get("alt") or "") >= TITLE]
    return next(iter(in_heading or plain or hints or alts), None)


def _is_heading(anchor: HtmlElement) -> bool:
    return any(one.tag in _HEADINGS for one in (*_above(anchor)[:2], *anchor.iterchildren()))


def _is_summary(element: HtmlElement) -> bool:
    return any(_SUMMARY.search(classes(one)) for one in (element, *_above(element)[:1]))


def _summary(entry: _Entry, title: str) -> str | None:
    """The named summary, else the first plain paragraph of the entry."""
    if entry.box is None:
        return None
    inside = [element for element in entry.box.iter("p", "div", "span", "a", "h4", "h5") if element is not entry.box]
    named = (text_of(element) for element in inside if _SUMMARY.search(classes(element)))
    plain = (text_of(element) for element in inside if element.tag == "p" and not _is_heading(element))
    texts = (text for texts in (named, plain) for text in texts)
    return next((text for text in texts if len(text) >= 30 and title not in text[: len(title) + 5]), None)


def _image(entry: _Entry, url: str) -> str | None:
    for image in entry.box.iter("img") if entry.box is not None else ():
        for name in _IMAGE_SOURCES:
            source = image.get(name) or ""
            if source and not source.startswith("data:"):
                return absolute(url, source)
    return None
