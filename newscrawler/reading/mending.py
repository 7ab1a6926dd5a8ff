"""Letters that were garbled on their way into a page, put right where nothing is lost by it (facts: reliability §2,
rows 58 and 59); the bytes as they came are in the archive."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from itertools import islice

LEAST = 5
"""So many places must be garbled, and so many letters come of it; a page that speaks of garbled letters shows fewer."""
MOST_ROUNDS = 3
LONGEST = 600_000
"""Characters of the longest real pages seen; longer ones stay as they are, since each place costs a microsecond."""

_BYTES = {bytes([code]).decode("cp1252", "replace"): code for code in range(0x80, 0xA0)}
_BYTES |= {chr(code): code for code in range(0x80, 0x100)}
_BYTES.pop("\ufffd", None)
"""Letter → the byte that was taken for it, in windows-1252 and, where that has none, in latin-1."""
_FOLLOWING = "".join(re.escape(letter) for letter, code in _BYTES.items() if code < 0xC0)
_GARBLED = re.compile(f"(?:[\u00c2-\u00df][{_FOLLOWING}]|[\u00e0-\u00ef][{_FOLLOWING}]{{2}})++")
"""What letters of two or three bytes look like when each byte was taken for a letter."""
_SIGNS = ("\u00e1\u00bb", "\u00e1\u00ba", "\u00c3\u00a1\u00c2", "\u00c3\u0192", "\u00c3\u0083")
"""One of these stands in any garbled page: letters with two marks, garbled once, twice, and three times."""
_VIETNAMESE = re.compile("[\u1ea0-\u1ef9ĐđĂăƠơƯư]")
"""Letters that no other language writes."""
_ESCAPED_TWICE = re.compile(r"&amp;([A-Za-z]{4,8}|#\d{3,4}|#[xX][0-9A-Fa-f]{2,4});")
_LETTER = re.compile("[À-ÃÈ-ÊÌÍÒ-ÕÙÚÝà-ãè-êìíò-õùúýĂăĐđĨĩŨũƠơƯư\u1ea0-\u1ef9]")


@dataclass(frozen=True, slots=True)
class Mended:
    """A page whose letters are right."""

    html: str
    notes: tuple[str, ...] = ()
    """What was put right, a sentence each; references escaped twice are too common for one."""


def mend(html: str) -> Mended:
    """Put right UTF-8 that was taken for windows-1252, even several times over, and references to letters that were
    escaped twice.

    >>> garbled = "Đoàn xã ra quân dọn kênh rạch, trồng nhiều cây".encode().decode("latin-1")
    >>> mend(f"<p>{garbled} &amp;agrave;</p>").html
    '<p>Đoàn xã ra quân dọn kênh rạch, trồng nhiều cây &agrave;</p>'
    """
    if len(html) > LONGEST:
        return Mended(html)
    if "&amp;" in html:
        html = _ESCAPED_TWICE.sub(_once_less, html)
    if not any(sign in html for sign in _SIGNS):
        return Mended(html)
    text, rounds = html, 0
    while rounds < MOST_ROUNDS and len(list(islice(_GARBLED.finditer(text), LEAST))) == LEAST:
        text, rounds = _GARBLED.sub(_letters, text), rounds + 1
    if len(_VIETNAMESE.findall(text)) < len(_VIETNAMESE.findall(html)) + LEAST:
        return Mended(html)
    times = "" if rounds == 1 else f", {rounds} times over"
    return Mended(text, (f"letters of the page were UTF-8 taken for windows-1252{times}; they are put right",))


def _letters(match: re.Match[str]) -> str:
    try:
        return bytes(_BYTES[letter] for letter in match[0]).decode("utf-8")
    except UnicodeDecodeError:
        return match[0]


def _once_less(match: re.Match[str]) -> str:
    reference = f"&{match[1]};"
    return reference if _LETTER.fullmatch(unescape(reference)) else match[0]
