"""The tags of an article: what the page shows or states, and of `meta keywords` only what the article speaks of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from newscrawler.items import Claim, Origin
from newscrawler.reading.fields.claims import choose_group
from newscrawler.text import fold

MOST_KEYWORDS = 15
"""More phrases in `meta keywords` are written for search engines."""
_MOST_WORDS = 8
_KEYWORDS = "keywords"


def choose_tags(
    claims: Sequence[Claim], texts: Iterable[str], distrusted: Iterable[str]
) -> tuple[tuple[str, ...], Origin] | None:
    """The tags and where they were read.

    :param claims: one tag each: what the layout names first, then what is shown or stated.
    :param texts: title, summary and paragraphs. `meta keywords` are the same on all pages of many sites; they count
        only where at least half of them stand in the article.
    """
    keywords = [one for one in claims if one.source == "meta" and one.where == _KEYWORDS]
    others = [one for one in claims if one not in keywords]
    kept = keywords if others or _spoken_of(keywords, texts) else []
    chosen = choose_group([*others, *kept], distrusted)
    return (tuple(one.value for one in chosen[0]), chosen[1]) if chosen else None


def _spoken_of(keywords: list[Claim], texts: Iterable[str]) -> bool:
    if not 0 < len(keywords) <= MOST_KEYWORDS or any(len(one.value.split()) > _MOST_WORDS for one in keywords):
        return False
    article = fold("\n".join(texts))
    return sum(fold(one.value) in article for one in keywords) * 2 >= len(keywords)
