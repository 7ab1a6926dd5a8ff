"""When a host was asked, and why it was left alone: of tables `captures` and `problems`."""

from __future__ import annotations

from sqlite_utils import Database

from newscrawler.urls import urlkey

# Sort keys begin with the host, so one stretch of an index holds all of a host's, and a second those with a port.
_TIMES = """
    SELECT timestamp FROM captures
    WHERE (urlkey >= :host || ')' AND urlkey < :host || '*' OR urlkey >= :host || ':' AND urlkey < :host || ';')
        AND timestamp >= :since AND run_id IS NOT NULL
    ORDER BY timestamp
"""
_CLOSED = """
    SELECT message FROM problems WHERE url = :url AND stage = :stage AND kind = :kind ORDER BY id DESC LIMIT 1
"""


def times_of_host(db: Database, host: str, since: str) -> list[str]:
    """When runs have asked a host, or its namesake with www, since a time (both UTC, ISO 8601), oldest first. Requests
    that were never answered are not in the table, and imported captures are nobody's run."""
    place = f"[{host}]" if ":" in host else host
    key = urlkey(f"http://{place}/").partition(")")[0]
    return [at for (at,) in db.conn.execute(_TIMES, {"host": key, "since": since})]


def last_message(db: Database, url: str, stage: str, kind: str) -> str | None:
    """What the latest row of such a problem with an address says, or None."""
    row = db.conn.execute(_CLOSED, {"url": url, "stage": stage, "kind": kind}).fetchone()
    return None if row is None else str(row[0])
