"""What was typed, taken apart; nothing of it reaches FTS5 as syntax."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property

from newscrawler.store.respelling import respelled
from newscrawler.store.search.spelling import every_tone_place
from newscrawler.text import fold, normalize

_LONGEST = 1000
_MOST_WORDS = 32
"""So many words tell which article is meant; the time for a hundred times the same one grows with their square."""
_MOST_RESPELLED = 4
"""Words of a query that are looked for with the other letter."""
_PIECE = re.compile(r'["“”„]([^"“”„]*)["“”„]|([^\s"“”„]+)')
_WORD = re.compile(r"\w+")


class Query:
    """Words and quoted phrases."""

    def __init__(self, words: str) -> None:
        # A lone surrogate, as a terminal makes of bytes that are no UTF-8, cannot be given to SQLite.
        text = normalize(words[:_LONGEST].encode("utf-8", "ignore").decode())
        pieces = (quoted or plain for quoted, plain in _PIECE.findall(text))
        self.pieces = tuple(_first_words(piece for piece in pieces if any(char.isalnum() for char in piece)))

    @cached_property
    def all_words(self) -> str:
        """FTS5 expression: every piece stands somewhere."""
        return " AND ".join(dict.fromkeys(f"({_quoted(piece)})" for piece in self.pieces))

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
        ways = (f"({' OR '.join(map(_quoted, respelled(piece)))})" for piece in self.pieces)
        return " AND ".join(dict.fromkeys(ways))

    @cached_property
    def respelled(self) -> str:
        """The same, one of the pieces not as typed; empty where all can be written in one way only."""
        ways = [[_quoted(way) for way in respelled(piece)] for piece in dict.fromkeys(self.pieces)]
        found = []
        for place, (_typed, *others) in enumerate(ways):
            each = [*ways[:place], others, *ways[place + 1 :]]
            if others:
                found.append(" AND ".join(f"({' OR '.join(way)})" for way in each))
        return " OR ".join(f"({one})" for one in found[:_MOST_RESPELLED])

    @cached_property
    def spelling(self) -> list[set[str]]:
        """Each word typed with marks, with its tone at every place."""
        return [every_tone_place(word) for word in self._marked]

    @cached_property
    def respelling(self) -> list[set[str]]:
        """The same, each also with i for y or y for i."""
        return [{place for spelled in respelled(word) for place in every_tone_place(spelled)} for word in self._marked]

    @cached_property
    def _marked(self) -> list[str]:
        words = {word for piece in self.pieces for word in _WORD.findall(piece.lower())}
        return [word for word in sorted(words) if fold(word) != word]


def _first_words(pieces: Iterable[str]) -> Iterator[str]:
    left = _MOST_WORDS
    for piece in pieces:
        words = _WORD.findall(piece)
        if left <= 0:
            return
        yield piece if len(words) <= left else " ".join(words[:left])
        left -= max(len(words), 1)


def _quoted(piece: str) -> str:
    return f'"{piece.replace("đ", "d").replace("Đ", "D")}"'
