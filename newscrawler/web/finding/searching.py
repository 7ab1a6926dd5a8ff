"""The search page: a form whose address is the search, what was found, and ways to find less or more."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from newscrawler.store import Database
from newscrawler.store.cards import sites_of
from newscrawler.store.search import BLOCKS
from newscrawler.web.addresses import Addresses
from newscrawler.web.asked import Asked
from newscrawler.web.finding.facets import sections, sites, years
from newscrawler.web.finding.feeds import as_json, atom
from newscrawler.web.finding.found import found
from newscrawler.web.finding.unchanged import unless_held
from newscrawler.web.finding.wanted import FIELDS, Wanted, wanted
from newscrawler.web.headers import OURS
from newscrawler.web.pages import Sent, View, view
from newscrawler.web.rendering import render


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that is in force."""

    name: str
    value: str
    without: Mapping[str, str]
    """Of the address that the search has without it."""


def search_page(db: Database, asked: Asked) -> Sent:
    """The page; an address with empty values, as a form sends them, leads to the one without."""
    if any(name in asked.values and not asked.text(name) for name in (*FIELDS, "page")):
        return Sent(body="", status=302, headers={"location": _tidy(asked)})
    return Sent(body=render("search.html", asked, _shown(db, asked)), policy=OURS)


def _tidy(asked: Asked) -> str:
    typed = {name: asked.text(name) for name in (*FIELDS, "page", "lang")}
    return Addresses(asked).search(**typed)


def _shown(db: Database, asked: Asked) -> Mapping[str, object]:
    what = wanted(asked)
    return {
        "wanted": what,
        "found": found(db, what),
        "chips": _chips(what),
        "years": years(db, what),
        "sites": sites(db, what),
        "sections": sections(db, what),
        "all_sites": sites_of(db),
        "blocks": BLOCKS,
    }


def _chips(what: Wanted) -> list[Chip]:
    """Each filter once; a year, month or day that is both beginning and end is one filter."""
    if what.since and what.since == what.until:
        others = {name: value for name, value in what.filters.items() if name not in ("from", "to")}
        return [Chip("in", what.since, _less(what, "from", "to")), *(_chip(what, *pair) for pair in others.items())]
    return [_chip(what, *pair) for pair in what.filters.items()]


def _chip(what: Wanted, name: str, value: str) -> Chip:
    return Chip(name, value, _less(what, name))


def _less(what: Wanted, *names: str) -> dict[str, str]:
    return {name: value for name, value in what.values.items() if name not in names}


ROUTES: list[tuple[str, View]] = [
    (r"/search$", view(search_page)),
    (r"/search\.json$", unless_held(view(as_json))),
    (r"/search\.atom$", unless_held(view(atom))),
]
