"""The parts of a page of an unknown site that show other articles, or readers' comments, whatever their classes say.

Told by two things: teasers of one shape side by side, each with a headline of its own that leads elsewhere; and boxes
that begin with a label such as `Tin liên quan` or `Most read`. Without them a short article is found between long
teasers.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import islice

from lxml.html import HtmlElement

from newscrawler.reading.generic.clutter import link_share
from newscrawler.reading.generic.stamp_lines import is_stamp_line
from newscrawler.reading.page.foreign_addresses import leads_to_article, registrable
from newscrawler.reading.page.labels import MAX_LABEL, LabelKind, label_kind
from newscrawler.reading.page.lines import Line, first_lines, text_of, up
from newscrawler.urls import absolute, bare_host

_FEWEST = 3
"""So many teasers of one shape side by side are a list."""
_LONGEST = 700
"""Letters of the longest teaser; what is longer is an article that links to one other."""
_TITLE = 15
_BESIDE = 25
"""Letters that may stand beside a headline's link: a date, a mark."""
_NEAR = 5
_MOST_LINKS = 3_000
_HIGHEST = 8
_SHORT = 60
_PROSE = 150
_FRAMES = frozenset({"html", "body", "main", "form"})
_KINDS: frozenset[LabelKind] = frozenset({"related", "hot", "newest", "comments"})
_MOST_LABELS = 30
_MOST_ENTRIES, _WORDS_OF_A_NAME = 20, 6
_MOST_BEFORE = 500
"""Siblings that are looked at before a label; no page puts so many empty ones there."""


def other_articles(tree: HtmlElement, page: list[Line], url: str) -> set[HtmlElement]:
    """The highest elements of the tree that show no text of the page's own article.

    :param page: the page's lines.
    """
    found = _teasers(page, url)
    headlines = _headlines(tree, page)
    for line, kind, behind_prose in _labels(page):
        if not any(one in found for one in (line.block, *line.block.iterancestors())):
            if kind != "comments":
                found.update(_labelled(line, headlines, found))
            elif behind_prose:
                found.update(_commented(line, headlines))
    return {one for one in found if not any(above in found for above in one.iterancestors())}


def _labels(page: list[Line]) -> list[tuple[Line, LabelKind, bool]]:
    """Lines that are labels, with whether prose stands before them: a long paragraph, or some of the usual length."""
    found: list[tuple[Line, LabelKind, bool]] = []
    letters = 0
    for line in page:
        letters += len(line.text) if len(line.text) > _SHORT else 0
        letters += 2 * _PROSE if len(line.text) > _PROSE else 0
        kind = label_kind(line.text) if len(line.text) <= MAX_LABEL else None
        if kind in _KINDS and len(found) < _MOST_LABELS:
            found.append((line, kind, letters >= 2 * _PROSE))
    return found


def _headlines(tree: HtmlElement, page: list[Line]) -> set[HtmlElement]:
    """All elements that hold the headline."""
    said = {meta.get("content", "").strip() for meta in tree.iter("meta") if meta.get("property") == "og:title"} - {""}
    blocks = [line.block for line in page if line.text in said or line.block.tag == "h1"]
    return {one for block in blocks for one in (block, *block.iterancestors())}


def _teasers(page: list[Line], url: str) -> set[HtmlElement]:
    """Elements of one shape side by side, each of which leads to one article under a headline of its own."""
    links = _titles(page, url)
    owners: dict[HtmlElement, str | None] = {}
    for link, address in links:
        for above in (link, *islice(link.iterancestors(), _HIGHEST)):
            owners[above] = address if owners.get(above, address) == address else None
    rows: dict[tuple[HtmlElement, str, str], set[HtmlElement]] = defaultdict(set)
    for link, address in links:
        unit = link
        while (above := unit.getparent()) is not None and owners.get(above) == address and above.tag not in _FRAMES:
            unit = above
        if (parent := unit.getparent()) is not None:
            rows[parent, unit.tag, unit.get("class", "")].add(unit)
    rows = {key: row for key, row in rows.items() if len(row) >= _FEWEST}
    return {unit for row in rows.values() for unit in row if len(text_of(unit)) <= _LONGEST}


