"""What stands in the place of a stamp, is written like a date, and is none: spans of days, numbers of documents and
telephones, versions, prices, days that are remembered; text comes in folded.

Seen forms: facts, sites §1.2 and §5, reliability §3c. Doubt gives no date, never a guess.
"""

from __future__ import annotations

import re

_D = r"\d{1,2}(?!\d)"
_DAY = rf"{_D}\s*[/.-]\s*{_D}\s*[/.-]\s*\d"
_THE = r"\s*(?:het\s+)?(?:ngay\s+)?"
_WORD = rf"\s*(?:,|\bva\b|&|\bden\b|\btoi\b|\bto\b){_THE}"
_LINK = rf"\s*(?:,|\bva\b|&|\bden\b|\btoi\b|\bto\b|-|–|—){_THE}"
_FIRST = rf"(?:^|[(|,]\s*|\b(?:tu|ngay|sang|chieu|toi|trua|trong|va)\s+){_D}(?:\s*[/.]\s*{_D})?"
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_SPANS = (
    # 18/8/2017 - 21/8/2017, 26/3/1931 – 26/3/2011, 18/8/2017 đến 21/8
    rf"[/.-]\s*\d{{4}}{_LINK}(?:thu \w+,?\s*)?(?:{_D}\s*/\s*{_D}|{_DAY})",
    rf"\d{{4}}-{_D}-{_D}{_LINK}\d{{4}}-{_D}",
    # 18 - 21/8/2017, từ 18/8 đến ngày 21/8/2017, ngày 18 và 19-8-2017; a dash between digits may be a date's own
    rf"{_FIRST}{_LINK}{_D}\s*(?P<parting>[/.])\s*{_D}\s*(?:(?P=parting)\s*\d|nam\b)",
    rf"{_FIRST}{_WORD}{_D}-{_D}-\d",
    rf"{_FIRST}{_LINK}{_D}\s+thang\b",
    rf"(?<![:\dh.])\d{{1,2}}\s*[-–—]\s*\d{{1,2}} {_MONTH}",
    rf"{_MONTH} \d{{1,2}}\s*[-–—]\s*\d{{1,2}},? \d{{4}}",
)
_PAPERS = r"nghi dinh|quyet dinh|nghi quyet|thong tu|cong van|ke hoach|chi thi|huong dan|luat|giay phep|gp"
_OTHERS = (
    r"\d{4}/[a-z]",  # 12/05/2018/NQ-HĐND
    r"\bso:?\s*\d{1,3}[/.-]\d{1,2}[/.-]",  # số 12/5/2018 đường …
    rf"\b(?:{_PAPERS})\s+(?:so:?\s*)?\d",
    r"\bgiay phep\b|\b(?:cap|sinh|het|ky)\s+ngay\b|\bngay\s+(?:sinh|cap(?! nhat)|het han)\b",
    r"\bhan\s+(?:nop|chot|cuoi|dang ky)\b",
    r"\bk[yi] niem\b|\bthanh lap\b|\bhieu luc\b",
    r"\b(?:hotline|dien thoai|tel|fax|dia chi|phien ban|version)\b|(?<![a-z])v\.?\s?\d{1,4}\.\d",
    r"\d(?P<point>[./])\d{1,4}(?P=point)\d{1,4}(?P=point)\d",  # 10.10.10.10, 028.38.223.344
    r"(?<!\d)0\d{2,3}[- ]\d{2,3}[- ]\d",
    r"%|\d\s+(?:vnd|usd|phieu|diem|dong(?! [a-z]))",
)
_NO_STAMP = re.compile("|".join((*_SPANS, *_OTHERS)))


def is_no_stamp(text: str) -> bool:
    """Whether folded text, though written like a date, tells no moment at which something was published.

    >>> is_no_stamp("tu 18/8 den ngay 21/8/2011"), is_no_stamp("thu ba, 05/06/2018 14:30")
    (True, False)
    """
    return _NO_STAMP.search(text) is not None
