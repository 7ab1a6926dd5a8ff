"""The hits of a query, gone through once for all the numbers that a page of results tells of them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, Final, Literal

from sqlite_utils import Database

from newscrawler.store.search.filters import FACTS, Within
from newscrawler.store.search.known import known, latest_hits
from newscrawler.store.search.narrowing import MOST_COUNTED, all_hits
from newscrawler.store.search.query import Query

Dimension = Literal["year", "site", "category"]
PARTS: Final[dict[Dimension, str]] = {
    "year": "substr(articles.published, 1, 4)",
    "site": "articles.site",
    "category": "articles.category",
}
OWN: Final[Mapping[Dimension, tuple[str, ...]]] = {
    "year": ("since", "until"),
    "site": ("site",),
    "category": ("categories",),
}
"""The filters by which a part of each dimension is chosen."""

_REST: Final = "rest"
_KNOWN = "SELECT value AS id FROM json_each(:hits)"
_LATEST = "SELECT rowid AS id FROM articles_fts WHERE articles_fts MATCH :match ORDER BY rowid DESC LIMIT :most"
_GROUPS = """
    SELECT {columns}, count(*) FROM ({hits}) AS hits CROSS JOIN articles {facts} ON articles.id = hits.id
    GROUP BY {numbers}
"""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many hits are of each year, site and section, and which of the filters they fulfil."""

    groups: tuple[tuple[Any, ...], ...]
    """Year, site and section, then whether the filters of `filtered` are fulfilled, then the number of hits."""
    filtered: tuple[str, ...]
    """Dimensions of which a part is chosen, and the rest of the filters."""

    @property
    def seen(self) -> int:
        """Hits that were looked at."""
        return sum(group[-1] for group in self.groups)

    @property
    def total(self) -> int:
        """Hits that fulfil all filters."""
        return sum(group[-1] for group in self._fulfilling(self.filtered))

    def by(self, dimension: Dimension, *, choosing: bool) -> dict[str, int]:
        """Hits of each part, in the order of their names.

        :param choosing: the filters by which a part of this dimension is chosen do not count.
        """
        wanted = [name for name in self.filtered if not (choosing and name == dimension)]
        return summed(self._fulfilling(wanted), dimension)

    def _fulfilling(self, wanted: Sequence[str]) -> Iterable[tuple[Any, ...]]:
        if not wanted:
            return self.groups
        flags = [len(PARTS) + self.filtered.index(name) for name in wanted]
        return (group for group in self.groups if all(group[flag] for flag in flags))


def summed(groups: Iterable[tuple[Any, ...]], dimension: Dimension) -> dict[str, int]:
    """How many are of each part of a dimension, in the order of their names; those without one are left out.

    :param groups: each begins with a year, site and section, and ends with its number.
    """
    place = list(PARTS).index(dimension)
    counts: Counter[str] = Counter()
    for group in groups:
        if group[place]:
            counts[str(group[place])] += group[-1]
    return dict(sorted(counts.items()))


def tally(db: Database, query: Query, asked: Within) -> Tally:
    """All hits, or the latest stored `MOST_COUNTED` where they are many; gone through once while nobody writes."""
    key = ("tally", query.either_way, *chain(*asked.values.items()))
    return known(db, key, lambda: _tally(db, query, asked))


def _tally(db: Database, query: Query, asked: Within) -> Tally:
    hits = _known_hits(db, query)
    filters: dict[str, tuple[str, ...]] = dict(OWN.items())
    filters[_REST] = tuple(asked.without(*chain(*OWN.values())).values)
    filtered = tuple(name for name, own in filters.items() if asked.values.keys() & set(own))
    columns = [*PARTS.values(), *(asked.only(*filters[name]).sql for name in filtered)]
    sql = _GROUPS.format(
        columns=", ".join(columns),
        hits=_LATEST if hits is None else _KNOWN,
        facts=FACTS,
        numbers=", ".join(str(place) for place in range(1, len(columns) + 1)),
    )
    values = {"match": query.either_way, "most": MOST_COUNTED, "hits": json.dumps(hits), **asked.values}
    return Tally(tuple(db.conn.execute(sql, values)), filtered)


def _known_hits(db: Database, query: Query) -> tuple[int, ...] | None:
    """Those that are counted, where looking for rare words has found them already."""
    hits = all_hits(db, query)
    if hits is None and not query.respelled:
        latest = latest_hits(db, query.all_words)
        hits = latest[:MOST_COUNTED] if len(latest) >= MOST_COUNTED else None
    return hits
