"""Full-text search as people type: no syntax to break, marks optional, and as typed they put a hit first."""

from __future__ import annotations

import json
import re
import sqlite3
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from sqlite_utils import Database

from newscrawler.store.database import explain, path_of
from newscrawler.store.respelling import respelled
from newscrawler.text import fold, normalize

_LONGEST = 1000
_MANY = 3_000
"""With more hits than this bm25 takes too long, and tells little: the words stand nearly everywhere."""
_WINDOW = 100
"""So many hits at a time are compared with the marks as typed, until enough are found that have them."""
_FAR = 1_000
"""Behind so many hits nobody looks for the marks as typed."""
_RECENT = 30_000
"""Of words that stand nearly everywhere, so many of the latest stored articles are looked through for those that have
them in a row or in the title."""
_MOST_RESPELLED = 4
"""Words of a query that are looked for with the other letter."""
_OPEN, _CLOSE = "\x02", "\x03"
_PIECE = re.compile(r'["“”„]([^"“”„]*)["“”„]|([^\s"“”„]+)')
_WORD = re.compile(r"\w+")
_TONES = "\u0300\u0301\u0303\u0309\u0323"

# Overlap counts: both sides are cut to the shorter of the two, so "2018-05" is inside `since` 2018-05-10. The first
# comparison says less, but lets SQLite use the index.
_WITHIN = {
    "site": "site = :site",
    "since": """
        published >= substr(:since, 1, 4)
        AND substr(published, 1, length(:since)) >= substr(:since, 1, length(published))
    """,
    "until": """
        published < :until || '~'
        AND substr(published, 1, length(:until)) <= substr(:until, 1, length(published))
    """,
}
# Either each hit is looked up, which stops early, or, where few articles are within, it is sought in the set of these;
# the plus keeps SQLite from asking the full-text index once for each article of the set.
_LOOKED_UP = "EXISTS (SELECT 1 FROM articles WHERE articles.id = articles_fts.rowid AND {within})"
_IN_SET = "+articles_fts.rowid IN (SELECT articles.id FROM articles WHERE {within})"
_HOW_MANY_WITHIN = "SELECT count(*) FROM (SELECT 1 FROM articles WHERE {within} LIMIT :many)"
_HOW_MANY = "SELECT count(*) FROM (SELECT 1 FROM articles_fts WHERE articles_fts MATCH :match LIMIT :many)"
_BEST_FIRST = "SELECT rowid FROM articles_fts WHERE articles_fts MATCH :match AND {within} ORDER BY rank"
_LATEST_FIRST = """
    SELECT rowid FROM articles_fts WHERE articles_fts MATCH :match AND {within} ORDER BY rowid DESC LIMIT :count
"""
_LATEST_ID = "SELECT ifnull(max(id), 0) FROM articles"
_TITLES = """
    SELECT articles.id, ifnull(title, '') FROM articles JOIN json_each(:ids) ON articles.id = json_each.value
"""
_PLACES = """
    SELECT articles.id, ifnull(title, ''), ifnull(summary, '')
    FROM articles JOIN json_each(:ids) ON articles.id = json_each.value
"""
_TEXTS = """
    SELECT articles.id, ifnull(title, '') || ' ' || ifnull(summary, '') || ' ' || body_text || ' ' || other_text
    FROM articles JOIN json_each(:ids) ON articles.id = json_each.value
"""
_SHOW = """
    SELECT articles.id, articles.url, articles.title, articles.published, articles.site,
        snippet(articles_fts, 2, :open, :close, '…', 24),
        snippet(articles_fts, 1, :open, :close, '…', 24),
        snippet(articles_fts, 3, :open, :close, '…', 24),
        snippet(articles_fts, 0, :open, :close, '…', 24)
    FROM articles_fts JOIN articles ON articles.id = articles_fts.rowid
    WHERE articles_fts MATCH :match AND articles_fts.rowid = :id
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Hit:
    """One found article. `snippet` is its own text, accents kept, with marks around the words that were found."""

    id: int
    url: str
    title: str | None
    published: str | None
    snippet: str
    site: str
    rank: int
    """Place among all hits, counted from 1."""


def search(
    db: Database,
    words: str,
    *,
    site: str | None = None,
    since: str | None = None,
    until: str | None = None,
    limit: int = 20,
    offset: int = 0,
    mark: tuple[str, str] = ("[", "]"),
) -> list[Hit]:
    """The articles in which all `words` and "quoted phrases" stand, best first. No text is an error.

    Case, marks, the place of tones and the Unicode form do not count, but where marks are typed, articles with just
    these marks come first. Then come those with the words in a row, and then bm25 with title before summary before
    body; words that stand nearly everywhere, and a phrase that is all of the query, are ordered by title before body
    instead, the latest stored first (words that stand nearly everywhere so far as the latest 30,000 articles go; the
    others come behind). An article that writes i for y or y for i, as in kỹ and kĩ, comes behind those that write it
    as typed.

    `since` and `until` are days, months or years of publication (`2018-05-10`, `2018-05`, `2018`), both included. An
    article known less exactly is found when its month or year overlaps; an undated one is not found with them.
    For HTML give control characters as `mark`, escape the snippet, then replace them: stored text has none.
    """
    query = Query(words)
    if not query.pieces or limit <= 0:
        return []
    filters = {"site": site or None, "since": since or None, "until": until or None}
    try:
        ids = _found(db, query, filters, offset + limit)[offset:]
        return [_show(db, query, id, rank, mark) for rank, id in enumerate(ids, offset + 1)]
    except sqlite3.DatabaseError as error:
        raise explain(error, path_of(db)) from error


def found_ids(db: Database, words: str, filters: Mapping[str, str | None], limit: int) -> list[int]:
    """The ids of what `search` finds, best first, without its snippets.

    :param filters: `site`, `since` and `until`, each a text or None.
    """
    query = Query(words)
    return _found(db, query, filters, limit) if query.pieces else []


def conditions(filters: Mapping[str, str | None]) -> str:
    """The filters as an SQL condition over `articles`, with the names of the filters as its parameters."""
    return " AND ".join(sql for name, sql in _WITHIN.items() if filters[name]) or "TRUE"


def _found(db: Database, query: Query, filters: Mapping[str, str | None], limit: int) -> list[int]:
    count = max(_WINDOW, limit)
    ids = _ranked(db, query, filters, count)
    if not query.spelling:
        return ids[:limit] if len(ids) >= limit else list(dict.fromkeys(ids + _respelled(db, query, filters)))[:limit]
    exact = _as_typed(db, query.spelling, ids, limit)
    if len(exact) < limit and len(ids) == count:
        ids = list(dict.fromkeys(ids + _latest(db, query.all_words, filters, _FAR)))
        exact = _as_typed(db, query.spelling, ids, limit)
    if len(exact) < limit:
        others = _respelled(db, query, filters)
        exact += _as_typed(db, query.respelling, others, limit)
        ids += others
    return list(dict.fromkeys(exact + ids))[:limit]


def _respelled(db: Database, query: Query, filters: Mapping[str, str | None]) -> list[int]:
    """Articles that write i for y or y for i somewhere, the latest stored first."""
    return _latest(db, query.respelled, filters, _FAR) if query.respelled else []


def _latest(db: Database, match: str, filters: Mapping[str, str | None], count: int) -> list[int]:
    sql = _LATEST_FIRST.format(within=_within(db, filters))
    return _ids(db, sql, {**filters, "match": match, "count": count})


class Query:
    """What was typed, taken apart into words and quoted phrases; nothing of it reaches FTS5 as syntax."""

    def __init__(self, words: str) -> None:
        # A lone surrogate, as a terminal makes of bytes that are no UTF-8, cannot be given to SQLite.
        text = normalize(words[:_LONGEST].encode("utf-8", "ignore").decode())
        pieces = (quoted or plain for quoted, plain in _PIECE.findall(text))
        self.pieces = tuple(piece for piece in pieces if any(char.isalnum() for char in piece))

    @cached_property
    def all_words(self) -> str:
        """FTS5 expression: every piece stands somewhere."""
        return " AND ".join(f"({_quoted(piece)})" for piece in self.pieces)

    @cached_property
    def in_a_row(self) -> str:
        """FTS5 expression: all stand in a row, as typed."""
        return _quoted(" ".join(self.pieces))

    @property
    def is_phrase(self) -> bool:
        """Whether it is one piece of several words."""
        return len(self.pieces) == 1 and len(_WORD.findall(self.pieces[0])) > 1

    @cached_property
    def either_way(self) -> str:
        """FTS5 expression: every piece stands somewhere, written with i or with y."""
        return " AND ".join(f"({' OR '.join(map(_quoted, respelled(piece)))})" for piece in self.pieces)

    @cached_property
    def respelled(self) -> str:
        """The same, one of the pieces not as typed; empty where all can be written in one way only."""
        ways = [[_quoted(way) for way in respelled(piece)] for piece in self.pieces]
        found = []
        for place, (_typed, *others) in enumerate(ways):
            each = [*ways[:place], others, *ways[place + 1 :]]
            if others:
                found.append(" AND ".join(f"({' OR '.join(way)})" for way in each))
        return " OR ".join(f"({one})" for one in found[:_MOST_RESPELLED])

    @cached_property
    def spelling(self) -> list[set[str]]:
        """Each word typed with marks, with its tone at every place."""
        return [_tone_places(word) for word in self._marked]

    @cached_property
    def respelling(self) -> list[set[str]]:
        """The same, each also with i for y or y for i."""
        return [{place for spelled in respelled(word) for place in _tone_places(spelled)} for word in self._marked]

    @cached_property
    def _marked(self) -> list[str]:
        words = {word for piece in self.pieces for word in _WORD.findall(piece.lower())}
        return [word for word in sorted(words) if fold(word) != word]


def _quoted(piece: str) -> str:
    return f'"{piece.replace("đ", "d").replace("Đ", "D")}"'


def _tone_places(word: str) -> set[str]:
    """The word with its tone on each letter in turn: hòa and hoà are one word.

    >>> sorted(_tone_places("hòa"))
    ['hoà', 'hòa', 'h̀oa']
    """
    letters = unicodedata.normalize("NFD", word)
    tones = "".join(char for char in letters if char in _TONES)
    bare = unicodedata.normalize("NFC", "".join(char for char in letters if char not in _TONES))
    places = {f"{bare[:place]}{tones}{bare[place:]}" for place in range(1, len(bare) + 1)}
    return {unicodedata.normalize("NFC", place) for place in places} | {word}


def _ranked(db: Database, query: Query, filters: Mapping[str, str | None], count: int) -> list[int]:
    """Ids of the hits, best first: all of them, or the first `count` where there are very many."""
    within = _within(db, filters)
    if query.is_phrase:
        ids = _latest(db, query.all_words, filters, _MANY + 1)
        return _by_place(db, query, ids) if len(ids) <= _MANY else _by_title(db, query, within, filters, count)
    (hits,) = db.conn.execute(_HOW_MANY, {"match": query.all_words, "many": _MANY + 1}).fetchone()
    if hits > _MANY:
        return _by_title(db, query, within, filters, count)
    ids = _ids(db, _BEST_FIRST.format(within=within), {**filters, "match": query.all_words})
    if len(query.pieces) == 1 or len(ids) < 2:
        return ids
    row = set(_ids(db, _LATEST_FIRST.format(within=within), {**filters, "match": query.in_a_row, "count": _MANY}))
    return sorted(ids, key=lambda id: id not in row)


def _within(db: Database, filters: Mapping[str, str | None]) -> str:
    within = conditions(filters)
    if within == "TRUE":
        return within
    few = 5 * _MANY
    (articles,) = db.conn.execute(_HOW_MANY_WITHIN.format(within=within), {**filters, "many": few}).fetchone()
    return (_IN_SET if articles < few else _LOOKED_UP).format(within=within)


def _by_title(db: Database, query: Query, within: str, filters: Mapping[str, str | None], count: int) -> list[int]:
    """Hits without bm25: the words in a row, then in the title, then anywhere; the latest stored first in each step."""
    (latest,) = db.conn.execute(_LATEST_ID).fetchone()
    values = {**filters, "count": count}
    recent = _LATEST_FIRST.format(within=f"rowid > {int(latest) - _RECENT} AND {within}")
    found = dict.fromkeys(_in_a_row(db, query, recent, values, count))
    steps = ((f"{{title}} : ({query.all_words})", recent), (query.all_words, _LATEST_FIRST.format(within=within)))
    for match, sql in steps:
        if len(found) < count:
            found.update(dict.fromkeys(_ids(db, sql, {**values, "match": match})))
    return list(found)[:count]


def _in_a_row(db: Database, query: Query, sql: str, values: Mapping[str, str | int | None], count: int) -> list[int]:
    """Hits with the words in a row, those first that have them so in the title."""
    if len(query.pieces) == 1:
        return []
    ids = _ids(db, sql, {**values, "match": query.in_a_row})
    if len(ids) >= count:
        return _ids(db, sql, {**values, "match": f"{{title}} : {query.in_a_row}"}) + ids
    # All are known: to read their titles costs less than to walk through the index again.
    titles = dict(db.conn.execute(_TITLES, {"ids": json.dumps(ids)}).fetchall())
    wanted = _plain(" ".join(query.pieces))
    return sorted(ids, key=lambda id: wanted not in _plain(titles[id]))


def _by_place(db: Database, query: Query, ids: list[int]) -> list[int]:
    """The hits of one phrase: in the title, in the summary, elsewhere. For bm25 the index would be walked through twice
    more, and to find the words of a phrase in a row is what takes long."""
    wanted = _plain(query.pieces[0])
    places = {id: texts for id, *texts in db.conn.execute(_PLACES, {"ids": json.dumps(ids)})}
    return sorted(ids, key=lambda id: [wanted not in _plain(text) for text in places[id]])


def _plain(text: str) -> str:
    return f" {' '.join(_WORD.findall(fold(text)))} "


def _ids(db: Database, sql: str, values: Mapping[str, str | int | None]) -> list[int]:
    return [id for (id,) in db.conn.execute(sql, values)]


def _as_typed(db: Database, spelling: list[set[str]], ids: list[int], limit: int) -> list[int]:
    """Those of the ids whose text has all words with the marks that were typed, until `limit` of them are found or
    `_FAR` looked through."""
    if not spelling:
        return []
    exact: list[int] = []
    for start in range(0, min(len(ids), max(_FAR, limit)), _WINDOW):
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


def _show(db: Database, query: Query, id: int, rank: int, mark: tuple[str, str]) -> Hit:
    values = {"match": query.either_way, "id": id, "open": _OPEN, "close": _CLOSE}
    id, url, title, published, site, *snippets = db.conn.execute(_SHOW, values).fetchone()
    # The body tells most; title and the rest only where the words stand in them alone.
    best = next((snippet for snippet in snippets if snippet and _OPEN in snippet), snippets[0] or "")
    text = " ".join(best.split()).replace(_OPEN, mark[0]).replace(_CLOSE, mark[1])
    return Hit(id=id, url=url, title=title, published=published, snippet=text, site=site, rank=rank)
