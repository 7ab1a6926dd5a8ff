"""Where each field of an article was read, what contradicts it, and why a field is empty."""

from __future__ import annotations

from typing import Any

from newscrawler.items import Article, Blocks, Claim, Origin
from newscrawler.reading.columns import article_columns, origin_object
from newscrawler.reading.dates.address_date import address_date

_SAME_AS = {
    "published_precision": "published",
    "published_source": "published",
    "published_raw": "published",
    "modified_precision": "modified",
    "modified_source": "modified",
    "modified_raw": "modified",
    "body_html": "body_text",
    "other_text": "body_text",
    "word_count": "body_text",
    "content_hash": "body_text",
    "media": "body_text",
}
"""Columns that are made of another one."""
_NOT_READ = frozenset("id first_seen last_seen last_changed capture_id extractor origins twin_hash".split())
"""Columns that no place of a page holds."""
_PLACES = frozenset({"body_text", "links", "comments"})
_UNREADABLE = "no date that can be"
_WHY = {
    "published": _UNREADABLE,
    "modified": _UNREADABLE,
    "authors": "names no person, but the paper or nobody",
    "canonical_url": "another host, or the front page",
}
_DISTRUSTED = "known to be wrong on this site"
_ADDRESS = "tells when the item was begun"
_NO_YEAR = "its year is not known"

Explanation = dict[str, dict[str, Any]]
"""Column → `source`, `where`, `conflicts` (as column `origins` has them) and `refused` (source, where, raw, why)."""


def explain(article: Article) -> Explanation:
    """Each field that has a value with its source, place and conflicts, and for each field what was refused and why.

    :param article: as it was read in this process: what was refused is known only there.
    """
    columns = article_columns(article)
    refused = _refused(article)
    found: Explanation = {}
    for field, value in columns.items():
        if field in _NOT_READ and field not in refused:
            continue
        origin = _origin(article, field) if value else None
        if origin or field in refused:
            told = origin_object(origin) if origin else {"source": None, "where": "", "conflicts": []}
            found[field] = {**told, "refused": refused.get(field, [])}
    return found


def _origin(article: Article, field: str) -> Origin | None:
    own = article.origins.get(field)
    if own is None and field in ("links", "comments"):
        return Origin(source="heuristic", where="lists and labels" if field == "links" else "marks of comments")
    if own is None and (base := _SAME_AS.get(field)):
        other = article.origins.get(base)
        own = Origin(source=other.source, where=other.where) if other else None
    if own is None and field == "published_raw":
        return Origin(source="prose", where="first paragraphs")
    return own


def _refused(article: Article) -> dict[str, list[dict[str, str]]]:
    """Field → statements that could not be taken."""
    blocks: Blocks | None = article.page.cache.get("blocks") if article.page else None
    claims = [*blocks.claims, *blocks.metadata.claims] if blocks else []
    found: dict[str, list[dict[str, str]]] = {}
    for claim in claims:
        if claim.field not in _PLACES and (why := _why(claim, article)):
            found.setdefault(claim.field, []).append(_told(claim, why))
    if article.published is None and article.page:
        if article.published_raw and "published" not in found:
            raw = article.published_raw
            found["published"] = [{"source": "prose", "where": "first paragraphs", "raw": raw, "why": _NO_YEAR}]
        if day := address_date(article.page.url, article.page.fetched_at):
            found.setdefault("published", []).append(_told(day, _ADDRESS))
    return found


def _why(claim: Claim, article: Article) -> str:
    if not claim.value:
        return _WHY.get(claim.field, "cannot be read")
    return "" if getattr(article, claim.field, None) else _DISTRUSTED


def _told(claim: Claim, why: str) -> dict[str, str]:
    return {"source": claim.source, "where": claim.where, "raw": claim.raw or claim.value, "why": why}
