"""The hot blocks through time: which items stood there, from the first sighting of each to the last."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlite_utils import Database

from newscrawler.store.times import is_time

# Millions of rows tell of a few thousand items, so no list of the rows is walked through: SQLite steps from each item
# to the next one, and takes its earliest and latest sighting from the ends of two indices.
_ITEM = "coalesce(url, title, summary)"
_SITES = """
    WITH RECURSIVE sites(site) AS (
        SELECT min(site) FROM links WHERE block = 'hot'
        UNION ALL
        SELECT (SELECT min(site) FROM links WHERE block = 'hot' AND site > sites.site) FROM sites
        WHERE sites.site IS NOT NULL
    )
    SELECT site FROM sites WHERE site IS NOT NULL
"""
_SPANS = f"""
    WITH RECURSIVE items(item) AS (
        SELECT min({_ITEM}) FROM links WHERE block = 'hot' AND site = :site
        UNION ALL
        SELECT (SELECT min({_ITEM}) FROM links WHERE block = 'hot' AND site = :site AND {_ITEM} > items.item)
        FROM items WHERE items.item IS NOT NULL
    )
    SELECT item,
        (SELECT min(first_seen) FROM links WHERE block = 'hot' AND site = :site AND {_ITEM} = item),
        (SELECT max(last_seen) FROM links WHERE block = 'hot' AND site = :site AND {_ITEM} = item)
    FROM items WHERE item IS NOT NULL
"""
_NEXT = f"""
    SELECT min({{column}}) FROM links
    WHERE block = 'hot' AND site = :site AND {_ITEM} = :item AND {{column}} >= :since AND {{column}} <= :until
"""
_LOOKS = """
    SELECT started_at FROM runs
    WHERE reason <> 'import' AND started_at BETWEEN :since AND :until AND (:site IS NULL OR site = :site)
    ORDER BY started_at
"""
_LAST_LOOKS = "SELECT site, max(started_at) FROM runs WHERE reason <> 'import' GROUP BY site"


@dataclass(frozen=True, slots=True)
class HotSpan:
    """An item of a site's hot block between two sightings; times are UTC, ISO 8601.

    What was there between them, or before and after, nobody looked at.
    """

    site: str
    item: str
    """Its address, or where it has none its words."""
    first_seen: str
    last_seen: str


def hot_spans(db: Database, site: str | None = None) -> list[HotSpan]:
    """All items of the hot block of one site, or of all, in the order of their names; without those whose times are
    none that we write, as in a database that others have changed."""
    sites = [site] if site else hot_sites(db)
    spans = (HotSpan(one, *row) for one in sites for row in db.conn.execute(_SPANS, {"site": one}))
    return [
        span for span in spans if isinstance(span.item, str) and is_time(span.first_seen) and is_time(span.last_seen)
    ]


def hot_sites(db: Database) -> list[str]:
    """The sites of which anything hot was seen."""
    return [site for (site,) in db.conn.execute(_SITES)]


def sightings(db: Database, span: HotSpan, since: str, until: str, step: timedelta) -> list[str]:
    """Moments at which an item was seen, in order; of those within `step` of another not all.

    :param since: UTC, ISO 8601; as `until` included.
    """
    return sorted({at for column in ("first_seen", "last_seen") for at in _seen(db, span, column, since, until, step)})


def _seen(db: Database, span: HotSpan, column: str, since: str, until: str, step: timedelta) -> Iterator[str]:
    sql = _NEXT.format(column=column)
    values = {"site": span.site, "item": span.item, "since": since, "until": until}
    while is_time(at := db.conn.execute(sql, values).fetchone()[0]):
        yield at
        values["since"] = utc(datetime.fromisoformat(at) + step)


def looks(db: Database, site: str | None, since: str, until: str) -> list[str]:
    """When runs of a site, or of any, began to look, in order; UTC, ISO 8601."""
    rows = db.conn.execute(_LOOKS, {"site": site, "since": since, "until": until})
    return [at for (at,) in rows if is_time(at)]


def last_looks(db: Database) -> dict[str, str]:
    """Site → when its last run began: what was seen since then stood there when the archive last looked."""
    return dict(db.conn.execute(_LAST_LOOKS).fetchall())


def utc(moment: datetime) -> str:
    """An aware time as the tables write it."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
