"""The article's element cut out of the page: clutter dropped, captions named, markup reduced to plain elements."""

from __future__ import annotations

import re
from collections.abc import Iterable
from copy import deepcopy

from lxml.etree import strip_attributes, strip_tags
from lxml.html import HtmlElement

from newscrawler.reading.body.players import settle_players
from newscrawler.reading.generic.asides import is_button, is_promotion
from newscrawler.reading.generic.captions import is_caption, name_captions
from newscrawler.reading.generic.clutter import is_box_of_others, is_clutter, leads_elsewhere, link_share
from newscrawler.reading.generic.shown_pictures import show_lazy_pictures, source_of
from newscrawler.reading.generic.stamp_lines import is_stamp_line
from newscrawler.reading.generic.whereabouts import Place
from newscrawler.reading.page.labels import MAX_LABEL, label_kind
from newscrawler.reading.page.lines import BLOCK_TAGS, is_leaf, text_of

_KEPT = frozenset(
    "p h2 h3 h4 ul ol li blockquote table tr td th figure figcaption img "
    "strong b em i u a br sub sup pre iframe video audio embed".split()
)
_RENAMED = {"h1": "h2", "h5": "h4", "h6": "h4", "dd": "p", "dt": "p", "center": "p", "header": "div", "caption": "p"}
_ATTRIBUTES = frozenset(("href", "src", "alt", "align", "style", "colspan", "rowspan", "cite", "start"))
_ALIGN = re.compile(r"text-align\s*:\s*[a-z]+", re.IGNORECASE)
_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_SHORT = 60
_TOO_LONG = 4 * MAX_LABEL
"""Letters, blanks and all, behind which no label ends."""
_WORDS_ON_A_FORM = 200
_PROSE = 100
"""Letters from which a line is a paragraph: what is written like a date before the first is the article's own."""
_GONE = "newscrawler-gone"
_SMALL_PART = 0.25
"""So much of what was found may be a mistake in one box."""


def cut_out(place: Place, ledes: list[HtmlElement], url: str, elsewhere: set[HtmlElement]) -> HtmlElement:
    """A cleaned copy of the article's element; the page's tree stays as it is.

    :param ledes: elements of the lede; one that stands inside becomes a paragraph.
    :param elsewhere: elements that show other articles.
    """
    body = deepcopy(place.element)
    body.tail = None
    twins = dict(zip(place.element.iter(), body.iter(), strict=True))
    found = {twins[block] for block in place.blocks}
    for one in elsewhere:
        if one in twins and one is not place.element:
            _drop(twins[one])
    for lede in ledes:
        if lede in twins and twins[lede] is not body:
            twins[lede].tag = "p"
            found.add(twins[lede])
    _open_layout_table(body)
    show_lazy_pictures(body)
    settle_players(body)
    _drop_clutter(body, found)
    _drop_labelled(body)
    _drop_lines(body, found, twins[place.first], set(twins[place.core].iter()), url)
    _drop_last_headings(body)
    name_captions(body)
    _simplify(body)
    return body


def _drop(element: HtmlElement) -> None:
    if element.getparent() is not None:
        element.drop_tree()


def _open_layout_table(body: HtmlElement) -> None:
    """Where the article's element is a table, its own rows and cells are no rows and cells of data."""
    if body.tag in ("table", "tbody", "tr"):
        for part in list(body.iter("table", "tbody", "tr", "td")):
            if part is body or all(one.tag != "table" or one is body for one in part.iterancestors()):
                part.tag = "div"


def _drop_clutter(body: HtmlElement, found: set[HtmlElement]) -> None:
    """Go: what a name calls clutter, unless text was found in it; a small box of a plain name goes anyway."""
    for box in _boxes_of_forms(body):
        _drop(box)
    for element in list(body.iterdescendants()):
        if not isinstance(element.tag, str) or not is_clutter(element):
            continue
        inside = [one for one in element.iter() if one in found]
        if not inside or (is_box_of_others(element) and _letters(inside) <= _SMALL_PART * _letters(found)):
            _drop(element)


def _letters(elements: Iterable[HtmlElement]) -> int:
    return sum(len(text_of(one)) for one in elements)


def _boxes_of_forms(body: HtmlElement) -> list[HtmlElement]:
    """Boxes that hold a form to fill in and a few words on it, as for a newsletter."""
    boxes = []
    for form in body.iter("form"):
        box = form.getparent()
        if box is None or box is body or form.find(".//input") is None:
            continue
        if 0 < len(text_of(box)) - len(text_of(form)) <= _WORDS_ON_A_FORM:
            boxes.append(box)
    return boxes


