"""What readers have written under an article, as its page showed it last: table `comments`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from sqlite_utils import Database

from newscrawler.items import Comment

_NAMES = tuple(field.name for field in fields(Comment))
_ADD = f"""
    INSERT INTO comments (article_id, capture_id, {", ".join(_NAMES)})
    VALUES (:article_id, :capture_id, {", ".join(f":{name}" for name in _NAMES)})
"""
_DROP = "DELETE FROM comments WHERE article_id = :article_id"
_COMMENTS_OF = f"""
    SELECT id, article_id, {", ".join(_NAMES)}, capture_id
    FROM comments WHERE article_id = :article_id ORDER BY position
"""


def store_comments(
    db: Database, comments: Iterable[Comment], *, article_id: int, capture_id: int | None, known: bool = True
) -> None:
    """Put these comments in the place of all that the article had, within the caller's transaction.

    :param known: whether the article may have any.
    """
    place = {"article_id": article_id, "capture_id": capture_id}
    if known:
        db.conn.execute(_DROP, place)
    db.conn.executemany(_ADD, [{**_fields(comment), **place} for comment in comments])


def _fields(comment: Comment) -> dict[str, Any]:
    return {name: getattr(comment, name) for name in _NAMES}


def comments_of(db: Database, article_id: int) -> list[dict[str, Any]]:
    """The rows of an article's comments, in the order of its page."""
    cursor = db.conn.execute(_COMMENTS_OF, {"article_id": article_id})
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]
