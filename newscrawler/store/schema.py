"""The tables of `news.db`: made and changed by migrations only, so that every released version can be brought up to
date."""

from __future__ import annotations

from sqlite_utils import Database, Migrations

from newscrawler.store.twins import fill_twins
from newscrawler.urls import urlkey

migrations = Migrations("newscrawler")
SCHEMA_VERSION = 4
"""Number of the newest migration; the file bears it as `user_version`."""

# Long texts stand last: SQLite then reads and rewrites the short columns without walking through their overflow pages.
_TABLES = (
    """
    CREATE TABLE runs (
        id INTEGER PRIMARY KEY,
        site TEXT NOT NULL,
        started_at TEXT NOT NULL,
        finished_at TEXT,
        reason TEXT NOT NULL,
        exit_code INTEGER,
        pages INTEGER NOT NULL DEFAULT 0,
        articles_new INTEGER NOT NULL DEFAULT 0,
        articles_changed INTEGER NOT NULL DEFAULT 0,
        articles_unchanged INTEGER NOT NULL DEFAULT 0,
        problems INTEGER NOT NULL DEFAULT 0,
        bytes INTEGER NOT NULL DEFAULT 0,
        counters TEXT NOT NULL DEFAULT '{}'
    )
    """,
    """
    CREATE TABLE captures (
        id INTEGER PRIMARY KEY,
        url TEXT NOT NULL,
        urlkey TEXT NOT NULL,
        timestamp TEXT NOT NULL,
        status INTEGER NOT NULL,
        mime TEXT NOT NULL,
        digest TEXT NOT NULL,
        filename TEXT NOT NULL,
        offset INTEGER NOT NULL,
        length INTEGER NOT NULL,
        record_id TEXT NOT NULL,
        record_type TEXT NOT NULL CHECK (record_type IN ('response', 'revisit')),
        truncated TEXT,
        run_id INTEGER REFERENCES runs(id),
        UNIQUE (filename, offset)
    )
    """,
    """
    CREATE TABLE articles (
        id INTEGER PRIMARY KEY,
        site TEXT NOT NULL,
        site_article_id TEXT,
        url TEXT NOT NULL UNIQUE,
        urlkey TEXT NOT NULL,
        title TEXT,
        summary TEXT,
        byline TEXT,
        category TEXT,
        published TEXT,
        published_precision TEXT CHECK (published_precision IN ('minute', 'day', 'month', 'year')),
        published_source TEXT,
        published_raw TEXT,
        event_date TEXT,
        language TEXT,
        word_count INTEGER NOT NULL,
        content_hash TEXT NOT NULL,
        first_seen TEXT NOT NULL,
        last_seen TEXT NOT NULL,
        last_changed TEXT NOT NULL,
        capture_id INTEGER REFERENCES captures(id),
        extractor TEXT NOT NULL,
        body_text TEXT NOT NULL,
        body_html TEXT NOT NULL,
        other_text TEXT NOT NULL
    )
    """,
    """
    CREATE TABLE versions (
        id INTEGER PRIMARY KEY,
        article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
        seen_at TEXT NOT NULL,
        content_hash TEXT NOT NULL,
        capture_id INTEGER REFERENCES captures(id),
        title TEXT,
        summary TEXT,
        byline TEXT,
        body_text TEXT NOT NULL,
        body_html TEXT NOT NULL
    )
    """,
    # Every reading of an article. Versions follow from it, so that an archive read out of order tells the same history.
    """
    CREATE TABLE sightings (
        article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
        seen_at TEXT NOT NULL,
        content_hash TEXT NOT NULL,
        capture_id INTEGER REFERENCES captures(id),
        PRIMARY KEY (article_id, seen_at)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE links (
        id INTEGER PRIMARY KEY,
        site TEXT NOT NULL,
        page_url TEXT NOT NULL,
        article_id INTEGER REFERENCES articles(id) ON DELETE CASCADE,
        block TEXT NOT NULL CHECK (block IN ('main', 'hot', 'related')),
        position INTEGER NOT NULL,
        url TEXT,
        title TEXT,
        summary TEXT,
        image_url TEXT,
        first_seen TEXT NOT NULL,
        last_seen TEXT NOT NULL,
        capture_id INTEGER REFERENCES captures(id),
        link_key TEXT NOT NULL,
        UNIQUE (page_url, link_key)
    )
    """,
    """
    CREATE TABLE media (
        id INTEGER PRIMARY KEY,
        article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
        position INTEGER NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('image', 'document', 'video', 'audio')),
        url TEXT,
        original_src TEXT NOT NULL,
        caption TEXT NOT NULL,
        credit TEXT,
        capture_id INTEGER REFERENCES captures(id),
        UNIQUE (article_id, position)
    )
    """,
    """
    CREATE TABLE problems (
        id INTEGER PRIMARY KEY,
        run_id INTEGER REFERENCES runs(id),
        url TEXT,
        stage TEXT NOT NULL,
        kind TEXT NOT NULL,
        message TEXT NOT NULL,
        capture_id INTEGER REFERENCES captures(id),
        seen_at TEXT NOT NULL
    )
    """,
    """
    CREATE TABLE frontier (
        site TEXT NOT NULL,
        url TEXT NOT NULL,
        kind TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('queued', 'leased', 'done', 'given-up')),
        priority INTEGER NOT NULL DEFAULT 0,
        tries INTEGER NOT NULL DEFAULT 0,
        reason TEXT,
        added_at TEXT NOT NULL,
        updated_at TEXT NOT NULL,
        lease_run INTEGER REFERENCES runs(id),
        PRIMARY KEY (site, url)
    ) WITHOUT ROWID
    """,
)

