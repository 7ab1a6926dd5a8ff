"""What a list of results shows of an article."""

from __future__ import annotations

from dataclasses import dataclass

from sqlite_utils import Database

from newscrawler.items import Precision
from newscrawler.store.search.query import Query

_OPEN, _CLOSE = "\x02", "\x03"
_LONGEST = 200
"""Letters of an article's beginning, where no words were asked for."""

_COLUMNS = """
    articles.id, articles.url, articles.title, articles.published, articles.published_precision, articles.site,
    articles.category, articles.byline, (
        SELECT media.url FROM media
        WHERE media.article_id = articles.id AND media.kind = 'image' AND media.url IS NOT NULL
        ORDER BY media.position LIMIT 1
    )
"""
# The limit keeps FTS5 from going on to the next hit, which for a rare phrase of common words is far.
_FOUND = f"""
    SELECT {_COLUMNS},
        snippet(articles_fts, 2, :open, :close, '…', 24),
        snippet(articles_fts, 1, :open, :close, '…', 24),
        snippet(articles_fts, 3, :open, :close, '…', 24),
        snippet(articles_fts, 0, :open, :close, '…', 24)
    FROM articles_fts JOIN articles ON articles.id = articles_fts.rowid
    WHERE articles_fts MATCH :match AND articles_fts.rowid = :id LIMIT 1
"""
_LISTED = f"""
    SELECT {_COLUMNS}, coalesce(nullif(articles.summary, ''), substr(articles.body_text, 1, 2 * :longest))
    FROM articles WHERE articles.id = :id
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Hit:
    """One found article. `snippet` is its own text, accents kept, with marks around the words that were found; without
    words, its summary or its beginning."""

    id: int
    url: str
    title: str | None
    published: str | None
    snippet: str
    site: str
    rank: int
    """Place among all hits, counted from 1."""
    published_precision: Precision | None = None
    category: str | None = None
    byline: str | None = None
    image: str | None = None
    """Address of its first picture."""


def show(db: Database, query: Query | None, id: int, rank: int, mark: tuple[str, str]) -> Hit | None:
    """An article as a hit; None where somebody has taken it away, or changed it, since it was found."""
    sql = _LISTED if query is None else _FOUND
    values = {"id": id, "open": _OPEN, "close": _CLOSE, "longest": _LONGEST, "match": query.either_way if query else ""}
    row = db.conn.execute(sql, values).fetchone()
    if row is None:
        return None
    id, url, title, published, precision, site, category, byline, image, *texts = row
    text = _beginning(texts[0]) if query is None else _marked(texts, mark)
    return Hit(
        id=id,
        url=url,
        title=title,
        published=published,
        snippet=text,
        site=site,
        rank=rank,
        published_precision=precision,
        category=category,
        byline=byline,
        image=image,
    )


def _marked(snippets: list[str | None], mark: tuple[str, str]) -> str:
    # The body tells most; title and the rest only where the words stand in them alone.
    best = next((snippet for snippet in snippets if snippet and _OPEN in snippet), snippets[0] or "")
    return " ".join(best.split()).replace(_OPEN, mark[0]).replace(_CLOSE, mark[1])


def _beginning(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _LONGEST else words[:_LONGEST].rpartition(" ")[0] + " …"
