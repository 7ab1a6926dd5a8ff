"""The filters of a selection as conditions over table `articles`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

# Overlap counts: both sides are cut to the shorter of the two, so "2018-05" is inside `since` 2018-05-10. The first
# comparison says less, but lets SQLite use the index.
_CONDITIONS = {
    "site": "{plus}articles.site = :site",
    "since": """
        {plus}articles.published >= substr(:since, 1, 4)
        AND substr(articles.published, 1, length(:since)) >= substr(:since, 1, length(articles.published))
    """,
    "until": """
        {plus}articles.published < :until || '~'
        AND substr(articles.published, 1, length(:until)) <= substr(:until, 1, length(articles.published))
    """,
    "categories": "{plus}articles.category IN (SELECT value FROM json_each(:categories))",
    "bylines": "{plus}articles.byline IN (SELECT value FROM json_each(:bylines))",
    "block": "EXISTS (SELECT 1 FROM links WHERE links.url = articles.url AND links.block = :block)",
    "ids": "articles.id IN (SELECT value FROM json_each(:ids))",
}
# The same once more, of the date by which articles are sorted, so that SQLite begins at the right end.
_SORTED = {
    "since": "coalesce(articles.published, articles.event_date) >= substr(:since, 1, 4)",
    "until": "coalesce(articles.published, articles.event_date) < :until || '~'",
}


FACTS = "INDEXED BY articles_facts"
"""Makes SQLite find an article of some id in the index of facts, which is smaller than the table."""


@dataclass(frozen=True, slots=True)
class Within:
    """Conditions in SQL, and their parameters."""

    values: Mapping[str, str]
    """Name of the condition → its parameter, for those that are asked for."""
    ids: tuple[int, ...] | None = None
    """All articles that fulfil the conditions, and answer the query, where these are few."""
    how_many: int | None = None
    """How many articles fulfil them, where that is known; one more than MOST_COUNTED where there are more."""

    @property
    def is_everything(self) -> bool:
        """Whether every article fulfils them."""
        return not self.values

    def only(self, *names: str) -> Within:
        """Some of the conditions."""
        return Within({name: value for name, value in self.values.items() if name in names})

    def without(self, *names: str) -> Within:
        """The other conditions."""
        return Within({name: value for name, value in self.values.items() if name not in names})

    @property
    def sql(self) -> str:
        """All conditions, so that SQLite may go by an index of theirs."""
        return self._all("")

    @property
    def in_order(self) -> str:
        """All conditions, on articles gone through by date."""
        if self.ids is not None:
            return self.sql
        return " AND ".join([self._all("+"), *(sql for name, sql in _SORTED.items() if name in self.values)])

    @property
    def in_a_year(self) -> str:
        """All conditions, on articles of one year, found by date of publication and, where there is one, by site or
        section."""
        by = ("site", "categories")
        return " AND ".join(sql.format(plus="" if name in by else "+") for name, sql in self._each()) or "TRUE"

    @property
    def articles(self) -> str:
        """Table `articles`, by the index that suits the conditions."""
        # No index has sections or bylines together with anything else, and SQLite would look up each row of one.
        mixed = len(self.values) > 1 and self.values.keys() & {"categories", "bylines"}
        return f"articles {FACTS}" if mixed else "articles"

    @property
    def of_hits(self) -> str:
        """All conditions, on rows of `articles_fts`."""
        if self.is_everything:
            return "TRUE"
        if self.ids is not None:
            # The plus keeps SQLite from asking the full-text index once for each of them.
            return "+articles_fts.rowid IN (SELECT value FROM json_each(:ids))"
        return f"EXISTS (SELECT 1 FROM articles {FACTS} WHERE articles.id = articles_fts.rowid AND {self.sql})"

    def _all(self, plus: str) -> str:
        return " AND ".join(sql.format(plus=plus) for _name, sql in self._each()) or "TRUE"

    def _each(self) -> Iterator[tuple[str, str]]:
        return ((name, _CONDITIONS[name]) for name in self.values)