# Each index that a page touches costs about 10 µs of its commit. Hence partial ones, and links of one page stand
# together
# in their unique index: under a random key each of them would touch a page of the file of its own.
_INDICES = (
    "CREATE INDEX captures_url ON captures(url, timestamp)",
    "CREATE INDEX captures_urlkey ON captures(urlkey, timestamp)",
    "CREATE INDEX captures_digest ON captures(digest)",
    "CREATE UNIQUE INDEX articles_site_article ON articles(site, site_article_id) WHERE site_article_id IS NOT NULL",
    "CREATE INDEX articles_urlkey ON articles(urlkey)",
    "CREATE INDEX articles_published ON articles(published)",
    "CREATE INDEX articles_site_published ON articles(site, published)",
    "CREATE INDEX versions_article ON versions(article_id, seen_at)",
    "CREATE INDEX links_article ON links(article_id)",
    "CREATE INDEX links_url ON links(url)",
    "CREATE INDEX links_hot ON links(site, coalesce(url, title, summary), first_seen, last_seen) WHERE block = 'hot'",
    "CREATE INDEX problems_run ON problems(run_id)",
    "CREATE INDEX frontier_waiting ON frontier(site, state, priority) WHERE state IN ('queued', 'leased')",
)

# `content` in double quotes: Datasette finds the table by them, and otherwise shows every row as a hit.
_FTS = """
    CREATE VIRTUAL TABLE articles_fts USING fts5(
        title, summary, body_text, other_text,
        content="articles", content_rowid="id", tokenize="unicode61 remove_diacritics 2"
    )
"""
FTS_RANK = "bm25(10.0, 4.0, 1.0, 0.5)"


def _folded(row: str) -> str:
    """The indexed columns of a row with đ as d: a letter of its own for `unicode61`, though people type it as d."""
    columns = ("title", "summary", "body_text", "other_text")
    return ", ".join(f"replace(replace({row}.{column}, 'đ', 'd'), 'Đ', 'D')" for column in columns)


_ADD = f"""
    INSERT INTO articles_fts(rowid, title, summary, body_text, other_text)
    VALUES (new.id, {_folded("new")});
"""
_REMOVE = f"""
    INSERT INTO articles_fts(articles_fts, rowid, title, summary, body_text, other_text)
    VALUES ('delete', old.id, {_folded("old")});
"""
# "UPDATE OF" keeps the index out of the commonest write of all, a moved `last_seen`.
_TRIGGERS = (
    f"CREATE TRIGGER articles_fts_insert AFTER INSERT ON articles BEGIN {_ADD} END",
    f"CREATE TRIGGER articles_fts_delete AFTER DELETE ON articles BEGIN {_REMOVE} END",
    f"""
    CREATE TRIGGER articles_fts_update AFTER UPDATE OF title, summary, body_text, other_text ON articles
    BEGIN {_REMOVE} {_ADD} END
    """,
)
_REINDEX = (
    "INSERT INTO articles_fts(articles_fts) VALUES ('delete-all')",
    f"""
    INSERT INTO articles_fts(rowid, title, summary, body_text, other_text)
    SELECT articles.id, {_folded("articles")} FROM articles
    """,
    "INSERT INTO articles_fts(articles_fts) VALUES ('optimize')",
)


@migrations()
def first_tables(db: Database) -> None:
    """Make all tables of version 1."""
    for statement in (*_TABLES, *_INDICES, _FTS, *_TRIGGERS):
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


def reindex(db: Database) -> None:
    """Make the full-text index again from `articles`, within the caller's transaction.

    FTS5's own `rebuild` must never run here: it reads the columns without the fold, and đ is lost to who types d.
    """
    for statement in _REINDEX:
        db.conn.execute(statement)
