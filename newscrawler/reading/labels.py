"""The words that head a block of a page, in Vietnamese and English (facts: sites §2, counted on 40 pages of 21
sites)."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from newscrawler.text import fold, label_key

LabelKind = Literal["hot", "related", "newest", "comments", "end"]

LABELS: dict[LabelKind, tuple[str, ...]] = {
    "hot": (
        "Tin nóng",
        "Đọc nhiều",
        "Đọc nhiều nhất",
        "Tin đọc nhiều",
        "Tin đọc nhiều nhất",
        "Tiêu điểm",
        "Tin tiêu điểm",
        "Xem nhiều",
        "Xem nhiều nhất",
        "Tin xem nhiều",
        "Nổi bật",
        "Tin nổi bật",
        "Most read",
        "Hot news",
        "Top stories",
    ),
    "related": (
        "Có thể bạn quan tâm",
        "Tin liên quan",
        "Bài liên quan",
        "Bài viết liên quan",
        "Tin bài liên quan",
        "Cùng chuyên mục",
        "Tin cùng chuyên mục",
        "Bài viết cùng chuyên mục",
        "Dành cho bạn",
        "Những tin mới hơn",
        "Những tin cũ hơn",
        "Các tin khác",
        "Tin khác",
        "Các tin đã đưa",
        "Theo dòng sự kiện",
        "Related articles",
        "Related news",
        "You may also like",
    ),
    "newest": ("Mới nhất", "Tin mới nhất", "Tin mới", "Tin mới nhận", "Bài mới", "Latest news"),
    "comments": (
        "Bình luận",
        "Gửi bình luận",
        "Ý kiến",
        "Ý kiến bạn đọc",
        "Gửi ý kiến",
        "Phản hồi",
        "Viết bình luận",
        "Comments",
    ),
    "end": (
        "Liên kết",
        "Liên kết website",
        "Liên kết web",
        "Thống kê truy cập",
        "Lượt truy cập",
        "Từ khóa",
        "Chủ đề",
        "Chia sẻ",
        "Theo dõi",
        "Quảng cáo",
        "Thư viện ảnh",
        "Thư viện video",
        "Video",
        "Thông báo",
        "Văn bản",
        "Văn bản mới",
    ),
}
"""Kind → labels. `comments` and `end` only close the block before them."""

MAX_LABEL = 60
"""No longer line is a label."""


@lru_cache(maxsize=1)
def _by_key() -> dict[str, LabelKind]:
    return {label_key(label): kind for kind, labels in LABELS.items() for label in labels}


@lru_cache(maxsize=1)
def _by_fold() -> dict[str, LabelKind]:
    return {fold(label): kind for kind, labels in LABELS.items() for label in labels}


@lru_cache(maxsize=4096)
def label_kind(line: str) -> LabelKind | None:
    """Which block a line of text heads, or None if it is no label.

    Case, NFC or NFD, tone place, counts and punctuation at the edges do not matter; a line written wholly without
    marks is taken as a label too.

    >>> label_kind("TIN NÓNG »"), label_kind("Tin nông"), label_kind("CO THE BAN QUAN TAM")
    ('hot', None, 'related')
    """
    if len(line) > MAX_LABEL or not line:
        return None
    key = label_key(line)
    return _by_key().get(key) or (_by_fold().get(key) if key.isascii() else None)
