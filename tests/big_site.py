"""A site of a few hundred small pages in the form of the real one, the same at every making: what crawls are killed on.

Articles stand in lists of ten; some stand in no list, and only the related block of a neighbour leads to them. Texts
are those of the sample site (see `benchmarks.site`).
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from urllib.parse import parse_qs, urlsplit

from benchmarks.site import FIRST_ID, STEP, make_article
from newscrawler.demo.addresses import HOME, ORIGIN, image_key, image_url, news_url
from newscrawler.demo.entries import block_entries, list_markup
from newscrawler.demo.furniture import file_at
from newscrawler.demo.generations import nested_document
from newscrawler.demo.images import png
from newscrawler.demo.listings import page_links
from newscrawler.demo.site import Reply
from newscrawler.demo.sources import Article
from newscrawler.demo.templates import Page, render
from newscrawler.demo.wrapping import wrap

TEMPLATE = "cards"
LIST_SIZE = 10
UNLISTED = 25
"""Every so manieth article stands in no list."""
PICTURED = 20
"""Every so manieth article has a picture."""
ROBOTS = f"User-agent: *\nDisallow: {HOME}/Admin/\n"

_NEWS = re.compile(rf"{HOME}/News/(\d+)/?", re.IGNORECASE)


class BigSite:
    """Articles, their lists and their files; article 0 is the oldest."""

    def __init__(self, articles: int = 362) -> None:
        self.articles = {each.id: each for each in map(_article, range(articles))}
        ids = sorted(self.articles, reverse=True)
        listed = [number for number in ids if (number - FIRST_ID) // STEP % UNLISTED != 7]
        self._order = ids
        self._lists = [listed[start : start + LIST_SIZE] for start in range(0, len(listed), LIST_SIZE)]
        pictures = (image_url(each, image) for each in self.articles.values() for image in each.images)
        self._pictures = {image_key(url): url for url in pictures if url}

    def truth(self) -> dict[str, str]:
        """Address of each article → its title."""
        return {news_url(number): article.title for number, article in self.articles.items()}

    def respond(self, host: str, path_with_query: str) -> Reply:
        """Answer as `newscrawler.demo.SampleSite` does."""
        parts = urlsplit(path_with_query)
        picture = self._pictures.get(image_key(ORIGIN + path_with_query))
        if picture:
            return _reply(200, "image/png", png(picture))
        if parts.path == "/robots.txt":
            return _reply(200, "text/plain", ROBOTS.encode())
        if found := file_at(parts.path):
            return _reply(200, *found)
        text = self._page(parts.path, parts.query)
        return _reply(200 if text else 404, "text/html; charset=utf-8", (text or "<p>Không có trang này</p>").encode())

    def _page(self, path: str, query: str) -> str | None:
        if path == HOME:
            return self._listing("Trang chủ", self._lists[0], "")
        if path == f"{HOME}/Category":
            number = int(parse_qs(query).get("page", ["1"])[0])
            ids = self._lists[number - 1] if number <= len(self._lists) else []
            return self._listing("Tất cả tin", ids, page_links(None, number, self._lists))
        match = _NEWS.fullmatch(path)
        article = self.articles.get(int(match[1])) if match else None
        return None if article is None else self._article(article)

    def _listing(self, name: str, ids: list[int], pager: str) -> str:
        items = list_markup((self.articles[number] for number in ids), TEMPLATE) if ids else "<p>Không có tin</p>"
        return self._render(f"Thành Đoàn TPHCM {name}", f"{items}\n{pager}", self._order[-4:], comments=False)

    def _article(self, article: Article) -> str:
        at = self._order.index(article.id)
        related = [self._order[(at + step) % len(self._order)] for step in range(1, 5)]
        return self._render(article.title, wrap(nested_document(article), article.wrapping), related)

    def _render(self, title: str, main: str, related: list[int], *, comments: bool = True) -> str:
        hot = [self.articles[number] for number in self._order[:5]]
        page = Page(
            title=title,
            heading=title,
            main=main,
            hot=block_entries(hot, TEMPLATE),
            related=block_entries([self.articles[number] for number in related], TEMPLATE),
            categories=(),
            comments=comments,
        )
        return render(page, TEMPLATE)


@cache
def _article(index: int) -> Article:
    article = make_article(index)
    images = article.images[:1] if index % PICTURED == 3 else ()
    return replace(article, template=TEMPLATE, paragraphs=article.paragraphs[:3], images=images)


def _reply(status: int, content_type: str, body: bytes) -> Reply:
    reason = {200: "OK", 404: "Not Found"}[status]
    return Reply(status=status, reason=reason, headers=[("Content-Type", content_type)], body=body)
