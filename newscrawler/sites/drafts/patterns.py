"""How the addresses of a site's articles are written: guessed from those that were seen, and the guess counted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

LONG = 8
"""Digits from which on a number tells articles from all else."""
LONGEST = 500
"""Characters of an address that is looked at."""
_ENDED = re.compile(
    r"(?P<words>[^?]*?)(?P<mark>[-_.]?(?:[a-z]{1,8})?)(?P<number>\d{3,})(?P<end>(?:\.[a-z]{2,5})?/?)$", re.I
)
"""A number at the end: /ra-quan-41501.html, /ra-quan-post1779368.tpo."""
_BEGUN = re.compile(
    r"^(?P<start>/(?:[^/?]+/)*)(?P<number>\d{3,})(?P<mark>[-/])[^/?]+(?P<end>/?(?:\.[a-z]{2,5})?)$", re.I
)
"""A number before the words: /tin/739-ra-quan, /bai/4410/ra-quan."""
_WORDS = re.compile(r"^/(?:[^/?]+/)*(?:[^/?-]+-){3,}[^/?]+?(?P<end>(?:\.[a-z]{2,5})?/?)$", re.I)


@dataclass(frozen=True, kw_only=True)
class Guess:
    """A pattern for articles' addresses, as a site file writes it, and how it fares."""

    pattern: str
    found: int
    """Addresses of articles that it finds."""
    of: int
    ids: int
    """Different ids among them."""
    stray: int
    """Addresses that look like no article's, and that it finds all the same."""

    @property
    def worth(self) -> tuple[int, int]:
        """What makes a guess better than another."""
        return min(self.found, self.ids) - 3 * self.stray, -len(self.pattern)


def guess_article(articles: Iterable[str], others: Iterable[str]) -> Guess | None:
    """The pattern that finds the most articles and the fewest other pages; None where none finds half of them.

    >>> guess = guess_article([f"http://a.vn/doan/ra-quan-ngay-{n}.html" for n in range(1000, 1005)], [])
    >>> guess.pattern, guess.found
    ('^/[^?]*-(?P<id>\\\\d+)\\\\.html(?:[?]|$)', 5)
    """
    shown, rest = ([_place(url) for url in urls if len(url) <= LONGEST] for urls in (articles, others))
    counted = Counter(pattern for place in shown for pattern in _patterns(place))
    guesses = [_counted(pattern, shown, rest) for pattern, _count in counted.most_common(12)]
    best = max(guesses, key=lambda each: each.worth, default=None)
    return best if best is not None and best.ids >= 2 and best.found * 2 >= best.of else None


def _counted(pattern: str, shown: list[str], rest: list[str]) -> Guess:
    finds = re.compile(pattern, re.IGNORECASE | re.ASCII).search
    found = [match["id"] for place in shown if (match := finds(place))]
    stray = sum(finds(place) is not None for place in rest)
    return Guess(pattern=pattern, found=len(found), of=len(shown), ids=len(set(found)), stray=stray)


def _patterns(place: str) -> Iterator[str]:
    """Patterns that find an address, the narrowest first."""
    path, _mark, query = place.partition("?")
    if query:
        yield from _of_query(path, query)
        return
    if match := _ENDED.match(path):
        mark, end = match["mark"], _end(match["end"])
        if match["words"].endswith("/") and not mark:
            yield rf"^{re.escape(match['words'])}(?P<id>\d+){end}"
        else:
            # Sections and topics have short numbers where articles have long ones.
            if len(match["number"]) >= LONG:
                yield rf"^/[^?]*{_escaped(mark)}(?P<id>\d{{{LONG},}}){end}"
            yield rf"^/[^?]*{_escaped(mark)}(?P<id>\d+){end}"
    if match := _BEGUN.match(path):
        yield rf"^/(?:[^/?]+/)*(?P<id>\d+){_escaped(match['mark'])}[^/?]+{_end(match['end'])}"
    if match := _WORDS.match(path):
        yield rf"^/(?:[^/?]+/)*(?P<id>(?:[^/?-]+-){{3,}}[^/?]+?){_end(match['end'])}"


def _of_query(path: str, query: str) -> Iterator[str]:
    for name, value in parse_qsl(query):
        if value.isascii() and value.isdigit():
            yield rf"^{_escaped(path)}\?(?:[^?]*&)?{_escaped(name)}=(?P<id>\d+)(?:&|$)"


def _end(written: str) -> str:
    return rf"{_escaped(written.rstrip('/'))}/?(?:[?]|$)" if written.endswith("/") else rf"{_escaped(written)}(?:[?]|$)"


def _escaped(text: str) -> str:
    return re.escape(text).replace(r"\-", "-").replace("/", "/")


def _place(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
