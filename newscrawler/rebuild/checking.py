"""The database held against the WARC files: made again beside, and compared row by row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from newscrawler.errors import StoreError
from newscrawler.reading.article import EXTRACTOR
from newscrawler.rebuild.renewal import DATABASE, build, locked
from newscrawler.rebuild.restored import Restored, Tell, quietly
from newscrawler.store import Database, close_database, open_database
from newscrawler.store.dump import DumpedRow, dump
from newscrawler.store.renewal import parts_of

MOST_SHOWN = 20
"""Differences that are told one by one."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One value that is another in the database than what the WARC files give."""

    table: str
    key: tuple[str | int, ...]
    column: str
    """Empty where the whole row is missing on one side."""
    stored: Any
    made: Any


@dataclass
class Checked:
    """What a comparison found."""

    restored: Restored
    rows: int = 0
    differing: int = 0
    """Rows that differ without excuse."""
    outdated: int = 0
    """Rows that differ, of sites whose articles were read by rules of another version."""
    first: list[Difference] = field(default_factory=list)
    """The first MOST_SHOWN differences."""

    @property
    def equal(self) -> bool:
        """Whether every row is as the WARC files say it should be, as far as the present rules can tell."""
        return not self.differing


def check(folder: Path, progress: Tell = quietly, *, jobs: int = 1) -> Checked:
    """Make the database again in a file of its own, compare, and throw it away; nothing is changed.

    :raises StoreError: if there is no database. And as `rebuild`.
    """
    old, made = folder / DATABASE, folder / f"{DATABASE}.check"
    with locked(folder):
        if not old.exists():
            raise StoreError(f"there is no database at {old} to be compared; run `newscrawler rebuild`")
        close_database(open_database(old))
        try:
            checked = Checked(build(folder, made, old, progress, jobs))
            _compare(old, made, checked)
        finally:
            for part in parts_of(made):
                part.unlink(missing_ok=True)
    return checked


def _compare(old: Path, made: Path, checked: Checked) -> None:
    stored_db, made_db = open_database(old), open_database(made)
    try:
        excuses = outdated_sites(stored_db)
        for stored, again in side_by_side(dump(stored_db), dump(made_db)):
            checked.rows += 1
            if stored == again:
                continue
            if _excused(stored or again, excuses):
                checked.outdated += 1
                continue
            checked.differing += 1
            found = differences(stored, again)
            checked.first += list(found)[: MOST_SHOWN - len(checked.first)]
    finally:
        close_database(made_db)
        close_database(stored_db)


def side_by_side(
    stored: Iterable[DumpedRow], made: Iterable[DumpedRow]
) -> Iterator[tuple[DumpedRow | None, DumpedRow | None]]:
    """The rows of two dumps, those of one place together; None where one has nothing there."""
    lefts, rights = iter(stored), iter(made)
    left, right = next(lefts, None), next(rights, None)
    while left is not None or right is not None:
        if right is None or (left is not None and left.place < right.place):
            yield left, None
            left = next(lefts, None)
        elif left is None or right.place < left.place:
            yield None, right
            right = next(rights, None)
        else:
            yield left, right
            left, right = next(lefts, None), next(rights, None)


def differences(stored: DumpedRow | None, made: DumpedRow | None) -> Iterator[Difference]:
    """What two rows of one place differ in."""
    if stored is None or made is None:
        row = stored or made
        if row is not None:
            yield Difference(row.table, row.key, "", stored and "a row", made and "a row")
        return
    for column, value in stored.values.items():
        if value != made.values.get(column):
            yield Difference(stored.table, stored.key, column, value, made.values.get(column))


_READ_TABLES = frozenset({"articles", "versions", "sightings", "links", "media", "comments", "twins"})


def outdated_sites(db: Database) -> frozenset[str]:
    """Sites of which some article was read by rules of another version than the present."""
    rows = db.conn.execute("SELECT DISTINCT site, extractor FROM articles")
    return frozenset(site for site, extractor in rows if extractor.split(" ")[0] != EXTRACTOR)


def _excused(row: DumpedRow | None, sites: frozenset[str]) -> bool:
    if row is None or row.table not in _READ_TABLES or not sites:
        return False
    return row.values.get("site", str(row.key[0]).split(" ")[0]) in sites
