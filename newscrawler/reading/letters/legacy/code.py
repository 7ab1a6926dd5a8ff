"""What a legacy code is: a table from Latin-1 characters, as a page's bytes show without a font, to letters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from newscrawler.reading.letters.syllables import TONES

FAMILIES = "aăâeêioôơuưy"
"""The vowels; each is followed by its five toned forms in the order of Vietnamese dictionaries: à ả ã á ạ."""

PUNCTUATION = {code: bytes([code]).decode("cp1252", "replace") for code in range(0x80, 0xA0)}
PUNCTUATION = {code: sign for code, sign in PUNCTUATION.items() if sign != "\ufffd"}
"""Quotes and dashes of windows-1252, which legacy fonts keep where their code has no letter."""
_RENAMED = {chr(code): sign for code, sign in PUNCTUATION.items() if sign not in "…‘’“”•–—"}


@dataclass(frozen=True, kw_only=True)
class LegacyCode:
    """A code of one byte for each letter, or of two where the table says so."""

    name: str
    """As a reader is told of it."""
    letters: Mapping[str, str]
    """One or two Latin-1 characters → the letter that is meant."""
    composes: bool = False
    """Whether the code has tones of their own that join the vowel before them."""

    def decode(self, text: str) -> str:
        """Text of Latin-1 characters (U+0001 … U+00FF, one for each byte) as it was meant; others stay as they are.

        Bytes 80-9F that are no letters are read as windows-1252, and letters may also come as the windows-1252
        characters of their bytes, unless these are quotes or dashes.
        """
        text = self._pattern.sub(self._meant, text)
        return unicodedata.normalize("NFC", text) if self.composes else text

    def _meant(self, match: re.Match[str]) -> str:
        return self._all[match[0]]

    @cached_property
    def _all(self) -> dict[str, str]:
        signs = {chr(code): sign for code, sign in PUNCTUATION.items() if chr(code) not in self.letters}
        renamed = {_as_windows(written): letter for written, letter in self.letters.items()}
        return signs | renamed | dict(self.letters)

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        """Pairs before single characters, as `where a pair can be read it is meant`."""
        pairs: dict[str, str] = {}
        for written in self._all:
            if len(written) == 2:
                pairs[written[0]] = pairs.get(written[0], "") + written[1]
        both = [f"{re.escape(first)}[{re.escape(second)}]" for first, second in pairs.items()]
        single = "".join(re.escape(written) for written in self._all if len(written) == 1)
        return re.compile("|".join([*both, f"[{single}]"]))


def _as_windows(written: str) -> str:
    return "".join(_RENAMED.get(character, character) for character in written)


def vowels(family: str) -> list[str]:
    """A vowel and its toned forms, in the order of dictionaries.

    >>> vowels("ê")
    ['ê', 'ề', 'ể', 'ễ', 'ế', 'ệ']
    """
    return [family, *(unicodedata.normalize("NFC", family + tone) for tone in TONES)]


def one_byte_table(rows: str) -> dict[str, str]:
    """A table from rows of hex bytes: the letter of a family, then the bytes of its six forms; `--` where it has none.

    >>> one_byte_table("đ AE")
    {'®': 'đ'}
    """
    table: dict[str, str] = {}
    for row in rows.strip().splitlines():
        family, *codes = row.split()
        forms = vowels(family.lower()) if family.lower() in FAMILIES else [family.lower()]
        for form, code in zip(forms, codes, strict=True):
            if code != "--":
                table[chr(int(code, 16))] = form if family.islower() else form.upper()
    return table
