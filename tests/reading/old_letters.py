"""Pages as they were written before Unicode: the way from letters to bytes, which the package goes back."""

from __future__ import annotations

import re
import unicodedata
from html import escape
from itertools import product

from newscrawler.reading.letters.legacy.code import PUNCTUATION, LegacyCode
from newscrawler.reading.letters.legacy.tcvn import TCVN3, TCVN_5712_1
from newscrawler.reading.letters.legacy.viscii import VISCII
from newscrawler.reading.letters.legacy.vni import VNI
from newscrawler.reading.letters.legacy.vps import VPS

TONES = "\u0300\u0309\u0303\u0301\u0323"
SMALL = sorted(
    {unicodedata.normalize("NFC", vowel + tone) for vowel, tone in product("aăâeêioôơuưy", ("", *TONES))}
    - set("aeiouy")
    | {"đ"}
)
LETTERS = SMALL + [letter.upper() for letter in SMALL]
"""The 134 letters with marks."""
CODES = {code.name: code for code in (TCVN3, TCVN_5712_1, VNI, VPS, VISCII)}
FONTS = {"TCVN3": ".VnTime", "VNI": "VNI-Times", "VPS": "VPS Times", "VISCII": "VI Times"}
_CAPITALS = re.compile("(?:[A-Z]*[" + "".join(letter for letter in LETTERS if letter.isupper()) + "][A-Z]*)+")


def written(text: str, code: LegacyCode) -> str:
    """Text as the Latin-1 characters that its bytes are in a code; what the code has not is a reference."""
    back = {letter: chars for chars, letter in reversed(code.letters.items())}
    back |= {letter: chars for chars, letter in code.letters.items() if chars == _cased(chars, letter)}
    signs = {sign: chr(byte) for byte, sign in PUNCTUATION.items() if chr(byte) not in code.letters}
    table = signs | back
    return "".join(
        table.get(letter, letter if letter in table or letter.isascii() else f"&#{ord(letter)};")
        for letter in unicodedata.normalize("NFC", text)
    )


def _cased(characters: str, letter: str) -> str:
    return characters.upper() if letter.isupper() else characters.lower()


def in_markup(text: str, code: LegacyCode) -> str:
    """Text as markup; in TCVN3, toned capitals are small letters in a font of capitals."""
    if code is not TCVN3:
        return written(escape(text, quote=False), code)
    pieces, end = [], 0
    for match in _CAPITALS.finditer(unicodedata.normalize("NFC", text)):
        before = unicodedata.normalize("NFC", text)[end : match.start()]
        pieces.append(written(escape(before, quote=False), code))
        if all(letter in code.letters.values() or letter.isascii() for letter in match[0]):
            pieces.append(written(match[0], code))
        else:
            pieces.append(f'<font face=".VnTimeH">{written(match[0].lower(), code)}</font>')
        end = match.end()
    return "".join([*pieces, written(escape(unicodedata.normalize("NFC", text)[end:], quote=False), code)])


def cp1258(text: str) -> bytes:
    """Windows-1258 as its own editors wrote it: letter, then tone, where there is no letter with both; references for
    what it has not."""
    pieces = []
    for letter in unicodedata.normalize("NFC", text):
        try:
            pieces.append(letter.encode("cp1258"))
        except UnicodeEncodeError:
            *base, tone = unicodedata.normalize("NFD", letter)
            if tone in "\u0302\u0306":  # the dot below comes before the circumflex in NFD
                base, tone = [base[0], tone], base[1]
            both = unicodedata.normalize("NFC", "".join(base)) + tone
            pieces.append(both.encode("cp1258", "xmlcharrefreplace"))
    return b"".join(pieces)
