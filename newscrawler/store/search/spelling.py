"""Words with the marks as typed: articles that have just these come before those with others."""

from __future__ import annotations

import json
import re
import unicodedata

from sqlite_utils import Database

FAR = 1_000
"""Behind so many hits nobody looks for the marks as typed."""
_WINDOW = 100
"""So many hits at a time are compared."""
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_TEXTS = """
    SELECT articles.id, ifnull(title, '') || ' ' || ifnull(summary, '') || ' ' || body_text || ' ' || other_text
    FROM articles JOIN json_each(:ids) ON articles.id = json_each.value
"""


def every_tone_place(word: str) -> set[str]:
    """The word with its tone on each letter in turn: hòa and hoà are one word, and so is the slip Đòan one with Đoàn.

    >>> sorted(every_tone_place("hòa"))
    ['hoà', 'hòa', 'h̀oa']
    """
    letters = unicodedata.normalize("NFD", word)
    tones = "".join(char for char in letters if char in _TONES)
    bare = unicodedata.normalize("NFC", "".join(char for char in letters if char not in _TONES))
    places = {f"{bare[:place]}{tones}{bare[place:]}" for place in range(1, len(bare) + 1)}
    return {unicodedata.normalize("NFC", place) for place in places} | {word}


def as_typed(db: Database, spelling: list[set[str]], ids: list[int], limit: int) -> list[int]:
    """Those of the ids whose text has all words with the marks that were typed, until `limit` of them are found or
    `FAR` looked through."""
    if not spelling:
        return []
    exact: list[int] = []
    for start in range(0, min(len(ids), max(FAR, limit)), _WINDOW):
        some = ids[start : start + _WINDOW]
        texts = dict(db.conn.execute(_TEXTS, {"ids": json.dumps(some)}).fetchall())
        exact += [id for id in some if _has_all(texts[id].lower(), spelling)]
        if len(exact) >= limit:
            break
    return exact


def _has_all(text: str, spelling: list[set[str]]) -> bool:
    return all(any(_has_word(text, word) for word in places) for places in spelling)


def _has_word(text: str, word: str) -> bool:
    # `in` first: on the many texts without the word it is ten times as fast as the expression.
    return word in text and re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text) is not None
