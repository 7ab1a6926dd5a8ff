"""Who says what the article's text is: trafilatura, quick or thorough, checked against the largest run of prose.

Quick is right on most pages at half the cost; where it misses most of the page's largest run of prose, it is asked
to look twice; where it still does, that run is the text.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING

from lxml.html import HtmlElement

from newscrawler.reading.generic.clutter import is_menu, link_share
from newscrawler.reading.page.lines import Line, squeeze, text_of

if TYPE_CHECKING:
    from trafilatura.settings import Extractor

MOST_FOR_FALLBACK = 4_000
"""Elements of a page up to which trafilatura may look twice; the largest real page seen has 3,246 tags."""
_PROSE = 80
"""From so many letters on, a line is prose."""
_NOTHING_ELSE = 1.1
"""Letters of a box for each letter of its prose, where it holds nothing else: no names, no titles."""
_SENTENCE = 40
_ENDS = (".", "!", "?", "…", "”", '"', ".)")
_MOST_COMPARED = 200
_ENOUGH = 0.6
"""Share of the largest run of prose that a witness must have seen."""
_WEIGHTY = 400
"""Letters of a run that counts against trafilatura."""
_LEAST = 200
"""The same where trafilatura finds nothing, as on a page that is nothing but text."""


def article_texts(tree: HtmlElement, url: str, page: list[Line]) -> list[str]:
    """Texts of the article's blocks; nothing where there is no article.

    :param tree: the page without what shows other articles.
    :param page: the lines of that page.
    """
    run = _largest_run(page)
    found = _ask(tree, url, quick=True)
    if _covers(found, run) >= _ENOUGH:
        return found
    # Its fallback takes a time that grows with the square of the page: 56 s for 12,000 elements.
    if sum(1 for _element in tree.iter()) <= MOST_FOR_FALLBACK:
        found = max(found, _ask(tree, url, quick=False), key=lambda texts: (_covers(texts, run), _letters(texts)))
    missed = _covers(found, run) < 1 - _ENOUGH and _letters(run) >= max(_WEIGHTY if found else _LEAST, _letters(found))
    return run if missed else found


def _letters(texts: list[str]) -> int:
    return sum(map(len, texts))


def _largest_run(page: Iterable[Line]) -> list[str]:
    """The prose that stands in one element, or in boxes of one shape side by side, where there is most of it."""
    page = list(page)
    runs = _runs(page)
    sentences = _letters_of_sentences(page)
    beside: dict[tuple[HtmlElement | None, str, str], list[str]] = defaultdict(list)
    for place, texts in runs.items():
        box = _only_around(place)
        if len(text_of(place)) <= _NOTHING_ELSE * sentences[place]:
            beside[box.getparent(), box.tag, box.get("class", "")] += texts
    return max(*runs.values(), *beside.values(), [], [], key=_letters)


def _runs(page: Iterable[Line]) -> dict[HtmlElement, list[str]]:
    """The prose of each element that holds some, menus and frames left out."""
    runs: dict[HtmlElement, list[str]] = defaultdict(list)
    menus: dict[HtmlElement, bool] = {}
    framed: dict[HtmlElement, bool] = {}
    linked: dict[HtmlElement, float] = {}
    for line in page:
        if len(line.text) < _PROSE:
            continue
        if line.block not in linked:
            linked[line.block] = link_share(line.block)
        if linked[line.block] < 0.5:
            place = _place(line)
            if place not in framed:
                framed[place] = _in_menu(place, menus)
            if not framed[place]:
                runs[place].append(line.text)
    return runs


def _in_menu(place: HtmlElement, menus: dict[HtmlElement, bool]) -> bool:
    """Whether a place or what it stands in is a menu; what is known of each is kept."""
    for one in (place, *place.iterancestors()):
        if one not in menus:
            menus[one] = is_menu(one)
        if menus[one]:
            return True
    return False


def _letters_of_sentences(page: Iterable[Line]) -> Counter[HtmlElement]:
    """Letters of each element's lines that are long enough for a sentence, or end like one."""
    found: Counter[HtmlElement] = Counter()
    for line in page:
        if len(line.text) >= _SENTENCE or line.text.endswith(_ENDS):
            found[_place(line)] += len(line.text)
    return found


def _place(line: Line) -> HtmlElement:
    """The element that holds a line's paragraph and those beside it."""
    parent = line.block.getparent()
    return parent if line.block.tag in ("p", "div") and parent is not None else line.block


def _only_around(place: HtmlElement) -> HtmlElement:
    """The outermost element that holds nothing but this one."""
    while (parent := place.getparent()) is not None and len(parent) == 1 and not (parent.text or "").strip():
        place = parent
    return place


def _covers(found: list[str], run: list[str]) -> float:
    """Which part of a run's letters was found."""
    run = run[:: len(run) // _MOST_COMPARED + 1]
    whole = _letters(run)
    if not whole:
        return 1.0 if found else 0.0
    seen = squeeze(" ".join(found))
    return sum(len(text) for text in run if squeeze(text)[:_PROSE] in seen) / whole


def _ask(tree: HtmlElement, url: str, *, quick: bool) -> list[str]:
    """The blocks that trafilatura takes for the article's."""
    from trafilatura import bare_extraction  # slow to import, needed for unknown sites only

    document = bare_extraction(tree, url=url or None, options=_how(quick=quick))
    body = getattr(document, "body", None)
    if body is None:
        return []
    blocks = body.iter("p", "head", "item", "quote", "cell", "ab")
    texts = [text for block in blocks if (text := "".join(block.itertext()).strip())]
    return texts if len(texts) > 1 else [line for text in texts for line in text.splitlines()]  # all the page as one


@cache
def _how(*, quick: bool) -> Extractor:
    """What trafilatura is asked for; it reads its settings anew for each that is made."""
    from trafilatura.settings import Extractor

    return Extractor(fast=quick, precision=quick, comments=False, tables=True, output_format="python")
