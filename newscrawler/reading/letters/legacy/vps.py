"""The code of the Vietnamese Professionals Society and its fonts (VPS Times): one byte for each letter, some of them
controls in other codes.

The rows follow the letter order of the published layout of x-viet-vps; glibc has no converter for it, so the tests
check that each of the 134 letters has one byte of its own, and single bytes by hand.
"""

from __future__ import annotations

from newscrawler.reading.letters.legacy.code import LegacyCode, one_byte_table

VPS = LegacyCode(
    name="VPS",
    letters=one_byte_table(
        """
        a -- E0 E4 E3 E1 E5
        ă E6 A2 A3 A4 A1 A5
        â E2 C0 C4 C5 C3 C6
        e -- E8 C8 EB E9 CB
        ê EA 8A 8B CD 89 8C
        i -- EC CC EF ED CE
        o -- F2 D5 F5 F3 86
        ô F4 D2 B0 87 D3 B6
        ơ D6 A9 AA AB A7 AE
        u -- F9 FB DB FA F8
        ư DC D8 BA BB D9 BF
        y -- FF 9B CF 9A 9C
        đ C7
        A -- 80 81 82 C1 02
        Ă 88 8E 8F F0 8D 04
        Â C2 84 85 1C 83 03
        E -- D7 DE FE C9 05
        Ê CA 93 94 95 90 06
        I -- B5 B7 B8 B4 10
        O -- BC BD BE B9 11
        Ô D4 97 98 99 96 12
        Ơ F7 9E 9F A6 9D 13
        U -- A8 D1 AC DA 14
        Ư D0 AF B1 1D AD 15
        Y -- B2 FD B3 DD 19
        Đ F1
        """
    ),
)
