"""Which characters the bytes of a page stand for, decided on the bytes; labels count only where bytes leave a doubt.

UTF-8 labelled windows-1252 is common on the sites read here, and believing the label loses nine Vietnamese letters for
good (facts: reliability §0.5).
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass

from newscrawler.reading.letters.legacy.conversion import convert_page
from newscrawler.reading.letters.legacy.fonts import codes_named
from newscrawler.reading.letters.legacy.whole import WINDOWS_1258, code_of

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_META = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
_HIGH = re.compile("[^\x00-\x7f]+")
_NOT_OF_PAGES = frozenset({"idna", "punycode", "raw-unicode-escape", "undefined", "unicode-escape"})
"""Codecs of Python's own; none is the charset of a page, and some take a time that grows with the square."""


_WINDOWS_1252 = [bytes([code]).decode("cp1252", "ignore") or chr(code) for code in range(256)]
_TAKEN_FOR_WINDOWS_1252 = frozenset({"ascii", "iso8859-1", "cp1252"})
"""Labels that all mean windows-1252, as browsers read them."""


@dataclass(frozen=True, slots=True)
class Letters:
    """The text of a page, and how it came about where that is worth a word."""

    text: str
    notes: tuple[str, ...] = ()


def decode(body: bytes, declared: str | None = None) -> str:
    """The text of a page.

    :param body: the page after its Content-Encoding was undone.
    :param declared: charset of the Content-Type header, if any.
    :returns: text; bytes that no reading explains become U+FFFD. Never raises.
    """
    return letters_of(body, declared).text


def letters_of(body: bytes, declared: str | None = None) -> Letters:
    """The same, with a note where letters had to be converted from a code from before Unicode."""
    for bom, name in _BOMS:
        if body.startswith(bom):
            return Letters(body[len(bom) :].decode(name, "replace"))
    if wide := _utf16_without_bom(body):
        return Letters(body.decode(wide, "replace"))
    try:
        return Letters(body.decode("utf-8"))
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


def _decode_damaged(body: bytes, declared: str | None) -> Letters:
    """Mostly UTF-8 stays UTF-8; else what the bytes say in the Vietnamese codes, else what the labels claim, else
    windows-1258, which is windows-1252 for most letters."""
    as_utf8 = body.decode("utf-8", "replace")
    damaged = as_utf8.count("\ufffd")
    if 3 * damaged <= sum(len(run) for run in _HIGH.findall(as_utf8)) - damaged:
        return Letters(as_utf8)
    labels = _labels(body, declared)
    page = body.decode("latin-1")
    code = code_of(page, labels)
    if code is not None and code is not WINDOWS_1258:
        note = f"the page is in {code.name}; its letters were converted"
        return Letters(unicodedata.normalize("NFC", convert_page(page, code)), (note,))
    if code is None:
        for text in (_try(body, label) for label in labels):
            if text is not None:
                return Letters(text)
        if codes_named(page):  # of parts; they are told by their font later, from the characters of windows-1252
            return Letters(_windows_1252(body))
    return Letters(unicodedata.normalize("NFC", body.decode("cp1258", "replace")))


def _windows_1252(body: bytes) -> str:
    """As browsers read it: its five empty places are controls."""
    return "".join(map(_WINDOWS_1252.__getitem__, body))


def _labels(body: bytes, declared: str | None) -> list[str]:
    found = [match.decode("ascii", "ignore") for match in _META.findall(body[:4096])]
    return [label for label in [declared or "", *found] if label]


def _try(body: bytes, label: str) -> str | None:
    try:
        codec = codecs.lookup(label)
        if not codec._is_text_encoding or codec.name in _NOT_OF_PAGES:
            return None
        if codec.name in _TAKEN_FOR_WINDOWS_1252:
            return _windows_1252(body)
        text = body.decode(codec.name)
    except (LookupError, ValueError):  # of labels, for one that holds NUL; of codecs, for bytes that they refuse
        return None
    return unicodedata.normalize("NFC", text) if codec.name == "cp1258" else text
