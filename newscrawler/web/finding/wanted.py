"""What a reader of the search page wants: the fields of its form, in the address and as a selection of the store."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

from newscrawler.items import BlockName
from newscrawler.store.search import BLOCKS, SORTS, Selection, Sort
from newscrawler.text import one_line
from newscrawler.web.asked import Asked
from newscrawler.web.typed_days import is_before, typed_day

FIELDS = ("q", "site", "from", "to", "section", "byline", "block", "sort")
A_PAGE = 20
DEEPEST = 1000
"""So many results can be leafed through; further ones are reached by a narrower search."""
_Value = TypeVar("_Value")
_Other = TypeVar("_Other")


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """One search. Every field is a text, empty where nothing is wanted; dates are ISO, as exact as they were typed."""

    q: str = ""
    site: str = ""
    since: str = ""
    until: str = ""
    section: str = ""
    byline: str = ""
    block: BlockName | None = None
    sort: Sort = "relevance"
    page: int = 1
    typed: Mapping[str, str] = field(default_factory=dict)
    """`from` and `to` as they were typed, to be shown again."""
    amiss: Mapping[str, str] = field(default_factory=dict)
    """Field → key of the sentence that says what is wrong with it; the field then counts as empty."""

    @property
    def selection(self) -> Selection:
        """As the store takes it."""
        return Selection(
            words=self.q,
            site=self.site or None,
            since=self.since or None,
            until=self.until or None,
            category=self.section or None,
            byline=self.byline or None,
            block=self.block,
            sort=self.sort,
        )

    @property
    def filters(self) -> dict[str, str]:
        """The filters that are in force, as they stand in an address."""
        named = {
            "site": self.site,
            "from": self.since,
            "to": self.until,
            "section": self.section,
            "byline": self.byline,
            "block": self.block or "",
        }
        return {name: value for name, value in named.items() if value}

    @property
    def values(self) -> dict[str, str]:
        """The address of the first page: nothing in it that goes without saying."""
        sort = {"sort": self.sort} if self.sort != self.usual_sort else {}
        return {**({"q": self.q} if self.q else {}), **self.filters, **sort}

    def at(self, page: int) -> dict[str, str]:
        """The address of a page."""
        return {**self.values, **({"page": str(page)} if page > 1 else {})}

    def sorted_by(self, sort: Sort) -> dict[str, str]:
        """The address of the first page in another order."""
        return replace(self, sort=sort).values

    @property
    def usual_sort(self) -> Sort:
        """The order where none is asked for."""
        return self.sorts[0]

    @property
    def sorts(self) -> tuple[Sort, ...]:
        """The orders to choose from; without words nothing is more relevant than another."""
        return _sorts(self.q)


def wanted(asked: Asked) -> Wanted:
    """What is asked for; values that are none of a field's own count as empty, and no value is an error."""
    since, until, amiss = _span(asked)
    q = one_line(asked.text("q"))
    return Wanted(
        q=q,
        site=one_line(asked.text("site")),
        since=since,
        until=until,
        section=one_line(asked.text("section")),
        byline=one_line(asked.text("byline")),
        block=_among(BLOCKS, asked.text("block"), None),
        sort=_among(_sorts(q), asked.text("sort"), _sorts(q)[0]),
        page=asked.number("page", most=DEEPEST // A_PAGE),
        typed={name: one_line(asked.text(name)) for name in ("from", "to")},
        amiss=amiss,
    )


def _sorts(q: str) -> tuple[Sort, ...]:
    return SORTS if q else SORTS[1:]


def _among(known: Iterable[_Value], typed: str, otherwise: _Other) -> _Value | _Other:
    return next((value for value in known if value == typed), otherwise)


def _span(asked: Asked) -> tuple[str, str, dict[str, str]]:
    """From when, until when, and what is wrong with either."""
    days = {name: typed_day(asked.text(name)) for name in ("from", "to") if asked.text(name)}
    amiss = {name: "search.no_date" for name, day in days.items() if day is None}
    since, until = days.get("from") or "", days.get("to") or ""
    if since and until and is_before(until, since):
        return since, "", {"to": "search.ends_too_early"}
    return since, until, amiss
