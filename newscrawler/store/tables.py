"""The first tables of `news.db`, their indices, and the full-text index with the triggers that feed it."""

from __future__ import annotations

from sqlite_utils import Database

# Long texts stand last: SQLite then reads and rewrites the short columns without walking through their overflow pages.
TABLES = (
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
INDICES = (
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
FTS = """
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
TRIGGERS = (
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


def reindex(db: Database) -> None:
    """Make the full-text index again from `articles`, within the caller's transaction.

    FTS5's own `rebuild` must never run here: it reads the columns without the fold, and đ is lost to who types d.
    """
    for statement in _REINDEX:
        db.conn.execute(statement)
