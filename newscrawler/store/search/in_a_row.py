"""Words in a row in a stored text, whatever case and marks it has: what full-text search calls a phrase."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from newscrawler.text import fold

_WORD = re.compile(r"\w+")
_MARKS = "\u0300-\u036f\ufe00-\ufe0f"
"""Those that stand alone, where no letter bears them in itself; they part no words."""
_LONGEST = 40
"""Letters that go into a pattern: to make one of a thousand takes a fifth of a second."""


def in_a_row(words: str) -> Callable[[str], bool]:
    """What tells whether the words stand in a text as it is stored. To fold each of many texts would take ten times as
    long.

    >>> stands = in_a_row("Đoàn vien")
    >>> stands("Học kỳ của ĐOÀN-VIÊN, 26/3"), stands("đoàn viênn")
    (True, False)
    """
    wanted = _plain(words)
    beginning = wanted.strip()[:_LONGEST]
    is_all = beginning == wanted.strip()
    end = rf"(?![\w{_MARKS}])" if is_all else ""
    pattern = re.compile(rf"(?<![\w{_MARKS}])" + "".join(map(_any_way, beginning)) + end)
    if is_all:
        return lambda text: pattern.search(text) is not None
    return lambda text: pattern.search(text) is not None and wanted in _plain(text)


def _plain(text: str) -> str:
    """The folded words, between blanks."""
    return " ".join(["", *_WORD.findall(fold(text)), ""])


@cache
def _any_way(letter: str) -> str:
    """A letter of a folded word, or the blank behind it, as it may stand in a text."""
    if letter == " ":
        return r"\W+"
    ways = {letter, letter.upper(), *_letters().get(letter, ())}
    return f"[{''.join(re.escape(way) for way in sorted(ways) if len(way) == 1)}][{_MARKS}]*"


@cache
def _letters() -> dict[str, set[str]]:
    """Folded letter → all Latin letters that become it."""
    found: dict[str, set[str]] = {}
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        found.setdefault(fold(chr(code)), set()).add(chr(code))
    return found
