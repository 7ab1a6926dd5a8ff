"""Undated articles dated by their neighbours, on sites whose article ids are numbers in the order of time (facts: sites
§1.2 and §5).

What is written follows from the table as a whole, whatever was written before: running it again changes nothing, and
when more articles come, what it said becomes narrower, or is taken back.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from datetime import date
from typing import NamedTuple, TypeGuard

from sqlite_utils import Database

from newscrawler.store.database import transaction
from newscrawler.store.id_order import IdOrder, Known, Span

YearlessDay = Callable[[str], tuple[int, int] | None]
"""Reads day and month out of a date that is printed without its year; None where it tells none."""

# Prose tells of events, and what neighbours have dated knows no more than they; years alone bound nothing.
_WITNESSES = """
    SELECT site_article_id, published FROM articles
    WHERE site = :site AND site_article_id IS NOT NULL AND published_source IN ('metadata', 'page', 'image-folder')
        AND published_precision IN ('minute', 'day', 'month')
"""
_UNSURE = """
    SELECT id, site_article_id, published, published_precision, published_source, published_raw, event_date
    FROM articles
    WHERE site = :site AND site_article_id IS NOT NULL
        AND (published_source IS NULL OR published_source IN ('neighbours', 'prose'))
"""
_WRITE = """
    UPDATE articles SET published = ?, published_precision = ?, published_source = ?, published_raw = ? WHERE id = ?
"""
_BRACKET = re.compile(r"(?P<raw>.*?) ?\[(?P<prose>prose; )?\d+: [^\[\],]+, \d+: [^\[\],]+\]", re.DOTALL)


class _Stated(NamedTuple):
    """The four columns of a date."""

    published: str | None
    precision: str | None
    source: str | None
    raw: str | None


def date_by_neighbours(db: Database, site: str, yearless_day: YearlessDay) -> int:
    """Write what neighbours say into the undated articles of a site, in one transaction; gives how many rows changed.

    Both neighbours in one month give the month, in one year the year; a day that the article tells without its year is
    taken where it fits between them only once. `published_raw` then holds the words of the article, if any, and ids and
    dates of both: `Sáng 26/7 [31170: 2018-07, 31174: 2018-07]`. A date of the prose that lies outside of what two
    neighbours on each side leave open is replaced in the same way, or withdrawn.
    """
    with transaction(db):
        order = IdOrder(_witnesses(db, site))
        changes = list(_changes(db, site, order, yearless_day))
        db.conn.executemany(_WRITE, changes)
    return len(changes)


def _witnesses(db: Database, site: str) -> Iterator[Known]:
    for number, value in db.conn.execute(_WITNESSES, {"site": site}):
        days = _days(value) if _is_number(number) else None
        if days:
            yield Known(int(number), *days, value)


def _days(value: str) -> tuple[date, date] | None:
    """First and last day that a stored date may mean."""
    try:
        first = date.fromisoformat(f"{value}-01" if len(value) == 7 else value[:10])
    except ValueError:
        return None
    return first, first.replace(day=monthrange(first.year, first.month)[1]) if len(value) == 7 else first


def _changes(
    db: Database, site: str, order: IdOrder, yearless_day: YearlessDay
) -> Iterator[tuple[str | None, str | None, str | None, str | None, int]]:
    """What rows should say that say something else, with their ids."""
    for id_, number, *columns, event in db.conn.execute(_UNSURE, {"site": site}):
        if _is_number(number):
            stored = _Stated(*columns)
            new = _dated(_own(stored, event), order.span(int(number)), yearless_day)
            if new != stored:
                yield (*new, id_)


def _is_number(site_article_id: str) -> bool:
    return site_article_id.isascii() and site_article_id.isdigit()


def _own(stored: _Stated, event: str | None) -> _Stated:
    """What a row said before neighbours were asked."""
    told = _BRACKET.fullmatch(stored.raw) if stored.raw and stored.source in ("neighbours", None) else None
    if told is None:
        return stored
    raw = told["raw"] or None
    return _Stated(event, "day", "prose", raw) if told["prose"] else _Stated(None, None, None, raw)


def _dated(own: _Stated, span: Span | None, yearless_day: YearlessDay) -> _Stated:
    """The columns of a row as they should be."""
    if span is None or own.source not in (None, "prose"):
        return own
    if own.source == "prose":
        contradicted = _is_day(own.published) and span.contradicts(date.fromisoformat(own.published))
        return _told(own, span, span.common, "prose; ") if contradicted else own
    told = yearless_day(own.raw) if own.raw else None
    day = span.day(*told) if told else None
    value = day.isoformat() if day else span.common
    return _told(own, span, value) if value else own


def _is_day(value: str | None) -> TypeGuard[str]:
    return value is not None and len(value) == 10


def _told(own: _Stated, span: Span, value: str | None, mark: str = "") -> _Stated:
    both = ", ".join(f"{one.number}: {one.value}" for one in (span.before, span.after))
    raw = f"{own.raw or ''} [{mark}{both}]".lstrip()
    if value is None:
        return _Stated(None, None, None, raw)
    return _Stated(value, {4: "year", 7: "month", 10: "day"}[len(value)], "neighbours", raw)
