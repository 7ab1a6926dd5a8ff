"""Who says what the article's text is: trafilatura, quick or thorough, checked against the largest run of prose.

Quick is right on most pages at half the cost; where it misses most of the page's largest run of prose, it is asked
to look twice; where it still does, that run is the text.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from lxml.html import HtmlElement

from newscrawler.reading.clutter import is_menu, link_share
from newscrawler.reading.lines import Line, squeeze

MOST_FOR_FALLBACK = 4_000
"""Elements of a page up to which trafilatura may look twice; the largest real page seen has 3,246 tags."""
_PROSE = 80
"""From so many letters on, a line is prose."""
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
    """The prose that stands in one element, where there is most of it."""
    runs: dict[HtmlElement, list[str]] = defaultdict(list)
    framed: dict[HtmlElement, bool] = {}
    linked: dict[HtmlElement, float] = {}
    for line in page:
        if len(line.text) < _PROSE:
            continue
        if line.block not in linked:
            linked[line.block] = link_share(line.block)
        if linked[line.block] < 0.5:
            parent = line.block.getparent()
            place = parent if line.block.tag in ("p", "div") and parent is not None else line.block
            if place not in framed:
                framed[place] = any(map(is_menu, (place, *place.iterancestors())))
            if not framed[place]:
                runs[place].append(line.text)
    return max(runs.values(), key=_letters, default=[])


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

    document = bare_extraction(
        tree,
        url=url or None,
        fast=quick,
        favor_precision=quick,
        include_comments=False,
        include_tables=True,
        with_metadata=False,
    )
    body = getattr(document, "body", None)
    if body is None:
        return []
    blocks = body.iter("p", "head", "item", "quote", "cell", "ab")
    return [text for block in blocks if (text := "".join(block.itertext()).strip())]
