"""The persons that a byline names; units, papers and sources of news are none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from newscrawler.text import fold, is_capitals, normalize, one_line

_LONGEST = 300
_MOST = 20
_CREDIT = re.compile(r"^[(\[]?\s*(?:theo|nguồn(?: tin)?|source)\b(?:\s*:|\s)", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"[(\[][^()\[\]]{0,80}[)\]]")
_OTHERS = re.compile(r"\bvà \d{1,2} tác giả khác\b.*", re.IGNORECASE)
_WORK = r"(?:tin|bài|ảnh|viết|hình|clip|video|đồ họa)"
_LABEL = re.compile(
    r"(?:(?<=^)|(?<=[\s,;.|(–—-]))"
    r"((?:tin|bài|ảnh|hình|clip|video|đồ họa|thiết kế|biên tập|người viết|tác giả(?: bài viết)?|thực hiện|nội dung"
    rf"|photo|text|by)(?:\s?(?:,|&|và|-|\+|/)?\s?{_WORK})*)\s*:",
    re.IGNORECASE,
)
_WRITES = re.compile(r"tin|bai|viet|tac gia|thuc hien|noi dung|text|by")
_BETWEEN = re.compile(r"\s*[,;/|&+\n]\s*|\s+[-–—]\s+|\s+(?:và|and)\s+", re.IGNORECASE)
_ROLE = re.compile(
    r"^(?:nhà báo|nhà văn|phóng viên|cộng tác viên|biên tập viên|luật sư|tiến sĩ|thạc sĩ|bác sĩ|pv|ctv|btv|by"
    r"|(?:(?:pgs|gs|ts|ths|bs|ls|kts)\.?\s?)+)[\s.]+(?=\S)",
    re.IGNORECASE,
)
_UNIT = re.compile(
    r"^(?:thành|quận|huyện|tỉnh|xã|phường|trung ương|thị|đặc khu|khu) đoàn\b"
    r"|^đoàn (?:xã|phường|quận|huyện|tỉnh|trường|khối|tp|thành phố|thị (?:trấn|xã)|thanh niên|tncs|viên|đại học|đh"
    r"|cao đẳng|cơ quan|bộ|sở|công ty|tổng|các|đảng|tn|học viện|bệnh viện|ngân hàng|thpt|trung ương)\b"
    r"|^hội (?:lhtn|liên|sinh|đồng|nông|phụ|cựu|chữ|nhà|doanh|văn|lhpn|sv|nghị)\b"
    r"|^ban (?:thường|tuyên|biên|chấp|quản|tổ|chỉ|tin|mặt|thanh|phong|dân|giám|kiểm|xây|nội)\b"
    r"|^(?:chi|liên) (?:đoàn|đội|hội)\b|^(?:trung tâm|nhà (?:văn hóa|văn hoá|thiếu nhi|xuất bản)|văn phòng"
    r"|phòng (?:văn|giáo|tin|tuyên)|phóng viên|báo|tạp chí|đài (?:truyền|phát|pt)|học viện|đại học|viện|bệnh viện"
    r"|trường (?:đại|cao|trung|thpt|thcs|tiểu|mầm|học|đh|cđ|chính|đoàn)|công (?:ty|an|đoàn|thông tin)|sở|ubnd"
    r"|uỷ ban|ủy ban|mặt trận|thông tấn|clb|câu lạc bộ|đội (?:hình|thiếu|công|tình|tuyên)|tổ (?:chức|quốc|truyền)"
    r"|nhóm|ngân hàng|tổng|tòa soạn|toà soạn|bbt|btv|biên tập|cộng tác|ctv|pv|p\.v|các|nhiều tác giả)(?!\w)"
)
_ALONE = frozenset("ttxvn vov vgp tto tpo hhto ctg btc admin administrator editor root online vtv reuters afp".split())
_NO_NAME = re.compile(r"\d|https?:|www\.|@|[!?…\"“”:#*=<>]|\.(?:vn|com|net|org)\b", re.IGNORECASE)
_PARTICLES = frozenset("von van de da del di la le bin al dos".split())


@lru_cache(maxsize=4096)
def persons(byline: str) -> tuple[str, ...]:
    """Names in a byline, as it writes them, each once, in its order.

    >>> persons("NHẬT XUÂN - NGHI VŨ"), persons("Bài: Thu Hà; ảnh: Văn An"), persons("Hải – Đoàn xã Bình Mỹ")
    (('NHẬT XUÂN', 'NGHI VŨ'), ('Thu Hà',), ('Hải',))
    >>> persons("(Theo TTO)"), persons("Hà Thu (tổng hợp)")
    ((), ('Hà Thu',))
    """
    text = normalize(byline).strip()
    if not text or len(text) > _LONGEST or _CREDIT.match(text):
        return ()
    found: dict[str, str] = {}
    for part in _written(_OTHERS.sub(" ", _IN_BRACKETS.sub(" ", text))):
        for name in _names(part):
            found.setdefault(name_key(name), name)
    return tuple(found.values())[:_MOST]


def name_key(name: str) -> str:
    """Under which two writings of one name are equal: letter case, marks and dots aside."""
    return " ".join(fold(name).replace(".", " ").split())


def _written(text: str) -> Iterator[str]:
    """The parts of a byline that name who wrote; who took the pictures or cut the film is left out."""
    labels = list(_LABEL.finditer(text))
    yield text[: labels[0].start()] if labels else text
    ends = [*(label.start() for label in labels[1:]), len(text)]
    for label, end in zip(labels, ends, strict=False):
        if _WRITES.search(fold(label[1])):
            yield text[label.end() : end]


def _names(part: str) -> Iterator[str]:
    for piece in _BETWEEN.split(part):
        for name in piece.split("-") if is_capitals(piece) and " " in piece.partition("-")[0].strip() else (piece,):
            name = one_line(name).strip(" .-–—()[]'\"|,;:")
            while (bare := _ROLE.sub("", name)) != name:
                name = bare
            if _is_name(name):
                yield name


def _is_name(name: str) -> bool:
    folded, words = fold(name), name.split()
    if (
        not 0 < len(name) <= 50
        or len(words) > 6
        or _NO_NAME.search(name)
        or _UNIT.match(name.lower())
        or folded in _ALONE
    ):
        return False
    return words[0][0].isupper() and all(word[0].isupper() or word in _PARTICLES for word in words)
