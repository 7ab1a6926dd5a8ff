"""Lines that pages put between an article's paragraphs and that are none of them: promotions, buttons, pagers."""

from __future__ import annotations

import re
from functools import lru_cache

from newscrawler.text import fold

LONGEST = 160
"""No longer line is an aside."""
_PROMOTION = re.compile(
    r"[\W_]*(?:>>|(?:read|see|watch|listen)(?: (?:more|also|next|now|too|this))?\s*[:|]|read (?:more|next|also)\b"
    r"|(?:also|don'?t miss|related)\b[^:]{0,30}:|more(?: on this(?: story)?)?\s*:|recommended\s*:"
    r"|(?:xem|doc|tim hieu)(?: them| tiep| ngay)\s*[:>]|(?:tin|bai)(?: viet)? (?:lien quan|khac)\s*:"
    r"|moi (?:ban )?doc (?:them )?:)"
)
"""How a line begins that leads to another article; it counts only with a link in it."""
_BUTTON = re.compile(
    r"[\W_]*(?:advertisements?|skip advertisement|advertisement - scroll to continue|ad|sponsored(?: content)?"
    r"|story continues below(?: this)?(?: advertisement)?"
    r"|article continues (?:below|after)(?: (?:this )?ad(?:vertisement)?)?"
    r"|(?:share|print|email|save|copy)(?: (?:this|the))?(?: (?:article|story|page|link|post))?|share via"
    r"|share on (?:facebook|twitter|x|whatsapp|linkedin|email)|follow us(?: on .{1,30})?|sign up|subscribe(?: now)?"
    r"|log ?in|(?:load|show|read|see) more|view comments|jump to comments|leave a (?:comment|reply)|back to top"
    r"|click (?:here )?to (?:share|enlarge|print).{0,40}|this video can ?not be played|play video|media caption"
    r"|to play this video you need to enable javascript in your browser|image (?:caption|source)|close|next|previous"
    r"|quang cao|(?:trang|bai) (?:truoc|sau|tiep)|in (?:ra|trang|bai(?: viet)?)(?: nay)?|luu bai viet(?: nay)?"
    r"|gui (?:bai viet|email|cho ban be)|chia se(?: (?:bai viet|facebook|len facebook|zalo))*|(?:xem|doc) (?:them|tiep)"
    r"|dong cua so(?: nay)?|ve dau trang|tro lai(?: chu de)?|copy link|sao chep lien ket|(?:so )?luot (?:xem|doc)\W*\d*"
    r"|tu khoa|tags?|topics?|related topics|\d+ (?:comments?|shares?|claps?|binh luan))"
    r"[\W_]*"
)


@lru_cache(maxsize=4096)
def is_button(line: str) -> bool:
    """Whether a line is a button, a pager or the word over an advertisement.

    >>> is_button("ADVERTISEMENT"), is_button("« Trang trước"), is_button("Chia sẻ của một đoàn viên")
    (True, True, False)
    """
    return len(line) <= LONGEST and _BUTTON.fullmatch(fold(line)) is not None


@lru_cache(maxsize=4096)
def is_promotion(line: str) -> bool:
    """Whether a line begins as one that leads to another article.

    >>> is_promotion("READ MORE: The bridge opens"), is_promotion("Đọc thêm: Khánh thành"), is_promotion("Read aloud")
    (True, True, False)
    """
    return len(line) <= LONGEST and _PROMOTION.match(fold(line)) is not None
