"""Articles that their server has no more: column `articles.gone_at`."""

from __future__ import annotations

from sqlite_utils import Database

from newscrawler.store.database import transaction

GONE = (404, 410)
"""Statuses by which a server says that there is nothing at an address, now or for good (RFC 9110 §15.5.5, §15.5.11)."""

_ASKED_IN_VAIN = "SELECT EXISTS (SELECT 1 FROM captures WHERE urlkey = :urlkey AND status IN (404, 410))"
_FIRST_AFTER = """
    SELECT min(timestamp) FROM captures
    WHERE captures.urlkey = articles.urlkey AND status IN (404, 410) AND timestamp > articles.last_seen
"""
_NOTE = f"UPDATE articles SET gone_at = ({_FIRST_AFTER}) WHERE urlkey = :urlkey AND gone_at IS NOT ({_FIRST_AFTER})"


def note_gone(db: Database, urlkey: str) -> None:
    """Give the articles of an address the moment at which their server first said that it has them no more, since it
    was last seen to have them (UTC, ISO 8601); none, where it has them. Their last version stays.

    The rule asks only what the tables hold, so the rows are the same in whatever order the archive is read.
    """
    with transaction(db):
        if db.conn.execute(_ASKED_IN_VAIN, {"urlkey": urlkey}).fetchone()[0]:
            db.conn.execute(_NOTE, {"urlkey": urlkey})
