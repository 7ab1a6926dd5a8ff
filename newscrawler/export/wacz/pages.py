"""`pages/pages.jsonl`: where a reader of the package may begin, one article per line (WACZ 1.1.1, “pages.jsonl”)."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from newscrawler.archive.wacz.package import WaczWriter
from newscrawler.store.selection import ArticlePage

PATH = "pages/pages.jsonl"
_HEADER = {"format": "json-pages-1.0", "id": "pages", "title": "Articles", "hasText": True}


@dataclass
class Listed:
    """What is told of all pages together."""

    articles: int = 0
    sites: Counter[str] = field(default_factory=Counter)
    first: str = ""
    """The earliest timestamp of a page; empty where there is none."""
    last: str = ""
    main: ArticlePage | None = None
    """The page that is listed first."""

    def add(self, page: ArticlePage) -> None:
        """Count one more."""
        self.articles += 1
        self.sites[page.site] += 1
        self.first = min(self.first or page.timestamp, page.timestamp)
        self.last = max(self.last, page.timestamp)
        self.main = self.main or page


def add_pages(package: WaczWriter, pages: Iterable[ArticlePage]) -> Listed:
    """Write the list, page by page."""
    listed = Listed()
    with package.member(PATH) as sink:
        sink.write(_line(_HEADER))
        for page in pages:
            listed.add(page)
            sink.write(_line(_entry(page)))
    return listed


def _entry(page: ArticlePage) -> dict[str, object]:
    return {
        "id": page.record_id.strip("<>").removeprefix("urn:uuid:"),
        "url": page.url,
        "ts": whole_seconds(page.timestamp),
        "title": page.title,
        "text": page.text,
    }


def whole_seconds(timestamp: str) -> str:
    """A record's date as players look for it; their indexes know no fractions.

    >>> whole_seconds("2018-05-16T07:30:00.123456Z")
    '2018-05-16T07:30:00Z'
    """
    return timestamp[:19] + "Z"


def _line(value: dict[str, object]) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode() + b"\n"
