"""What the archive holds already of a file that is to be imported."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from newscrawler.archive.foreign.survey import Survey
from newscrawler.archive.foreign.twins import companion_ids
from newscrawler.archive.manifest import closed_files
from newscrawler.items import Capture
from newscrawler.store import Database
from newscrawler.store.captures import find_original, find_unmodified
from newscrawler.store.lookups import captures_of_records, find_captured, places_in

PREFIX = "import"
"""How the names of files begin that hold what was taken over."""


class Known:
    """What `archive.foreign.plan.plan` asks of the archive."""

    def __init__(self, db: Database, seen: Survey) -> None:
        ids = {name for each in seen.entries for name in (each.record_id, each.refers_to[0]) if name}
        self._db = db
        self.captures: Mapping[str, Capture] = captures_of_records(db, ids)

    def at(self, url: str, date: str) -> Capture | None:
        return find_captured(self._db, url, date)

    def with_digest(self, digest: str, url: str) -> Capture | None:
        return find_original(self._db, digest, url)

    def latest(self, url: str) -> Capture | None:
        return find_unmodified(self._db, url)


def companions(db: Database, folder: Path) -> Iterator[str]:
    """Ids of the requests, notes and other records that have no row, in all WARC files of the archive.

    :param folder: the data folder.
    """
    for path in closed_files(folder):
        yield from companion_ids(path, places_in(db, path.name))
