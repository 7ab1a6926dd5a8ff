"""Pages of the site in outer templates that nobody has seen: how tests write them, and what should be read from them.

`{u1}`, `{t1}`, `{s1}`, `{i1}` stand for path, title, summary and picture of item 1; `{body}` for the wrapped article.
What is wanted of a block is written as `"1ts 2tsi"`: item 1 with title and summary, item 2 with a picture as well;
a minus (`"1s-"`) is an item without an address.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape

from newscrawler import Article, read
from newscrawler.items import BlockName

ROOT = "http://thanhdoan.hochiminhcity.gov.vn/ThanhDoan/webtd"
URL = f"{ROOT}/News/31171"
LIST_URL = f"{ROOT}/Category/446/17"
TITLE = "Quận 6: Tuổi trẻ ra quân dọn kênh Hàng Bàng trong Ngày thứ bảy tình nguyện"
PARAGRAPHS = [
    "Sáng 26/7, hơn 200 đoàn viên của Quận 6 đã ra quân dọn kênh Hàng Bàng, nhóm < 16 tuổi lo phần phát nước.",
    "Đồng chí Lê Văn An - Bí thư Quận Đoàn cho biết đây là hoạt động thường niên của tuổi trẻ quận nhà.",
    "Dịp này, Ban tổ chức đã trao tặng 20 thùng rác cho các hộ dân sống ven kênh.",
]
BYLINE = "THANH DUY"
BODY = (
    '<html><head><meta http-equiv="Content-Type" content="text/html; charset=windows-1252"</head><body> '
    + "".join(
        f'<p style="text-align:justify"><span style="font-size:14px">{escape(p, quote=False).replace("á", "&aacute;")}</span></p>\n'
        for p in PARAGRAPHS
    )
    + f'<p style="text-align:right"><strong>{BYLINE}</strong></p></body></html>'
)
ITEMS = {
    "1": (36942, "Khai mạc hội trại tòng quân năm 2024", "Tối 20/2, hội trại tòng quân đã khai mạc tại công viên Lê Văn Tám với sự tham gia của 22 quận, huyện."),
    "2": (36941, "Tàu Nippon Maru cập cảng thành phố", "Hơn 300 đại biểu thanh niên Đông Nam Á và Nhật Bản đã đến thăm thành phố trong khuôn khổ chương trình."),
    "3": (30555, "Ngày hội tái chế chất thải lần thứ 11", "Từ ngày 01/12 đến ngày 15/12, mời các bạn đoàn viên cùng đổi rác lấy quà tại Nhà Văn hóa Thanh niên."),
    "4": (29444, "Hội thi Olympic các môn khoa học Mác - Lênin", "Vòng chung kết hội thi đã diễn ra sôi nổi với 12 đội tuyển đến từ các trường đại học, học viện."),
    "5": (12001, "Tập huấn cán bộ Đoàn khối trường học", "Lớp tập huấn kéo dài ba ngày dành cho 150 cán bộ Đoàn của các trường trung học phổ thông."),
    "6": (12000, "Hiến máu nhân đạo", "Hơn 450 đơn vị máu đã được tiếp nhận trong buổi sáng tại Nhà Thiếu nhi thành phố, vượt chỉ tiêu đề ra."),
}  # fmt: skip
HOT = "<h3>Tin nóng</h3><p><a href='{u1}'>{s1}</a></p>"
RELATED = "<h3>Có thể bạn quan tâm</h3><p><a href='{u3}'>{s3}</a></p>"
WRAPPINGS: dict[str, Callable[[str], str]] = {
    "escaped once": escape,
    "escaped twice": lambda body: escape(escape(body)),
    "textarea": lambda body: f'<textarea style="display:none">{body}</textarea>',
    "noscript": lambda body: f"<noscript>{body}</noscript>",
    "script": lambda body: f'<script type="text/html">{body}</script>',
    "tree": lambda body: body,
}
_TOKEN = re.compile(r"\{([utsi])([1-9])\}")


def url_of(item: str) -> str:
    return f"{ROOT}/News/{ITEMS[item][0]}"


def image_of(item: str) -> str:
    return f"http://thanhdoan.hochiminhcity.gov.vn/ThanhDoan/webtd/Content/thumb/{ITEMS[item][0]}.jpg"


def fill(template: str, body: str = "") -> str:
    """A template's page."""

    def value(match: re.Match[str]) -> str:
        kind, item = match.groups()
        number, title, summary = ITEMS[item]
        return {
            "u": f"/ThanhDoan/webtd/News/{number}",
            "t": escape(title),
            "s": escape(summary),
            "i": f"/ThanhDoan/webtd/Content/thumb/{number}.jpg",
        }[kind]

    return _TOKEN.sub(value, template).replace("{title}", escape(TITLE)).replace("{body}", body)


Wanted = list[tuple[str | None, str | None, str | None, str | None]]


def wanted(shorthand: str) -> Wanted:
    return [
        (
            None if "-" in item else url_of(item[0]),
            ITEMS[item[0]][1] if "t" in item else None,
            ITEMS[item[0]][2] if "s" in item else None,
            image_of(item[0]) if "i" in item else None,
        )
        for item in shorthand.split()
    ]


def found(article: Article, block: BlockName) -> Wanted:
    return [(link.url, link.title, link.summary, link.image_url) for link in article.links if link.block == block]


def check_article(template: str, hot: str, related: str, wrapping: str = "escaped twice") -> None:
    """Read an article page and compare all that is known of it."""
    article = read(fill(template, WRAPPINGS[wrapping](BODY)), URL)
    assert article.title == TITLE
    assert article.body_text.split("\n\n") == PARAGRAPHS
    assert article.byline == BYLINE
    assert found(article, "hot") == wanted(hot)
    assert found(article, "related") == wanted(related)
    assert found(article, "main") == []


def check_list(template: str, main: str, hot: str = "", related: str = "") -> None:
    """Read a list page and compare its list and its boxes."""
    article = read(fill(template), LIST_URL)
    assert found(article, "main") == wanted(main)
    assert found(article, "hot") == wanted(hot)
    assert found(article, "related") == wanted(related)
