"""A small newspaper that no site file knows, written for these tests: a home page, sections with following pages, a
feed, a news sitemap, and all that a crawl must leave alone."""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from tests.servers import Reply

HOST = "tinthu.vn"
ROOT = f"http://{HOST}"
PER_PAGE = 3
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
_HTML = {"Content-Type": "text/html; charset=utf-8"}
_XML = {"Content-Type": "application/xml; charset=utf-8"}
_WORDS = (
    "trồng cây",
    "hiến máu",
    "sửa đường",
    "dạy bơi",
    "thăm mẹ liệt sĩ",
    "dọn bãi biển",
    "tặng sách",
    "làm cầu",
    "khám bệnh",
    "gói bánh chưng",
    "thắp sáng ngõ xóm",
    "đá bóng gây quỹ",
)


@dataclass(frozen=True)
class Story:
    """One article of the paper; its number counts from 1, the newest is the highest."""

    number: int
    section: str
    listed: bool = True

    @property
    def path(self) -> str:
        return f"/thanh-nien-{self.section}-ra-quan-lan-thu-{1000 + self.number}.html"

    @property
    def url(self) -> str:
        return f"{ROOT}{self.path}"

    @property
    def title(self) -> str:
        return f"Thanh niên {_WORDS[self.number % len(_WORDS)]} ở xã số {self.number} trong mùa hè này"

    @property
    def published(self) -> str:
        return f"2026-03-{self.number:02d}T08:30:00+07:00"

    @property
    def paragraphs(self) -> tuple[str, ...]:
        work = _WORDS[self.number % len(_WORDS)]
        return (
            f"Sáng nay, hơn {20 + self.number} đoàn viên của xã số {self.number} đã cùng nhau {work}, bắt đầu từ lúc trời "
            "còn chưa sáng hẳn và kéo dài đến khi chợ đã tan.",
            f"Anh bí thư chi đoàn kể rằng việc {work} năm nay đông hơn năm ngoái, vì nhiều bạn sinh viên về quê nghỉ hè "
            f"đã ghi tên từ tuần trước, có bạn đi bộ {self.number} cây số để kịp giờ tập trung.",
            "Bà con mang nước chè và khoai luộc ra đầu ngõ; các em nhỏ đứng xem rồi cũng xin làm giúp những việc nhẹ, "
            "đến trưa thì ai cũng lấm lem mà vẫn cười.",
        )