def _titles(page: list[Line], url: str) -> list[tuple[HtmlElement, str]]:
    """Links to other articles that are a line by themselves, with their addresses; links within sentences are none."""
    found: list[tuple[HtmlElement, str]] = []
    site = registrable(bare_host(url))
    addresses: dict[str, str | None] = {}
    for line in page:
        if not _TITLE <= len(line.text) <= _LONGEST or len(found) >= _MOST_LINKS:
            continue
        link = _link_of(line)
        href = "" if link is None else (link.get("href") or "").partition("#")[0]
        if link is None or not href:
            continue
        if href not in addresses:
            addresses[href] = absolute(url, href)
        address = addresses[href]
        if address and leads_to_article(address, site, line.text):
            found.append((link, address))
    return found


def _link_of(line: Line) -> HtmlElement | None:
    """The link in which all of a line stands, but for a few letters."""
    link = next((found for one in line.elements if (found := _above(one, "a")) is not None), None)
    if link is None or len(line.elements) == 1:
        return link
    outside = sum(len(one.text or "") for one in line.elements if one is not link and _above(one, "a") is not link)
    tail = len((link.tail or "").strip())
    return link if outside + tail <= _BESIDE else None


def _above(element: HtmlElement, tag: str) -> HtmlElement | None:
    """The nearest element of a tag at or a little above an element."""
    return next((one for one in up(element, _NEAR) if one.tag == tag), None)


def _labelled(line: Line, headlines: set[HtmlElement], teasers: set[HtmlElement]) -> list[HtmlElement]:
    """The box that begins with a label of other articles, or the label with the entries behind it."""
    label = _whole(line)
    box = label
    while (parent := box.getparent()) is not None and parent.tag not in _FRAMES and parent not in headlines:
        if _has_text_before(box) or not all(_is_entry(one, teasers) for one in box.itersiblings()):
            break
        box = parent
    if box is not label:
        return [box]
    found = [label]
    for follower in label.itersiblings():
        if not _is_entry(follower, teasers):
            break
        found.append(follower)
    return found if any(one.find(".//a") is not None or one.tag == "a" for one in found) else []


def _commented(line: Line, headlines: set[HtmlElement]) -> list[HtmlElement]:
    """The box that begins with a label of comments, or the label with all behind it, unless that goes on as before."""
    label = _whole(line)
    box = label
    while (parent := box.getparent()) is not None and parent.tag not in _FRAMES and parent not in headlines:
        if _has_text_before(box):
            break
        box = parent
    if box is not label:
        return [box]
    before = {(one.tag, one.get("class")) for one in label.itersiblings(preceding=True) if len(text_of(one)) > _SHORT}
    behind = list(label.itersiblings())
    prose = [one for one in behind if len(text_of(one)) > _SHORT and not _is_said(one)]
    return [] if any((one.tag, one.get("class")) in before for one in prose) else [label, *behind]


def _is_said(element: HtmlElement) -> bool:
    """Whether an element, or most of what stands in it, begins with a name and a date, as readers' comments do."""
    begins = [first_lines(one, 1) for one in (element, *islice(element, _MOST_ENTRIES))]
    told = [bool(found) and is_stamp_line(found[0].text, _WORDS_OF_A_NAME) for found in begins]
    return told[0] or 2 * sum(told[1:]) > len(told) - 1


def _whole(line: Line) -> HtmlElement:
    """The largest element that says no more than a line."""
    element = line.block
    while (parent := element.getparent()) is not None and parent.tag not in _FRAMES and text_of(parent) == line.text:
        element = parent
    return element


def _has_text_before(element: HtmlElement) -> bool:
    parent = element.getparent()
    if parent is not None and (parent.text or "").strip():
        return True
    before = enumerate(element.itersiblings(preceding=True))
    return any(i >= _MOST_BEFORE or (one.tail or "").strip() or text_of(one) for i, one in before)


def _is_entry(element: HtmlElement, teasers: set[HtmlElement]) -> bool:
    """Whether what follows a label shows other articles, or nothing worth reading."""
    if (element.tail or "").strip() and len((element.tail or "").strip()) > _SHORT:
        return False
    if not isinstance(element.tag, str):
        return True
    text = text_of(element)
    if not text or element in teasers or label_kind(text) in _KINDS:
        return True
    if link_share(element) >= 0.5:
        return True
    inside = [one for one in element.iterdescendants() if one in teasers]
    rest = len(text) - sum(len(text_of(one)) for one in inside)
    return bool(inside) and rest <= _SHORT
