"""The articles of an export as they stream out of the database, and what is counted of them on the way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from newscrawler.errors import NewsCrawlerError
from newscrawler.export.choice import nothing
from newscrawler.export.order import Order
from newscrawler.store import Database, close_database, open_database
from newscrawler.store.handing import whole_articles
from newscrawler.store.selection import select, snapshot

_STEPS = 500
"""So often progress is told of."""

Record = dict[str, Any]
"""An article: column → value, as `whole_articles` gives it."""


@dataclass
class Tally:
    """What the dictionary tells of all articles together."""

    articles: int = 0
    sites: Counter[str] = field(default_factory=Counter)
    undated: int = 0
    first: str = ""
    """The earliest date of publication, as long as it is known; empty where none is."""
    last: str = ""
    captured: str = ""
    """The latest moment at which one of them was captured."""

    def add(self, record: Record) -> None:
        """Count one more."""
        self.articles += 1
        self.sites[record["site"]] += 1
        self.captured = max(self.captured, record["last_seen"])
        if day := (record["published"] or "")[:10]:
            self.first = min(self.first or day, day)
            self.last = max(self.last, day)
        else:
            self.undated += 1


@dataclass
class Source:
    """The chosen articles of an archive at one moment."""

    order: Order
    db: Database
    ids: list[int]
    tally: Tally = field(default_factory=Tally)

    def articles(self, parts: tuple[str, ...] = ()) -> Iterator[Record]:
        """All of them, one in memory at a time; progress is told of each that is done."""
        total = len(self.ids)
        step = total // _STEPS + 1
        self.order.progress(0, total)
        for record in whole_articles(self.db, self.ids, parts):
            self.tally.add(record)
            yield record
            if self.tally.articles % step == 0:
                self.order.progress(self.tally.articles, total)
        self.order.progress(total, total)


@contextmanager
def source(order: Order) -> Iterator[Source]:
    """The articles that an order chooses; a crawl may go on meanwhile.

    :raises NewsCrawlerError: if there are none.
    :raises StoreError: if there is no database, or a damaged one.
    """
    db = open_database(order.data / "news.db")
    try:
        with snapshot(db):
            ids = select(db, order.selection)
            if not ids:
                raise NewsCrawlerError(nothing(order.data, order.selection))
            yield Source(order, db, ids)
    finally:
        close_database(db)
