"""The whole examination, one finding after the other."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from newscrawler.doctor.database import database
from newscrawler.doctor.finding import Finding
from newscrawler.doctor.folder import folder
from newscrawler.doctor.machine import machine
from newscrawler.doctor.programs import programs


def examine(data: Path, *, deep: bool = False) -> Iterator[Finding]:
    """Findings on the programs, the machine and the archive in `data`, which need not be there; nothing is changed.

    :param deep: read every page of the database, which takes seconds on large ones.
    """
    yield from programs()
    yield from machine()
    yield from folder(data)
    yield from database(data, datetime.now(UTC), deep=deep)
