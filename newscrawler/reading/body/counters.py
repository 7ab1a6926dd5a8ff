"""Lines that only count visitors: they change with each visit, and what an article says does not."""

from __future__ import annotations

import re

_NUMBER = r"\d[\d.,\s]{0,15}"
_WHAT = (
    r"(?:(?:số |tổng số |tổng )?(?:lượt|lần)(?: (?:xem|đọc|truy cập|view|chia sẻ|thích))?|đã (?:xem|đọc)"
    r"|(?:người )?(?:xem|đọc)|views?|chia sẻ|bình luận|thích)"
)
_COUNTER = re.compile(
    rf"[(\[|\s]*(?:{_WHAT}\s*[:：(]?\s*{_NUMBER}(?:lượt|lần|views?)?|{_NUMBER}\s*{_WHAT})[)\]|\s.]*", re.IGNORECASE
)
_GAP = re.compile(r"\n{3,}")
_LONGEST = 60
"""Letters of a line that may be a counter."""


def is_counter(line: str) -> bool:
    """Whether a line counts visits, or what visitors did, and says nothing else.

    >>> [is_counter(line) for line in ("Lượt xem: 1.234", "(Đã xem 56 lần)", "12 lượt xem", "26 lượt hiến máu")]
    [True, True, True, False]
    """
    return len(line) <= _LONGEST and _COUNTER.fullmatch(line.strip()) is not None


def without_counters(text: str) -> str:
    """A text of many lines without those that are counters; any other text is given as it is.

    >>> without_counters("Ra quân\\n\\nLượt xem: 7")
    'Ra quân'
    """
    lines = text.split("\n")
    kept = [line for line in lines if not is_counter(line)]
    return text if len(kept) == len(lines) else _GAP.sub("\n\n", "\n".join(kept)).strip("\n")
