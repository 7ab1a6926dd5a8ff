"""The words of all articles, and in which articles each stands: what the search of a copy looks things up in.

An article is known by its place in the order of the copy. Of each word two lists are kept: the articles that have it in
title or lede, and those that have it elsewhere. Pairs of neighbours in a title or lede are words too, with a blank
between them, so that what stands in a row comes first.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator
from itertools import pairwise

from newscrawler.text import fold

_WORD = re.compile(r"[^\W_]+")
_LONGEST_WORD = 40

Posting = tuple[list[int], list[int]]
"""Of one word: places in title or lede, places elsewhere; each as the steps from one place to the next."""


class Postings:
    """Takes articles in order; memory holds four bytes for each different word of each."""

    def __init__(self) -> None:
        self.articles = 0
        self._above: dict[str, array[int]] = {}
        self._below: dict[str, array[int]] = {}

    def add(self, above: Iterable[str], text: str) -> None:
        """The next article.

        :param above: its title and its lede.
        :param text: its body.
        """
        place, first = self.articles, set[str]()
        for line in above:
            words = words_of(line)
            first.update(words, (f"{one} {other}" for one, other in pairwise(words)))
        for word in first:
            self._above.setdefault(word, array("I")).append(place)
        for word in set(words_of(text)) - first:
            self._below.setdefault(word, array("I")).append(place)
        self.articles += 1

    def sorted(self) -> Iterator[tuple[str, Posting]]:
        """All words in the order in which JavaScript compares texts."""
        empty = array("I")
        for word in sorted(self._above.keys() | self._below.keys(), key=lambda word: word.encode("utf-16-be")):
            yield word, (_steps(self._above.get(word, empty)), _steps(self._below.get(word, empty)))


def words_of(text: str) -> list[str]:
    """The words of a text as they are looked for: small letters without marks.

    >>> words_of("Đoàn Thanh-niên, 26/3")
    ['doan', 'thanh', 'nien', '26', '3']
    """
    return [word[:_LONGEST_WORD] for word in _WORD.findall(fold(text))]


def _steps(places: array[int]) -> list[int]:
    return [place - before for before, place in pairwise([0, *places])]
