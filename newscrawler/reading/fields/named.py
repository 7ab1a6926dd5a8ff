"""What the places say that a layout names: lede, byline, dates, sections, tags."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from itertools import islice

from lxml.html import HtmlElement

from newscrawler.items import Claim, Dated
from newscrawler.reading.dates.published import parse_stamp
from newscrawler.reading.layout import Layout, Selectors
from newscrawler.reading.page.selectors import found_by, is_short, select, shown
from newscrawler.text import label_key, one_line

PATH = " > "
"""Between the sections of a path, the widest first."""
LONGEST = 2_000
"""Letters of a statement; what is longer is no field of an article."""
_MOST = 50
_HOME = frozenset(label_key(name) for name in ("Trang chủ", "Trang nhất", "Home", "Homepage", "Tin tức", "News"))
_NAME_LABEL = re.compile(r"^(?:tác giả(?: bài viết)?|người viết|author|by|bởi)(?:\s*[:\-–]\s*|\s+|$)", re.IGNORECASE)
_TAG_EDGES = " \t,;|#"


def named_claims(tree: HtmlElement, layout: Layout, fetched_at: datetime) -> tuple[Claim, ...]:
    """What a page says at the places of its layout, field by field; source `selector`, and the selector as place.

    A date that cannot be read is a claim without a value: nobody may take it, yet it is told.

    :raises UsageError: if the layout names a place by what is no selector.
    """
    if not any((layout.summary, layout.byline, layout.published, layout.modified, layout.category, layout.tags)):
        return ()
    return tuple(_claims(tree, layout, fetched_at))


def _claims(tree: HtmlElement, layout: Layout, fetched_at: datetime) -> Iterator[Claim]:
    if found := _first(tree, layout.summary):
        yield Claim(field="summary", value=found[1], source="selector", where=found[0])
    if found := _first(tree, layout.byline):
        name = _NAME_LABEL.sub("", found[1]).strip(" -–|:")
        yield Claim(field="byline", value=name, source="selector", where=found[0], raw=found[1])
    for field, selectors in (("published", layout.published), ("modified", layout.modified)):
        yield from _dates(tree, field, selectors, layout, fetched_at)
    if names := [name for name in _texts(tree, layout.category) if not is_home(name)]:
        path = PATH.join(dict.fromkeys(names))
        yield Claim(field="category", value=path, source="selector", where=_where(tree, layout.category))
    where = _where(tree, layout.tags)
    for tag in dict.fromkeys(text.strip(_TAG_EDGES) for text in _texts(tree, layout.tags)):
        if tag:
            yield Claim(field="tags", value=tag, source="selector", where=where)


def is_home(name: str) -> bool:
    """Whether a step of a path of sections is the front page, which every article stands under."""
    return label_key(name) in _HOME


def _first(tree: HtmlElement, selectors: Selectors) -> tuple[str, str] | None:
    """(selector, text) of the first place that has a text."""
    texts = ((selector, _text(element)) for selector, element in islice(found_by(tree, selectors), _MOST))
    return next(((selector, text) for selector, text in texts if text and len(text) <= LONGEST), None)


def _text(element: HtmlElement) -> str:
    if element.tag == "meta":
        return one_line(element.get("content") or "")
    return shown(element) if is_short(element, 10 * LONGEST) else ""


def _texts(tree: HtmlElement, selectors: Selectors) -> list[str]:
    return [text for element in select(tree, selectors)[:_MOST] if 0 < len(text := _text(element)) <= LONGEST]


def _where(tree: HtmlElement, selectors: Selectors) -> str:
    return next((selector for selector, _element in found_by(tree, selectors)), "")


def _dates(
    tree: HtmlElement, field: str, selectors: Selectors, layout: Layout, fetched_at: datetime
) -> Iterator[Claim]:
    """The first place that holds a date; else the first that holds a text, as a date that is not known."""
    unread: Claim | None = None
    for selector, element in islice(found_by(tree, selectors), _MOST):
        said = [text for text in _stated(element) if 0 < len(text) <= LONGEST]
        stamps = (parse_stamp(text, fetched_at=fetched_at, zone=layout.zone, source="page") for text in said)
        if stamp := _finest([stamp for stamp in stamps if stamp]):
            yield Claim(
                field=field,
                value=stamp.value,
                source="selector",
                where=selector,
                raw=stamp.raw,
                precision=stamp.precision,
            )
            return
        if said and unread is None:
            unread = Claim(field=field, value="", source="selector", where=selector, raw=said[0])
    if unread is not None:
        yield unread


def _stated(element: HtmlElement) -> list[str]:
    """What is seen, and what attributes say for machines."""
    return [_text(element), *(one_line(element.get(name) or "") for name in ("datetime", "content", "title"))]


def _finest(stamps: list[Dated]) -> Dated | None:
    """The first, or one behind it that knows the time of the same day."""
    timed = (one for one in stamps if one.precision == "minute" and one.value.startswith(stamps[0].value))
    return next(timed, stamps[0]) if stamps else None
