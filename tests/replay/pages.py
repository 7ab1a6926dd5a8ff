"""Whether a page that somebody else's player shows holds the text that we read out of it."""

from __future__ import annotations

import html
import re
import unicodedata

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_TAG = re.compile(r"</?[A-Za-z][^>]*>")
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})|\\(.)")
_SIGNS = {"n": "\n", "r": "\r", "t": "\t"}


def says(page: str, paragraph: str) -> bool:
    """Whether the words of a paragraph stand in a page in one row, whatever markup, blanks and escapes are between
    them: old bodies lie in pages escaped twice, or within a script."""
    wanted = _packed(paragraph)
    return wanted in _packed(_without_markup(page)) or wanted in _packed(_without_markup(_unescaped(page)))


def _unescaped(page: str) -> str:
    return _ESCAPE.sub(lambda sign: chr(int(sign[1], 16)) if sign[1] else _SIGNS.get(sign[2], sign[2]), page)


def _without_markup(page: str) -> str:
    # Thrice: the site has escaped some of its bodies twice over.
    for _ in range(3):
        page = html.unescape(page)
    return _TAG.sub("", _COMMENT.sub("", page))


def _packed(text: str) -> str:
    return "".join(unicodedata.normalize("NFC", text).split())
