"""The lede where no place marks it: the paragraph that the page's description repeats."""

from __future__ import annotations

from collections.abc import Iterable

from newscrawler.items import Claim
from newscrawler.reading.body.parts import Body
from newscrawler.text import fold, one_line

_LEAST = 40
_COMMON = 80
"""So many letters in common are the same sentence."""
_PREFIX = 40
"""Letters before it: papers begin with their name, as in `TTO - `."""
_LONGEST = 1_500


def lede_in_body(body: Body, descriptions: Iterable[Claim]) -> Claim | None:
    """The first paragraph as the lede, if a description is its beginning; whole, where the description is cut off."""
    first = next((one_line(text.text) for text in body.texts), "")
    if not _LEAST <= len(first) <= _LONGEST:
        return None
    beginning = fold(first)
    for said in descriptions:
        key = fold(said.value).rstrip(".… ")
        at = beginning.find(key[:_COMMON]) if len(key) >= _LEAST else -1
        if 0 <= at <= _PREFIX and _same_end(beginning[at:], key):
            return Claim(field="summary", value=first, source="heuristic", where="first paragraph")
    return None


def _same_end(paragraph: str, key: str) -> bool:
    """Whether they go on alike: a description cut off at a number of letters, or the whole paragraph."""
    return paragraph.startswith(key) or key.startswith(paragraph.rstrip(".… "))
