"""Where an article comes from: every capture of its page, and the proof that a record is as it was written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from newscrawler.errors import NoSuchPageError
from newscrawler.items import Capture
from newscrawler.store import Database, find_capture
from newscrawler.store.page_captures import (
    captures_of_article,
    count_captures_of_article,
    is_capture_of_article,
)
from newscrawler.store.version_heads import version_heads
from newscrawler.web.articles.article import ID, article_of
from newscrawler.web.asked import Asked
from newscrawler.web.captures.archived import original_of
from newscrawler.web.captures.proof import prove
from newscrawler.web.pages import View, page

_MOST = 100
"""Captures that are listed; the latest."""


def provenance(db: Database, asked: Asked) -> Mapping[str, object]:
    """The captures of an article's page; with `verify=1`, what comes of reading one of them again."""
    found = article_of(db, asked)
    chosen = chosen_capture(db, asked, found)
    wanted = asked.text("verify") not in ("", "0")
    return {
        "article": found,
        "captures": captures_of_article(db, found["id"], found["urlkey"], limit=_MOST),
        "count": count_captures_of_article(db, found["id"], found["urlkey"]),
        "versions": {head.capture_id: head.number for head in version_heads(db, found["id"])},
        "chosen": chosen,
        "holder": original_of(db, chosen) if chosen else None,
        "checks": prove(db, asked.folder, chosen) if wanted and chosen else [],
    }


def chosen_capture(db: Database, asked: Asked, found: Mapping[str, Any]) -> Capture | None:
    """The capture that is asked for (`capture=…`) among those of an article; else the one that its text is from, or
    None.

    :raises NoSuchPageError: if the one asked for is none of the article's.
    """
    if not asked.text("capture"):
        return find_capture(db, found["capture_id"]) if found["capture_id"] else None
    id_ = asked.number("capture", most=999_999_999, otherwise=0)
    capture = find_capture(db, id_) if is_capture_of_article(db, id_, found["id"], found["urlkey"]) else None
    if capture is None:
        raise NoSuchPageError(f"article {found['id']} has no capture {asked.text('capture')[:20]}")
    return capture


ROUTES: list[tuple[str, View]] = [(rf"/article/{ID}/provenance$", page("article_provenance.html", provenance))]
