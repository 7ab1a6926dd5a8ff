"""What an article said before: its versions, and two of them side by side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from newscrawler.differences import Pair, Patience, side_by_side
from newscrawler.errors import NoSuchPageError
from newscrawler.store import Database
from newscrawler.store.version_heads import VersionText, count_versions, version_heads, version_text
from newscrawler.web.articles.article import ID, article_of
from newscrawler.web.asked import Asked
from newscrawler.web.pages import View, page

_FIELDS = ("title", "summary", "byline", "body_text")
_PAIRS = 4_000_000
"""Pairs of words that one page compares: less than half a second."""
_MOST, _LONGEST = 3_000, 1_000_000
"""Paragraphs and letters of a text that are compared."""
_NEAR = 1
"""Unchanged paragraphs that are shown around a changed one; the others are folded up."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Stretch:
    """Paragraphs that stand together: changed ones with their neighbours, or unchanged ones folded up."""

    folded: bool
    pairs: tuple[Pair, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """One field of an article in two versions."""

    name: str
    changed: bool
    stretches: tuple[Stretch, ...]


def history(db: Database, asked: Asked) -> Mapping[str, object]:
    """The versions of an article, and `a` and `b` of them compared; without these, the latest and the one before."""
    found = article_of(db, asked)
    count = count_versions(db, found["id"])
    newer = asked.number("b", otherwise=count)
    older = asked.number("a", otherwise=max(1, newer - 1))
    before, after = (_version(db, found["id"], number, count) for number in sorted((older, newer)))
    parts, cut = compared(before, after)
    return {
        "article": found,
        "heads": version_heads(db, found["id"]),
        "count": count,
        "before": before,
        "after": after,
        "fields": parts,
        "cut": cut,
        "only_markup": before != after and not any(part.changed for part in parts),
    }


def _version(db: Database, article_id: int, number: int, count: int) -> VersionText:
    version = version_text(db, article_id, number)
    if version is None:
        raise NoSuchPageError(f"article {article_id} has no version {number}; it has {count}")
    return version


def compared(before: VersionText, after: VersionText) -> tuple[list[Part], bool]:
    """Each field of two versions side by side, and whether that is more than is shown."""
    patience, parts, cut = Patience(_PAIRS), [], False
    for name in _FIELDS:
        texts = getattr(before, name), getattr(after, name)
        old, new = (beginning(text) for text in texts)
        cut = cut or (old, new) != texts
        pairs = side_by_side(old, new, patience)
        if pairs:
            changed = any(pair.changed for pair in pairs)
            parts.append(Part(name=name, changed=changed, stretches=tuple(stretches(pairs))))
    return parts, cut


def beginning(text: str) -> str:
    """As much of a text as is compared: whole paragraphs, unless its first is too long by itself."""
    paragraphs = text[:_LONGEST].split("\n\n", _MOST)
    if len(text) > _LONGEST and 1 < len(paragraphs) <= _MOST:
        paragraphs.pop()
    return "\n\n".join(paragraphs[:_MOST])


def stretches(pairs: list[Pair]) -> list[Stretch]:
    """Paragraphs far from any change folded up, unless it is one alone; where nothing is changed, all of them."""
    near = {
        other for place, pair in enumerate(pairs) if pair.changed for other in range(place - _NEAR, place + _NEAR + 1)
    }
    found: list[tuple[bool, list[Pair]]] = []
    for place, pair in enumerate(pairs):
        folded = place not in near
        if not found or found[-1][0] != folded:
            found.append((folded, []))
        found[-1][1].append(pair)
    return [Stretch(folded=folded and len(group) > 1, pairs=tuple(group)) for folded, group in found]


ROUTES: list[tuple[str, View]] = [(rf"/article/{ID}/history$", page("article_history.html", history))]
