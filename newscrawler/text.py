"""Vietnamese text: one normal form to store, one fold to search, one key to compare labels."""

from __future__ import annotations

import re
import unicodedata

_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e007f]"
)
"""Controls, and signs for layout alone: all of Unicode's category Cf but those that Arabic and others show."""
_PICTURE_STYLES = dict.fromkeys((*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)))
"""Variation selectors: they choose how a sign looks, and part no words."""
_CONTROLS = {code: bytes([code]).decode("cp1252", "ignore") for code in range(0x80, 0xA0) if code != 0x85}
"""C1 controls are quotes and dashes of windows-1252 that went astray; U+0085 is a line break."""
_PAGE_BREAKS = str.maketrans("\x0b\x0c", "  ") | _CONTROLS
_WORD = re.compile(r"\w+")
_LETTERS = re.compile(r"[^\W\d_]+")
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_LOOKS_LIKE_D = str.maketrans("\u00d0\u00f0\u0189\u0256", "ĐđĐđ")
"""Eth and African D."""
_LIKE_D = re.compile("[\u00d0\u00f0\u0189\u0256]")
_NOT_VIETNAMESE = re.compile("[^A-Za-zĐđ\u00d0\u00f0\u0189\u0256À-ÃÈ-ÊÌÍÒ-ÕÙÚÝà-ãè-êìíò-õùúýĂăĨĩŨũƠơƯư\u1ea0-\u1ef9]")
_VOWEL = re.compile("[AEIOUY]")
_TONE_TOO_EARLY = re.compile("(?<=[aeoAEO])([\u0300\u0301\u0303\u0309]+)([\u0302\u0306])")
_MOVING_TONE = re.compile(
    r"(?<=[oO])([\u0300\u0309\u0303\u0301\u0323])([aAeE])(?![\u0302\u0306])|(?<=[uU])([\u0300\u0309\u0303\u0301\u0323])([yY])"
)
"""A tone on the first vowel of oa, oe and uy (NFD), where the old spelling has it."""
_OPEN_RIME = re.compile(r"([oO][aAeE]|[uU][yY])([\u0300\u0309\u0303\u0301\u0323])\Z")
_LABEL_EDGES = re.compile(r"^[\W\d_]++|(?<![\W\d_])[\W\d_]++$")


def _base_letters() -> dict[int, str | None]:
    """Each marked Latin letter → its letter without marks, and marks standing alone → nothing."""
    table: dict[int, str | None] = dict.fromkeys(range(0x300, 0x370))
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        decomposed = unicodedata.normalize("NFD", chr(code))
        if len(decomposed) > 1:
            table[code] = decomposed[0]
    return (
        table
        | dict.fromkeys(map(ord, "đ\u00f0\u0256"), "d")
        | dict.fromkeys(map(ord, "Đ\u00d0\u0189"), "D")
        | _PICTURE_STYLES
    )


_BASE_LETTERS = _base_letters()


def normalize(text: str) -> str:
    """Text in NFC, without characters that nobody sees, Eth and African D of Vietnamese words turned into Đ.

    Soft hyphens, zero-width and direction characters hide words from search (facts: reliability §3a). Vertical tabs
    and form feeds, which Word leaves behind, become blanks; controls that were quotes in windows-1252 are quotes
    again. Idempotent.

    >>> normalize("\\u00d0oa\\u0300n\\u200b")
    'Đoàn'
    """
    if not text.isprintable() or "\u034f" in text:
        text = _INVISIBLE.sub("", text).translate(_PAGE_BREAKS)
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
        if "\u0302" in text or "\u0306" in text:
            # A tone typed before the circumflex: NFC keeps that order, and the letter would match no other of its kind.
            text = unicodedata.normalize("NFC", _TONE_TOO_EARLY.sub(r"\2\1", unicodedata.normalize("NFD", text)))
        if "\u00d0" in text or "\u00f0" in text or "\u0189" in text or "\u0256" in text:
            text = _LETTERS.sub(_with_d, text)
    return text


def _with_d(match: re.Match[str]) -> str:
    """The word with Đ where Vietnamese has it: at its beginning, and anywhere in an abbreviation; Guðmundur keeps his
    letter."""
    word = match[0]
    if _LIKE_D.search(word) is None or _NOT_VIETNAMESE.search(word):
        return word
    if word.isupper() and (len(word) < 4 or not _VOWEL.search(word)):
        return word.translate(_LOOKS_LIKE_D)
    return word[0].translate(_LOOKS_LIKE_D) + word[1:]


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


def uniform_tones(text: str) -> str:
    """Text with each tone where the new spelling has it: hòa, thúy and khỏe become hoà, thuý and khoẻ, and the slip
    Đòan becomes Đoàn.

    >>> uniform_tones("HÒA, thúy, khỏe, quý, của, mùa")
    'HOÀ, thuý, khoẻ, quý, của, mùa'
    """
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", _MOVING_TONE.sub(r"\2\4\1\3", unicodedata.normalize("NFD", normalize(text))))


def tone_places(word: str) -> tuple[str, ...]:
    """The spellings of one word: new, then old where there are two.

    >>> tone_places("hòa"), tone_places("toàn"), tone_places("quý")
    (('hoà', 'hòa'), ('toàn',), ('quý',))
    """
    new = uniform_tones(word)
    apart = unicodedata.normalize("NFD", new)
    rime = _OPEN_RIME.search(apart)
    if rime is None or apart[: rime.start()].lower().endswith("q"):
        return (new,)
    vowels, tone = rime.groups()
    return new, unicodedata.normalize("NFC", apart[: rime.start()] + vowels[0] + tone + vowels[1])


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
