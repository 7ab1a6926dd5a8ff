"""Pages with letters of legacy codes, as pages of Unicode: whole ones, and parts that are told by their font."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import unescape

from newscrawler.reading.letters.legacy.code import LegacyCode
from newscrawler.reading.letters.legacy.evidence import balance
from newscrawler.reading.letters.legacy.fonts import names_legacy_font
from newscrawler.reading.letters.legacy.pieces import Piece, pieces
from newscrawler.reading.letters.legacy.tcvn import TCVN3

LONGEST = 600_000
"""Characters of a page whose fonts are looked at."""

_REFERENCE = re.compile(r"&(?:amp;){0,4}(#\d{2,4}|#[xX][0-9A-Fa-f]{2,4}|[A-Za-z]{3,8});?")
_ANY_REFERENCE = re.compile(r"(&#?\w{1,12};?)")
_MOSTLY_CAPITALS = re.compile(r"[^\W\d_]{3,}")
_ASCII = re.compile(r"[A-Za-z]")


def convert_page(html: str, code: LegacyCode) -> str:
    """A page whose bytes are in a legacy code.

    :param html: its bytes as Latin-1 characters.
    """
    if len(html) > LONGEST:
        return code.decode(html)
    return "".join(_converted_anywhere(piece, code) for piece in pieces(html))


def _converted_anywhere(piece: Piece, code: LegacyCode) -> str:
    if piece.is_tag:
        return code.decode(piece.source)
    if piece.font.pictures:
        return piece.source
    return _converted(piece.source, code, piece.font.capitals and piece.font.code is code)


def convert_parts(html: str) -> tuple[str, tuple[LegacyCode, ...]]:
    """A page of which parts are in fonts of legacy codes; a part is converted if Vietnamese comes of it.

    Many pages name such a font and hold Unicode all the same (facts: sites §1.1, generation A): these stay. A part too
    short to tell goes with the others of its code.

    :returns: the page, and the codes that were found in it.
    """
    if not names_legacy_font(html):
        return html, ()
    parts = list(pieces(html))
    gains = _gains(parts)
    whole: dict[str, tuple[int, int]] = {}
    for (name, _stretch), (better, good) in gains.items():
        known = whole.get(name, (0, 0))
        whole[name] = known[0] + better, known[1] + good
    evident = {name for name, (better, good) in whole.items() if better > 0 and good > 0}
    if not evident:
        return html, ()
    found = {part.font.code.name: part.font.code for part in parts if part.font.code and part.font.code.name in evident}
    return "".join(_converted_part(part, gains, found) for part in parts), tuple(found.values())


_Gains = dict[tuple[str, int], tuple[int, int]]
"""For each code and stretch: by how many words it is better Vietnamese once converted, and how good it is then."""


def _gains(parts: Iterable[Piece]) -> _Gains:
    texts: dict[tuple[str, int], list[str]] = {}
    codes: dict[str, LegacyCode] = {}
    for part in parts:
        if part.font.code and not part.is_tag:
            codes[part.font.code.name] = part.font.code
            texts.setdefault((part.font.code.name, part.stretch), []).append(_letters(part.source))
    gains: _Gains = {}
    for key, stretch in texts.items():
        text = " ".join(stretch)
        good = balance(codes[key[0]].decode(text))
        gains[key] = good - balance(text), good
    return gains


def _converted_part(part: Piece, gains: _Gains, found: dict[str, LegacyCode]) -> str:
    if part.is_tag:
        return part.source
    code = part.font.code
    if code is not None:
        better, good = gains[code.name, part.stretch]
        converts = code.name in found and (better == 0 or (better > 0 and good >= 0))
        return _converted(part.source, code, part.font.capitals) if converts else part.source
    return _titled(part.source, found) if part.inside == "title" else part.source


def _titled(title: str, found: dict[str, LegacyCode]) -> str:
    """A page's title has no font; it is written as the page is where that makes it Vietnamese."""
    for code in found.values():
        converted = _converted(title, code, False)
        if balance(converted) > balance(_letters(title)):
            return converted
    return title


def _converted(source: str, code: LegacyCode, capitals: bool) -> str:
    text = code.decode(_letters(source))
    if capitals:
        return "".join(part if part.startswith("&") else part.upper() for part in _ANY_REFERENCE.split(text))
    return _MOSTLY_CAPITALS.sub(_in_one_case, text) if code is TCVN3 else text


def _in_one_case(match: re.Match[str]) -> str:
    """A word in a font of capitals that is not known as one: its plain letters are capitals, its marked ones small."""
    plain = "".join(_ASCII.findall(match[0]))
    return match[0].upper() if len(plain) > 1 and plain.isupper() else match[0]


def _letters(source: str) -> str:
    """The source with references to characters of one byte as these, however often they are escaped."""
    return _REFERENCE.sub(_character, source) if "&" in source else source


def _character(match: re.Match[str]) -> str:
    name = match[1]
    if name.startswith("#"):
        code = int(name[2:], 16) if name[1] in "xX" else int(name[1:])
    else:
        character = unescape(f"&{name};")
        code = ord(character) if len(character) == 1 else 0
    return chr(code) if 0x80 <= code < 0x100 and code != 0xA0 else match[0]
