"""How tests spoil an archive, and what they look for in the report."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

from newscrawler.archive.manifest import MANIFEST, How, Manifest
from newscrawler.verify import Fault, Report
from tests.archive.exchanges import members
from tests.small_archive import SmallArchive


def kinds(found: Report) -> set[str]:
    return {fault.kind for fault in found.faults}


def of_kind(found: Report, kind: str) -> list[Fault]:
    return [fault for fault in found.faults if fault.kind == kind]


def edit(archive: SmallArchive, *statements: str) -> None:
    db = sqlite3.connect(archive.folder / "news.db")
    for statement in statements:
        db.execute(statement)
    db.commit()
    db.close()


def listed_again(archive: SmallArchive, how: How = "closed") -> None:
    """A manifest that agrees with the files as they are now, as a careful forger would leave it."""
    (archive.folder / MANIFEST).unlink()
    for path in archive.paths:
        Manifest(archive.folder).add(path, how)


def rewritten(path: Path, change: Callable[[list[bytes]], list[bytes]]) -> None:
    """Change the members of a file, taken as their bytes."""
    data, starts = path.read_bytes(), [offset for offset, _content in members(path)]
    parts = [data[start:end] for start, end in zip(starts, [*starts[1:], len(data)], strict=True)]
    path.write_bytes(b"".join(change(parts)))
