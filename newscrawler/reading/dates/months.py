"""Names of months as stamps write them; text comes in folded (lower case, no marks)."""

from __future__ import annotations

_ENGLISH = (
    "jan january",
    "feb february",
    "mar march",
    "apr april",
    "may",
    "jun june",
    "jul july",
    "aug august",
    "sep sept september",
    "oct october",
    "nov november",
    "dec december",
)
_NUMBERS = {name: number for number, names in enumerate(_ENGLISH, 1) for name in names.split()}
_NUMBERS |= {
    "mot": 1,
    "hai": 2,
    "ba": 3,
    "tu": 4,
    "bon": 4,
    "nam": 5,
    "sau": 6,
    "bay": 7,
    "tam": 8,
    "chin": 9,
    "muoi": 10,
    "muoi mot": 11,
    "muoi hai": 12,
}

_VI = (
    r"(?:(?:thang|thg|th)\b\.?\s*|th(?=\d))"
    r"(?P<vi>\d{1,2}(?!\d)|muoi (?:mot|hai)\b|(?:mot|hai|ba|tu|bon|nam|sau|bay|tam|chin|muoi)\b)"
)
_EN = r"\b(?P<en>" + "|".join(name for names in _ENGLISH for name in reversed(names.split())) + r")\b\.?"
MONTH = f"(?:{_VI}|{_EN})"
"""Pattern of a named month: `thang sau`, `thang 6`, `th6` (WordPress), `thg 6`, `june`, `jun.`"""


def month_number(word: str) -> int:
    """Number of a month from its digits or its folded name.

    `Tháng Sáu` is what dateparser reads as July (facts, reliability §3c).

    >>> month_number("sau"), month_number("06"), month_number("june")
    (6, 6, 6)
    """
    return int(word) if word.isdecimal() else _NUMBERS[word]
