"""A site of any number of articles in the shape of the real one, about 40 KB a page; the same at every making.

Texts are those of the sample site, with other days and numbers, so that no two articles are equal. The body is a whole
document of generation E, escaped once.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

from benchmarks.portal import HOME, PortalPage, Teaser, list_rows, pager, render
from newscrawler.demo.generations import nested_document
from newscrawler.demo.sources import Article, Image, load_sources, sample_site_folder
from newscrawler.demo.wrapping import wrap

HOST = "thanhdoan.hochiminhcity.gov.vn"
ORIGIN = f"http://{HOST}"
PAGE_BYTES = range(38_000, 42_001)
BODY_CHARACTERS = 4_650
LIST_SIZE = 18
LEAST = 20
FIRST_ID = 20_001
STEP = 7
"""Between two article ids, so that all ways of writing letters occur."""

_NUMBER = re.compile(r"(?<![\d./,-])\d{2,3}(?![\d./,-])")
_BYLINES = ("MINH KHUÊ", "THANH DUY", "BẢO TRÂM", "T. THẢO", "NGỌC VÂN", "Hải – Đoàn xã Bình Mỹ")
_MENU = (
    *("Giới thiệu", "Tin hoạt động", "Tin quận, huyện", "Sinh viên", "Học sinh"),
    *("Công nhân", "Tình nguyện", "Văn bản", "Tư liệu", "Hỏi đáp"),
)
ROBOTS = f"User-agent: *\nDisallow: {HOME}/Admin/\n"


@dataclass(frozen=True, kw_only=True)
class Written:
    """A site on disk."""

    root: Path
    article_urls: frozenset[str]
    lists: int
    article_bytes: int
    """Mean size of an article's page."""

    @property
    def pages(self) -> int:
        """Articles, lists and the home page."""
        return len(self.article_urls) + self.lists + 1


