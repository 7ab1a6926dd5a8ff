"""Which articles and captures are handed on: the filters of `search`, and what hangs on the articles they leave."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields
from itertools import islice

from sqlite_utils import Database

from newscrawler.items import Capture
from newscrawler.store.database import explain, path_of
from newscrawler.store.search import Selection, found_ids

__all__ = ["ArticlePage", "Selection", "captures_of", "files_of", "pages_of", "select", "snapshot"]

_AT_ONCE = 500
"""Articles whose texts are in memory at a time."""
_CODE = (
    "text/css text/javascript application/javascript application/x-javascript application/ecmascript text/ecmascript "
    "font/woff font/woff2 font/ttf font/otf application/font-woff application/x-font-woff application/x-font-ttf "
    "application/vnd.ms-fontobject"
).split()
"""What pages look by, beside the pictures around their articles; one file serves all pages of a site, so that no
article names it."""

# A revisit holds no body. Where its original is of the same address, readers are sent there; a 304 always has one.
_PAGES = """
    SELECT
        articles.site, captures.url, ifnull(articles.title, '') AS title, articles.body_text AS text,
        ifnull(original.timestamp, captures.timestamp) AS timestamp,
        ifnull(original.record_id, captures.record_id) AS record_id,
        ifnull(original.filename, captures.filename) AS filename
    FROM json_each(:ids) AS chosen
    JOIN articles ON articles.id = chosen.value
    JOIN captures ON captures.id = articles.capture_id
    LEFT JOIN captures AS original
        ON captures.record_type = 'revisit' AND original.digest = captures.digest
        AND original.record_id = captures.refers_to AND original.url = captures.url
    ORDER BY chosen.key
"""
_CAPTURES = """
    WITH
    chosen AS (SELECT value AS id FROM json_each(:ids)),
    wanted AS (
        SELECT capture_id AS id FROM articles WHERE articles.id IN chosen
        UNION SELECT capture_id FROM sightings WHERE article_id IN chosen
        UNION SELECT capture_id FROM versions WHERE article_id IN chosen
        UNION SELECT id FROM captures WHERE urlkey IN (SELECT urlkey FROM articles WHERE articles.id IN chosen)
        UNION SELECT id FROM captures WHERE url IN (SELECT url FROM media WHERE article_id IN chosen)
        UNION SELECT id FROM captures WHERE url IN (SELECT image_url FROM links WHERE article_id IN chosen)
        UNION SELECT capture_id FROM media WHERE article_id IN chosen
        UNION SELECT id FROM captures
            WHERE run_id IN (
                SELECT id FROM runs WHERE site IN (SELECT site FROM articles WHERE articles.id IN chosen)
            ) AND (
                mime IN (SELECT value FROM json_each(:code))
                OR mime LIKE 'image/%' AND NOT EXISTS (SELECT 1 FROM media WHERE media.url = captures.url)
            )
    ),
    originals AS (
        SELECT original.id
        FROM captures JOIN captures AS original
            ON original.digest = captures.digest AND original.record_type = 'response'
            AND (original.record_id = captures.refers_to OR captures.refers_to IS NULL)
        WHERE captures.id IN wanted AND captures.record_type = 'revisit'
    )
    SELECT {columns} FROM captures WHERE id IN wanted OR id IN originals ORDER BY filename, offset
"""
_FILES = "SELECT DISTINCT filename FROM captures ORDER BY filename"
_COLUMNS = tuple(field.name for field in fields(Capture))


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """An article and where the page that it was read from can be replayed."""

    site: str
    url: str
    """Of the capture, which may be another than the article's own."""
    title: str
    text: str
    timestamp: str
    """Of the capture that has a body: UTC with microseconds."""
    record_id: str
    filename: str


@contextmanager
def snapshot(db: Database) -> Iterator[None]:
    """All that is read within is of one moment, though a crawl goes on writing.

    :raises StoreError: if the database turns out to be damaged or locked.
    """
    try:
        db.conn.execute("BEGIN")
        try:
            yield
        finally:
            db.conn.execute("ROLLBACK")
    except sqlite3.DatabaseError as error:
        raise explain(error, path_of(db)) from error


def select(db: Database, selection: Selection) -> list[int]:
    """Ids of the chosen articles: best first where there are words, else the latest published first, if the selection
    asks for no other order."""
    return found_ids(db, selection)


def pages_of(db: Database, ids: Iterable[int]) -> Iterator[ArticlePage]:
    """The pages of articles, in the order of `ids`; an article without capture has none."""
    source = iter(ids)
    while some := list(islice(source, _AT_ONCE)):
        for row in db.conn.execute(_PAGES, {"ids": json.dumps(some)}).fetchall():
            site, url, title, text, timestamp, record_id, filename = row
            yield ArticlePage(site, url, title, text, timestamp, record_id, filename)


def captures_of(db: Database, ids: Iterable[int]) -> Iterator[Capture]:
    """All captures of articles, the originals that revisits among them point at, and what their pages show and look
    by; in the order of filename and offset."""
    values = {"ids": json.dumps(list(ids)), "code": json.dumps(_CODE)}
    for row in db.conn.execute(_CAPTURES.format(columns=", ".join(_COLUMNS)), values):
        yield Capture(**dict(zip(_COLUMNS, row, strict=True)))


def files_of(db: Database) -> list[str]:
    """Names of the WARC files that captures lie in."""
    return [filename for (filename,) in db.conn.execute(_FILES)]