def _drop_labelled(body: HtmlElement) -> None:
    """A label such as `Tin liên quan` goes with the links that follow it, `Bình luận` with all that follows."""
    for element in list(body.iterdescendants("p", "div", "h2", "h3", "h4", "h5", "strong", "b", "span", "td")):
        if len(element.text or "") > _TOO_LONG or element.getparent() is None:
            continue
        if any(inside.tag in BLOCK_TAGS for inside in element.iterdescendants()):
            continue
        text = text_of(element)
        kind = label_kind(text) if 0 < len(text) <= MAX_LABEL else None
        if kind in ("related", "hot", "newest", "comments"):
            box = element
            while (parent := box.getparent()) is not None and parent is not body and text_of(parent) == text:
                box = parent
            for follower in list(box.itersiblings()):
                if (
                    kind != "comments"
                    and text_of(follower)
                    and link_share(follower) < 0.5
                    and not _lists_links(follower)
                ):
                    break
                follower.tail = None
                _drop(follower)
            box.tail = None
            _drop(box)


def _lists_links(element: HtmlElement) -> bool:
    """Whether each entry of a list has a link of its own, whatever else it says."""
    entries = list(element) if element.tag in ("ul", "ol") else []
    return bool(entries) and all(entry.find(".//a[@href]") is not None for entry in entries)


def _drop_lines(
    body: HtmlElement, found: set[HtmlElement], first: HtmlElement, core: set[HtmlElement], url: str
) -> None:
    """Go: short lines before the first paragraph, dates, buttons, lines that only lead to other articles.

    Outside the core, all that was not found goes.
    """
    # Where the first paragraph found is short itself, those of its look before it are none the less.
    look = (first.getparent(), first.tag, first.get("class")) if len(text_of(first)) < _SHORT else None
    begun, in_prose = first is body, False
    around = dict[HtmlElement, None]()
    for element in list(body.iterdescendants()):
        begun = begun or element is first or (element.getparent(), element.tag, element.get("class")) == look
        if not is_leaf(element):
            continue
        text = text_of(element)
        if not text:
            continue
        in_prose = in_prose or len(text) >= _PROSE
        if is_button(text) or (is_promotion(text) and element.find(".//a") is not None):
            if (parent := element.getparent()) is not None and parent is not body:
                around[parent] = None
            _drop_text(element)
        elif not in_prose and is_stamp_line(text):
            _drop_text(element)
        elif element not in found:
            kept = element.tag in ("h2", "h3", "h4", "figcaption", "td") or is_caption(element)
            doubtful = (not begun and len(text) < _SHORT and not kept) or (
                element not in core and not is_caption(element)
            )
            if doubtful or element.tag == "h1" or is_stamp_line(text) or leads_elsewhere(element, url):
                _drop_text(element)
    for box in around:
        if is_leaf(box) and is_button(text_of(box)):
            _drop_text(box)


def _drop_last_headings(body: HtmlElement) -> None:
    """A heading with nothing behind it headed something that is gone."""
    for element in reversed(list(body.iterdescendants())):
        if element.tag in ("h2", "h3", "h4", "h5", "h6"):
            _drop(element)
        elif element.tag == "img" or (is_leaf(element) and text_of(element)):
            return


def _drop_text(element: HtmlElement) -> None:
    """Drop a line, but not the pictures that stand in it unlinked."""
    for picture in reversed([image for image in element.iter("img") if link_share(element) < 0.9]):
        element.addnext(picture)
    _drop(element)


def _simplify(body: HtmlElement) -> None:
    for element in list(body.iterdescendants()):
        if element.getparent() is None or not isinstance(element.tag, str):
            continue
        # lxml reads names from garbage that it refuses to write, even in their own place.
        if element.tag in _RENAMED:
            element.tag = _RENAMED[element.tag]
        if element.tag == "img":
            _simplify_picture(element)
        elif element.tag not in _KEPT:
            _reduce(element)
        style = _ALIGN.search(element.get("style", ""))
        _keep_known_attributes(element)
        if "style" in element.attrib:
            if style:
                element.set("style", style[0])
            else:
                del element.attrib["style"]
    strip_tags(body, _GONE)  # at once: lxml's drop_tag takes a time that grows with the square of an element's children
    strip_attributes(body, *(name for name in body.attrib if name in _ATTRIBUTES))
    body.attrib.clear()


def _keep_known_attributes(element: HtmlElement) -> None:
    """Cleared, not deleted one by one: lxml reads names from garbage that it cannot find again."""
    if not _ATTRIBUTES.issuperset(element.attrib):
        kept = [(name, value) for name, value in element.attrib.items() if name in _ATTRIBUTES]
        element.attrib.clear()
        element.attrib.update(kept)


def _reduce(element: HtmlElement) -> None:
    """An unknown block with text of its own is a paragraph, bold text is strong, other wrappings go."""
    if element.tag in BLOCK_TAGS and is_leaf(element) and text_of(element):
        element.tag = "p"
    elif element.tag == "span" and _BOLD.search(element.get("style", "")):
        element.tag = "strong"
    else:
        element.tag = _GONE


def _simplify_picture(image: HtmlElement) -> None:
    if source := source_of(image):
        image.set("src", source)
    else:
        _drop(image)
