"""A look at a page before it is parsed: what would cost a parser minutes is refused.

Parsers have quadratic inputs: 50,000 attributes on one tag cost 22 s (facts: reliability §0.9), and text below 2,048
levels is dropped without a word (§0.7). Tags are told as a parser tells them, since a count of signs is easily led
astray: by values that hold `<` or `>`, by attributes without values, by comparisons in scripts.
"""

from __future__ import annotations

import re
from collections import Counter

from newscrawler.errors import HostilePageError

MAX_CHARACTERS = 20_000_000
MAX_TAGS = 200_000
MAX_ATTRIBUTES = 1_000
MAX_DEPTH = 2_000

# Every repeat is possessive: the patterns go over a page once and never turn back, whatever stands in it.
_ATTRIBUTE = r"""[\s/]*+(?:=|[^\s/>=]++\s*+(?:=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>]*+))?+)"""
_PASSED_OVER = (
    r"<!--(?!-?>)(?:[^-]++|-(?!-!?>))*+"
    # Titles and text areas end a script that begins inside them.
    r"|<(?i:script|style)\b[^>]*+(?:[^<]++|<(?!/(?i:script|style|textarea|title)\b))*+"
)
_ORDINARY = re.compile(
    rf"(?:[^<]++|{_PASSED_OVER}|<(?![a-zA-Z])|<[a-zA-Z][^\s/>]*+(?:{_ATTRIBUTE}){{0,{MAX_ATTRIBUTES}}}+(?!{_ATTRIBUTE}))*+"
)
_TAG = re.compile(rf"{_PASSED_OVER}|<(/?)([a-zA-Z][^\s/>]*+)(?:{_ATTRIBUTE})*+")
_FLAT = frozenset(
    "area base body br col colgroup dd dt embed frame head hr html img input li link meta option p param source tbody "
    "td tfoot th thead tr track wbr".split()
)
"""Elements that hold nothing, or that the next of their kind closes; many pages leave their end tags out."""


def check(html: str) -> None:
    """Raise HostilePageError, naming what is wrong, if a page must not be parsed."""
    if len(html) > MAX_CHARACTERS:
        raise HostilePageError(f"the page has {len(html):,} characters, over the limit of {MAX_CHARACTERS:,}")
    tags = html.count("<")
    if tags > MAX_TAGS:
        raise HostilePageError(f"the page has {tags:,} tags, over the limit of {MAX_TAGS:,}")
    match = _ORDINARY.match(html)
    if match is not None and match.end() < len(html):
        raise HostilePageError(f"one tag has more than {MAX_ATTRIBUTES:,} attributes")
    if tags > MAX_DEPTH:
        _check_depth(html)


def _check_depth(html: str) -> None:
    """End tags count only where such an element is open, as parsers pass over the others."""
    depth, still_open = 0, Counter[str]()
    for match in _TAG.finditer(html):
        name = (match[2] or "").lower()
        if not name or name in _FLAT:
            continue
        if not match[1]:
            still_open[name] += 1
            depth += 1
        elif still_open[name]:
            still_open[name] -= 1
            depth -= 1
        if depth > MAX_DEPTH:
            raise HostilePageError(f"tags are nested deeper than {MAX_DEPTH:,} levels")
