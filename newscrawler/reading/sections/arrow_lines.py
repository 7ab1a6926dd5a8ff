"""Related articles as lines of their own that begin with `>>`, above or between the paragraphs (facts: sites §2)."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from newscrawler.reading.page.order import ReadingOrder
from newscrawler.reading.sections.section import Section

_ARROW = re.compile(r"(?:>>+|»+|>+(?= ))\s*(?=\S)")
_MARKS = " \t\r\n\u00a0>»"


def arrow_lines(order: ReadingOrder, known: list[Section], article_hrefs: frozenset[str]) -> list[Section]:
    """A part of kind `related` for each run of such lines that lead to articles and stand in no other part.

    :param known: the labelled parts.
    :param article_hrefs: links that lead to articles.
    """
    taken = [range(part.label_start, part.end) for part in known]
    runs: list[tuple[int, int]] = []
    for start, end, text in order.lines:
        if _ARROW.match(text) and _leads(order, start, end, article_hrefs) and not any(start in one for one in taken):
            if runs and runs[-1][1] == start:
                runs[-1] = (runs[-1][0], end)
            else:
                runs.append((start, end))
    return [Section("related", start, end, start, _holding(order, start, end)) for start, end in runs]


def _leads(order: ReadingOrder, start: int, end: int, article_hrefs: frozenset[str]) -> bool:
    """Whether a line is a link to an article and nothing else but its arrow."""
    words = [piece for piece in order.pieces[start:end] if piece.text.strip(_MARKS)]
    return bool(words) and all(piece.href in article_hrefs and not piece.aside for piece in words)


def _holding(order: ReadingOrder, start: int, end: int) -> HtmlElement:
    """The smallest element that holds some pieces."""
    element = order.pieces[start].element
    while order.spans.get(element, (start, start))[1] < end and (parent := element.getparent()) is not None:
        element = parent
    return element
