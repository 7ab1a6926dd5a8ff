"""The texts of an entry of a list: which of them are news, and which is the title, which the summary."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from newscrawler.reading.page.order import Piece
from newscrawler.reading.page.tree import parse
from newscrawler.text import fold, one_line

EntryText = tuple[str, bool, bool]
"""(text, whether it is a heading, whether it is linked)."""

_MAX_NOISE = 60
_SHORT = 25
"""A shorter text in a link that leads nowhere is a button."""
_LONG = {"title": 120, "summary": 90}
"""What an entry's only text is as a rule → the length from which it is a summary though it ends no sentence."""
_NOISE = re.compile(
    r"^[\W\d_]*(?:(?:xem|doc|tim hieu) (?:them|tiep|tat ca|chi tiet|ngay|bai)|chi tiet|tiep theo|read more|more|video"
    r"|anh|moi|new|hot|chia se|in|in trang|thich|(?:dang boi|nguoi dang|nguoi viet|tac gia|nguon) ?:.*"
    r"|(?:(?:so )?(?:luot|lan) (?:xem|doc|truy cap)|luot|binh luan|views?|cap nhat|dang"
    r"|thu (?:hai|ba|tu|nam|sau|bay)|chu nhat|sang|trua|chieu|toi|ngay|thang|nam|luc|gio|am|pm|gmt|[\W\d_])*)"
    r"[\W\d_]*$"
)
"""Dates, counters and buttons, folded: what an entry shows beside its news."""
_ARROW = re.compile(r"^(?:>>+|»+) ?(?=\S)")
_LITERAL_TAG = re.compile(r"</?(?:p|div|br|span|strong|b|em|font)\b[^<>]*>", re.IGNORECASE)
_SENTENCE_END = re.compile(r"(?:[.…]|[.!?…][\"”’)\]])$")


def texts_of(pieces: Iterable[Piece], href: str | None) -> list[EntryText]:
    """The texts of an entry, in order.

    :param href: address of its article; links to elsewhere are left out.
    """
    return list(_texts(_of_entry(pieces, href)))


def _of_entry(pieces: Iterable[Piece], href: str | None) -> Iterator[Piece]:
    """Pieces without the links beside an entry: to its section, to scripts."""
    for piece in pieces:
        elsewhere = piece.href is not None and piece.href != href and (href or not piece.href)
        if not elsewhere or len(piece.text.strip()) >= _SHORT:
            yield piece


def _texts(pieces: Iterable[Piece]) -> Iterator[EntryText]:
    """Pieces of one line and one look are one text; the same text a second time, and words without news, are left
    out."""
    joined: list[tuple[tuple[int, bool, bool], str]] = []
    for piece in pieces:
        look = (piece.line, piece.heading, bool(piece.href))
        if joined and joined[-1][0] == look:
            joined[-1] = (look, joined[-1][1] + piece.text)
        else:
            joined.append((look, piece.text))
    seen = set()
    for (_line, heading, linked), raw in joined:
        text = _ARROW.sub("", without_literal_tags(one_line(raw)))
        if text and text not in seen and not is_noise(text):
            seen.add(text)
            yield text, heading, linked


@lru_cache(maxsize=4096)
def is_noise(text: str) -> bool:
    """Whether a text is a date, a counter or a button.

    >>> is_noise("[Chi tiết]"), is_noise("Thứ ba, ngày 12 tháng 11 năm 2024"), is_noise("Hiến máu nhân đạo")
    (True, True, False)
    """
    return len(text) <= _MAX_NOISE and _NOISE.match(fold(text).strip()) is not None


def without_literal_tags(text: str) -> str:
    """A text in which an editor's tags show as letters (`<p align="justify">…`), read as they were meant."""
    if "<" not in text or not _LITERAL_TAG.search(text):
        return text
    return one_line(_LITERAL_TAG.sub(" ", "".join(parse(f"<div>{text}</div>").itertext())))


def title_and_summary(texts: list[EntryText], single_text: str) -> tuple[str | None, str | None]:
    """Title and summary of an entry; one of them where it has but one text.

    :param single_text: what a single text is as a rule: `title` or `summary`.
    """
    if not texts:
        return None, None
    if len(texts) == 1:
        text, heading, _linked = texts[0]
        return (None, text) if not heading and _is_summary(text, single_text) else (text, None)
    at = _title_index(texts)
    # A heading before the title heads more than this entry.
    rest = [text for i, (text, heading, _l) in enumerate(texts) if i > at or (i < at and not heading)]
    return texts[at][0], " ".join(rest) or None


def _title_index(texts: list[EntryText]) -> int:
    """Which of an entry's texts is its title: the linked heading, else the heading, unless it stands above a link."""
    headings = [i for i, (_text, heading, _l) in enumerate(texts) if heading]
    links = [i for i, (_text, _h, linked) in enumerate(texts) if linked]
    if both := [i for i in headings if i in links]:
        return both[0]
    above = headings and links and headings[0] < links[0] and len(texts) > 2
    if above and not _is_summary(texts[links[0]][0], "title"):
        return links[0]
    return (headings or links or [0])[0]


def _is_summary(text: str, single_text: str) -> bool:
    return len(text) > _LONG[single_text] or _SENTENCE_END.search(text) is not None
