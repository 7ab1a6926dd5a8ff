"""The tables of `news.db`: made and changed by migrations only, so that every released version can be brought up to
date."""

from __future__ import annotations

from sqlite_utils import Database, Migrations

from newscrawler.store.tables import FTS, FTS_RANK, INDICES, TABLES, TRIGGERS
from newscrawler.store.twins import fill_twins
from newscrawler.urls import urlkey

migrations = Migrations("newscrawler")
SCHEMA_VERSION = 5
"""Number of the newest migration; the file bears it as `user_version`."""


@migrations()
def first_tables(db: Database) -> None:
    """Make all tables of version 1."""
    for statement in (*TABLES, *INDICES, FTS, *TRIGGERS):
        db.conn.execute(statement)
    # Stored with the index, so that `ORDER BY rank` weighs alike in Datasette and in the sqlite3 shell.
    db.conn.execute("INSERT INTO articles_fts(articles_fts, rank) VALUES ('rank', :rank)", {"rank": FTS_RANK})
    db.conn.execute("PRAGMA user_version = 1")


@migrations()
def second_revisits_and_requisites(db: Database) -> None:
    """Revisit records name their original; a picture's own capture is found by its address; sort keys as indexes of web
    archives have them, to the letter."""
    db.conn.execute("ALTER TABLE captures ADD COLUMN refers_to TEXT")
    db.conn.execute("CREATE INDEX media_url ON media(url)")
    db.conn.execute("CREATE INDEX problems_url ON problems(url)")
    db.conn.create_function("key_of", 1, urlkey, deterministic=True)
    for table in ("captures", "articles"):
        db.conn.execute(f"UPDATE {table} SET urlkey = key_of(url) WHERE urlkey != key_of(url)")
    db.conn.execute("PRAGMA user_version = 2")


@migrations()
def third_cycles_and_gone_articles(db: Database) -> None:
    """The queue knows which cycle each address belongs to and what it carries; runs tell what they were asked for and
    how they ended; articles, since when the server has them no more."""
    for column in ("cycle INTEGER REFERENCES runs(id)", "carried TEXT"):
        db.conn.execute(f"ALTER TABLE frontier ADD COLUMN {column}")
    for column in ("cycle INTEGER REFERENCES runs(id)", "arguments TEXT", "outcome TEXT"):
        db.conn.execute(f"ALTER TABLE runs ADD COLUMN {column}")
    db.conn.execute("ALTER TABLE articles ADD COLUMN gone_at TEXT")
    db.conn.execute("ALTER TABLE sightings ADD COLUMN cut INTEGER")
    db.conn.execute("CREATE INDEX captures_gone ON captures(urlkey, timestamp) WHERE status IN (404, 410)")
    db.conn.execute("CREATE INDEX frontier_cycle ON frontier(cycle, state, reason)")
    db.conn.execute("PRAGMA user_version = 3")


_READ_COLUMNS = (
    "authors TEXT",
    "tags TEXT",
    "canonical_url TEXT",
    "modified TEXT",
    "modified_precision TEXT CHECK (modified_precision IN ('minute', 'day', 'month', 'year'))",
    "modified_source TEXT",
    "modified_raw TEXT",
    "origins TEXT",
    "twin_hash TEXT",
)
_FOURTH = (
    """
    CREATE TABLE comments (
        id INTEGER PRIMARY KEY,
        article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
        position INTEGER NOT NULL,
        author TEXT,
        published TEXT,
        published_raw TEXT,
        text TEXT NOT NULL,
        reply_to INTEGER,
        capture_id INTEGER REFERENCES captures(id),
        UNIQUE (article_id, position)
    )
    """,
    """
    CREATE TABLE twins (
        article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
        twin_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
        likeness REAL NOT NULL,
        PRIMARY KEY (article_id, twin_id)
    ) WITHOUT ROWID
    """,
    "CREATE INDEX twins_twin ON twins(twin_id)",
    "CREATE TABLE twin_keys (key INTEGER, article_id INTEGER, PRIMARY KEY (key, article_id)) WITHOUT ROWID",
    # A foreign key would walk through all keys to find those of the article.
    """
    CREATE TRIGGER twin_keys_delete AFTER DELETE ON articles BEGIN
        DELETE FROM twin_keys
        WHERE article_id = old.id AND key IN (SELECT value FROM json_each(ifnull(old.twin_hash, '[]')));
    END
    """,
    "ALTER TABLE sightings ADD COLUMN outdated INTEGER",
    "CREATE INDEX sightings_outdated ON sightings(seen_at) WHERE outdated IS NOT NULL",
)


@migrations()
def fourth_fields_comments_and_twins(db: Database) -> None:
    """Articles tell who wrote them, under which words they are filed and where each field was read; comments; articles
    that hold one text. Columns of articles that were read before stay empty until `rebuild` reads them again."""
    for column in _READ_COLUMNS:
        db.conn.execute(f"ALTER TABLE articles ADD COLUMN {column}")
    for statement in _FOURTH:
        db.conn.execute(statement)
    fill_twins(db)
    db.conn.execute("PRAGMA user_version = 4")


_FIFTH = (
    "CREATE INDEX articles_newest ON articles(coalesce(published, event_date))",
    "CREATE INDEX articles_category ON articles(category, published)",
    "CREATE INDEX articles_byline ON articles(byline)",
    # What filters ask for, in the order of ids: looked up in 15 MB instead of in the whole table.
    "CREATE INDEX articles_facts ON articles(id, site, published, event_date, category, byline)",
    "DROP INDEX links_url",
    "CREATE INDEX links_url ON links(url, block)",
    "CREATE INDEX links_hot_last ON links(site, coalesce(url, title, summary), last_seen) WHERE block = 'hot'",
    "CREATE INDEX media_missing ON media(article_id) WHERE capture_id IS NULL",
)


@migrations()
def fifth_indices_of_the_reading_room(db: Database) -> None:
    """Filters, sorting by date, the timeline and the lists of what is missing find it without reading articles."""
    for statement in _FIFTH:
        db.conn.execute(statement)
    db.conn.execute("PRAGMA user_version = 5")
