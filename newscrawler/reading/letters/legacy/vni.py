"""VNI for Windows, the code of the fonts VNI-Times, VNI-Helve and their kin: a vowel and a sign behind it that shows
its marks; i, ơ, ư, ỵ and đ have bytes of their own.

Built from the rule by which the fonts are made (the sign keeps the case of its vowel, and fonts show either); there is
no converter in glibc to check it against, so the tests show words as they stood in such pages and the way back.
"""

from __future__ import annotations

from newscrawler.reading.letters.legacy.code import LegacyCode, vowels

_BARE = "øûõùï"
"""The signs of grave, hook, tilde, acute and dot below on a vowel without a mark of its own."""
_CIRCUMFLEX = "âàåãáä"
"""The sign of the circumflex alone, then of the circumflex with each tone."""
_BREVE = "êèúüéë"
_SINGLE = {"ô": "ơ", "ö": "ư", "ñ": "đ", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "í": "í", "ò": "ị", "î": "ỵ"}


def _written() -> dict[str, str]:
    """Small letters as VNI writes them."""
    table = dict(_SINGLE)
    for base in ("a", "e", "o", "u", "y"):
        table |= {base + sign: letter for sign, letter in zip(_BARE, vowels(base)[1:], strict=True)}
    for base, horned in (("ô", "ơ"), ("ö", "ư")):
        table |= {base + sign: letter for sign, letter in zip(_BARE, vowels(horned)[1:], strict=True)}
    for base, roofed in (("a", "â"), ("e", "ê"), ("o", "ô")):
        table |= {base + sign: letter for sign, letter in zip(_CIRCUMFLEX, vowels(roofed), strict=True)}
    return table | {"a" + sign: letter for sign, letter in zip(_BREVE, vowels("ă"), strict=True)}


def _in_every_case(small: dict[str, str]) -> dict[str, str]:
    """The case of a letter is that of its vowel, whatever that of its sign."""
    table = dict(small)
    for written, letter in small.items():
        base, sign = written[0], written[1:]
        table |= {base + sign.upper(): letter}
        table |= {base.upper() + sign: letter.upper(), base.upper() + sign.upper(): letter.upper()}
    return table


VNI = LegacyCode(name="VNI", letters=_in_every_case(_written()))
