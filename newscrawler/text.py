"""Vietnamese text: one normal form to store, one fold to search, one key to compare labels."""

from __future__ import annotations

import re
import unicodedata

_INVISIBLE = re.compile("[\x00-\x08\x0e-\x1f\x7f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]")
_PAGE_BREAKS = str.maketrans("\x0b\x0c", "  ")
_WORD = re.compile(r"\w+")
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_LOOKS_LIKE_D = (("\u00d0", "Đ"), ("\u00f0", "đ"), ("\u0189", "Đ"), ("\u0256", "đ"))
_TONE_TOO_EARLY = re.compile("(?<=[aeoAEO])([\u0300\u0301\u0303\u0309]+)([\u0302\u0306])")
_LABEL_EDGES = re.compile(r"^[\W\d_]++|(?<![\W\d_])[\W\d_]++$")


def _base_letters() -> dict[int, str | None]:
    """Each marked Latin letter → its letter without marks, and marks standing alone → nothing."""
    table: dict[int, str | None] = dict.fromkeys(range(0x300, 0x370))
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        decomposed = unicodedata.normalize("NFD", chr(code))
        if len(decomposed) > 1:
            table[code] = decomposed[0]
    return table | {ord("đ"): "d", ord("Đ"): "D"}


_BASE_LETTERS = _base_letters()


def normalize(text: str) -> str:
    """Text in NFC, without characters that nobody sees, Eth and African D turned into Đ.

    Soft hyphens, zero-width and direction characters hide words from search (facts: reliability §3a). Vertical tabs
    and form feeds, which Word leaves behind, become blanks. Idempotent.

    >>> normalize("\\u00d0oa\\u0300n\\u200b")
    'Đoàn'
    """
    if not text.isprintable():
        text = _INVISIBLE.sub("", text).translate(_PAGE_BREAKS)
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
        if "\u0302" in text or "\u0306" in text:
            # A tone typed before the circumflex: NFC keeps that order, and the letter would match no other of its kind.
            text = unicodedata.normalize("NFC", _TONE_TOO_EARLY.sub(r"\2\1", unicodedata.normalize("NFD", text)))
        for look_alike, letter in _LOOKS_LIKE_D:
            text = text.replace(look_alike, letter)
    return text


def one_line(text: str) -> str:
    """Normalised text on one line: every run of white space is one blank.

    >>> one_line(" Sáng\\u00a026/7,\\n Đoàn  xã ")
    'Sáng 26/7, Đoàn xã'
    """
    return " ".join(normalize(text).split())


def keep_lines(text: str) -> str:
    """Normalised text with its line breaks kept, blanks squeezed and trimmed around them."""
    if "\n" not in text:
        return one_line(text)
    lines = (" ".join(line.split()) for line in normalize(text).split("\n"))
    return "\n".join(line for line in lines if line)


def fold(text: str) -> str:
    """Lower case, without marks, as people type it; đ is d.

    >>> fold("Đoàn Thanh niên")
    'doan thanh nien'
    >>> fold("hoà") == fold("HÒA")
    True
    """
    return normalize(text).lower().translate(_BASE_LETTERS)


def label_key(text: str) -> str:
    """A key under which two writings of one label are equal: case, NFC or NFD, tone place, edges and counts aside.

    Marks are kept, so that TIN NÓNG (hot news) and TIN NÔNG (farm news) stay two labels.

    >>> label_key("TỪ KHÓA:") == label_key("Từ khoá »")
    True
    >>> label_key("TIN NÓNG") == label_key("Tin nông")
    False
    """
    trimmed = _LABEL_EDGES.sub("", one_line(text)).lower()
    return " ".join(_tone_last(word) for word in unicodedata.normalize("NFD", trimmed).split())


def _tone_last(word: str) -> str:
    tones = "".join(char for char in word if char in _TONES)
    return "".join(char for char in word if char not in _TONES) + tones


def same_words(one: str, other: str) -> bool:
    """Whether two lines say the same, punctuation, case and marks aside; False for empty lines."""
    if max(len(one), len(other)) > 20 * min(len(one), len(other)) + 2_000:
        return False  # a line of a megabyte is compared with every other of the page
    left = _WORD.findall(fold(one))
    return bool(left) and "".join(left) == "".join(_WORD.findall(fold(other)))


def count_words(text: str) -> int:
    """Runs of letters and digits; in Vietnamese these are syllables."""
    return len(_WORD.findall(text))


def counted(number: int, noun: str) -> str:
    """A number and its noun in English.

    >>> counted(1, "file"), counted(1200, "record")
    ('1 file', '1,200 records')
    """
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def is_capitals(text: str) -> bool:
    """Whether all letters of a text are capitals, and there is at least one."""
    return text.isupper()
