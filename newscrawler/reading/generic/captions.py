"""Captions in the copy of an article's element: by what they are called, and by where they stand."""

from __future__ import annotations

import re
from itertools import takewhile

from lxml.html import HtmlElement

from newscrawler.reading.body.figures import MAX_CAPTION, MAX_PLAIN_CAPTION, credit_of
from newscrawler.reading.generic.shown_pictures import source_of
from newscrawler.reading.page.lines import BLOCK_TAGS, classes, is_leaf, text_of

_CAPTION = re.compile(r"caption|chu-?thich|imgdesc|image-?desc|photo-?desc", re.IGNORECASE)
_CAPTION_TAGS = BLOCK_TAGS - {"table", "tr", "td", "th", "figure", "ul", "ol", "li"}
_BOXES = frozenset({"div", "figure", "center", "section", "td", "li", "aside"})
_PROSE = 100
_PLACEHOLDER = "chú thích ảnh"


def name_captions(body: HtmlElement) -> None:
    """Captions become `figcaption`; those without a picture that is shown go."""
    for image in list(body.iter("img")):
        if (line := _only_line_beside(image, body)) is not None and _reads_as_caption(line, image):
            line.tag = "figcaption"
    for element in list(body.iterdescendants()):
        if element.tag in _CAPTION_TAGS and is_caption(element) and element.find(".//img") is None:
            inside = any(one.tag == "figcaption" for one in element.iterancestors())
            element.tag = "p" if inside else "figcaption"
    for caption in list(body.iter("figcaption")):
        shown = any(source_of(image) for image in _figure(caption, body).iter("img"))
        if (not shown or not text_of(caption)) and caption.getparent() is not None:
            caption.drop_tree()


def is_caption(element: HtmlElement) -> bool:
    """Whether an element is called a caption."""
    if element.tag == "figcaption":
        return True
    marks = f"{classes(element)} {element.get('data-placeholder', '')}"
    return _CAPTION.search(marks) is not None or _PLACEHOLDER in marks


def _only_line_beside(image: HtmlElement, body: HtmlElement) -> HtmlElement | None:
    """The one line of the smallest box around a picture that has text: in a box of its own, and no paragraph of it."""
    box = image
    while (parent := box.getparent()) is not None and parent is not body and not text_of(box):
        box = parent
    lines = [one for one in box.iterdescendants() if is_leaf(one) and text_of(one)]
    if len(lines) != 1 or box.tag not in _BOXES or text_of(box) != text_of(lines[0]):
        return None
    line = lines[0]
    inside = takewhile(lambda above: above is not box, line.iterancestors())
    named = any(map(is_caption, (line, *inside))) or image in line.iterdescendants()
    return None if named or line.tag not in _CAPTION_TAGS else line


def _reads_as_caption(line: HtmlElement, image: HtmlElement) -> bool:
    """Whether a line credits its picture, or is short where the article's paragraphs stand outside such boxes."""
    text = text_of(line)
    if len(text) > MAX_CAPTION or line.tag in ("h2", "h3", "h4"):
        return False
    box = next(one for one in image.iterancestors() if line in one.iterdescendants())
    beside = box.itersiblings(preceding=True), box.itersiblings()
    longer = max(_PROSE, 2 * len(text))
    boxed = not any(is_leaf(one) and len(text_of(one)) >= longer for others in beside for one in others)
    return credit_of(text) is not None or (len(text) <= MAX_PLAIN_CAPTION and not boxed)


def _figure(caption: HtmlElement, body: HtmlElement) -> HtmlElement:
    """What a caption speaks of: the nearest box that holds more than the caption."""
    box = caption
    while (parent := box.getparent()) is not None and parent is not body and box.tag != "figure":
        box = parent
        if box.find(".//img") is not None:
            return box
    return parent if parent is not None and box.tag != "figure" else box
