"""The timeline of hot news: which items stood in the hot blocks, and from when to when they were seen there."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from newscrawler.store import Database
from newscrawler.store.hot_spans import HotSpan, hot_sites, hot_spans, utc
from newscrawler.store.hot_words import MOST_PAGES
from newscrawler.web.asked import Asked
from newscrawler.web.hot.periods import LAST, Period, period
from newscrawler.web.hot.rows import HotRow, axis_of, rows, shown
from newscrawler.web.kept import kept
from newscrawler.web.pages import Sent, View, page, view
from newscrawler.web.speech import Speech

AT_ONCE = 25
ORDERS = ("latest", "longest")


def met(spans: Iterable[HotSpan], chosen: Period) -> list[HotSpan]:
    """The spans that meet the period."""
    first = utc(chosen.since) if chosen.since else ""
    last = utc(chosen.until) if chosen.until else "~"
    return [span for span in spans if span.last_seen >= first and span.first_seen <= last]


def ordered(spans: Iterable[HotSpan], order: str) -> list[HotSpan]:
    """The latest seen first, or the longest."""
    by_name = sorted(spans, key=lambda span: span.item)
    latest = sorted(by_name, key=lambda span: (span.last_seen, span.first_seen), reverse=True)
    return sorted(latest, key=_length, reverse=True) if order == "longest" else latest


def answer(db: Database, asked: Asked) -> Mapping[str, object]:
    """What the page shows."""
    found = _found(db, asked)
    context: dict[str, object] = {
        "sites": hot_sites(db),
        "site": asked.text("site"),
        "period": found.period,
        "periods": LAST,
        "orders": ORDERS,
        "order": found.order,
        "total": found.total,
        "number": found.number,
        "pages": found.pages,
        "rows": [],
    }
    if found.spans:
        site = asked.text("site") or None
        context |= shown(db, axis_of(found.spans, found.period), found.spans, site, Speech(asked.lang))
        context |= {
            "start": min(span.first_seen for span in found.all),
            "end": max(span.last_seen for span in found.all),
        }
    return context


def as_json(db: Database, asked: Asked) -> Sent:
    """The same as JSON."""
    found = _found(db, asked)
    items = rows(db, found.spans, axis_of(found.spans, found.period)) if found.spans else []
    body = {
        "site": asked.text("site") or None,
        "from": found.period.since and utc(found.period.since),
        "to": found.period.until and utc(found.period.until),
        "sort": found.order,
        "total": found.total,
        "page": found.number,
        "pages": found.pages,
        "items": [_told(item) for item in items],
    }
    return Sent(body=json.dumps(body, ensure_ascii=False, indent=1), type="application/json; charset=utf-8")


@dataclass(frozen=True, kw_only=True, slots=True)
class _Found:
    period: Period
    order: str
    all: Sequence[HotSpan]
    asked_for: int
    """Number of the page that was asked for."""

    @property
    def number(self) -> int:
        return min(self.asked_for, self.pages)

    @property
    def total(self) -> int:
        return len(self.all)

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // AT_ONCE))

    @property
    def spans(self) -> Sequence[HotSpan]:
        start = AT_ONCE * (self.number - 1)
        return self.all[start : start + AT_ONCE]


def _found(db: Database, asked: Asked) -> _Found:
    site = asked.text("site") or None
    order = asked.text("sort") if asked.text("sort") in ORDERS else ORDERS[0]
    known = site is None or site in hot_sites(db)
    spans = kept(db, f"hot {order} {site}", lambda db: ordered(hot_spans(db, site), order)) if known else []
    latest = _moment(max((span.last_seen for span in spans), default="1970-01-01T00:00:00Z"))
    chosen = period(asked, latest)
    return _Found(period=chosen, order=order, all=met(spans, chosen), asked_for=asked.number("page"))


def _told(row: HotRow) -> dict[str, object]:
    words = asdict(row.words)
    return {
        "site": row.span.site,
        "title": words.pop("title"),
        "url": words.pop("url"),
        "first_seen": row.span.first_seen,
        "last_seen": row.span.last_seen,
        "seen_at_last_look": row.still,
        "pages_is_at_least": row.words.pages >= MOST_PAGES,
        **words,
    }


def _moment(stamp: str) -> datetime:
    return datetime.fromisoformat(stamp)


def _length(span: HotSpan) -> timedelta:
    return _moment(span.last_seen) - _moment(span.first_seen)


ROUTES: list[tuple[str, View]] = [(r"/hot$", page("hot.html", answer)), (r"/hot\.json$", view(as_json))]
