"""Whether two texts are one: keys by which copies are looked for, and how like each other two texts are.

Copies share most runs of three words. So does next week's announcement, written over the last one; but it differs at
several small places, and there it names other days, people and numbers, while a copy lacks or adds whole passages.
All functions are pure, and give the same on every machine.
"""

from __future__ import annotations

import re
import string
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from heapq import nsmallest
from itertools import accumulate
from zlib import crc32

from newscrawler.text import fold

SHORTEST = 50
"""Words; a shorter text is a copy only of an equal one."""
LIKE = 0.5
"""Least share of common runs of three words (Jaccard). Of 972 copies with one or two edits the least like has 0.49, of
741 pairs of articles on different matters the most like 0.01 (tests/store/copies.py); what lies between are forms."""
KEYS = 6
"""So many of a text's runs stand for it. With half of their runs in common, two texts have no key in common about once
in a hundred times, with three quarters once in a hundred thousand times."""
_KEY_WORDS = 5
"""Words of a run that is a key: long enough that few texts share one by chance."""
_FILLED_IN = 6
"""Words that are filled into a form at one place, at most."""
_WORDS_PER_BLANK = 400
"""So long a text may differ at one place as if it were a form; names get corrected, too."""
_FOREIGN = 0.3
"""So much of the names or numbers of the one text may be missing in the other."""
_WHOLE = 1 << 32
"""Keys from here on are of whole texts."""
_KEPT = (string.ascii_letters + string.digits).encode()
_BLANKS = bytes(code if code in _KEPT else 32 for code in range(256))
_WORD = re.compile(r"\w+")
Run = tuple[bytes, bytes, bytes]


@dataclass(frozen=True, slots=True)
class Telling:
    """What of a text is compared."""

    words: tuple[bytes, ...]
    """In order, in lower case and without marks."""
    known: frozenset[bytes]
    """The same, each once."""
    runs: frozenset[Run]
    numbers: frozenset[bytes]
    names: frozenset[bytes]
    """Words that stand with a capital."""


def keys_of(text: str) -> tuple[int, ...]:
    """Numbers under which a text is looked for: one for the whole of it and, unless it is short, those of some of its
    runs of words; none for a text without words.

    These are the runs with the smallest checksums, wherever they stand: most likely some of them are in a copy, too
    (a bottom-k sketch, after Broder 1997).
    """
    words = _words(text)
    line = b" ".join(words).lower()
    whole = (_WHOLE + crc32(line),) if words else ()
    if len(words) < SHORTEST:
        return whole
    starts = list(accumulate(map((1).__add__, map(len, words)), initial=0))
    runs = map(line.__getitem__, map(slice, starts, starts[_KEY_WORDS:]))
    return (*nsmallest(KEYS, set(map(crc32, runs))), *whole)


def _words(text: str) -> list[bytes]:
    """Words in Latin letters without their marks; in this way it takes a third of the time of `fold`."""
    plain = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    latin = plain.encode("ascii", "ignore")
    if 2 * len(latin) < len(text):
        return [word.encode("utf-8", "replace") for word in _WORD.findall(fold(text))]
    return latin.translate(_BLANKS).split()


def telling(text: str) -> Telling:
    """A text taken apart to be compared."""
    cased = _words(text)
    words = tuple(word.lower() for word in cased)
    return Telling(
        words=words,
        known=frozenset(words),
        runs=frozenset(_runs(words)),
        numbers=frozenset(word for word in words if word[:1].isdigit()),
        names=frozenset(word.lower() for word in cased if word[:1].isupper()),
    )


def _runs(words: tuple[bytes, ...]) -> Iterator[Run]:
    return zip(words, words[1:], words[2:], strict=False)


def likeness(one: Telling, other: Telling) -> float | None:
    """Share of the runs of three words that two texts have in common, up to 1.0; None where the one is no copy of the
    other. Symmetric.
    """
    if one.words == other.words:
        return 1.0 if one.words else None
    if min(len(one.words), len(other.words)) < SHORTEST:
        return None
    common = len(one.runs & other.runs)
    like = common / (len(one.runs) + len(other.runs) - common)
    if like < LIKE or not _same_matter(one, other) or _are_one_form(one, other):
        return None
    return round(like, 4)


def _same_matter(one: Telling, other: Telling) -> bool:
    """Whether one of the texts has nearly all the numbers, and one nearly all the names of the other."""
    for ours, theirs in ((one.numbers, other.numbers), (one.names, other.names)):
        missing = min(len(ours - other.known), len(theirs - one.known))
        if missing > _FOREIGN * min(len(ours), len(theirs)):
            return False
    return True


def _are_one_form(one: Telling, other: Telling) -> bool:
    allowed = max(1, max(len(one.words), len(other.words)) // _WORDS_PER_BLANK)
    return max(_filled_in(one, other), _filled_in(other, one)) > allowed


def _filled_in(one: Telling, other: Telling) -> int:
    """Small places at which the one text names somebody or some number that the other does not know."""
    foreign = (one.numbers | one.names) - other.known
    return sum(
        len(gap) <= _FILLED_IN + 2 and any(foreign.intersection(run) for run in gap) for gap in _gaps(one, other)
    )


def _gaps(one: Telling, other: Telling) -> Iterator[list[Run]]:
    """Neighbouring runs of the one that the other has not; at a place of n words these are n + 2."""
    gap: list[Run] = []
    for run in _runs(one.words):
        if run not in other.runs:
            gap.append(run)
        elif gap:
            yield gap
            gap = []
    if gap:
        yield gap
