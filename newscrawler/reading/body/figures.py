"""Captions: which text belongs to which picture or player, and whom it credits."""

from __future__ import annotations

import re

from newscrawler.reading.body.parts import Body, Embed, Image, Part, Text
from newscrawler.text import one_line

MAX_CAPTION = 400
MAX_PLAIN_CAPTION = 160
"""No longer is a caption that no look tells from a paragraph, only its place under the picture in one block."""
MAX_CAPTIONS = 2_000
"""Letters of all the lines under one picture; what comes behind them is text."""
_WHOSE = (
    r"(?:ảnh(?: minh họa| minh hoạ| chụp| bìa| tư liệu)?|nguồn(?: ảnh)?|photos?|hình(?: ảnh)?|đồ họa|đồ hoạ|minh họa"
    r"|minh hoạ|ảnh(?:,| và) (?:clip|video)|clip|video|credits?|image)\s*:"
)
_WHO = r"[^():]{1,150}?(?:\([^()]{1,60}\))?"
_CREDIT = re.compile(
    rf"(?:^|[-–—.(,;|]\s*|\s){_WHOSE}\s*({_WHO}(?:[-–—,;|/]\s*{_WHOSE}{_WHO})?)\s*[).\]]{{0,3}}\s*$", re.IGNORECASE
)
_CREDIT_LINE = re.compile(r"^\(?\s*(?:Ảnh|Nguồn ảnh|Hình)\b", re.IGNORECASE)


def take_captions(body: Body) -> Body:
    """A body whose captions have moved from the texts to their pictures.

    A caption is the text behind a picture that stands in its layout table or figure, or is centred and italic, or
    centred where the other paragraphs are not (facts: sites §1.3). In a figure it may stand before its picture, or
    under a player. Of several pictures in a row the last one gets it.
    """
    centred_is_odd = sum(text.align == "center" for text in body.texts) * 3 <= max(len(body.texts), 3)
    shown = _shown_in_figures(body)
    kept: list[Part] = []
    for part in body.parts:
        picture = kept[-1] if kept else None
        if isinstance(part, Text):
            if part.caption and (framed := shown.get(part.figure)) and _takes(framed, part):
                continue
            if isinstance(picture, Image) and _is_caption(part, picture, centred_is_odd) and _takes(picture, part):
                continue
            if part.caption and isinstance(picture, Embed) and not picture.inline and _takes(picture, part):
                continue
        elif isinstance(part, Image | Embed) and part.figure:
            shown[part.figure] = part
        kept.append(part)
    return Body(kept, body.headline, body.byline)


def _shown_in_figures(body: Body) -> dict[int, Image | Embed]:
    """Figure → the first that it shows, for captions that stand before it; replaced by the last that was met."""
    shown: dict[int, Image | Embed] = {}
    for part in body.parts:
        if isinstance(part, Image | Embed) and part.figure:
            shown.setdefault(part.figure, part)
    return shown


def _takes(shown: Image | Embed, text: Text) -> bool:
    """Whether a text was put under a picture; it is not, where it or all that stands there would be too long."""
    if len(text.text) > MAX_CAPTION or len(shown.caption) + len(text.text) > MAX_CAPTIONS:
        return False
    shown.caption = one_line(f"{shown.caption} {text.text}")
    return True


def _is_caption(text: Text, picture: Image, centred_is_odd: bool) -> bool:
    if len(text.text) > MAX_CAPTION or text.kind not in ("p", "h4"):
        return False
    if text.caption or _CREDIT_LINE.match(text.text):
        return True
    if picture.caption:
        return False
    if text.block == picture.block and not text.bold:
        return text.italic or (len(text.text) <= MAX_PLAIN_CAPTION and not text.text.endswith((".", ":", "!", "?")))
    beside = text.align == "center" or text.block == picture.block
    return beside and (text.italic or (text.align == "center" and centred_is_odd and not text.bold))


def credit_of(caption: str) -> str | None:
    """Whom a caption credits, as it writes the names; several stay together.

    >>> credit_of("Các bạn trẻ dọn kênh - Ảnh: DUYÊN PHAN"), credit_of("Ảnh: Lê Anh - TTXVN (2018).")
    ('DUYÊN PHAN', 'Lê Anh - TTXVN (2018)')
    """
    match = _CREDIT.search(caption)
    return one_line(match.group(1)).rstrip(" .") or None if match else None
