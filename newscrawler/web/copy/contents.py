"""What a copy lists: its articles by month and by section, kept small enough to stay in memory for all of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

UNDATED = "undated"
A_LIST = 200
"""Articles on one page of a list."""
_LONGEST_LEDE = 240
_MONTH = re.compile(r"[0-9]{4}(-(0[1-9]|1[0-2]))?(?![0-9])")
Section = tuple[str, str]
"""Site, and path of the section in it; empty where an article is in none."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Listed:
    """One article in a list."""

    id: int
    title: str
    lede: str
    published: str | None
    site: str
    section: str

    @property
    def month(self) -> str:
        """`2018-05`, `2018` where the month is not known, or `undated`."""
        match = _MONTH.match(self.published or "")
        return match[0] if match else UNDATED


@dataclass
class Contents:
    """The articles of a copy, in its order."""

    articles: list[Listed] = field(default_factory=list)

    def add(self, record: dict[str, Any]) -> Listed:
        """One more, as `whole_articles` gives it."""
        lede = record["summary"] or record["body_text"].partition("\n\n")[0]
        listed = Listed(
            id=record["id"],
            title=record["title"] or "",
            lede=shortened(" ".join(lede.split())),
            published=record["published"],
            site=record["site"],
            section=record["category"] or "",
        )
        self.articles.append(listed)
        return listed

    @cached_property
    def newest(self) -> list[Listed]:
        """All, the latest published first and the undated last."""
        return sorted(self.articles, key=lambda article: article.published or "", reverse=True)

    @property
    def months(self) -> dict[str, list[Listed]]:
        """Month → its articles; the latest month first, the undated last."""
        found: dict[str, list[Listed]] = {}
        for article in self.newest:
            found.setdefault(article.month, []).append(article)
        dated = sorted((month for month in found if month != UNDATED), reverse=True)
        return {month: found[month] for month in (*dated, *(month for month in found if month == UNDATED))}

    @property
    def years(self) -> dict[str, dict[str, int]]:
        """Year → month → its number of articles."""
        found: dict[str, dict[str, int]] = {}
        for month, articles in self.months.items():
            found.setdefault(month[:4] if month != UNDATED else UNDATED, {})[month] = len(articles)
        return found

    @property
    def sections(self) -> dict[Section, list[Listed]]:
        """Section → its articles, by name; those in no section come last."""
        found: dict[Section, list[Listed]] = {}
        for article in self.newest:
            found.setdefault((article.site, article.section), []).append(article)
        return dict(sorted(found.items(), key=lambda item: (item[0][0], not item[0][1], item[0][1])))

    @property
    def sites(self) -> Counter[str]:
        """Site → number of its articles."""
        return Counter(article.site for article in self.articles)


def shortened(text: str) -> str:
    """A lede as long as a result can show, cut at a blank."""
    return text if len(text) <= _LONGEST_LEDE else text[:_LONGEST_LEDE].rpartition(" ")[0] + " …"


@dataclass(frozen=True, slots=True)
class ListPage:
    """One page of a long list."""

    path: str
    articles: list[Listed]
    before: str | None
    """Path of the page before; None on the first."""
    behind: str | None
    number: int
    pages: int


def list_pages(stem: str, articles: list[Listed]) -> Iterator[ListPage]:
    """`stem.html`, `stem-2.html` and so on."""
    pages = -(-len(articles) // A_LIST)
    paths = [f"{stem}{f'-{number}' if number > 1 else ''}.html" for number in range(1, pages + 1)]
    for place, path in enumerate(paths):
        before = paths[place - 1] if place else None
        behind = paths[place + 1] if place + 1 < pages else None
        some = articles[place * A_LIST : (place + 1) * A_LIST]
        yield ListPage(path, some, before, behind, place + 1, pages)
