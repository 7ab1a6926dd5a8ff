"""How far a list is walked: the rule, and the memory that travels with the walk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any, Literal

from newscrawler.sites import ListPage

KNOWN_PAGES = 20
"""So many barren pages are walked through if the site itself links to pages behind them."""

Ending = Literal["end", "known", "since", "broken"]
"""The list is over; all behind is in the archive; all behind is older than wanted; its last pages could not be had."""
Arrival = Literal["read", "absent", "failed", "refused"]
"""What came of a list page: read, though maybe empty; not there; not to be had; forbidden."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Cursor:
    """A walk between two pages. It travels with the entry of the next page, so that a run that was killed loses
    nothing of it."""

    began: str = ""
    """When the first page was fetched; UTC, ISO 8601."""
    barren: int = 0
    """Pages in a row that have brought nothing new."""
    empty: int = 0
    """Pages in a row without any article."""
    old: int = 0
    """Pages in a row with none but older articles than wanted."""
    failed: bool = False
    """Whether any of the barren pages could not be had."""
    absent: bool = False
    """Whether any of them was not there."""
    holes: tuple[int, ...] = ()
    """Pages, since the last one with articles, that were empty, absent or not to be had."""
    last: int = 0
    """The last page with articles."""
    last_known: int = 0
    """Highest page number that the site has linked to."""

    def carried(self) -> dict[str, Any]:
        """As JSON values, without what is as it was at the start."""
        return {name: value for name, value in asdict(self).items() if value != getattr(_START, name)}

    @classmethod
    def of(cls, carried: Mapping[str, Any]) -> Cursor:
        """What `carried` gave; unknown names are passed over."""
        known = {each.name for each in fields(cls)}
        values = {name: value for name, value in carried.items() if name in known}
        return cls(**(values | {"holes": tuple(values.get("holes", ()))}))


_START = Cursor()


@dataclass(frozen=True, kw_only=True, slots=True)
class Turn:
    """What follows from one page."""

    cursor: Cursor
    following: ListPage
    """The next page, also where it is not asked for."""
    ending: Ending | None = None
    """Why the walk is over, or None."""
    broken: tuple[int, ...] = ()
    """Pages that turned out to be holes in the list: later ones have articles, or the site links to later ones."""


@dataclass
class ListWalk:
    """One list during a run. Page numbers drift and pages are not in order of date (facts: sites §1.4), so a walk ends
    only behind several pages in a row that bring nothing new: to it, or where it need not go to the end, to the
    archive."""

    patience: int
    to_the_end: bool = True
    seen: set[str] = field(default_factory=set)
    """Articles that the walk has met."""

    def turn(
        self,
        page: ListPage,
        articles: set[str],
        cursor: Cursor = _START,
        *,
        known: set[str] | frozenset[str] = frozenset(),
        old: bool = False,
        arrival: Arrival = "read",
    ) -> Turn:
        """What follows from a page.

        :param known: those of its articles that the archive has.
        :param old: whether the page before held only articles that are older than wanted.
        """
        fresh = articles - self.seen if self.to_the_end else articles - self.seen - known
        self.seen |= articles
        after = _after(cursor, page, articles, fresh=bool(fresh), old=old, arrival=arrival)
        following = page.turn(page.number + 1)
        ending = self._ending(after, page, articles)
        broken = cursor.holes if articles else ()
        if ending is not None:
            broken += _linked_past(after)
        return Turn(cursor=after, following=following, ending=ending, broken=broken)

    def _ending(self, cursor: Cursor, page: ListPage, articles: set[str]) -> Ending | None:
        if cursor.old >= self.patience:
            return "since"
        # Where the walk need not go to the end, links to far pages say nothing about a page of known articles.
        linked = page.number < cursor.last_known and (self.to_the_end or not articles)
        if cursor.barren < (KNOWN_PAGES if linked else self.patience):
            return None
        if cursor.failed:
            return "broken"
        return "end" if self.to_the_end or cursor.empty >= self.patience else "known"


def _after(cursor: Cursor, page: ListPage, articles: set[str], *, fresh: bool, old: bool, arrival: Arrival) -> Cursor:
    hole = not articles and arrival != "refused"
    return replace(
        cursor,
        barren=0 if fresh else cursor.barren + 1,
        empty=0 if articles else cursor.empty + 1,
        old=cursor.old + 1 if old else 0,
        failed=not fresh and (cursor.failed or arrival in ("failed", "refused")),
        absent=not fresh and (cursor.absent or arrival == "absent"),
        holes=(*cursor.holes, page.number) if hole else () if articles else cursor.holes,
        last=page.number if articles else cursor.last,
    )


def _linked_past(cursor: Cursor) -> tuple[int, ...]:
    """Pages at the end of a walk that were not answered, though the site links to later ones."""
    holes = cursor.holes if cursor.failed or cursor.absent else ()
    return tuple(number for number in holes if number < cursor.last_known)
