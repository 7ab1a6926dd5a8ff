"""A look at a page before it is parsed: what would cost a parser minutes is refused.

Parsers have quadratic inputs: 50,000 attributes on one tag cost 22 s (facts: reliability §0.9), and text below 2,048
levels is
dropped without a word (§0.7).
"""

from __future__ import annotations

import re

from newscrawler.errors import HostilePageError

MAX_CHARACTERS = 20_000_000
MAX_TAGS = 200_000
MAX_TAG_LENGTH = 200_000
MAX_ATTRIBUTES = 1_000
MAX_DEPTH = 2_000

_LONG_TAG = re.compile(r"<[a-zA-Z][^<>]{4000,}")
_NESTING = re.compile(r"<(/?)(?:div|span|table|ul|b|i|font|em|strong|blockquote|section|article|p)\b", re.IGNORECASE)


def check(html: str) -> None:
    """Raise HostilePageError, naming what is wrong, if a page must not be parsed."""
    if len(html) > MAX_CHARACTERS:
        raise HostilePageError(f"the page has {len(html):,} characters, over the limit of {MAX_CHARACTERS:,}")
    tags = html.count("<")
    if tags > MAX_TAGS:
        raise HostilePageError(f"the page has {tags:,} tags, over the limit of {MAX_TAGS:,}")
    for match in _LONG_TAG.finditer(html):
        attributes = match.group().count("=")
        if attributes > MAX_ATTRIBUTES and "base64" not in match.group()[:200]:
            raise HostilePageError(f"one tag has {attributes:,} attributes, over the limit of {MAX_ATTRIBUTES:,}")
    if tags > MAX_DEPTH:
        _check_depth(html)


def _check_depth(html: str) -> None:
    depth = 0
    for match in _NESTING.finditer(html):
        depth += -1 if match.group(1) else 1
        if depth > MAX_DEPTH:
            raise HostilePageError(f"tags are nested deeper than {MAX_DEPTH:,} levels")
