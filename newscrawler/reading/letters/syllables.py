"""Whether a word can be a Vietnamese syllable: by the spelling rules of the language, not by a word list."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

TONES = "\u0300\u0309\u0303\u0301\u0323"
"""Combining marks of the five tones, in the order of Vietnamese dictionaries."""
VIETNAMESE = "ĂăĐđĨĩŨũƠơƯư" + "".join(map(chr, range(0x1EA0, 0x1EFA)))
"""Letters that are written in Vietnamese and stand in no 8-bit code of another language."""

_LONGEST = 7
"""Letters of nghiêng, the longest syllable."""
_BEGINNINGS = "ngh ng gh gi kh nh ph qu th tr ch b c d đ g h k l m n p r s t v x".split()
_BEFORE_FRONT = frozenset("k gh ngh".split())
"""Written before e, ê, i and y only; c, g and ng before all others."""
_BEFORE_BACK = frozenset("c g ng".split())
_RIMES = frozenset(
    """
    a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et ê êch êm ên êng ênh êp êt êu
    i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu
    o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong ooc oong
    op ot
    ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
    u ua uân uâng uât uây uc uê uênh uêch uêu ui um un ung uôc uôi uôm uôn uông uôt uơ up ut uy uya uych uyên uyêt
    uyn uynh
    uyt uyu uyp ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu
    y yêm yên yêng yêt yêu
    """.split()
)
_AFTER_QU = frozenset(
    """
    a ac ach ai an ang anh ao at au ay ăc ăm ăn ăng ăp ăt âc ân âng ât âu ây e en eo et ê ên ênh êch êt êu
    i ia in inh it iu ich y yên yêt ynh yt ych ôc ơ
    """.split()
)
_STOPS = ("c", "ch", "p", "t")
_MARKED = "ăâêôơ"


@lru_cache(maxsize=20_000)
def well_formed(word: str) -> bool:
    """Whether a word (NFC, any case) is spelt as a Vietnamese syllable, wherever its tone is set on open rimes.

    >>> [well_formed(word) for word in ("Đoàn", "hoà", "hòa", "nghiêng", "QUỐC")]
    [True, True, True, True, True]
    >>> [well_formed(word) for word in ("città", "tấc", "tàc", "élève", "kà", "ngiêng", "oµ")]
    [False, True, False, False, False, False, False]
    """
    if len(word) > _LONGEST:
        return False
    letters, tone, place = _without_tone(word.lower())
    if len(tone) > 1:
        return False
    return any(_rime_fits(start, letters[len(start) :], tone, place - len(start)) for start in _starts(letters))


def _without_tone(word: str) -> tuple[str, str, int]:
    """The letters without tone, the tones, and the place of the letter under the last of them."""
    letters, tones, place = "", "", -1
    for mark in unicodedata.normalize("NFD", word):
        if mark in TONES:
            tones, place = tones + mark, len(unicodedata.normalize("NFC", letters)) - 1
        else:
            letters += mark
    return unicodedata.normalize("NFC", letters), tones, place


def _starts(letters: str) -> list[str]:
    return ["", *(start for start in _BEGINNINGS if letters.startswith(start))]


def _rime_fits(start: str, rime: str, tone: str, place: int) -> bool:
    if rime not in (_AFTER_QU if start == "qu" else _RIMES):
        return False
    front = rime[0] in "eêiy"
    if (start in _BEFORE_FRONT and not front) or (start in _BEFORE_BACK and front and (start, rime[0]) != ("g", "i")):
        return False
    if tone and (place < 0 or not _tone_fits(rime, place)):
        return False
    return not rime.endswith(_STOPS) or tone in ("\u0301", "\u0323")


def _tone_fits(rime: str, place: int) -> bool:
    """The tone stands on the last marked vowel; where there is none, on any vowel."""
    marked = [index for index, letter in enumerate(rime) if letter in _MARKED]
    return place == marked[-1] if marked else rime[place] in "aeiouyư"
