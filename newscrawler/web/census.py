"""The census of the archive, kept for all who look through its years, sites and sections."""

from __future__ import annotations

from newscrawler.store import Database
from newscrawler.store.search import Census, Selection, take_census
from newscrawler.web.kept import FRESH, kept, ready

CENSUS = "census"
PIECES = {CENSUS: take_census}


def census(db: Database) -> Census:
    """As it was taken a moment ago."""
    return kept(db, CENSUS, take_census)


def census_at_hand(db: Database, *, fresh: float = FRESH) -> Census | None:
    """The same where nobody has to wait for it."""
    found: Census | None = ready(db, PIECES, fresh=fresh, seconds=0.0).get(CENSUS)
    return found


def how_many(db: Database, selection: Selection) -> int | None:
    """Articles of a selection, where the census is at hand and tells."""
    known = census_at_hand(db) if Census.tells(selection) else None
    return None if known is None else known.total(selection)
