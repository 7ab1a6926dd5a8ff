"""Which characters the bytes of a page stand for, decided on the bytes; labels count only where bytes leave a doubt.

UTF-8 labelled windows-1252 is common on the sites read here, and believing the label loses nine Vietnamese letters for
good (facts: reliability §0.5).
"""

from __future__ import annotations

import codecs
import re
import unicodedata

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_META = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
_HIGH = re.compile("[^\x00-\x7f]+")
_TONE_MARK = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_MARKED_VOWEL = re.compile("[aeiouyăâêôơư][\u0300\u0301\u0303\u0309\u0323]", re.IGNORECASE)
_NOT_OF_PAGES = frozenset({"idna", "punycode", "raw-unicode-escape", "undefined", "unicode-escape"})
"""Codecs of Python's own; none is the charset of a page, and some take a time that grows with the square."""


def decode(body: bytes, declared: str | None = None) -> str:
    """The text of a page.

    :param body: the page after its Content-Encoding was undone.
    :param declared: charset of the Content-Type header, if any.
    :returns: text; bytes that no reading explains become U+FFFD. Never raises.
    """
    for bom, name in _BOMS:
        if body.startswith(bom):
            return body[len(bom) :].decode(name, "replace")
    if wide := _utf16_without_bom(body):
        return body.decode(wide, "replace")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_damaged(body, declared)


def _utf16_without_bom(body: bytes) -> str | None:
    start = body[:400]
    if len(start) < 4 or b"\x00" not in start:
        return None
    half = len(start) // 2
    if start[1::2].count(0) > 0.6 * half:
        return "utf-16-le"
    return "utf-16-be" if start[0::2].count(0) > 0.6 * half else None


def _decode_damaged(body: bytes, declared: str | None) -> str:
    """Mostly UTF-8 stays UTF-8; else the labels are asked, then windows-1258, which is windows-1252 for most
    letters."""
    as_utf8 = body.decode("utf-8", "replace")
    damaged = as_utf8.count("\ufffd")
    if 3 * damaged <= sum(len(run) for run in _HIGH.findall(as_utf8)) - damaged:
        return as_utf8
    for label in _labels(body, declared):
        text = _try(body, label)
        if text is not None and not _looks_1258(body):
            return text
    return unicodedata.normalize("NFC", body.decode("cp1258", "replace"))


def _labels(body: bytes, declared: str | None) -> list[str]:
    found = [match.decode("ascii", "ignore") for match in _META.findall(body[:4096])]
    return [label for label in [declared or "", *found] if label]


def _try(body: bytes, label: str) -> str | None:
    try:
        codec = codecs.lookup(label)
        if not codec._is_text_encoding or codec.name in _NOT_OF_PAGES:
            return None
        text = body.decode(codec.name)
    except (LookupError, ValueError):  # of labels, for one that holds NUL; of codecs, for bytes that they refuse
        return None
    return unicodedata.normalize("NFC", text) if codec.name == "cp1258" else text


def _looks_1258(body: bytes) -> bool:
    """Whether combining tone marks follow vowels, as only Vietnamese windows-1258 text has them; the same bytes are
    letters in other charsets, ò and ì in Italian, т and м in Russian."""
    text = body.decode("cp1258", "replace")
    marks, on_vowels = len(_TONE_MARK.findall(text)), len(_MARKED_VOWEL.findall(text))
    return marks >= 5 and marks * 200 > len(text) / 10 and on_vowels > 0.9 * marks
