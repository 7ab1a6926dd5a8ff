"""The lines of a body that are not its text: the headline repeated on top, the byline at the end."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from newscrawler.reading.body.parts import Body, Text
from newscrawler.text import fold, is_capitals, one_line, same_words

MAX_BYLINE = 80
_CREDIT_PREFIX = re.compile(
    r"^[(\[]?\s*(?:theo\s|(?:theo|nguồn|tác giả|thực hiện|người viết|(?:tin )?bài|tin|(?:bài|tin)(?:,| và)? ảnh)"
    r"\s*[:,])",
    re.IGNORECASE,
)
_UNIT = re.compile(
    r"^[^\W\d_][\w.]*(?: [\w.]+){0,4} [-–—] (?:Đoàn|Hội|Ban|Thành|Quận|Huyện|Chi đoàn|BTV|Trung tâm|Nhà|Báo)\b"
)
"""Name and unit, as in `Hải – Đoàn xã Bình Mỹ`."""
_NOT_A_NAME = re.compile(r"\d{3,}|\d\s*[/:%-]\s*\d|https?:|www\.|@|[?!…\"“”]|^[-+•*]")


def take_headline(body: Body, title: str | None) -> Body:
    """A body without the headline that stands again as its first line (generations C and D, facts: sites §1.2).

    Where the page gives no title, a first line that is centred and bold is taken for the headline.
    """
    texts = body.texts
    for count in (1, 2, 3):
        head = texts[:count]
        joined = " ".join(text.text for text in head)
        if len(texts) > count and _is_headline(head, joined, title):
            parts = [part for part in body.parts if not any(part is text for text in head)]
            return Body(parts, one_line(joined), body.byline)
    return body


def _is_headline(head: list[Text], joined: str, title: str | None) -> bool:
    if len(joined) > 300:
        return False
    standing_out = all(text.bold or text.align == "center" or text.kind in ("h2", "h3") for text in head)
    if title:
        if same_words(joined, title):
            return True
        alike = SequenceMatcher(None, fold(joined), fold(title)).ratio() if standing_out else 0.0
        return alike > 0.85
    return len(head) == 1 and head[0].bold and head[0].align == "center" and not joined.endswith(".")


def take_byline(body: Body) -> Body:
    """A body without its byline: the last text, if it is short, names somebody and looks apart from the paragraphs.

    Seen forms: `THANH DUY`, `T. THẢO`, name and unit (`Hải – Đoàn xã Bình Mỹ`), `(Theo TTO)` (facts: sites §1.2).
    """
    texts = body.texts
    if len(texts) < 2 or not _is_byline(texts[-1]):
        return body
    last = texts[-1]
    return Body([part for part in body.parts if part is not last], body.headline, one_line(last.text))


def _is_byline(text: Text) -> bool:
    line = one_line(text.text)
    if len(line) > MAX_BYLINE or text.kind not in ("p", "h4") or line.endswith((":", ";", ",")):
        return False
    if _CREDIT_PREFIX.match(line):
        return True
    if _NOT_A_NAME.search(line) or (line.endswith(".") and not is_capitals(line)):
        return False
    if text.align in ("right", "end"):
        return True
    return _names_somebody(line, text)


def _names_somebody(line: str, text: Text) -> bool:
    words = line.replace(".", " ").split()
    if is_capitals(line):
        return len(words) <= 6 and (text.bold or len(words) <= 4)
    if _UNIT.match(line) and len(words) <= 14:
        return True
    capitalised = sum(word[:1].isupper() for word in words)
    return text.bold and len(words) <= 12 and capitalised * 2 >= len(words)
