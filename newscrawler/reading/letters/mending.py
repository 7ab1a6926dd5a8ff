"""Letters that were garbled on their way into a page, put right where nothing is lost by it (facts: reliability §2,
rows 51, 58 and 59); the bytes as they came are in the archive."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape

from newscrawler.reading.letters.garbled import put_right
from newscrawler.reading.letters.legacy.conversion import convert_parts

LONGEST = 600_000
"""Characters of the longest real pages seen; longer ones stay as they are, since each place costs a microsecond."""

_ESCAPED_TWICE = re.compile(r"&amp;([A-Za-z]{4,8}|#\d{3,4}|#[xX][0-9A-Fa-f]{2,4});")
_LETTER = re.compile("[À-ÃÈ-ÊÌÍÒ-ÕÙÚÝà-ãè-êìíò-õùúýĂăĐđĨĩŨũƠơƯư\u1ea0-\u1ef9]")


@dataclass(frozen=True, slots=True)
class Mended:
    """A page whose letters are right."""

    html: str
    notes: tuple[str, ...] = ()
    """What was put right, a sentence each; references escaped twice are too common for one."""


def mend(html: str) -> Mended:
    """Put right UTF-8 that was taken for another charset, even several times over, letters of fonts from before
    Unicode, and references to letters that were escaped twice.

    >>> garbled = "Đoàn xã ra quân dọn kênh rạch, trồng nhiều cây".encode().decode("latin-1")
    >>> mend(f"<p>{garbled} &amp;agrave;</p>").html
    '<p>Đoàn xã ra quân dọn kênh rạch, trồng nhiều cây à</p>'
    """
    if len(html) > LONGEST:
        return Mended(html)
    if "&amp;" in html:
        html = _ESCAPED_TWICE.sub(_once_less, html)
    html, codes = convert_parts(html)
    html, taken_for = put_right(html)
    notes = [f"letters of the page were in the code {code.name}; they are converted" for code in codes]
    if taken_for:
        notes.append(f"letters of the page were UTF-8 taken for {taken_for}; they are put right")
    return Mended(html, tuple(notes))


def _once_less(match: re.Match[str]) -> str:
    reference = f"&{match[1]};"
    return reference if _LETTER.fullmatch(unescape(reference)) else match[0]
