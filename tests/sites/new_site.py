"""A provincial union that nobody knows yet, by NukeViet: pages of the stock theme, made of data."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from urllib.parse import urlsplit

from tests.servers import Reply

HOST = "tinhdoan.thu-nghiem.vn"
ROOT = f"http://{HOST}"
FILE = f"""
portal = "nukeviet"
name = "thunghiem"
title = "Tỉnh đoàn Thử Nghiệm"
hosts = ["{HOST}", "www.{HOST}"]
root = "{ROOT}"
"""
"""All that has to be written for it."""


@dataclass(frozen=True)
class News:
    number: int
    section: str
    title: str
    stamp: str
    """As the page shows it."""
    lede: str
    files: tuple[str, ...] = ()

    @property
    def path(self) -> str:
        return f"/news/{self.section}/tin-so-{self.number}.html"

    @property
    def paragraphs(self) -> list[str]:
        return [
            f"Sáng sớm, đội hình số {self.number} có mặt ở nhà văn hóa để nhận dụng cụ và chia việc cho từng tổ.",
            f"Đến chiều, tổ {self.number} đã dọn xong đoạn kênh dài một cây số và trồng hai hàng cây dọc bờ.",
        ]


NEWS = [
    News(21, "tin-hoat-dong", "Dọn kênh đón mùa mưa", "Thứ hai - 05/03/2018 08:15", "Bốn chi đoàn dọn kênh trong hai ngày nghỉ cuối tuần.", ("ke-hoach.pdf", "danh-sach.xls")),
    News(22, "tin-hoat-dong", "Bếp ăn của sinh viên xa nhà", "Thứ sáu - 09/03/2018 19:40", "Sáu mươi suất cơm mỗi chiều do các bạn tự nấu và tự trả tiền."),
    News(23, "guong-sang", "Cô giáo trẻ mở lớp ban đêm", "Chủ nhật - 11/03/2018 06:05", "Lớp học có mười hai học trò, người lớn nhất đã sáu mươi tuổi.", ("bai-phat-bieu.doc",)),
    News(24, "tin-hoat-dong", "Hiến máu ở vùng cao", "Thứ tư - 14/03/2018 10:30", "Xe lấy máu lần đầu lên tới ba xã vùng cao của huyện."),
    News(25, "guong-sang", "Người gác đèn trên đảo", "Thứ ba - 20/03/2018 16:00", "Anh giữ ngọn đèn của đảo đã mười năm, đêm nào cũng thức."),
]  # fmt: skip
BY_PATH = {news.path: news for news in NEWS}
HOT = (NEWS[3], NEWS[2])


def related_to(news: News) -> list[News]:
    return [other for other in NEWS if other is not news and other.section == news.section]


def reply(address: str) -> Reply:
    """What the server answers; the copy to save is the article's page as a file."""
    path = urlsplit(address).path
    news = BY_PATH.get(path.replace("/savefile/", "/"))
    sections = {f"/news/{each.section}" for each in NEWS}
    if news is not None:
        return _html(_article(news))
    if path in ("/", "/news/"):
        return _html(_list(NEWS))
    if path.rstrip("/") in sections:
        return _html(_list([each for each in NEWS if each.path.startswith(path)], pages=path))
    if path.endswith("/page-2"):
        return 302, {"Location": path.removesuffix("page-2")}, b""  # as NukeViet does behind the last page
    if path.startswith("/uploads/"):
        return 200, {"Content-Type": "application/octet-stream"}, path.encode()
    return 404, {"Content-Type": "text/plain"}, b"khong co"


def _html(body: str) -> Reply:
    page = f"""<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>Tỉnh đoàn Thử Nghiệm</title>
<meta property="article:published_time" content="2019-01-01+0701:00:00"></head><body>
<ul class="nav"><li><a href="/news/tin-hoat-dong/">Tin hoạt động</a></li><li><a href="/news/guong-sang/">Gương sáng</a></li></ul>
{body}<div class="panel"><div class="panel-heading">Tin xem nhiều</div><ul class="block_tophits list-none">{_items(HOT)}</ul></div>
<footer>Bản quyền thuộc về Tỉnh đoàn Thử Nghiệm</footer></body></html>"""
    return 200, {"Content-Type": "text/html; charset=utf-8"}, page.encode()


def _items(news: list[News] | tuple[News, ...]) -> str:
    return "".join(f'<li><a class="show" href="{each.path}">{escape(each.title)}</a></li>' for each in news)


def _article(news: News) -> str:
    body = "".join(f"<p>{text}</p>" for text in news.paragraphs)
    files = "".join(
        f'<div class="list-group-item"><a href="/uploads/{name}"><strong>{name}</strong></a></div>'
        for name in news.files
    )
    download = f'<div class="list-group news-download-file">{files}</div>' if files else ""
    return f"""<div class="panel-body" itemscope itemtype="http://schema.org/NewsArticle">
<h1 class="title" itemprop="headline">{news.title}</h1><span class="hidden" itemprop="datePublished">2020-06-01T00:00:00+07:00</span>
<span class="h5">{news.stamp}</span> <a href="{news.path.replace("/news/", "/news/savefile/")}">Lưu bài viết này</a>
<div class="hometext">{news.lede}</div><div id="news-bodyhtml" class="bodytext">{body}</div>{download}</div>
<div class="other-news"><p class="h3"><strong>Những tin cũ hơn</strong></p>
<ul class="detail-related related">{_items(related_to(news))}</ul></div>"""


def _list(news: list[News], pages: str = "") -> str:
    entries = "".join(
        f'<div class="news_column"><h3><a href="{each.path}">{each.title}</a></h3>'
        f"<ul><li>{each.stamp[-16:]}</li><li>Đã xem: {each.number * 7}</li></ul><p>{each.lede}</p></div>"
        for each in news
    )
    return (
        f'<div class="col">{entries}<a href="{pages}page-2">2</a></div>'
        if pages
        else f'<div class="col">{entries}</div>'
    )
