"""Captions: which text belongs to which picture, and whom it credits."""

from __future__ import annotations

import re

from newscrawler.reading.parts import Body, Image, Part, Text
from newscrawler.text import one_line

MAX_CAPTION = 400
MAX_PLAIN_CAPTION = 160
"""No longer is a caption that no look tells from a paragraph, only its place under the picture in one block."""
_CREDIT = re.compile(
    r"(?:^|[-–—.(,;]\s*|\s)(?:Ảnh|Ảnh minh họa|Nguồn ảnh|Nguồn|Photo|Hình)\s*:\s*([^()]+?)\s*[).]?\s*$", re.IGNORECASE
)
_CREDIT_LINE = re.compile(r"^\(?\s*(?:Ảnh|Nguồn ảnh|Hình)\b", re.IGNORECASE)


def take_captions(body: Body) -> Body:
    """A body whose captions have moved from the texts to their pictures.

    A caption is the text behind a picture that stands in its layout table or figure, or is centred and italic, or
    centred where the other paragraphs are not (facts: sites §1.3). Of several pictures in a row the last one gets
    it.
    """
    centred_is_odd = sum(text.align == "center" for text in body.texts) * 3 <= max(len(body.texts), 3)
    kept: list[Part] = []
    for part in body.parts:
        picture = kept[-1] if kept else None
        if isinstance(part, Text) and isinstance(picture, Image) and _is_caption(part, picture, centred_is_odd):
            picture.caption = one_line(f"{picture.caption} {part.text}")
        else:
            kept.append(part)
    return Body(kept, body.headline, body.byline)


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
    """Whom a caption credits.

    >>> credit_of("Các bạn trẻ dọn kênh - Ảnh: DUYÊN PHAN")
    'DUYÊN PHAN'
    """
    match = _CREDIT.search(caption)
    return one_line(match.group(1)) if match else None
