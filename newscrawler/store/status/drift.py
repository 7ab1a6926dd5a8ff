"""Whether a site's pages are still read as they were: a layout that no longer fits shows in what new articles lack
(facts: scrapy §7.14)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from statistics import fmean, median
from typing import NamedTuple

from sqlite_utils import Database

BAND = 14
"""Samples before the newest that make the band."""
FEWEST_SAMPLES = 5
FEWEST_ARTICLES = 10
"""Runs that brought fewer are counted together with those before them: of three articles one may well lack a date."""
_MOST_ARTICLES = 600
_MOST_RUNS = 400

_STARTS = """
    SELECT id, started_at FROM runs WHERE site = :site AND articles_new > 0 ORDER BY id DESC LIMIT :limit
"""
# `+id`: by the site's own index and a sort (measured: 16 ms for 160,000), since the way by id may lead through all
# other sites.
_NEWEST = """
    WITH newest AS (SELECT id FROM articles WHERE site = :site ORDER BY +id DESC LIMIT :limit)
    SELECT articles.first_seen,
        articles.published IS NOT NULL AND ifnull(articles.published_source, '') <> 'neighbours',
        articles.word_count,
        (SELECT count(DISTINCT block) FROM links WHERE links.article_id = articles.id)
    FROM newest JOIN articles USING (id) ORDER BY articles.id DESC
"""


class _New(NamedTuple):
    first_seen: str
    is_dated: bool
    """By its page; what neighbours tell comes later, and would make older articles look better."""
    words: int
    blocks: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Sample:
    """What the new articles of a run, or of several small ones, have on average."""

    run_id: int
    """The newest of the runs."""
    articles: int
    dated: float
    """Share with a date from the page, 0 to 1."""
    bodiless: float
    """Share without any word, 0 to 1."""
    words: float
    """Median length of the text."""
    blocks: float
    """Mean number of blocks that have links: main, hot, related."""


class Drift(NamedTuple):
    """A measure of the newest sample that has left its band."""

    measure: str
    """`dated`, `bodiless`, `words` or `blocks`."""
    value: float
    low: float
    high: float
    """Smallest and largest of the samples before."""
    samples: int


def samples(db: Database, site: str) -> list[Sample]:
    """The newest samples of a site, the newest first; at most one more than the band has."""
    starts = db.conn.execute(_STARTS, {"site": site, "limit": _MOST_RUNS}).fetchall()[::-1]
    if not starts:
        return []
    moments = [started_at for _, started_at in starts]
    rows = map(_New._make, db.conn.execute(_NEWEST, {"site": site, "limit": _MOST_ARTICLES}))
    of_runs = groupby(rows, lambda row: bisect_right(moments, row.first_seen) - 1)
    found: list[Sample] = []
    run_id, gathered = 0, list[_New]()
    for place, group in of_runs:
        run_id = run_id if gathered else starts[max(place, 0)][0]
        gathered += group
        if len(gathered) >= FEWEST_ARTICLES:
            found.append(_sample(run_id, gathered))
            gathered = []
    return found[: BAND + 1]


def _sample(run_id: int, articles: Sequence[_New]) -> Sample:
    return Sample(
        run_id=run_id,
        articles=len(articles),
        dated=fmean(bool(each.is_dated) for each in articles),
        bodiless=fmean(each.words == 0 for each in articles),
        words=median(each.words for each in articles),
        blocks=fmean(each.blocks for each in articles),
    )


# How far outside the band is out of it: a sample of ten sways by itself.
_IS_OUT: dict[str, Callable[[float, float, float], bool]] = {
    "dated": lambda value, low, _high: value < low - 0.2,
    "bodiless": lambda value, _low, high: value > high + 0.1,
    "words": lambda value, low, high: value < low * 0.6 or value > high * 2,
    "blocks": lambda value, low, _high: value < low - 0.5,
}


def drifts(found: Sequence[Sample]) -> list[Drift]:
    """Measures of the newest sample that are out of the band of those before.

    :param found: the newest first; of fewer than FEWEST_SAMPLES before it nothing is said.
    """
    if len(found) <= FEWEST_SAMPLES:
        return []
    newest, before = found[0], found[1 : BAND + 1]
    told = []
    for measure, is_out in _IS_OUT.items():
        value, known = getattr(newest, measure), [getattr(each, measure) for each in before]
        if is_out(value, min(known), max(known)):
            told.append(Drift(measure, value, min(known), max(known), len(known)))
    return told
