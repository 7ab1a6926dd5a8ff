"""The same pages, poorer: what a page loses when its makers name nothing, mark nothing, or say nothing of it.

Each change takes away one thing that a reader may lean on; `all` takes away everything at once. The gold text stays.
"""

from __future__ import annotations

import re
from collections.abc import Callable

Change = Callable[[str], str]
_STATED = re.compile(r"<meta (?!charset)[^>]*>|<script type=.application/ld\+json.*?</script>", re.DOTALL)
_NAMED = re.compile(r"""\s(?:class|id|itemprop|itemscope|itemtype|data-[\w-]+|rel|name)=(?:"[^"]*"|'[^']*')""")
_TAGGED = re.compile(r"(</?)(?:article|main|section|header|footer|nav|aside|figure|figcaption|time|address)(?=[\s>])")
_HEADLINE = re.compile(r"(</?)h1(?=[\s>])")
_PARAGRAPH = re.compile(r"(</?)p(?=[\s>])")
_TITLE = re.compile(r"<title>.*?</title>", re.DOTALL)


def _head_says_nothing(html: str) -> str:
    return _STATED.sub("", html)


def _no_names(html: str) -> str:
    return _NAMED.sub("", html)


def _only_boxes(html: str) -> str:
    return _TAGGED.sub(r"\1div", html)


def _no_headline(html: str) -> str:
    return _TITLE.sub("", _HEADLINE.sub(r"\1div", html))


def _no_paragraphs(html: str) -> str:
    return _PARAGRAPH.sub(r"\1div", html)


def _all(html: str) -> str:
    for change in (_head_says_nothing, _no_names, _only_boxes, _no_headline, _no_paragraphs):
        html = change(html)
    return html


CHANGES: dict[str, Change] = {
    "head says nothing": _head_says_nothing,
    "no names": _no_names,
    "only boxes": _only_boxes,
    "no headline": _no_headline,
    "no paragraphs": _no_paragraphs,
    "all": _all,
}
"""What is done → how, HTML to HTML."""
