"""What the tables say, without what only numbers them: the same for two databases that hold the same archive.

Row ids are replaced by what they stand for: a capture by its file and offset, an article by its site and its id there
(or address), a run by its site and beginning. Runs, problems and the frontier tell of crawling, not of the archive,
and stay out.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from sqlite_utils import Database

_ARTICLE = "(SELECT site || ' ' || coalesce(site_article_id, url) FROM articles WHERE id = {}.article_id)"
_TWIN = "(SELECT site || ' ' || coalesce(site_article_id, url) FROM articles WHERE id = twins.twin_id)"
_CAPTURE = "(SELECT filename || ':' || offset FROM captures WHERE id = {}.capture_id)"
_RUN = "(SELECT site || '@' || started_at FROM runs WHERE id = captures.run_id)"


_KINDS: dict[type, int] = {int: 1, float: 1, str: 2, bytes: 3}
"""In which order SQLite sorts values of different kinds, after NULL."""


@dataclass(frozen=True, slots=True)
class DumpedRow:
    """One row, comparable: its place in the order is that of `DumpedRow.place`."""

    table: str
    key: tuple[str | int, ...]
    """What tells it from the others of its table."""
    values: dict[str, Any]
    """Column → value."""

    @property
    def place(self) -> tuple[int, list[tuple[int, Any]]]:
        """Tables in their order, rows by their key, in SQLite's order: an altered database may hold any kind of value
        anywhere."""
        return _ORDER[self.table], [(0, 0) if part is None else (_KINDS[type(part)], part) for part in self.key]

    @property
    def line(self) -> str:
        """The row as one line of JSON, columns in the order of the alphabet."""
        told = {"table": self.table, "key": self.key, "values": self.values}
        return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=repr)


@dataclass(frozen=True, slots=True)
class _Table:
    name: str
    keys: tuple[str, ...]
    """Columns or expressions that make up the key, in order."""
    columns: str
    """All other columns, references replaced."""
    long: bool = False
    """Whether its rows are too long to be sorted; then only their keys are."""


_TABLES = (
    _Table(
        "captures",
        ("filename", "offset"),
        "url, urlkey, timestamp, status, mime, digest, length, record_id, record_type, truncated, refers_to, "
        f"{_RUN} AS run",
    ),
    _Table(
        "articles",
        ("site", "coalesce(site_article_id, url)"),
        "url, urlkey, title, summary, byline, category, published, published_precision, published_source, "
        "published_raw, event_date, language, word_count, content_hash, first_seen, last_seen, last_changed, gone_at, "
        "authors, tags, canonical_url, modified, modified_precision, modified_source, modified_raw, origins, "
        f"twin_hash, extractor, body_text, body_html, other_text, {_CAPTURE.format('articles')} AS capture",
        long=True,
    ),
    _Table(
        "versions",
        (_ARTICLE.format("versions"), "seen_at"),
        f"content_hash, title, summary, byline, body_text, body_html, {_CAPTURE.format('versions')} AS capture",
        long=True,
    ),
    _Table(
        "sightings",
        (_ARTICLE.format("sightings"), "seen_at"),
        f"content_hash, cut, {_CAPTURE.format('sightings')} AS capture",
    ),
    _Table(
        "links",
        ("page_url", "link_key"),
        f"site, {_ARTICLE.format('links')} AS article, block, position, url, title, summary, image_url, first_seen, "
        f"last_seen, {_CAPTURE.format('links')} AS capture",
    ),
    _Table(
        "media",
        (_ARTICLE.format("media"), "position"),
        f"kind, url, original_src, caption, credit, {_CAPTURE.format('media')} AS capture",
    ),
    _Table(
        "comments",
        (_ARTICLE.format("comments"), "position"),
        f"author, published, published_raw, text, reply_to, {_CAPTURE.format('comments')} AS capture",
    ),
    # The ids say which of the two comes first, and nothing else does.
    _Table(
        "twins",
        (f"min({_ARTICLE.format('twins')}, {_TWIN})", f"max({_ARTICLE.format('twins')}, {_TWIN})"),
        "likeness",
    ),
)
_ORDER = {table.name: number for number, table in enumerate(_TABLES)}


def dump(db: Database) -> Iterator[DumpedRow]:
    """All rows of the tables captures, articles, versions, sightings, links, media, comments and twins, in the order of
    their places.

    Streams: memory holds a few rows. The caller sees to it that nobody writes meanwhile.
    """
    for table in _TABLES:
        yield from _long(db, table) if table.long else _short(db, table)


def _short(db: Database, table: _Table) -> Iterator[DumpedRow]:
    keys = ", ".join(table.keys)
    cursor = db.conn.execute(f"SELECT {keys}, {table.columns} FROM {table.name} ORDER BY {keys}")
    names = _names(cursor)
    for row in cursor:
        yield _row(table, names, row)


def _long(db: Database, table: _Table) -> Iterator[DumpedRow]:
    keys = ", ".join(table.keys)
    one = f"SELECT {keys}, {table.columns} FROM {table.name} WHERE id = :id"
    for (id_,) in db.conn.execute(f"SELECT id FROM {table.name} ORDER BY {keys}"):
        cursor = db.conn.execute(one, {"id": id_})
        yield _row(table, _names(cursor), cursor.fetchone())


def _names(cursor: sqlite3.Cursor) -> list[str]:
    return [column[0] for column in cursor.description]


def _row(table: _Table, names: list[str], row: tuple[Any, ...]) -> DumpedRow:
    width = len(table.keys)
    return DumpedRow(table.name, row[:width], dict(zip(names[width:], row[width:], strict=True)))


def hash_of(rows: Iterable[DumpedRow]) -> str:
    """SHA-256 over the lines of a dump, in hex."""
    total = sha256()
    for row in rows:
        total.update(row.line.encode("utf-8", "surrogatepass") + b"\n")
    return total.hexdigest()


def dump_hash(db: Database) -> str:
    """SHA-256 over the dump: equal where two databases say the same."""
    return hash_of(dump(db))