class BenchSite:
    """The site as texts; article 0 is the oldest."""

    def __init__(self, articles: int = 1_000) -> None:
        if articles < LEAST:
            raise ValueError(f"a site needs {LEAST} articles to fill its blocks, not {articles}")
        self.articles = articles
        self.lists = -(-articles // LIST_SIZE)

    def url(self, index: int) -> str:
        """Canonical address of an article."""
        return ORIGIN + _path(index)

    def article(self, index: int) -> Article:
        """What an article says."""
        return make_article(index)

    def article_page(self, index: int) -> str:
        """The page of an article.

        :raises ValueError: if it came out larger or smaller than PAGE_BYTES.
        """
        article = self.article(index)
        related = self._older(index, 8)
        text = self._render(article.id, article.title, wrap(nested_document(article), article.wrapping), related)
        if (size := len(text.encode())) not in PAGE_BYTES:
            wanted = f"{PAGE_BYTES.start} to {PAGE_BYTES.stop - 1}"
            raise ValueError(f"page of article {article.id} has {size} bytes, not {wanted}")
        return text

    def list_page(self, number: int) -> str:
        """A page of the list of all articles, newest first; behind the last one it is empty."""
        teasers = self._newest(LIST_SIZE, behind=(number - 1) * LIST_SIZE)
        content = list_rows(teasers) if teasers else "<p>Không có tin</p>"
        main = f"{content}\n{pager(number, self.lists)}"
        return self._render(number, "Thành Đoàn TPHCM Tất cả tin", main, self._older(0, 4))

    def home_page(self) -> str:
        """Where a crawl begins."""
        main = f"{list_rows(self._newest(6))}\n{pager(1, self.lists)}"
        return self._render(0, "Thành Đoàn TP. Hồ Chí Minh", main, self._older(0, 4))

    def write(self, folder: Path) -> Written:
        """Write all pages as files, named as `server` maps addresses to them."""
        news, lists = folder / f"{HOME[1:]}/News", folder / "lists"
        news.mkdir(parents=True)
        lists.mkdir()
        size = 0
        for index in range(self.articles):
            size += (news / f"{_id(index)}.html").write_bytes(self.article_page(index).encode())
        for number in range(1, self.lists + 1):
            (lists / f"{number}.html").write_text(self.list_page(number), encoding="utf-8")
        (lists / "empty.html").write_text(self.list_page(self.lists + 1), encoding="utf-8")
        (folder / "home.html").write_text(self.home_page(), encoding="utf-8")
        (folder / "robots.txt").write_text(ROBOTS, encoding="utf-8")
        urls = frozenset(self.url(index) for index in range(self.articles))
        return Written(root=folder, article_urls=urls, lists=self.lists, article_bytes=size // self.articles)

    def _render(self, number: int, title: str, main: str, related: tuple[Teaser, ...]) -> str:
        page = PortalPage(
            number=number,
            title=title,
            main=main,
            menu=self._menu(),
            hot=self._newest(6),
            related=related,
            newest=self._newest(8),
        )
        return render(page)

    def _menu(self) -> tuple[Teaser, ...]:
        standing = [Teaser(path=_path(i % self.articles), title=word) for i, word in enumerate(_MENU)]
        lists = [Teaser(path=f"{HOME}/Category?page=1", title="Tất cả tin"), Teaser(path=HOME, title="Trang chủ")]
        return (*lists, *standing)

    def _older(self, index: int, count: int) -> tuple[Teaser, ...]:
        return tuple(self._teaser((index - step) % self.articles) for step in range(1, count + 1))

    def _newest(self, count: int, behind: int = 0) -> tuple[Teaser, ...]:
        start = self.articles - 1 - behind
        return tuple(self._teaser(index) for index in range(start, max(start - count, -1), -1))

    def _teaser(self, index: int) -> Teaser:
        article = self.article(index)
        return Teaser(path=_path(index), title=article.title, summary=article.summary, picture=article.images[0].src)


@cache
def make_article(index: int) -> Article:
    """An article of the generated site, drawn by its index."""
    random, number = Random(f"article {index}"), _id(index)
    model = random.choice(_models())
    day, month, year = random.randrange(1, 29), random.randrange(1, 13), random.randrange(2013, 2025)
    opening, *rest = _paragraphs(random)
    paragraphs = (f"Ngày {day}/{month}/{year}, tại phường {number % 16 + 1}, {opening[0].lower()}{opening[1:]}", *rest)
    folder = f"{year}/{month}"
    pictures = f"{ORIGIN}{HOME}/Content/news/{folder}/{number}"
    return Article(
        id=number,
        title=f"{model.title}, đợt {index + 1}",
        generation="E",
        wrapping="escaped-once",
        template="cards",
        category=446,
        paragraphs=paragraphs,
        summary=f"{model.summary} Đợt {index + 1}.",
        byline=random.choice(_BYLINES),
        folder=folder,
        images=(
            Image(src=f"{pictures}/anh-1.jpg", after_paragraph=1, style="figure-em", caption="Các bạn trẻ lúc ra quân"),
            Image(src=f"{pictures}/anh-2.jpg", after_paragraph=6, style="table", caption="Sau giờ làm (Ảnh: T. THẢO)"),
        ),
    )


def _paragraphs(random: Random) -> list[str]:
    """About BODY_CHARACTERS of the sample site's texts, numbers changed, none twice."""
    chosen: list[str] = []
    for text in random.sample(_texts(), len(_texts())):
        if sum(map(len, chosen)) + len(text) <= BODY_CHARACTERS + 100:
            chosen.append(_NUMBER.sub(lambda match: str(random.randrange(10, 10 ** len(match.group()))), text))
        if sum(map(len, chosen)) >= BODY_CHARACTERS:
            break
    return chosen


@cache
def _models() -> tuple[Article, ...]:
    return load_sources(sample_site_folder()).articles


@cache
def _texts() -> tuple[str, ...]:
    """Running text only: no rows, no items, no letters' heads."""
    return tuple(
        text
        for article in _models()
        for position, text in enumerate(article.paragraphs)
        if position not in article.bullets and 200 <= len(text) <= 600 and text[0].isalpha() and text.endswith(".")
    )


def _id(index: int) -> int:
    return FIRST_ID + STEP * index


def _path(index: int) -> str:
    return f"{HOME}/News/{_id(index)}"
