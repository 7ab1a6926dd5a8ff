"""Versions of programs that are known to be bad (facts: reliability §0.2, §1 and §4), as data."""

from __future__ import annotations

import re
from dataclasses import dataclass

Version = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Hole:
    """A hole of a library."""

    library: str
    fixed_in: str
    names: str
    """Of the advisories."""
    harm: str


HOLES = (
    Hole("scrapy", "2.14.2", "GHSA-cwxj-rr6w-m6w7", "a header of a server runs code"),
    Hole("scrapy", "2.17", "GHSA-76g3-c3x4-crvx", "files of S3 are fetched without encryption"),
    Hole("scrapy", "2.13.4", "CVE-2025-6176", "a small answer that unpacks to gigabytes fills the memory"),
    Hole("scrapy", "2.11.2", "GHSA-23j4-mw76-5v7h", "redirects lead to files of this machine"),
    Hole("scrapy", "2.11.2", "GHSA-4qqq-9vqf-3h3f", "passwords are sent on over open lines"),
    Hole("scrapy", "2.11.1", "CVE-2024-3574", "passwords are sent to other hosts"),
    Hole("scrapy", "2.11.1", "CVE-2024-1892, GHSA-7j7m-v7m3-jqm7", "one page can stop the crawl"),
    Hole("lxml-html-clean", "0.4.5", "CVE-2026-28348, CVE-2026-28350", "scripts survive the cleaning"),
    Hole("lxml-html-clean", "0.4.0", "PYSEC-2024-160", "scripts survive the cleaning"),
)


@dataclass(frozen=True, slots=True)
class SqliteHole:
    """A fault of SQLite: all versions from `since` on have it, but for those from `fixed_in` on, each in its own
    series."""

    since: Version
    fixed_in: tuple[Version, ...]
    """The newest series first; later series have the newest fix."""
    says: str
    advice: str

    def is_in(self, version: Version) -> bool:
        """Whether a version has it.

        >>> WAL_RESET.is_in((3, 40, 1)), WAL_RESET.is_in((3, 50, 7)), WAL_RESET.is_in((3, 51, 2))
        (True, False, True)
        """
        if version < self.since or version >= self.fixed_in[0]:
            return False
        return not any(version[:2] == fix[:2] and version >= fix for fix in self.fixed_in)


WAL_RESET = SqliteHole(
    since=(3, 7, 0),
    fixed_in=((3, 51, 3), (3, 50, 7), (3, 44, 6)),
    says="can damage a database that two programs write at once (the WAL-reset bug)",
    advice="use a Python with SQLite 3.51.3 or newer (or 3.50.7, 3.44.6); until then let nothing but newscrawler, "
    "which writes one at a time, write to news.db",
)
FTS_MEMORY = SqliteHole(
    since=(3, 9, 0),
    fixed_in=((3, 54, 0),),
    says="can be crashed by a database file made to harm (CVE-2026-11822, CVE-2026-11824, CVE-2026-119374)",
    advice="open no news.db that strangers gave you: take over their WARC files with `newscrawler import` instead",
)
SQLITE_HOLES = (WAL_RESET, FTS_MEMORY)


def version_of(text: str) -> Version:
    """The numbers at the beginning of a version, for comparing.

    >>> version_of("2.19.0rc1"), version_of("0.4.5")
    ((2, 19, 0), (0, 4, 5))
    """
    match = re.match(r"\d+(?:\.\d+)*", text)
    return tuple(map(int, match[0].split("."))) if match else ()


def is_older(one: str, other: str) -> bool:
    """Whether a version comes before another; missing numbers count as zero.

    >>> is_older("2.9", "2.10"), is_older("2.19", "2.19.0")
    (True, False)
    """
    a, b = version_of(one), version_of(other)
    width = max(len(a), len(b))
    return a + (0,) * (width - len(a)) < b + (0,) * (width - len(b))