@dataclass
class Paper:
    """What the paper answers; each test takes away what it does not want."""

    stories: list[Story]
    feed: tuple[int, ...] = ()
    """Numbers of the articles in the feed; none for no feed."""
    sitemap: tuple[int, ...] = ()
    """The same of the news sitemap that robots.txt names."""
    has_home: bool = True
    """Whether the home page names sections and articles."""
    has_traps: bool = True
    traps: dict[str, int] = field(default_factory=dict)
    """Addresses that a crawl should not have asked for → how often it did."""

    def reply(self, address: str) -> Reply:
        """Answers under any host; for a path, too."""
        parts = urlsplit(address)
        path = f"{parts.path}?{parts.query}" if parts.query else parts.path
        if parts.hostname == f"cdn.{HOST}":
            return 200, {"Content-Type": "image/png"}, PIXEL
        found = self._known().get(path)
        if found is None:
            if path not in ("/sitemap.xml", "/feed", "/rss", "/rss.xml", "/rss/home.rss", "/robots.txt"):
                self.traps[address] = self.traps.get(address, 0) + 1
            return 404, _HTML, b"<h1>404</h1>"
        headers, make = found
        return 200, headers, make().encode()

    def _known(self) -> dict[str, tuple[dict[str, str], Callable[[], str]]]:
        known: dict[str, tuple[dict[str, str], Callable[[], str]]] = {"/": (_HTML, self._home)}
        for story in self.stories:
            known[story.path] = (_HTML, lambda story=story: self._article(story))  # type: ignore[misc]
        for section in self.sections:
            for number in range(1, self._pages(section) + 1):
                known[_list_path(section, number)] = (_HTML, lambda s=section, n=number: self._list(s, n))  # type: ignore[misc]
        if self.feed:
            known["/moi.rss"] = ({"Content-Type": "text/xml"}, self._feed)
        if self.sitemap:
            robots = f"User-agent: *\nDisallow: /kin/\nSitemap: {ROOT}/tin-moi.xml\n"
            known["/robots.txt"] = ({"Content-Type": "text/plain"}, lambda: robots)
            known["/tin-moi.xml"] = (_XML, self._sitemap)
        return known

    @property
    def sections(self) -> list[str]:
        return sorted({story.section for story in self.stories})

    def of(self, section: str) -> list[Story]:
        found = [story for story in self.stories if story.section == section and story.listed]
        return sorted(found, key=lambda story: -story.number)

    def story(self, number: int) -> Story:
        return next(story for story in self.stories if story.number == number)

    def _pages(self, section: str) -> int:
        return -(-len(self.of(section)) // PER_PAGE)

    def _page(self, title: str, head: str, main: str) -> str:
        menu = "".join(f'<li><a href="/{each}.htm">Chuyên mục {each}</a></li>' for each in self.sections)
        traps = ""
        if self.has_traps:
            traps = (
                '<a href="/dang-nhap?return=%2F">Đăng nhập</a> <a href="/tim-kiem?q=doan">Tìm kiếm</a>'
                '<a href="/tag/thanh-nien-tinh-nguyen-he.html">Thanh niên tình nguyện hè</a>'
                '<a href="/en/youth-union-news-of-the-summer-2001.html">Youth union news of the summer</a>'
                '<a href="/tai-lieu/ke-hoach.pdf">Kế hoạch</a> <a href="https://facebook.com/tinthu">Facebook</a>'
                '<a href="http://video.tinthu.vn/phim-ve-mot-mua-he-that-dep-3001.html">Phim về một mùa hè thật đẹp</a>'
            )
        nav = (
            f'<nav class="menu"><ul><li><a href="/">Trang chủ</a></li>{menu if self.has_home else ""}</ul>{traps}</nav>'
        )
        feed = '<link rel="alternate" type="application/rss+xml" href="/moi.rss">' if self.feed else ""
        return (
            f'<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>{title} - Tin Thử</title>{feed}{head}'
            f'</head><body><header>Tin Thử</header>{nav}<div class="main">{main}</div>'
            "<footer>Tin Thử, toà soạn ở một nơi không có thật</footer></body></html>"
        )

    def _home(self) -> str:
        newest = sorted((story for story in self.stories if story.listed), key=lambda story: -story.number)[:PER_PAGE]
        return self._page("Báo", "", _entries(newest) if self.has_home else "<p>Xin chào.</p>")

    def _list(self, section: str, number: int) -> str:
        shown = self.of(section)[(number - 1) * PER_PAGE : number * PER_PAGE]
        pages = range(1, self._pages(section) + 1)
        turn = "".join(f'<a href="{_list_path(section, each)}">{each}</a> ' for each in pages if each != number)
        return self._page(f"Chuyên mục {section}", "", f'{_entries(shown)}<div class="paging">{turn}</div>')

    def _article(self, story: Story) -> str:
        others = [each for each in self.stories if each.listed and each != story]
        related = "".join(_related(each, twin=number == 0) for number, each in enumerate(others[:2])) if others else ""
        hot = "".join(f'<li><a href="{each.path}">{each.title}</a></li>' for each in others[-2:])
        label, loud = ("Tin liên quan", "Đọc nhiều") if story.number % 2 else ("Related articles", "Most read")
        slug = story.path.removesuffix(".html")
        head = (
            f'<link rel="amphtml" href="{ROOT}{slug}.amp"><meta property="og:title" content="{story.title}">'
            f'<meta property="article:published_time" content="{story.published}">'
        )
        shares = (
            f'<a href="{slug}.amp">Bản di động</a> <a href="{story.path}?share=zalo">Chia sẻ</a>'
            f'<a href="/print{story.path}">In bài</a> <a href="{story.path}#comments">Bình luận</a>'
        )
        body = "".join(f"<p>{each}</p>" for each in story.paragraphs)
        picture = (
            f'<figure><img src="http://cdn.{HOST}/anh/{story.number}.png" width="600" height="400">'
            f"<figcaption>Ảnh ở xã số {story.number}</figcaption></figure>"
        )
        main = (
            f'<h1>{story.title}</h1><div class="share">{shares if self.has_traps else ""}</div>'
            f'<div class="detail">{body}{picture}</div>'
        )
        if self.has_home and others:
            main += f'<div class="box"><h3>{label}</h3><ul>{related}</ul></div>'
            main += f'<div class="box"><h3>{loud}</h3><ul>{hot}</ul></div>'
        return self._page(story.title, head, main)

    def _feed(self) -> str:
        items = "".join(
            f"<item><title>{story.title}</title><link>{story.url}?utm_source=rss</link>"
            f"<pubDate>{story.number:02d} Mar 2026 08:30:00 +0700</pubDate></item>"
            for story in map(self.story, self.feed)
        )
        return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Tin Thử</title>{items}</channel></rss>'

    def _sitemap(self) -> str:
        urls = "".join(
            f"<url><loc>{story.url}</loc><news:news><news:publication_date>{story.published}</news:publication_date>"
            f"<news:title>{story.title}</news:title></news:news></url>"
            for story in map(self.story, self.sitemap)
        )
        spaces = (
            'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
            'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
        )
        return f'<?xml version="1.0"?><urlset {spaces}>{urls}</urlset>'


def whole_paper() -> Paper:
    """Eleven listed articles in two sections, one that only the feed names, one that only the news sitemap names."""
    listed = [Story(number, "thoi-su" if number % 3 else "giao-duc") for number in range(1, 12)]
    stories = [*listed, Story(12, "thoi-su", listed=False), Story(13, "giao-duc", listed=False)]
    return Paper(stories, feed=(11, 12), sitemap=(10, 13))


def _list_path(section: str, number: int) -> str:
    return f"/{section}.htm" if number == 1 else f"/{section}/trang-{number}.htm"


def _entries(stories: list[Story]) -> str:
    return "".join(
        f'<div class="item"><h3><a href="{story.path}">{story.title}</a></h3>'
        f'<p class="sapo">{story.paragraphs[0][:90]}…</p></div>'
        for story in stories
    )


def _related(story: Story, *, twin: bool) -> str:
    href = f"http://www.{HOST}{story.path}?fbclid=abc" if twin else story.path
    return f'<li><a href="{href}">{story.title}</a></li>'
