"""VISCII 1.1 (RFC 1456): one byte for each letter, six of them controls in ASCII. Checked against `iconv -f VISCII` of
glibc in the tests."""

from __future__ import annotations

from newscrawler.reading.letters.legacy.code import LegacyCode, one_byte_table

VISCII = LegacyCode(
    name="VISCII",
    letters=one_byte_table(
        """
        a -- E0 E4 E3 E1 D5
        ă E5 A2 C6 C7 A1 A3
        â E2 A5 A6 E7 A4 A7
        e -- E8 EB A8 E9 A9
        ê EA AB AC AD AA AE
        i -- EC EF EE ED B8
        o -- F2 F6 F5 F3 F7
        ô F4 B0 B1 B2 AF B5
        ơ BD B6 B7 DE BE FE
        u -- F9 FC FB FA F8
        ư DF D7 D8 E6 D1 F1
        y -- CF D6 DB FD DC
        đ F0
        A -- C0 C4 C3 C1 80
        Ă C5 82 02 05 81 83
        Â C2 85 86 06 84 87
        E -- C8 CB 88 C9 89
        Ê CA 8B 8C 8D 8A 8E
        I -- CC 9B CE CD 98
        O -- D2 99 A0 D3 9A
        Ô D4 90 91 92 8F 93
        Ơ B4 96 97 B3 95 94
        U -- D9 9C 9D DA 9E
        Ư BF BB BC FF BA B9
        Y -- 9F 14 19 DD 1E
        Đ D0
        """
    ),
)
