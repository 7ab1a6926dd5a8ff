"""An Article as the plain values of its table's columns."""

from __future__ import annotations

from dataclasses import asdict, fields
from typing import Any

from newscrawler.items import Article

_NOT_COLUMNS = ("page", "links", "media")
COLUMNS = tuple(field.name for field in fields(Article) if field.name not in _NOT_COLUMNS)


def article_columns(article: Article) -> dict[str, Any]:
    """Column name → value, with `links` and `media` as lists of such objects."""
    columns: dict[str, Any] = {name: getattr(article, name) for name in COLUMNS}
    page_url = article.page.url if article.page else article.url
    columns["links"] = [{"page_url": page_url, "article_id": None, **asdict(link)} for link in article.links]
    columns["media"] = [{"article_id": None, **asdict(media), "capture_id": None} for media in article.media]
    return columns
