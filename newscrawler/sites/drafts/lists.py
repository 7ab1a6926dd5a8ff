"""How the lists of a site are written: its sections, and their following pages where any was seen."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from newscrawler.sites.any_addresses import numbered, page_number, series_of
from newscrawler.sites.drafts.evidence import Seen

MOST_SECTIONS = 40
_TAIL = re.compile(r"(?P<end>(?:\.[a-z]{2,5})?/?)$", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class GuessedList:
    """The keys of a `[[listings]]`, and how many sections it has."""

    pattern: str
    url: str
    first_url: str
    sections: int
    turned: int
    """Sections of which a following page was seen."""


def guess_lists(seen: Seen) -> GuessedList | None:
    """One listing for all sections that are written alike; None where the menu names none.

    Sections are named one by one: a pattern that any word fits would take articles for lists.
    """
    sections = _alike(seen.sections)
    if not sections:
        return None
    end = _end(sections[0])
    turns = _turns(seen.others)
    names = {_name(url): url for url in sections}
    series = "|".join(re.escape(name).replace(r"\-", "-") for name in names)
    turned = [turn for url in sections if (turn := turns.get(series_of(url)))]
    first = f"{{root}}/{{series}}{end}"
    if not turned:
        pattern = rf"^/(?P<series>{series}){re.escape(end)}(?:[?]|$)"
        return GuessedList(pattern=pattern, url=first, first_url="", sections=len(names), turned=0)
    url, pattern = _of_turn(turned[0], series, end)
    return GuessedList(pattern=pattern, url=url, first_url=first, sections=len(names), turned=len(turned))


def _alike(sections: Counter[str]) -> list[str]:
    """The largest group of those that end alike, in the order of the menu."""
    by_end: defaultdict[str, list[str]] = defaultdict(list)
    for url in sections:
        parts = urlsplit(url)
        if not parts.query and parts.path.count("/") <= 3:
            by_end[_end(url)].append(url)
    return max(by_end.values(), key=len, default=[])[:MOST_SECTIONS]


def _turns(others: Iterable[str]) -> dict[str, str]:
    """Series → address of a following page of it."""
    return {series_of(url): url for url in others if (page_number(url) or 0) > 1}


def _of_turn(turn: str, series: str, end: str) -> tuple[str, str]:
    """Template and pattern, by one following page."""
    marked = numbered(turn, 987_654) or turn
    parts = urlsplit(marked)
    base = series_of(turn).partition("/")[2].partition("?")[0]
    start = parts.path[: 1 + len(base)]
    if "987654" in parts.query:
        name = next(pair.partition("=")[0] for pair in parts.query.split("&") if "987654" in pair)
        url = f"{{root}}/{{series}}{parts.path[len(start) :]}?{name}={{page}}"
        return url, rf"^/(?P<series>{series}){_optional(end)}(?:[?](?:(?:[^?]*&)?{name}=(?P<page>\d{{1,9}})(?:&|$))?|$)"
    before, _number, behind = parts.path[len(start) :].partition("987654")
    middle = re.escape(before.removesuffix("-")) + ("-" if before.endswith("-") else "")
    url = f"{{root}}/{{series}}{before}{{page}}{behind}"
    if behind == end:
        return url, rf"^/(?P<series>{series})(?:{middle}(?P<page>\d{{1,9}}))?{_optional(end)}(?:[?]|$)"
    turned = rf"{middle}(?P<page>\d{{1,9}}){_optional(behind)}"
    return url, rf"^/(?P<series>{series})(?:{turned}|{_optional(end)})(?:[?]|$)"


def _optional(end: str) -> str:
    """A slash at the end may be missing."""
    return f"{re.escape(end.removesuffix('/'))}/?"


def _end(url: str) -> str:
    match = _TAIL.search(urlsplit(url).path)
    return match["end"] if match else ""


def _name(url: str) -> str:
    path = urlsplit(url).path
    return path.removesuffix(_end(url)).strip("/")
