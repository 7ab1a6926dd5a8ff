"""JSON-LD as pages really write it: read if it can be read, searched for its article; what cannot be read is nothing.

Met on real pages: arrays in arrays, @graph, entities escaped twice, raw line breaks in strings (facts, sites §3).
"""

from __future__ import annotations

import html
import json
import re
from collections import deque
from collections.abc import Iterable, Iterator
from typing import Any

from newscrawler.text import one_line

Node = dict[str, Any]

_LONGEST = 500_000
_MOST_NODES = 2_000
_MOST_OBJECTS = 50
_WRAPPING = re.compile(r"^\s*(?:<!--|(?://|/\*)?\s*<!\[CDATA\[(?:\s*\*/)?)|(?:-->|(?://|/\*)?\s*\]\]>(?:\s*\*/)?)\s*$")
_COMMENT = re.compile(r'("(?:[^"\\]|\\.)*")|/\*.*?\*/|//[^\n]*', re.DOTALL)
_TRAILING_COMMA = re.compile(r'("(?:[^"\\]|\\.)*")|,(?=\s*[}\]])', re.DOTALL)
_ARTICLE = re.compile(r"(?:Article|BlogPosting)$")
_DECODER = json.JSONDecoder(strict=False)  # strict would refuse the raw line breaks in strings


def nodes(scripts: Iterable[str]) -> list[Node]:
    """All objects of the scripts, outer ones first; those under `itemListElement` (entries of a list) left out.

    >>> [node["@type"] for node in nodes(['{"@graph": [{"@type": "WebPage"}, {"@type": "NewsArticle",}]}'])]
    ['WebPage', 'NewsArticle']
    """
    found: list[Node] = []
    for script in scripts:
        queue = deque[Any](_values(script) if len(script) <= _LONGEST else ())
        while queue and len(found) < _MOST_NODES:
            value = queue.popleft()
            if isinstance(value, list):
                queue.extend(value)
            elif isinstance(value, dict):
                if "@type" in value:
                    found.append(value)
                queue.extend(value[key] for key in ("@graph", "mainEntity", "mainEntityOfPage") if key in value)
    return found


def types(node: Node) -> list[str]:
    """Names of a node's types, without the vocabulary's address."""
    stated = node.get("@type")
    return [str(name).rsplit("/", 1)[-1] for name in (stated if isinstance(stated, list) else [stated])]


def is_article(node: Node) -> bool:
    """NewsArticle, BlogPosting and their like; a WebPage or WebSite dates something else."""
    return any(_ARTICLE.search(name) for name in types(node))


def texts(value: Any, key: str = "name") -> list[str]:
    """Plain texts in a value that may be a text, an object with a name, or a list of both.

    >>> texts([{"name": "B&igrave;nh"}, "An"])
    ['Bình', 'An']
    """
    if isinstance(value, list):
        return [text for item in value[:50] if not isinstance(item, list) for text in texts(item, key)]
    if isinstance(value, dict):
        return texts(value.get(key)) if not isinstance(value.get(key), dict) else []
    text = plain(value) if isinstance(value, str) else ""
    return [text] if text else []


def plain(text: str) -> str:
    """Text with its entities decoded, also where they were escaped twice, on one line."""
    for _round in range(2):
        text = html.unescape(text) if "&" in text else text
    return one_line(text)


def _values(script: str) -> list[Any]:
    try:
        return [_DECODER.decode(script)]
    except (ValueError, RecursionError):
        return list(_repaired(script))


def _repaired(script: str) -> Iterator[Any]:
    """Every object that can be made out in a script that is not JSON as a whole."""
    text = _WRAPPING.sub("", _WRAPPING.sub("", script)).strip()
    if '"' not in text and "&quot;" in text:
        text = html.unescape(text)
    text = _TRAILING_COMMA.sub(r"\1", _COMMENT.sub(r"\1", text))
    end = 0
    for _object in range(_MOST_OBJECTS):
        start = min((at for at in (text.find("{", end), text.find("[", end)) if at >= 0), default=-1)
        try:
            value, end = _DECODER.raw_decode(text, start) if start >= 0 else (None, -1)
        except (ValueError, RecursionError):
            return
        if end < 0:
            return
        yield value
