"""The words that head a block of a page, in Vietnamese and English (facts: sites §2, counted on 40 pages of 21
sites; English ones as papers commonly have them). “Xem thêm” and “Read more” are no labels: they are buttons."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from newscrawler.text import fold, label_key

LabelKind = Literal["hot", "related", "newest", "comments", "end"]

_WORDS: dict[LabelKind, str] = {
    "hot": (
        "Tin nóng|Tin hot|Đọc nhiều|Đọc nhiều nhất|Tin đọc nhiều|Tin đọc nhiều nhất|Bài đọc nhiều|Bài đọc nhiều nhất|"
        "Đọc nhiều trong ngày|Đọc nhiều trong tuần|Tiêu điểm|Tin tiêu điểm|Xem nhiều|Xem nhiều nhất|Tin xem nhiều|"
        "Tin xem nhiều nhất|Bài xem nhiều|Bài viết xem nhiều|Nổi bật|Tin nổi bật|Bài nổi bật|Bài viết nổi bật|"
        "Tin tức nổi bật|Sự kiện nổi bật|Đáng chú ý|Tin đáng chú ý|Được quan tâm|Được quan tâm nhiều|"
        "Quan tâm nhiều nhất|Tin được quan tâm|Tin quan tâm|Most read|Most popular|Most viewed|Most shared|Popular|"
        "Popular now|Popular news|Popular posts|Popular stories|Popular articles|Trending|Trending now|"
        "Trending stories|Trending news|Hot news|Top stories|Top news|Top headlines|Top articles|Don't miss|"
        "Editors' picks|Editor's picks|Must read|Must reads|In case you missed it"
    ),
    "related": (
        "Có thể bạn quan tâm|Bạn có thể quan tâm|Có thể bạn thích|Có thể bạn muốn đọc|Dành cho bạn|Gợi ý cho bạn|"
        "Có liên quan|Liên quan|Nội dung liên quan|Tin liên quan|Tin tức liên quan|Bài liên quan|Bài viết liên quan|"
        "Tin bài liên quan|Tin, bài liên quan|Cùng chuyên mục|Tin cùng chuyên mục|Bài cùng chuyên mục|"
        "Bài viết cùng chuyên mục|Tin bài cùng chuyên mục|Tin cùng mục|Cùng chủ đề|Tin cùng chủ đề|Bài cùng chủ đề|"
        "Bài viết cùng chủ đề|Tin cùng loại|Tin cùng thể loại|Tin cùng sự kiện|Theo dòng sự kiện|Những tin mới hơn|"
        "Những tin cũ hơn|Các tin mới hơn|Các tin cũ hơn|Tin mới hơn|Tin cũ hơn|Các tin khác|Tin khác|Những tin khác|"
        "Tin tức khác|Bài khác|Bài viết khác|Các bài khác|Các bài viết khác|Tin bài khác|Các tin bài khác|"
        "Các tin đã đưa|Các tin đã đăng|Tin đã đăng|Tin đã đưa|Các bài đã đăng|Related|Related articles|Related news|"
        "Related stories|Related posts|Related content|Related links|Related coverage|Related reading|More on this|"
        "More on this story|More on this topic|More stories|More news|More articles|More like this|Read next|"
        "Read also|Also read|Up next|What to read next|See also|Recommended|Recommended for you|Recommended stories|"
        "Recommended articles|Recommended reading|You may also like|You might also like|You may be interested in|"
        "You might be interested in|Further reading"
    ),
    "newest": (
        "Mới nhất|Tin mới nhất|Tin mới|Tin mới nhận|Tin mới cập nhật|Tin mới đăng|Tin vừa đăng|Mới cập nhật|Bài mới|"
        "Bài mới nhất|Bài viết mới|Bài viết mới nhất|Latest|Latest news|Latest stories|Latest articles|Latest posts|"
        "Latest headlines|Latest updates|Recent posts|Recent articles|Recent news|Recent stories|Breaking news|Newest|"
        "Just in"
    ),
    "comments": (
        "Bình luận|Bình luận bạn đọc|Bình luận của bạn|Gửi bình luận|Viết bình luận|Để lại bình luận|"
        "Để lại một bình luận|Ý kiến|Ý kiến bạn đọc|Ý kiến của bạn|Ý kiến độc giả|Gửi ý kiến|Gửi phản hồi|Phản hồi|"
        "Trả lời|Comments|Reader comments|Leave a comment|Leave a reply|Add a comment|Post a comment|"
        "Write a comment|Join the conversation|Join the discussion"
    ),
    "end": (
        "Liên kết|Liên kết website|Liên kết web|Liên kết hữu ích|Thống kê truy cập|Lượt truy cập|Từ khóa|Chủ đề|Thẻ|"
        "Chia sẻ|Theo dõi|Quảng cáo|Thư viện ảnh|Thư viện video|Video|Thông báo|Văn bản|Văn bản mới|Chuyên mục|In ra|"
        "Đóng cửa sổ này|Lưu bài viết này|Đánh giá bài viết|Tổng số điểm của bài viết là|Tags|Topics|Related topics|"
        "Share|Share this|Share this article|Share this story|Newsletter|Newsletters|Advertisement|Sponsored|"
        "About the author|Follow us|Archives|Categories|Contact us"
    ),
}

LABELS: dict[LabelKind, tuple[str, ...]] = {kind: tuple(words.split("|")) for kind, words in _WORDS.items()}
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
    key = label_key(line.replace("’", "'"))
    return _by_key().get(key) or (_by_fold().get(key) if key.isascii() else None)
