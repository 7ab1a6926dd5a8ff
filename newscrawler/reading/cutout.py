"""The article's element cut out of the page: clutter dropped, captions named, markup reduced to plain elements."""

from __future__ import annotations

import re
from copy import deepcopy

from lxml.etree import strip_attributes, strip_tags
from lxml.html import HtmlElement

from newscrawler.reading.asides import is_button, is_promotion
from newscrawler.reading.clutter import is_box_of_others, is_clutter, leads_elsewhere, link_share
from newscrawler.reading.labels import MAX_LABEL, label_kind
from newscrawler.reading.lines import BLOCK_TAGS, classes, text_of
from newscrawler.reading.players import settle_players
from newscrawler.reading.visible import is_stamp_line
from newscrawler.reading.whereabouts import Place

_CAPTION = re.compile(r"caption|chu-?thich|imgdesc|image-?desc|photo-?desc", re.IGNORECASE)
_CAPTION_TAGS = BLOCK_TAGS - {"table", "tr", "td", "th", "figure", "ul", "ol", "li"}
_PLACEHOLDER = "chú thích ảnh"
_KEPT = frozenset(
    "p h2 h3 h4 ul ol li blockquote table tr td th figure figcaption img "
    "strong b em i u a br sub sup pre iframe video audio embed".split()
)
_RENAMED = {"h1": "h2", "h5": "h4", "h6": "h4", "dd": "p", "dt": "p", "center": "p", "header": "div", "caption": "p"}
_ATTRIBUTES = frozenset(("href", "src", "alt", "align", "style", "colspan", "rowspan", "cite", "start"))
_SOURCES = ("data-src", "data-original", "data-lazy-src", "src")
_ALIGN = re.compile(r"text-align\s*:\s*[a-z]+", re.IGNORECASE)
_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_NO_PICTURE = re.compile(
    r"(?:^|[/_-])(?:avatar|logo|emoji|sprite|icons?|blank|pixel|spacer|loading)(?=[._\d-])[^/]*\.(?:gif|png|svg|jpe?g)",
    re.IGNORECASE,
)
_SHORT = 60
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
    _show_lazy_pictures(body)
    settle_players(body)
    _drop_clutter(body, found)
    _drop_labelled(body)
    _drop_lines(body, found, twins[place.first], set(twins[place.core].iter()), url)
    _drop_last_headings(body)
    _name_captions(body)
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


def _show_lazy_pictures(body: HtmlElement) -> None:
    """A picture that stands in `noscript` only, because a script would load it, is shown."""
    for quiet in list(body.iter("noscript")):
        parent = quiet.getparent()
        if parent is not None and quiet.find(".//img") is not None:
            if any(_source(image) for image in parent.iter("img") if quiet not in image.iterancestors()):
                _drop(quiet)
            else:
                quiet.drop_tag()


def _drop_clutter(body: HtmlElement, found: set[HtmlElement]) -> None:
    """Go: what a name calls clutter, unless text was found in it; a small box of a plain name goes anyway."""
    most = _SMALL_PART * sum(len(text_of(one)) for one in found)
    for element in list(body.iterdescendants()):
        if not isinstance(element.tag, str) or not is_clutter(element):
            continue
        inside = [one for one in element.iter() if one in found]
        if not inside or (is_box_of_others(element) and sum(len(text_of(one)) for one in inside) <= most):
            _drop(element)


def _drop_labelled(body: HtmlElement) -> None:
    """A label such as `Tin liên quan` goes with the links that follow it, `Bình luận` with all that follows."""
    for element in list(body.iterdescendants("p", "div", "h2", "h3", "h4", "h5", "strong", "b", "span", "td")):
        if element.getparent() is None or any(inside.tag in BLOCK_TAGS for inside in element.iterdescendants()):
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
    begun = first is body
    for element in list(body.iterdescendants()):
        begun = begun or element is first
        if not _is_leaf(element):
            continue
        text = text_of(element)
        if not text:
            continue
        if is_button(text) or (is_promotion(text) and element.find(".//a") is not None):
            _drop_text(element)
        elif element not in found:
            kept = element.tag in ("h2", "h3", "h4", "figcaption", "td") or _is_caption(element)
            doubtful = (not begun and len(text) < _SHORT and not kept) or (
                element not in core and not _is_caption(element)
            )
            if doubtful or element.tag == "h1" or is_stamp_line(text) or leads_elsewhere(element, url):
                _drop_text(element)


def _drop_last_headings(body: HtmlElement) -> None:
    """A heading with nothing behind it headed something that is gone."""
    for element in reversed(list(body.iterdescendants())):
        if element.tag in ("h2", "h3", "h4", "h5", "h6"):
            _drop(element)
        elif element.tag == "img" or (_is_leaf(element) and text_of(element)):
            return


def _drop_text(element: HtmlElement) -> None:
    """Drop a line, but not the pictures that stand in it unlinked."""
    for picture in reversed([image for image in element.iter("img") if link_share(element) < 0.9]):
        element.addnext(picture)
    _drop(element)


def _is_leaf(element: HtmlElement) -> bool:
    return element.tag in BLOCK_TAGS and not any(inside.tag in BLOCK_TAGS for inside in element.iterdescendants())


def _is_caption(element: HtmlElement) -> bool:
    marks = f"{classes(element)} {element.get('data-placeholder', '')}"
    return _CAPTION.search(marks) is not None or _PLACEHOLDER in marks


def _name_captions(body: HtmlElement) -> None:
    for element in list(body.iterdescendants()):
        if element.tag in _CAPTION_TAGS and _is_caption(element) and element.find(".//img") is None:
            inside = any(one.tag == "figcaption" for one in element.iterancestors())
            element.tag = "p" if inside else "figcaption"
    for caption in list(body.iter("figcaption")):
        shown = any(_source(image) for image in _figure(caption, body).iter("img"))
        if not shown or not text_of(caption):
            _drop(caption)


def _figure(caption: HtmlElement, body: HtmlElement) -> HtmlElement:
    """What a caption speaks of: the nearest box that holds more than the caption."""
    box = caption
    while (parent := box.getparent()) is not None and parent is not body and box.tag != "figure":
        box = parent
        if box.find(".//img") is not None:
            return box
    return parent if parent is not None and box.tag != "figure" else box


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
    if element.tag in BLOCK_TAGS and _is_leaf(element) and text_of(element):
        element.tag = "p"
    elif element.tag == "span" and _BOLD.search(element.get("style", "")):
        element.tag = "strong"
    else:
        element.tag = _GONE


def _source(image: HtmlElement) -> str | None:
    for name in _SOURCES:
        source = (image.get(name) or "").strip()
        if source and not source.startswith("data:"):
            return None if _NO_PICTURE.search(source) else source
    return None


def _simplify_picture(image: HtmlElement) -> None:
    if source := _source(image):
        image.set("src", source)
    else:
        _drop(image)
