"""The columns of table `articles`: which reading of a page each of them is of, and how lists stand in them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from newscrawler.items import Article, Claim, Origin
from newscrawler.urls import urlkey

OF_TEXT = (
    "title",
    "summary",
    "byline",
    "word_count",
    "content_hash",
    "capture_id",
    "extractor",
    "body_text",
    "body_html",
    "other_text",
    "twin_hash",
)
"""Of the reading in which the present text was seen first; so are the columns of `versions`."""
OF_PAGE = (
    "category",
    "authors",
    "tags",
    "canonical_url",
    "published",
    "published_precision",
    "published_source",
    "published_raw",
    "event_date",
    "modified",
    "modified_precision",
    "modified_source",
    "modified_raw",
    "language",
    "origins",
)
"""Of the latest reading: what the page says around the text, where a change makes no version."""
_PLACE = ("site", "site_article_id", "url", "urlkey")
_LISTS = ("authors", "tags")

# An address that another article holds stays with that one: two rows may not share it.
_FREE_URL = "EXISTS (SELECT 1 FROM articles AS other WHERE other.url = :url AND other.id != :article_id)"
_SET_PLACE = f"""
    site = :site, site_article_id = coalesce(:site_article_id, site_article_id),
    url = iif({_FREE_URL}, url, :url), urlkey = iif({_FREE_URL}, urlkey, :urlkey)
"""


def _names(columns: Iterable[str]) -> str:
    return ", ".join(columns)


def _values(columns: Iterable[str]) -> str:
    return ", ".join(f":{name}" for name in columns)


def _set(columns: Iterable[str]) -> str:
    return ", ".join(f"{name} = :{name}" for name in columns)


_ALL = (*_PLACE, *OF_PAGE, *OF_TEXT)
ADD = f"""
    INSERT INTO articles ({_names(_ALL)}, first_seen, last_seen, last_changed)
    VALUES ({_values(_ALL)}, :seen_at, :seen_at, :seen_at)
"""
REPLACE = f"""
    UPDATE articles SET
        {_SET_PLACE}, {_set((*OF_PAGE, *OF_TEXT))},
        first_seen = min(first_seen, :seen_at), last_seen = max(last_seen, :seen_at), last_changed = :seen_at
    WHERE id = :article_id
"""
RETELL = f"""
    UPDATE articles SET {_set(OF_TEXT)}, first_seen = min(first_seen, :seen_at), last_changed = :seen_at
    WHERE id = :article_id
"""
# Asked first: nearly always all is as it was, and a column that is set costs its index two pages even then.
REFRESH = f"""
    UPDATE articles SET {_SET_PLACE}, {_set(OF_PAGE)}
    WHERE id = :article_id AND ({_names(("site", "url", *OF_PAGE))}) IS NOT ({_values(("site", "url", *OF_PAGE))})
"""


def row_of(article: Article, seen_at: str) -> dict[str, Any]:
    """The values of an article's row as read at `seen_at`, without `twin_hash`, and `cut`: how many letters of the page
    have come, where it may break off."""
    capture_id = article.capture_id
    if capture_id is None and article.page and article.page.capture:
        capture_id = article.page.capture.id
    # Of the page, not of what was read out of it: the menu of half a page may pass for an article (facts: reliability
    # §2, rows 8 and 40).
    cut = len(article.page.html) if article.page and article.page.cut else None
    more = {"seen_at": seen_at, "capture_id": capture_id, "urlkey": urlkey(article.url), "cut": cut}
    lists = {name: _json(getattr(article, name)) for name in _LISTS}
    return {**vars(article), **lists, **more, "origins": _json(_origins(article.origins))}


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _origins(origins: Mapping[str, Origin]) -> dict[str, dict[str, Any]]:
    """Without what is empty: the column says where each field of each article was read."""
    return {field: _origin(origin) for field, origin in sorted(origins.items())}


def _origin(origin: Origin) -> dict[str, Any]:
    conflicts = [_conflict(claim) for claim in origin.conflicts]
    told = {"source": origin.source, "where": origin.where, "conflicts": conflicts}
    return {name: value for name, value in told.items() if value}


def _conflict(claim: Claim) -> dict[str, str]:
    told = {"source": claim.source, "where": claim.where, "value": claim.value}
    return {name: value for name, value in told.items() if value}


def told(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row as people use it: lists as lists, origins whole, and no fingerprint."""
    lists = {name: json.loads(row[name] or "[]") for name in _LISTS}
    origins = {field: _whole(origin) for field, origin in json.loads(row["origins"] or "{}").items()}
    known = {name: value for name, value in row.items() if name != "twin_hash"}
    return {**known, **lists, "origins": origins}


def _whole(origin: Mapping[str, Any]) -> dict[str, Any]:
    conflicts = [{"where": "", **conflict} for conflict in origin.get("conflicts", ())]
    return {"where": "", **origin, "conflicts": conflicts}
