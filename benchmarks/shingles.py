"""How alike a text and its gold are: shared runs of four words, as in scrapinghub's article-extraction-benchmark."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from statistics import fmean, stdev

_WORD = re.compile(r"\w+")
_RUN = 4


@dataclass(frozen=True)
class Match:
    """What one page's text shares with its gold; shares of the whole, so that each page weighs the same."""

    shared: float
    added: float
    lost: float

    @property
    def precision(self) -> float:
        return _ratio(self.shared, self.added, self.lost)

    @property
    def recall(self) -> float:
        return _ratio(self.shared, self.lost, self.added)

    @property
    def f1(self) -> float:
        return _harmonic(self.precision, self.recall)

    @property
    def exact(self) -> bool:
        return self.added == self.lost == 0


@dataclass(frozen=True)
class Score:
    """What a reader reached over a set."""

    precision: float
    recall: float
    exact: float

    @property
    def f1(self) -> float:
        return _harmonic(self.precision, self.recall)


def match(found: str, gold: str) -> Match:
    """Compare two texts.

    >>> match("one two three four five", "one two three four five").exact
    True
    """
    ours, theirs = _shingles(found), _shingles(gold)
    shared = (ours & theirs).total()
    added, lost = ours.total() - shared, theirs.total() - shared
    whole = shared + added + lost or 1
    return Match(shared / whole, added / whole, lost / whole)


def score(matches: Sequence[Match]) -> Score:
    """Means over all pages; a page without text says nothing of precision, one without gold nothing of recall."""
    precisions = [one.precision for one in matches if one.shared + one.added > 0]
    recalls = [one.recall for one in matches if one.shared + one.lost > 0]
    return Score(fmean(precisions or [0]), fmean(recalls or [0]), fmean(one.exact for one in matches))


def spread(matches: Sequence[Match], times: int = 500, seed: int = 1) -> float:
    """Standard deviation of F1 over sets drawn from this one with replacement."""
    chance = Random(seed)
    if len(matches) < 2:
        return 0.0
    return stdev(score(chance.choices(matches, k=len(matches))).f1 for _ in range(times))


def spread_of_difference(ours: Sequence[Match], theirs: Sequence[Match], times: int = 500, seed: int = 1) -> float:
    """The same of the difference between two readers of the same pages."""
    chance = Random(seed)
    drawn = (chance.choices(range(len(ours)), k=len(ours)) for _ in range(times))
    return stdev(score([ours[i] for i in one]).f1 - score([theirs[i] for i in one]).f1 for one in drawn)


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    words = _WORD.findall(text)
    runs = (tuple(words[i : i + _RUN]) for i in range(max(1, len(words) - _RUN + 1)))
    return Counter(run for run in runs if run)


def _ratio(right: float, wrong: float, other: float) -> float:
    if wrong == other == 0:
        return 1.0
    return right / (right + wrong) if right else 0.0


def _harmonic(one: float, other: float) -> float:
    return 2 * one * other / (one + other) if one + other else 0.0
