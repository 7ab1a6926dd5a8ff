"""What runs here: versions, what is missing, and what is known to be bad."""

from __future__ import annotations

import platform
import re
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, requires, version

from newscrawler import __version__
from newscrawler.doctor.finding import Finding
from newscrawler.doctor.holes import HOLES, SQLITE_HOLES, is_older
from newscrawler.store import SCHEMA_VERSION
from newscrawler.store.diagnosis import has_full_text_search, sqlite_version

_TOLD = ("scrapy", "twisted", "lxml", "nh3", "warcio", "sqlite-utils", "datasette")
_REQUIREMENT = re.compile(r"([A-Za-z0-9._-]+)(?:\[[^]]*\])?\s*([^;]*)(;.*)?")
_BOUND = re.compile(r"(>=|<)\s*([0-9][0-9a-z.]*)")


def programs() -> Iterator[Finding]:
    """Findings on newscrawler, Python, SQLite and the libraries."""
    told = f"newscrawler {__version__} (tables of version {SCHEMA_VERSION}), Python {platform.python_version()}"
    yield Finding("ok", "versions", told)
    yield Finding("ok", "libraries", ", ".join(f"{name} {_version(name) or 'missing'}" for name in _TOLD))
    yield from _sqlite()
    yield from _requirements()
    yield from _holes()


def _sqlite() -> Iterator[Finding]:
    found = sqlite_version()
    name = f"SQLite {'.'.join(map(str, found))}"
    holes = [hole for hole in SQLITE_HOLES if hole.is_in(found)]
    for hole in holes:
        yield Finding("warn", "SQLite", f"{name} {hole.says}", hole.advice)
    if not has_full_text_search():
        yield Finding("bad", "SQLite", f"{name} was built without FTS5, nothing can be searched", "use another Python")
    elif not holes:
        yield Finding("ok", "SQLite", f"{name}, no fault of it is known here")


def _requirements() -> Iterator[Finding]:
    """What newscrawler says that it needs, against what is installed."""
    wrong = 0
    for line in requires("newscrawler") or ():
        match = _REQUIREMENT.match(line)
        if match is None or match[3]:
            continue  # of an extra, or of other versions of Python
        name, bounds = match[1], match[2].strip()
        found = _version(name)
        if found is None or not _fits(found, bounds):
            wrong += 1
            advice = "install newscrawler again: pip install --upgrade newscrawler"
            yield Finding("bad", "libraries", f"{name} {bounds} is needed, {found or 'none'} is installed", advice)
    if not wrong:
        yield Finding("ok", "libraries", "all are there, in versions that newscrawler was tested with")
    if _version("pyarrow") is None:
        yield Finding("ok", "Parquet", "not installed; `pip install newscrawler[parquet]` brings that export")


def _fits(found: str, bounds: str) -> bool:
    """Whether a version is within bounds such as `>=2.19,<2.20`.

    >>> _fits("2.19.1", "<2.20,>=2.19"), _fits("2.20", "<2.20,>=2.19"), _fits("7", "")
    (True, False, True)
    """
    return all(is_older(found, limit) == (sign == "<") for sign, limit in _BOUND.findall(bounds))


def _holes() -> Iterator[Finding]:
    open_ones = [
        (hole, found) for hole in HOLES if (found := _version(hole.library)) and is_older(found, hole.fixed_in)
    ]
    for hole, found in open_ones:
        says = f"{hole.library} {found} has a known hole ({hole.names}): {hole.harm}"
        yield Finding("bad", "holes", says, f"pip install --upgrade '{hole.library}>={hole.fixed_in}'")
    if not open_ones:
        yield Finding("ok", "holes", f"none of the {len(HOLES)} known ones of our libraries is open")


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None
