"""How the results are spread over years, sites and sections, each of them leading to a narrower search."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from newscrawler.store import Database
from newscrawler.store.search import Census, Dimension, counts_by
from newscrawler.web.census import census
from newscrawler.web.finding.wanted import Wanted
from newscrawler.web.kept import kept

_MOST = 12


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """Some of the results: those of a year, of a site or of a section."""

    name: str
    count: int
    share: float
    """Of the largest part, as percentage: the length of its bar."""
    values: Mapping[str, str]
    """Of the address that leads to it, or away from it where it is chosen."""
    is_chosen: bool


def years(db: Database, wanted: Wanted) -> list[Part]:
    """By year of publication, the latest first. The dates chosen do not count here, so that another can be chosen."""
    counts = _counts(db, wanted, replace(wanted, since="", until=""), "year")
    chosen = wanted.since if wanted.since == wanted.until else ""
    return _parts(dict(sorted(counts.items(), reverse=True)), wanted, ("from", "to"), chosen)


def sites(db: Database, wanted: Wanted) -> list[Part]:
    """By site, the one with the most results first."""
    counts = _counts(db, wanted, replace(wanted, site=""), "site")
    return _parts(_largest(counts), wanted, ("site",), wanted.site)


def sections(db: Database, wanted: Wanted) -> list[Part]:
    """By section, the twelve with the most results."""
    counts = _counts(db, wanted, replace(wanted, section=""), "category")
    return _parts(_largest(counts), wanted, ("section",), wanted.section)


def _counts(db: Database, wanted: Wanted, others: Wanted, dimension: Dimension) -> Mapping[str, int]:
    """:param others: what is wanted, but for what is chosen in this dimension."""
    if wanted.q:
        return counts_by(db, wanted.selection, dimension, choosing=True)
    selection = replace(others, sort=others.usual_sort).selection
    if Census.tells(selection):
        return census(db).by(selection, dimension)
    # Every visitor asks for these, and all articles are gone through for them.
    return kept(db, f"counts by {dimension} of {selection}", lambda db: counts_by(db, selection, dimension))


def _largest(counts: Mapping[str, int]) -> dict[str, int]:
    named = ((name, count) for name, count in counts.items() if name)
    return dict(sorted(named, key=lambda pair: (-pair[1], pair[0]))[:_MOST])


def _parts(counts: Mapping[str, int], wanted: Wanted, fields: tuple[str, ...], chosen: str) -> list[Part]:
    most = max(counts.values(), default=1)
    others = {name: value for name, value in wanted.values.items() if name not in fields}
    return [
        Part(
            name=name,
            count=count,
            share=round(100 * count / most, 1),
            values=others if name == chosen else {**others, **dict.fromkeys(fields, name)},
            is_chosen=name == chosen,
        )
        for name, count in counts.items()
    ]
