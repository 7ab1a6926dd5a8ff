"""Words with the marks as typed: articles that have just these come before those with others."""

from __future__ import annotations

import json
import re
import unicodedata
from itertools import islice

from sqlite_utils import Database

FAR = 1_000
"""Behind so many hits nobody looks for the marks as typed."""
_WINDOW = 100
"""So many hits at a time are compared."""
_VOWELS = "aăâeêioôơuưy"
_TONES = "\u0300\u0301\u0303\u0309\u0323"
# As bytes: most are only looked through for some letters, and to make a text of them takes as long as to do that.
_TEXTS = """
    SELECT
        articles.id,
        CAST(ifnull(title, '') || ' ' || ifnull(summary, '') || ' ' || body_text || ' ' || other_text AS BLOB)
    FROM articles JOIN json_each(:ids) ON articles.id = json_each.value
"""


def every_tone_place(word: str) -> set[str]:
    """The word with its tone on each vowel in turn: hòa and hoà are one word, and so is the slip Đòan one with Đoàn.

    >>> sorted(every_tone_place("hòa"))
    ['hoà', 'hòa']
    """
    letters = unicodedata.normalize("NFD", word)
    tones = "".join(char for char in letters if char in _TONES)
    bare = unicodedata.normalize("NFC", "".join(char for char in letters if char not in _TONES))
    ends = [place for place, letter in enumerate(bare, 1) if letter.lower() in _VOWELS]
    return {unicodedata.normalize("NFC", f"{bare[:end]}{tones}{bare[end:]}") for end in ends} | {word}


def as_typed(db: Database, spelling: list[set[str]], ids: list[int], limit: int) -> list[int]:
    """Those of the ids whose text has all words with the marks that were typed, in small letters, in capitals or with
    one in front, until `limit` of them are found or `FAR` looked through."""
    if not spelling:
        return []
    cases = [_in_each_case(words) for words in spelling]
    exact: list[int] = []
    for start in range(0, min(len(ids), max(FAR, limit)), _WINDOW):
        some = ids[start : start + _WINDOW]
        texts = dict(db.conn.execute(_TEXTS, {"ids": json.dumps(some)}).fetchall())
        fitting = (
            id
            for id in some
            if _may_have(texts[id], cases) and _has_all(texts[id].decode("utf-8", "replace").lower(), spelling)
        )
        exact += islice(fitting, limit - len(exact))
        if len(exact) >= limit:
            break
    return exact


def _in_each_case(words: set[str]) -> list[bytes]:
    cases = (str, str.capitalize, str.upper)
    return [case(word).encode() for case in cases for word in words]


def _may_have(text: bytes, cases: list[list[bytes]]) -> bool:
    """Whether the letters of each word stand somewhere: most texts are done with, and to put them all into small
    letters would take as long as to look through them."""
    return all(any(word in text for word in words) for words in cases)


def _has_all(text: str, spelling: list[set[str]]) -> bool:
    return all(any(_has_word(text, word) for word in words) for words in spelling)


def _has_word(text: str, word: str) -> bool:
    # `in` first: on the many texts without the word it is ten times as fast as the expression.
    return word in text and re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text) is not None
