"""What a page of any site shows around its body, told by how it looks: date, author, lede, path of sections, tags."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from html import unescape
from itertools import islice

from lxml.etree import XPath
from lxml.html import HtmlElement

from newscrawler.items import Claim, Dated
from newscrawler.reading.fields.named import PATH, is_home
from newscrawler.reading.generic.clutter import is_menu
from newscrawler.reading.generic.marked_lede import marked_ledes
from newscrawler.reading.generic.visible import VisibleDates, visible_dates
from newscrawler.reading.generic.visible_author import visible_byline
from newscrawler.reading.page.lines import classes, squeeze
from newscrawler.reading.page.selectors import is_short, matching, place_name, shown
from newscrawler.text import same_words

BESIDE = "beside the headline"
_CRUMBS = XPath(
    "descendant::*[self::ul or self::ol or self::div or self::nav or self::p or self::section]"
    "[contains(@class,'readcrumb') or contains(@class,'read-crumb') or contains(@id,'readcrumb')]"
)
_TAG_LINKS = XPath("descendant::a[contains(concat(' ',@rel,' '),' tag ')]")
_CLOUD = re.compile(r"cloud|widget|sidebar|aside", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_BEGINNING = 20_000
_LONGEST_STEP = 60
_MOST = 20


def found_claims(
    tree: HtmlElement, main: str, title: str, fetched_at: datetime, known: frozenset[str], url: str = ""
) -> Iterator[Claim]:
    """What the page shows, source `heuristic`.

    :param main: HTML of the body.
    :param known: fields whose place the layout has told; they are not looked for.
    """
    if "published" not in known:
        yield from dated_claims(visible_dates(tree, fetched_at, url), BESIDE, known)
    if "byline" not in known and (name := visible_byline(tree)):
        yield Claim(field="byline", value=name, source="heuristic", where=BESIDE)
    if "summary" not in known:
        yield from _lede(tree, main)
    if "category" not in known:
        yield from _path(tree, title)
    if "tags" not in known:
        yield from _tags(tree)


def dated_claims(shown: VisibleDates, where: str, known: frozenset[str] = frozenset()) -> Iterator[Claim]:
    """The dates that the page shows, as claims on `published` and `modified`, unless that is known."""
    for field, stamp in zip(VisibleDates._fields, shown, strict=True):
        if stamp is not None and field not in known:
            yield _dated(field, stamp, where)


def _dated(field: str, stamp: Dated, where: str) -> Claim:
    return Claim(
        field=field, value=stamp.value, source="heuristic", where=where, raw=stamp.raw, precision=stamp.precision
    )


def _lede(tree: HtmlElement, main: str) -> Iterator[Claim]:
    """What a class marks as the lede, where the body begins with it."""
    beginning = squeeze(unescape(_TAG.sub("", main[:_BEGINNING])))
    for element, text in marked_ledes(tree):
        if beginning.startswith(squeeze(text)[:200]):
            yield Claim(field="summary", value=text, source="heuristic", where=place_name(element))
            return


def _path(tree: HtmlElement, title: str) -> Iterator[Claim]:
    """The links of the first breadcrumb that has any, without the front page and the article itself."""
    for element in matching(_CRUMBS, tree, _MOST):
        names = [shown(link) for link in islice(element.iter("a"), _MOST) if is_short(link, 500)]
        steps = [name for name in names if name and not is_home(name) and not same_words(name, title)]
        if steps and max(map(len, steps)) <= _LONGEST_STEP:
            path = PATH.join(dict.fromkeys(steps))
            yield Claim(field="category", value=path, source="heuristic", where=place_name(element))
            return


def _tags(tree: HtmlElement) -> Iterator[Claim]:
    """Links that say of themselves that they lead to a tag, outside clouds of all tags."""
    for link in matching(_TAG_LINKS, tree, 2 * _MOST):
        around = [link, *link.iterancestors()]
        if not any(_CLOUD.search(classes(one)) or is_menu(one) for one in around[:6]) and is_short(link, 500):
            yield Claim(field="tags", value=shown(link).strip(" #"), source="heuristic", where="a rel=tag")
