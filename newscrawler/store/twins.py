"""Articles that hold one text, under several addresses or on several sites: table `twins`.

Which pairs are linked follows from the present texts alone, in whatever order they were stored: two articles that share
a key of `likeness.keys_of` which is not crowded, and whose texts are copies. The rows are renewed in the transaction
that changes a text.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import Any

from sqlite_utils import Database

from newscrawler.store.likeness import Telling, keys_of, likeness, telling

CROWD = 20
"""What more texts share is a form or a frame, no sign of a copy; without such a limit, a thousand equal texts would be
half a million pairs."""

_KEYS_OF = "SELECT twin_hash FROM articles WHERE id = ?"
_MEMBERS = f"SELECT article_id FROM twin_keys WHERE key = ? LIMIT {CROWD + 1}"
_ADD_KEY = "INSERT OR IGNORE INTO twin_keys (key, article_id) VALUES (?, ?)"
_DROP_KEY = "DELETE FROM twin_keys WHERE key = ? AND article_id = ?"
_TEXT = "SELECT body_text FROM articles WHERE id = ?"
_PAIR = "INSERT OR REPLACE INTO twins (article_id, twin_id, likeness) VALUES (?, ?, ?)"
_PART = "DELETE FROM twins WHERE article_id = ? AND twin_id = ?"
_PART_ALL = "DELETE FROM twins WHERE article_id = :id OR twin_id = :id"
_IS_PAIR = "SELECT EXISTS (SELECT 1 FROM twins WHERE article_id = ? AND twin_id = ?)"
_WITHOUT_KEYS = "SELECT id, body_text FROM articles WHERE twin_hash IS NULL ORDER BY id"
_SET_KEYS = "UPDATE articles SET twin_hash = ? WHERE id = ?"
_TWINS_OF = """
    SELECT other.id, other.site, other.url, other.title, other.published, pair.likeness
    FROM (
        SELECT twin_id AS id, likeness FROM twins WHERE article_id = :id
        UNION ALL SELECT article_id, likeness FROM twins WHERE twin_id = :id
    ) AS pair
    JOIN articles AS other ON other.id = pair.id
    ORDER BY pair.likeness DESC, other.site, other.url
"""


def twin_hash(text: str) -> str:
    """Column `articles.twin_hash`: the keys of a text as a JSON list."""
    return json.dumps(keys_of(text), separators=(",", ":"))


def twin_hash_of(db: Database, article_id: int) -> str | None:
    """What stands in the column."""
    row = db.conn.execute(_KEYS_OF, (article_id,)).fetchone()
    return row[0] if row else None


def renew_twins(db: Database, article_id: int, before: str | None, after: str | None) -> None:
    """Link an article anew, within the transaction that has written its text.

    :param before: `twin_hash` of the text that it had; None where it is new.
    :param after: of the text that it has now; None where it is about to be deleted.
    """
    old, new = _keys(before), _keys(after)
    emptied = [members for key in old - new if (members := _leave(db, key, article_id))]
    holders = {key: _members(db, key) for key in new}
    come = new - old
    db.conn.executemany(_ADD_KEY, [(key, article_id) for key in come])
    if before is not None:
        db.conn.execute(_PART_ALL, {"id": article_id})
    for key in come:
        if len(holders[key]) == CROWD:
            _part(db, holders[key])
    for members in emptied:
        _link(db, combinations(sorted(members), 2))
    # With the article itself, which the keys that it has had before name already.
    near = {other for key, ids in holders.items() if len({*ids, article_id}) <= CROWD for other in ids} - {article_id}
    _link(db, ((min(article_id, other), max(article_id, other)) for other in sorted(near)))


def _leave(db: Database, key: int, article_id: int) -> list[int]:
    """Take a key from an article; gives those that are left where they were a crowd with it and are none now."""
    crowded = len(_members(db, key)) > CROWD
    db.conn.execute(_DROP_KEY, (key, article_id))
    left = _members(db, key) if crowded else []
    return left if len(left) == CROWD else []


def fill_twins(db: Database) -> None:
    """Link all articles that were stored before there was this table."""
    ids = []
    for article_id, text in db.conn.execute(_WITHOUT_KEYS).fetchall():
        db.conn.execute(_SET_KEYS, (twin_hash(text), article_id))
        ids.append(article_id)
    for article_id in ids:
        renew_twins(db, article_id, None, twin_hash_of(db, article_id))


def twins_of(db: Database, article_id: int) -> list[dict[str, Any]]:
    """The articles with the same text: id, site, url, title, published and likeness of each, the most like first."""
    cursor = db.conn.execute(_TWINS_OF, {"id": article_id})
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def _keys(stored: str | None) -> set[int]:
    return set(json.loads(stored)) if stored else set()


def _members(db: Database, key: int) -> list[int]:
    """The articles with a key, one more than a crowd needs at most."""
    return [id_ for (id_,) in db.conn.execute(_MEMBERS, (key,))]


def _uncrowded(db: Database, key: int) -> list[int]:
    members = _members(db, key)
    return members if len(members) <= CROWD else []


def _link(db: Database, pairs: Iterable[tuple[int, int]]) -> None:
    """Link those of the pairs that are copies."""
    known: dict[int, Telling | None] = {}
    for one, other in pairs:
        if db.conn.execute(_IS_PAIR, (one, other)).fetchone()[0]:
            continue
        texts = [_telling(db, id_, known) for id_ in (one, other)]
        like = likeness(texts[0], texts[1]) if texts[0] and texts[1] else None
        if like is not None:
            db.conn.execute(_PAIR, (one, other, like))


def _telling(db: Database, article_id: int, known: dict[int, Telling | None]) -> Telling | None:
    if article_id not in known:
        row = db.conn.execute(_TEXT, (article_id,)).fetchone()
        known[article_id] = telling(row[0]) if row else None
    return known[article_id]


def _part(db: Database, members: list[int]) -> None:
    """Take back the pairs that only a key which is crowded now has led to."""
    for one, other in _pairs_among(db, members):
        shared = _keys(twin_hash_of(db, one)) & _keys(twin_hash_of(db, other))
        if not any(_uncrowded(db, key) for key in shared):
            db.conn.execute(_PART, (one, other))


def _pairs_among(db: Database, members: list[int]) -> Iterator[tuple[int, int]]:
    for one, other in combinations(sorted(members), 2):
        if db.conn.execute(_IS_PAIR, (one, other)).fetchone()[0]:
            yield one, other
