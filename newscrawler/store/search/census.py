"""All articles by year, site and section, counted once: what is chosen by these alone is told from it at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlite_utils import Database

from newscrawler.store.search.filters import FACTS
from newscrawler.store.search.names import under
from newscrawler.store.search.selection import Selection
from newscrawler.store.search.tally import PARTS, Dimension, summed

_GROUPS = f"SELECT {', '.join(PARTS.values())}, count(*) FROM articles {FACTS} GROUP BY 1, 2, 3"
_A_YEAR = 4
"""Letters of a year."""

_Group = tuple[str | None, str, str | None, int]


@dataclass(frozen=True, slots=True)
class Census:
    """How many articles are of each year, site and section."""

    groups: tuple[_Group, ...]

    @staticmethod
    def tells(selection: Selection) -> bool:
        """Whether nothing but whole years, a site and a section is asked for."""
        years = all(len(bound or "") in (0, _A_YEAR) for bound in (selection.since, selection.until))
        return years and not (selection.words or selection.byline or selection.block)

    def total(self, selection: Selection) -> int:
        """How many articles a selection holds that it tells of."""
        return sum(number for *_parts, number in self._of(selection))

    def by(self, selection: Selection, dimension: Dimension) -> dict[str, int]:
        """How many of them are of each year, site or section, in the order of these; those without one are left out."""
        return summed(self._of(selection), dimension)

    def _of(self, selection: Selection) -> Iterator[_Group]:
        since, until = selection.since, selection.until
        section = selection.category
        categories = set(under(section, {group[2] for group in self.groups if group[2]})) if section else None
        for group in self.groups:
            year, site, category, _number = group
            if (since or until) and not (year and (since or year) <= year <= (until or year)):
                continue
            if (not selection.site or site == selection.site) and (categories is None or category in categories):
                yield group


def take_census(db: Database) -> Census:
    """Go through all articles, on their index."""
    return Census(tuple(db.conn.execute(_GROUPS)))
