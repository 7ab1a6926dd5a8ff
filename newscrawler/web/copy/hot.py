"""The timeline of a copy: all of it, page by page, the latest first."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from newscrawler.export.source import Source
from newscrawler.store.hot_spans import HotSpan, hot_spans
from newscrawler.store.selection import Selection
from newscrawler.store.standing import known_articles
from newscrawler.web.hot.periods import Period
from newscrawler.web.hot.rows import HotRow, axis_of, shown
from newscrawler.web.hot.timeline import ordered
from newscrawler.web.speech import Speech

A_PAGE = 50


@dataclass(frozen=True, kw_only=True, slots=True)
class HotPage:
    """One page of the timeline; the only one may be empty."""

    number: int
    pages: int
    total: int
    start: str
    """First sighting of all; empty where there is none."""
    end: str
    shown: Mapping[str, object]


def hot_pages(found: Source, held: Collection[int], say: Speech) -> Iterator[HotPage]:
    """The pages.

    :param held: ids of the articles of the copy; where it is a choice, others do not stand in its timeline.
    """
    spans = ordered(_chosen(found, held), "latest")
    pages = max(1, -(-len(spans) // A_PAGE))
    start = min((span.first_seen for span in spans), default="")
    end = max((span.last_seen for span in spans), default="")
    for number in range(1, pages + 1):
        some = spans[(number - 1) * A_PAGE : number * A_PAGE]
        told = _told(found, some, held, say) if some else {"rows": [], "looks": 0}
        yield HotPage(number=number, pages=pages, total=len(spans), start=start, end=end, shown=told)


def _chosen(found: Source, held: Collection[int]) -> list[HotSpan]:
    selection = found.order.selection
    spans = hot_spans(found.db, selection.site)
    if selection == Selection(site=selection.site):
        return spans
    return [span for span in spans if known_articles(found.db, [span.item]).get(span.item) in held]


def _told(found: Source, spans: list[HotSpan], held: Collection[int], say: Speech) -> dict[str, object]:
    told = shown(found.db, axis_of(spans, Period(last="all")), spans, found.order.selection.site, say)
    rows = told["rows"]
    assert isinstance(rows, list)
    return {**told, "rows": [_within(row, held) for row in rows]}


def _within(row: HotRow, held: Collection[int]) -> HotRow:
    if row.words.article_id in held:
        return row
    return replace(row, words=replace(row.words, article_id=None))
