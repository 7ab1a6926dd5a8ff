"""How the editors of each generation wrote Vietnamese letters: as they are, or as entities of several kinds."""

from __future__ import annotations

import html
import re
from html.entities import codepoint2name

_ENTITY = re.compile(r"&(?:#\d+|[A-Za-z]+);?")


def plain(text: str) -> str:
    """Letters as they are; only markup characters are escaped."""
    return html.escape(text, quote=False)


def decimal_beyond_latin1(text: str) -> str:
    """Latin-1 letters as they are, all others as decimal entities (generation A).

    >>> decimal_beyond_latin1("Sáng thứ hai")
    'Sáng th&#7913; hai'
    """
    return "".join(letter if ord(letter) < 256 else f"&#{ord(letter)};" for letter in plain(text))


def named_latin1(text: str) -> str:
    """Latin-1 letters as named entities, all others as they are (generation E).

    >>> named_latin1("Sáng thứ hai")
    'S&aacute;ng thứ hai'
    """
    return "".join(f"&{codepoint2name[ord(x)]};" if 160 <= ord(x) < 256 else x for x in plain(text))


def decimal_without_semicolon(text: str) -> str:
    """Named entities for Latin-1 letters, decimal ones without semicolon for the rest (generation D).

    >>> decimal_without_semicolon("Đoàn")
    '&#272o&agrave;n'
    """
    named = named_latin1(text)
    pieces = []
    for index, letter in enumerate(named):
        # A digit right behind would be read as part of the number.
        end = ";" if named[index + 1 : index + 2].isdigit() else ""
        pieces.append(letter if ord(letter) < 128 else f"&#{ord(letter)}{end}")
    return "".join(pieces)


def decode_letters(markup: str) -> str:
    """The markup with its letter entities decoded; entities of markup characters stay.

    >>> decode_letters("<p>S&aacute;ng, &lt; 16 tu&#7893i</p>")
    '<p>Sáng, &lt; 16 tuổi</p>'
    """

    def decoded(match: re.Match[str]) -> str:
        text = html.unescape(match.group())
        return match.group() if text[0] in "<>&\"'" else text

    return _ENTITY.sub(decoded, markup)
