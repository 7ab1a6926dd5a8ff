"""An Article as the plain values of its tables' columns."""

from __future__ import annotations

from dataclasses import asdict, fields
from typing import Any

from newscrawler.items import Article, Origin

_NOT_COLUMNS = ("page", "links", "media", "comments", "origins")
COLUMNS = tuple(field.name for field in fields(Article) if field.name not in _NOT_COLUMNS)
_UNSTORED = {"id": None, "article_id": None, "capture_id": None}
"""What only a database can fill."""


def article_columns(article: Article) -> dict[str, Any]:
    """Column name → value, with `links`, `media` and `comments` as lists of objects with those tables' columns; what
    table `articles` holds as JSON, such as `origins`, is objects and lists here."""
    columns: dict[str, Any] = {name: getattr(article, name) for name in COLUMNS}
    columns["origins"] = {field: origin_object(origin) for field, origin in article.origins.items()}
    page = {"page_url": article.page.url if article.page else article.url, "first_seen": None, "last_seen": None}
    columns["links"] = [{**_UNSTORED, **page, **asdict(link)} for link in article.links]
    columns["media"] = [{**_UNSTORED, **asdict(media)} for media in article.media]
    columns["comments"] = [{**_UNSTORED, **asdict(comment)} for comment in article.comments]
    return columns


def origin_object(origin: Origin) -> dict[str, Any]:
    """Where a field was read, as column `origins` tells it."""
    conflicts = [{"source": one.source, "where": one.where, "value": one.value} for one in origin.conflicts]
    return {"source": origin.source, "where": origin.where, "conflicts": conflicts}
