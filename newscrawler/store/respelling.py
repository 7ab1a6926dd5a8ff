"""Words that are written with i by some and with y by others: kĩ and kỹ, quí and quý.

Only for search, where either finds both: which of the two is right is a matter of taste, and of the publisher's rules.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import product

_MOST = 8
"""Ways of writing one quoted phrase that are tried."""
_MARKS = "\u0300\u0301\u0303\u0309\u0323"
_IN_WORD = r"\w\u0300-\u036f"
"""Marks are no letters to `re`: with a plain word boundary, tình would be the open syllable tì."""
# Open syllables alone: thúy and thúi, tai and tay are words of their own.
_EITHER_WAY = re.compile(rf"(?<![{_IN_WORD}])(h|k|l|m|s|t|qu)([iy])([{_MARKS}]?)(?![{_IN_WORD}])", re.IGNORECASE)
_OTHER = {"i": "y", "y": "i", "I": "Y", "Y": "I"}


def respelled(words: str) -> list[str]:
    """The words as typed, then with i for y and y for i in every syllable that is written both ways.

    >>> respelled("kỹ sư quý mến")
    ['kỹ sư quý mến', 'kỹ sư quí mến', 'kĩ sư quý mến', 'kĩ sư quí mến']
    >>> respelled("thúy tay tình")
    ['thúy tay tình']
    """
    letters = unicodedata.normalize("NFD", words)
    parts, last = [], 0
    for found in _EITHER_WAY.finditer(letters):
        vowel = found.start(2)
        parts += [[letters[last:vowel]], [letters[vowel], _OTHER[letters[vowel]]]]
        last = vowel + 1
    if not 0 < len(parts) <= 2 * _MOST.bit_length() - 2:
        return [words]
    return [unicodedata.normalize("NFC", "".join((*chosen, letters[last:]))) for chosen in product(*parts)]
