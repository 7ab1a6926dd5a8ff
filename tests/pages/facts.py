"""What was read of a page, under the keys that the expected JSON uses.

`paragraphs` is the list of them; `media`, `main`, `hot` and `related` are lists of rows, of which an expected row may
name the first values only, and a number stands for as many rows; of a comment and of `origins` only what is expected is
compared. `html` and `markdown` are lists of lines. `url`, `fetched_at` and
`note` are the page's own; `nowhere` lists words that must not be in any text of the article.
"""

from __future__ import annotations

import json
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from newscrawler import Article, read
from newscrawler.reading.markdown import markdown

Facts = dict[str, Any]

OF_THE_PAGE = ("url", "fetched_at", "note", "nowhere", "file")
COLUMNS = (
    "title", "summary", "byline", "authors", "published", "published_precision", "published_source", "published_raw",
    "event_date", "modified", "modified_source", "category", "tags", "language", "canonical_url", "site",
    "site_article_id", "other_text",
)  # fmt: skip
ALL = (
    *COLUMNS, "paragraphs", "html", "markdown", "media", "main", "hot", "related", "comments", "origins", "form",
    "counts", "body_sha256", "lede_sha256",
)  # fmt: skip


def read_file(path: Path, known: Facts) -> Article:
    """A page's article, read from the bytes of its file under the address and time that its facts name."""
    return read(path.read_bytes(), known.get("url", ""), fetched_at=datetime.fromisoformat(known["fetched_at"]))


def expected(path: Path) -> Facts:
    facts: Facts = json.loads(path.read_text("utf-8"))
    return facts


def facts_of(article: Article) -> Facts:
    """All facts of an article."""
    facts: Facts = {name: _plain(getattr(article, name)) for name in COLUMNS}
    facts |= {"paragraphs": article.body_text.split("\n\n") if article.body_text else []}
    facts |= {
        "html": article.body_html.split("\n") if article.body_html else [],
        "markdown": markdown(article.body_html).split("\n"),
    }
    facts["media"] = [[one.kind, one.url, one.caption, one.credit] for one in article.media]
    for block in ("main", "hot", "related"):
        facts[block] = [[one.url, one.title, one.summary, one.image_url] for one in article.links if one.block == block]
    facts["comments"] = [
        {"text": one.text, "author": one.author, "published": one.published, "published_raw": one.published_raw,
         "reply_to": one.reply_to} for one in article.comments
    ]  # fmt: skip
    facts["origins"] = {name: origin.source for name, origin in article.origins.items()}
    facts["form"] = article.extractor.partition(" ")[2]
    facts["counts"] = {name: len(facts[name]) for name in ("paragraphs", "media", "main", "hot", "related", "comments")}
    facts["body_sha256"] = _hash(article.body_text)
    facts["lede_sha256"] = _hash(facts["paragraphs"][0] if facts["paragraphs"] else "")
    return facts


def compared(wanted: Facts, found: Facts) -> tuple[Facts, Facts]:
    """The same keys of both, what is not expected left out of what was found."""
    keys = [key for key in wanted if key not in OF_THE_PAGE]
    return {key: wanted[key] for key in keys}, {key: _like(wanted[key], found[key]) for key in keys}


def everything(article: Article) -> str:
    """All texts of an article, its blocks and its comments."""
    links = [text for link in article.links for text in (link.title, link.summary) if text]
    comments = [text for one in article.comments for text in (one.text, one.author) if text]
    own = (article.title, article.summary, article.byline, article.body_text, article.body_html, article.other_text)
    return "\n".join([*filter(None, own), *article.authors, *article.tags, *links, *comments])


def _like(wanted: Any, found: Any) -> Any:
    """What was found, as far as it was asked for: the first values of a row, the named values of an object."""
    if isinstance(wanted, dict) and isinstance(found, dict):
        return {key: found.get(key) for key in wanted}
    if isinstance(wanted, int) and isinstance(found, list):
        return len(found)
    if isinstance(wanted, list) and isinstance(found, list) and wanted and not isinstance(wanted[0], str):
        rows = zip(wanted, found, strict=False)
        cut = [row[: len(want)] if isinstance(want, list) else _like(want, row) for want, row in rows]
        return [*cut, *found[len(wanted) :]]
    return found


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _hash(text: str) -> str:
    return sha256(text.encode()).hexdigest()
