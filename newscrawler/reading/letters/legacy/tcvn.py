"""TCVN 5712:1993, the Vietnamese standard, in its two forms.

TCVN3 is what the ABC fonts (.VnTime) show: small letters, and the capitals Ă Â Ê Ô Ơ Ư Đ; toned capitals are small
letters in a font of capitals (.VnTimeH). TCVN 5712-1 puts the toned capitals where other codes have controls. The rows
follow the letter order of the standard's table and are checked against `iconv -f TCVN` of glibc in the tests.
"""

from __future__ import annotations

from newscrawler.reading.letters.legacy.code import LegacyCode, one_byte_table

_BOTH = one_byte_table(
    """
    a -- B5 B6 B7 B8 B9
    ă A8 BB BC BD BE C6
    â A9 C7 C8 C9 CA CB
    e -- CC CE CF D0 D1
    ê AA D2 D3 D4 D5 D6
    i -- D7 D8 DC DD DE
    o -- DF E1 E2 E3 E4
    ô AB E5 E6 E7 E8 E9
    ơ AC EA EB EC ED EE
    u -- EF F1 F2 F3 F4
    ư AD F5 F6 F7 F8 F9
    y -- FA FB FC FD FE
    đ AE
    Ă A1 -- -- -- -- --
    Â A2 -- -- -- -- --
    Ê A3 -- -- -- -- --
    Ô A4 -- -- -- -- --
    Ơ A5 -- -- -- -- --
    Ư A6 -- -- -- -- --
    Đ A7
    """
)
_TONED_CAPITALS = one_byte_table(
    """
    A -- 80 81 82 83 84
    Ă -- AF BA BF C0 85
    Â -- C1 C2 C3 C4 86
    E -- 87 88 89 8A 8B
    Ê -- C5 CD D9 DA 8C
    I -- 8D 8E 8F 90 91
    O -- 92 93 94 95 96
    Ô -- DB E0 F0 FF 97
    Ơ -- 98 99 9A 9B 9C
    U -- 9D 9E 9F 01 02
    Ư -- 04 05 06 11 12
    Y -- 13 14 15 16 17
    """
)
_TONES = {"\xb0": "\u0300", "\xb1": "\u0309", "\xb2": "\u0303", "\xb3": "\u0301", "\xb4": "\u0323"}

TCVN3 = LegacyCode(name="TCVN3", letters=_BOTH)
TCVN_5712_1 = LegacyCode(name="TCVN 5712-1", letters=_BOTH | _TONED_CAPITALS | _TONES, composes=True)
