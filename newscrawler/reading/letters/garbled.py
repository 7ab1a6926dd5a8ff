"""UTF-8 that was taken for another charset, one letter for each byte, and what can be had back of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from html import unescape
from itertools import islice

from newscrawler.reading.letters.syllables import VIETNAMESE, well_formed

LEAST = 5
"""So many places must be garbled, and so many letters come of it; a page that speaks of garbled letters shows fewer."""
MOST_ROUNDS = 3

_LETTERS = re.compile(f"[{VIETNAMESE}]")
_REFERENCE = re.compile(r"&(?:#\d{2,4}|#[xX][0-9A-Fa-f]{2,4}|[A-Za-z]{3,8});")
_WORD_BEFORE = re.compile(r"[^\W\d_]{0,6}\Z")
_WORD_AFTER = re.compile(r"[^\W\d_]{0,6}")
_LOST = re.compile("(?:á»|Ä|Ã)[\ufffd?]")
"""A letter of which a byte was thrown away, since windows-1252 has no character for it."""
_MAY_BE = {"á»": "ềọỏốờỐ", "Ä": "Đ", "Ã": "ÁÍÝ"}
_LOST_BLANK = re.compile(r"(?<=[a-zđ])Ã ([^\W\d_]{0,3})")
"""à whose second byte was a no-break space and became a blank."""
_ENDINGS = frozenset("c ch i m n ng nh o p t u y".split())


@dataclass(frozen=True)
class Misreading:
    """A charset that UTF-8 is taken for."""

    name: str
    characters: dict[str, int]
    """Character → the byte that it stands for."""
    signs: tuple[str, ...]
    """One of these stands in any page of Vietnamese that was so taken."""

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Letters of two or three bytes as they look then."""
        following = self._class(0x80, 0xC0)
        two, three = self._class(0xC2, 0xE0), self._class(0xE0, 0xF0)
        return re.compile(f"(?:{two}{following}|{three}{following}{{2}})++")

    def _class(self, first: int, end: int) -> str:
        return "[" + "".join(re.escape(x) for x, code in self.characters.items() if first <= code < end) + "]"

    def letters(self, match: re.Match[str]) -> str:
        try:
            return bytes(self.characters[character] for character in match[0]).decode("utf-8")
        except UnicodeDecodeError:
            return match[0]


def _characters(charset: str) -> dict[str, int]:
    """Of a charset, and of Latin-1 where it has none."""
    own = {bytes([code]).decode(charset, "replace"): code for code in range(0x80, 0x100)}
    own.pop("\ufffd", None)
    return own if charset == "mac_roman" else {chr(code): code for code in range(0x80, 0x100)} | own


_MISREADINGS = (
    Misreading(
        "windows-1252",
        _characters("cp1252") | {"Ă": 0xC3},
        ("á»", "Ã¡Â", "Ãƒ", "Ã\x83", "&aacute;&raquo;"),
    ),
    Misreading("Mac Roman", _characters("mac_roman"), ("·ª",)),
)
"""What windows-1258 shows differs in one beginning, Ă for Ã."""


def put_right(html: str) -> tuple[str, str]:
    """The page with its letters, and the charset that they were taken for, with how often; empty where none was."""
    for misreading in _MISREADINGS:
        if any(sign in html for sign in misreading.signs):
            text, rounds = _ungarbled(html, misreading)
            if len(_LETTERS.findall(text)) >= len(_LETTERS.findall(html)) + LEAST:
                return _restored(text), misreading.name + ("" if rounds == 1 else f", {rounds} times over")
    return html, ""


def _ungarbled(html: str, misreading: Misreading) -> tuple[str, int]:
    text, rounds = html, 0
    if "&" in text:
        text = _REFERENCE.sub(lambda match: _plain(match, misreading), text)
    while rounds < MOST_ROUNDS and len(list(islice(misreading.pattern.finditer(text), LEAST))) == LEAST:
        text, rounds = misreading.pattern.sub(misreading.letters, text), rounds + 1
    return text, rounds


def _plain(match: re.Match[str], misreading: Misreading) -> str:
    character = unescape(match[0])
    return character if character in misreading.characters else match[0]


def _restored(text: str) -> str:
    """What was lost of letters: had back where one letter alone makes a syllable, else marked."""
    text = _LOST_BLANK.sub(_with_grave, text)
    # The first letter of a word before those within, whose word then is known.
    text = text.replace("Ä\ufffd", "Đ")
    return _LOST.sub(_only_letter, text)


def _with_grave(match: re.Match[str]) -> str:
    ending = match[1]
    return "à" + ("" if ending in _ENDINGS or not ending else " ") + (ending or " ")


def _only_letter(match: re.Match[str]) -> str:
    text, lost = match.string, match[0]
    before = _WORD_BEFORE.search(text, max(0, match.start() - 6), match.start())
    after = _WORD_AFTER.match(text, match.end())
    word = f"{before[0] if before else ''}{{}}{after[0] if after else ''}"
    shouted = word.isupper() and len(word) > 3
    fitting = [x for x in _MAY_BE[lost[:-1]] if well_formed(word.format(x)) and (x.isupper() or not shouted)]
    if len(fitting) == 1:
        return fitting[0]
    return "\ufffd" if lost.endswith("\ufffd") else lost
