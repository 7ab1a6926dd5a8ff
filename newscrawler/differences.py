"""What changed from one text to another: paragraph by paragraph, then word by word, in bounded time.

`difflib` may take the cube of the length over texts that repeat themselves, and texts come from web pages; so equal
ends are taken off first, and of what is left only as much is compared as a tenth of a second allows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Literal, NamedTuple

Piece = tuple[str, str]
"""What became of some words ("=", "-" or "+"), and the words."""

_WORD = re.compile(r"\s+|\w+|[^\w\s]")
# A row of dots is looked at once, from its beginning: tables of contents have thousands of them.
_SENTENCE = re.compile(r".+?(?:(?<![.!?…])[.!?…]++\s+|\n|\Z)", re.DOTALL)
_MOST_PAIRS = 1_000_000
"""Pairs of words, sentences or paragraphs that one comparison looks at: 0.1 s at worst."""
_MOST_ALIGNED = 2_500
"""Pairs of changed paragraphs among which the likest are looked for."""
_ALIKE = 0.3
"""Share of words in common from which on one paragraph is another one edited."""


class Step(NamedTuple):
    """A stretch of one list, and what stands for it in another."""

    kind: Literal["equal", "changed"]
    i1: int
    i2: int
    j1: int
    j2: int


@dataclass(frozen=True, slots=True)
class Pair:
    """A paragraph as it was and as it is, side by side; None where it came or went."""

    before: list[Piece] | None
    after: list[Piece] | None

    @property
    def changed(self) -> bool:
        """Whether a reader sees two different things."""
        return self.before != self.after


class Patience:
    """How much may still be compared for one answer.

    :param pairs: of words, sentences or paragraphs, in all.
    """

    def __init__(self, pairs: int = 8 * _MOST_PAIRS) -> None:
        self._left = pairs

    def allows(self, one: int, other: int) -> bool:
        """Whether lists of these lengths may be compared item by item; then it is less by that."""
        pairs = one * other
        allowed = pairs <= min(self._left, _MOST_PAIRS)
        self._left -= pairs if allowed else 0
        return allowed


def changed_paragraphs(old: str, new: str) -> list[list[Piece]]:
    """The paragraphs that differ, each word by word.

    >>> changed_paragraphs("Một\\n\\nHai ba", "Một\\n\\nHai bốn")
    [[('=', 'Hai '), ('-', 'ba'), ('+', 'bốn')]]
    """
    before, after, patience = old.split("\n\n"), new.split("\n\n"), Patience()
    found = []
    for kind, i1, i2, j1, j2 in steps(before, after, patience):
        if kind == "equal":
            continue
        if i2 - i1 == j2 - j1:
            pairs = zip(before[i1:i2], after[j1:j2], strict=True)
            found += [changed_words(one, other, patience) for one, other in pairs]
        else:
            found.append(changed_words("\n\n".join(before[i1:i2]), "\n\n".join(after[j1:j2]), patience))
    return found


def side_by_side(old: str, new: str, patience: Patience | None = None) -> list[Pair]:
    """All paragraphs of two texts in pairs; a changed one stands beside that which it was most like.

    >>> [pair.changed for pair in side_by_side("Một\\n\\nHai ba", "Một\\n\\nHai bốn\\n\\nNăm")]
    [False, True, True]
    """
    patience = patience or Patience()
    before, after = _paragraphs(old), _paragraphs(new)
    found: list[Pair] = []
    for kind, i1, i2, j1, j2 in steps(before, after, patience):
        if kind == "equal":
            found += [Pair([("=", text)], [("=", text)]) for text in before[i1:i2]]
        else:
            found += [_pair(one, other, patience) for one, other in _partners(before[i1:i2], after[j1:j2])]
    return found


def changed_words(old: str, new: str, patience: Patience | None = None) -> list[Piece]:
    """What stayed, went and came, word by word; by sentences where there are too many words to compare.

    >>> changed_words("ngày 26/7", "ngày 27/7")
    [('=', 'ngày '), ('-', '26'), ('+', '27'), ('=', '/7')]
    """
    patience = patience or Patience()
    return _joined(_compared(old, new, patience, (_WORD.findall, _SENTENCE.findall)))


def steps(before: Sequence[str], after: Sequence[str], patience: Patience) -> list[Step]:
    """How one list becomes the other; where comparing would take too long, all between their equal ends is changed."""
    head = _common(before, after)
    tail = _common(before[head:][::-1], after[head:][::-1])
    end, other_end = len(before) - tail, len(after) - tail
    middle = [Step("changed", head, end, head, other_end)]
    if head < end and head < other_end and patience.allows(end - head, other_end - head):
        matcher = SequenceMatcher(None, before[head:end], after[head:other_end], autojunk=False)
        middle = [
            Step("equal" if kind == "equal" else "changed", i1 + head, i2 + head, j1 + head, j2 + head)
            for kind, i1, i2, j1, j2 in matcher.get_opcodes()
        ]
    every = [Step("equal", 0, head, 0, head), *middle, Step("equal", end, len(before), other_end, len(after))]
    return [step for step in every if step.i1 < step.i2 or step.j1 < step.j2]


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


_Cut = Callable[[str], list[str]]


def _compared(old: str, new: str, patience: Patience, cuts: tuple[_Cut, ...]) -> list[Piece]:
    """By the finest cut first; what it finds too long is cut more coarsely, and the coarse pieces finely again."""
    if not (old and new) or not cuts:
        return [("-", old), ("+", new)]
    finest, *coarser = cuts
    before, after = finest(old), finest(new)
    pieces: list[Piece] = []
    for kind, i1, i2, j1, j2 in steps(before, after, patience):
        one, other = "".join(before[i1:i2]), "".join(after[j1:j2])
        if kind == "equal":
            pieces.append(("=", one))
        elif (i2 - i1) * (j2 - j1) > _MOST_PAIRS and coarser:
            pieces += _by_sentences(one, other, patience, finest, coarser[0])
        else:
            pieces += [("-", one), ("+", other)]
    return pieces


def _by_sentences(old: str, new: str, patience: Patience, finest: _Cut, coarser: _Cut) -> list[Piece]:
    before, after = coarser(old), coarser(new)
    pieces: list[Piece] = []
    for kind, i1, i2, j1, j2 in steps(before, after, patience):
        one, other = "".join(before[i1:i2]), "".join(after[j1:j2])
        pieces += [("=", one)] if kind == "equal" else _compared(one, other, patience, (finest,))
    return pieces


def _joined(pieces: list[Piece]) -> list[Piece]:
    """Without empty pieces, neighbours of one kind together."""
    found: list[Piece] = []
    for kind, words in pieces:
        if words and found and found[-1][0] == kind:
            found[-1] = (kind, found[-1][1] + words)
        elif words:
            found.append((kind, words))
    return found


def _paragraphs(text: str) -> list[str]:
    return [paragraph for paragraph in text.split("\n\n") if paragraph.strip()]


def _pair(old: str | None, new: str | None, patience: Patience) -> Pair:
    if old is None or new is None:
        return Pair(None if old is None else [("-", old)], None if new is None else [("+", new)])
    pieces = changed_words(old, new, patience)
    return Pair([piece for piece in pieces if piece[0] != "+"], [piece for piece in pieces if piece[0] != "-"])


def _partners(before: list[str], after: list[str]) -> list[tuple[str | None, str | None]]:
    """Changed paragraphs in order, each beside the one that it is likest to; by their places where there are many, or
    one alone."""
    if len(before) * len(after) in (0, 1) or len(before) * len(after) > _MOST_ALIGNED:
        return list(zip_longest(before, after))
    return _walk(before, after, _gains(before, after))


def _gains(before: list[str], after: list[str]) -> list[list[float]]:
    """How much likeness the paragraphs from (i, j) on can have in all, if order is kept."""
    words = [[frozenset(_WORD.findall(text)) for text in texts] for texts in (before, after)]
    gains = [[0.0] * (len(after) + 1) for _ in range(len(before) + 1)]
    for i in range(len(before) - 1, -1, -1):
        for j in range(len(after) - 1, -1, -1):
            like = len(words[0][i] & words[1][j]) / max(1, len(words[0][i] | words[1][j]))
            both = gains[i + 1][j + 1] + like if like >= _ALIKE else 0.0
            gains[i][j] = max(both, gains[i + 1][j], gains[i][j + 1])
    return gains


def _walk(before: list[str], after: list[str], gains: list[list[float]]) -> list[tuple[str | None, str | None]]:
    found: list[tuple[str | None, str | None]] = []
    i = j = 0
    while i < len(before) or j < len(after):
        if i < len(before) and gains[i][j] == gains[i + 1][j]:
            found.append((before[i], None))
            i += 1
        elif j < len(after) and gains[i][j] == gains[i][j + 1]:
            found.append((None, after[j]))
            j += 1
        else:
            found.append((before[i], after[j]))
            i, j = i + 1, j + 1
    return found
