"""Whether a line is a stamp: a date and nothing else that says anything."""

from __future__ import annotations

import re

from newscrawler.reading.dates.no_dates import is_no_stamp
from newscrawler.text import fold

_LONGEST_STAMP = 120
_WORDS_ALONE = 60
_DIGIT = re.compile(r"\d")
_SHAPE = re.compile(
    r"\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{2,4}|\d{4}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{1,2}"
    r"|\d{1,2}\s+(?:thang|th|thg)\W{0,2}\w+(?: (?:mot|hai))?\W+(?:nam\s+)?\d{4}|thang \d{1,2} \d{1,2},? \d{4}"
    r"|\d+ ?(?:giay|phut|gio|ngay|tuan|thang|nam|h|p|') truoc\b|\bhom (?:qua|nay|kia)\b|\bvua xong\b"
    r"|\b(?:thu (?:hai|ba|tu|nam|sau|bay|[2-7])|chu nhat) tuan (?:truoc|qua)\b"
    r"|\d{1,2} (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?,? \d{4}"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4}"
)
_STAMP_WORDS = re.compile(
    r"\b(?:thu (?:hai|ba|tu|nam|sau|bay|[2-7])|chu nhat|cn|t[2-7]|(?:mon|tues|wednes|thurs|fri|satur|sun)day"
    r"|(?:mon|tue|wed|thu|fri|sat|sun)|ngay|luc|gio|phut|cap nhat|dang|dang tai|xuat ban|gui luc|thoi gian|gmt|utc|am"
    r"|pm|sa|ch|h|g|sang|chieu|toi|trua|dem|khuya|sua|cuoi|lan|posted|published|updated|on|at|last|ict)\b"
)


def is_stamp_line(text: str, other_words: int = 0) -> bool:
    """Whether a line is a date and nothing else but `other_words` words.

    >>> is_stamp_line("Thứ bảy, 07/03/2026 - 08:07"), is_stamp_line("Giá vàng ngày 7/3/2026")
    (True, False)
    """
    # Decomposed letters take up to three characters; without digits only short words such as `hôm qua` remain.
    if len(text) > (3 * _LONGEST_STAMP if _DIGIT.search(text) else _WORDS_ALONE):
        return False
    folded = fold(text)
    if len(folded) > _LONGEST_STAMP or not _SHAPE.search(folded) or is_no_stamp(folded):
        return False
    rest = re.sub(r"\d+h\d*|\d+g\d*", " ", _SHAPE.sub(" ", folded))
    return len(re.findall(r"[^\W\d_]+", _STAMP_WORDS.sub(" ", rest))) <= other_words
