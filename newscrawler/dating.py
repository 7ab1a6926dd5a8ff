"""The dates that an article cannot tell by itself, found when the whole of an archive is at hand."""

from __future__ import annotations

from newscrawler.reading.dates.prose import yearless_day
from newscrawler.sites import SITES
from newscrawler.store import Database
from newscrawler.store.neighbours import date_by_neighbours


def date_undated(db: Database) -> int:
    """Date the undated articles of all sites whose ids are numbers in the order of time; gives how many rows changed.

    Called behind every reading of many pages: at the end of a run, of a rebuild, of an import.
    """
    return sum(date_by_neighbours(db, site.name, yearless_day) for site in SITES.values() if site.ids_walk)
