"""The sample site as a function: host and path in, reply out, no sockets."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from newscrawler.demo.addresses import (
    HOME,
    HOST,
    ORIGIN,
    bare_host,
    document_url,
    image_key,
    image_url,
    listing_path,
    news_url,
)
from newscrawler.demo.documents import pdf
from newscrawler.demo.entries import Entry, block_entries, list_markup
from newscrawler.demo.furniture import file_at
from newscrawler.demo.generations import nested_document
from newscrawler.demo.images import png
from newscrawler.demo.listings import category_pages, newest_first, page_links, whole_site_pages
from newscrawler.demo.sources import Article, frozen_fields, load_sources, sample_site_folder
from newscrawler.demo.templates import Page, declares_charset, doubles_hot_item, render
from newscrawler.demo.truth import Truth, TruthDocument, TruthImage
from newscrawler.demo.wrapping import wrap

_LOCAL_HOSTS = ("127.0.0.1", "localhost")
_NEWS = re.compile(rf"{HOME}/News/(\d+)/?", re.IGNORECASE)
_WHOLE_SITE = re.compile(rf"{HOME}/Category/?", re.IGNORECASE)
_CATEGORY = re.compile(rf"{HOME}/Category/(\d+)(?:/(\d+))?/?", re.IGNORECASE)


@dataclasses.dataclass(frozen=True, kw_only=True)
class Reply:
    """An HTTP response before transport: no Date, no content coding."""

    status: int
    reason: str
    headers: list[tuple[str, str]]
    body: bytes


class SampleSite:
    """A small imitation of the real site; the same request always gives the same bytes, until an article is edited."""

    def __init__(self, folder: Path) -> None:
        self._sources = load_sources(folder)
        self._articles = {article.id: article for article in self._sources.articles}
        self._known = frozenset(category.number for category in self._sources.categories)
        self._pictures: dict[tuple[str, str], str] = {}
        self._documents: dict[tuple[str, str], str] = {}
        self._index_files()

    @classmethod
    def load(cls, folder: Path | None = None) -> SampleSite:
        """The site from its TOML sources; without a folder, from those that come with the package."""
        return cls(sample_site_folder() if folder is None else folder)

    def edit(self, article_id: int, **changes: Any) -> None:
        """Change fields of an article (see `sources.Article`) from now on; an unknown ID raises KeyError."""
        self._articles[article_id] = dataclasses.replace(self._articles[article_id], **frozen_fields(changes))
        self._index_files()

    def respond(self, host: str, path_with_query: str) -> Reply:
        """Answer a request for a host name (with or without `www.` and port) and a path with its query."""
        name = bare_host(host)
        key = image_key(f"http://{HOST if name in _LOCAL_HOSTS else name}{path_with_query}")
        if key in self._pictures:
            return _reply(200, "image/png", png(self._pictures[key]))
        if key in self._documents:
            return _reply(200, "application/pdf", pdf(self._documents[key]))
        if name in _LOCAL_HOSTS or name == HOST:
            return self._page(host, path_with_query)
        if any(name == foreign for foreign, _ in self._pictures):
            return _reply(404, "text/plain; charset=utf-8", b"Not found")
        return _reply(502, "text/plain; charset=utf-8", f"The sample site does not answer for {name}.\n".encode())

    def truth(self) -> list[Truth]:
        """What each article page holds, oldest first."""
        return [self._truth(article) for article in self._ordered()]

    def listing_truth(self) -> dict[str, list[int]]:
        """Address of each listing page, the empty one at the end included -> article IDs of its main list, in order."""
        truth = {}
        for category in (None, *sorted(self._known)):
            pages = self._listing_pages(category)
            for number, page in enumerate([*pages, []], start=1):
                truth[ORIGIN + listing_path(category, number)] = [article.id for article in page]
        return truth

    # What follows makes the replies.

    def _page(self, host: str, path_with_query: str) -> Reply:
        parts = urlsplit(path_with_query)
        path = parts.path
        for old, new in self._sources.redirects.items():
            if path.lower() == old.lower():
                return _reply(301, "text/html", b"", [("Location", f"http://{host}{new}")])
        if path == "/robots.txt":
            return _reply(200, "text/plain; charset=utf-8", self._sources.robots.encode())
        if furniture := file_at(path):
            return _reply(200, *furniture)
        if path.rstrip("/").lower() == HOME.lower():
            return self._home()
        if match := _NEWS.fullmatch(path):
            article = self._articles.get(int(match[1]))
            return self._missing() if article is None else self._article(article)
        if _WHOLE_SITE.fullmatch(path):
            number = parse_qs(parts.query).get("page", ["1"])[0]
            return self._listing(None, int(number)) if number.isdecimal() else self._missing()
        if (match := _CATEGORY.fullmatch(path)) and int(match[1]) in self._known:
            return self._listing(int(match[1]), int(match[2] or 1))
        if path.lower().startswith(f"{HOME}/Admin/".lower()):
            return _html("<!DOCTYPE html><title>Đăng nhập</title><p>Trang dành cho quản trị viên.</p>", "columns")
        return self._missing()

    def _article(self, article: Article) -> Reply:
        page = Page(
            title=article.title,
            heading=article.title,
            main=wrap(nested_document(article), article.wrapping),
            hot=self._hot(article),
            related=self._related(article),
            categories=self._sources.categories,
        )
        return _html(render(page, article.template), article.template)

    def _listing(self, category: int | None, number: int) -> Reply:
        listing = self._sources.listing
        pages = self._listing_pages(category)
        number = max(number, 1)
        items = pages[number - 1] if number <= len(pages) else []
        name, template = "Tất cả tin", listing.template
        for known in self._sources.categories:
            if known.number == category:
                name, template = known.name, known.template
        content = list_markup(items, template, listing.literal_markup) if items else "<p>Không có tin</p>"
        page = Page(
            title=f"Thành Đoàn TPHCM {name}",
            heading=name,
            main=content + "\n" + page_links(category, number, pages),
            hot=block_entries(self._pick(listing.hot), template),
            related=block_entries(self._pick(listing.related), template),
            categories=self._sources.categories,
            comments=False,
            site_in_title=False,
        )
        return _html(render(page, template), template)

    def _home(self) -> Reply:
        listing = self._sources.listing
        page = Page(
            title="Thành Đoàn TP. Hồ Chí Minh",
            heading="Tin mới",
            main=list_markup(newest_first(self._ordered())[: listing.page_size], listing.template),
            hot=block_entries(self._pick(self._sources.hot), listing.template),
            related=block_entries(self._pick(self._sources.related), listing.template),
            categories=self._sources.categories,
            comments=False,
            site_in_title=False,
        )
        return _html(render(page, listing.template), listing.template)

    def _missing(self) -> Reply:
        text = f'<title>Không tìm thấy</title>\n<p>Không có trang này. <a href="{HOME}">Trang chủ</a></p>\n'
        return _html("<!DOCTYPE html>\n" + text, "columns", 404)

    def _truth(self, article: Article) -> Truth:
        # Images of one place keep their order in the sources.
        images = sorted(article.images, key=lambda image: image.after_paragraph)
        return Truth(
            id=article.id,
            url=news_url(article.id),
            title=article.title,
            paragraphs=article.paragraphs,
            byline=article.byline,
            images=tuple(
                TruthImage(src=i.src, url=image_url(article, i), caption=i.caption, credit=i.credit) for i in images
            ),
            documents=tuple(TruthDocument(src=d.src, url=document_url(d), caption=d.words) for d in article.documents),
            table=article.table,
            hot=self._hot(article),
            related=self._related(article),
            generation=article.generation,
            wrapping=article.wrapping,
            template=article.template,
            event=article.event,
            folder=article.folder,
            listed=not article.unlisted,
        )

    def _hot(self, article: Article) -> tuple[Entry, ...]:
        entries = block_entries(self._pick(self._sources.hot if article.hot is None else article.hot), article.template)
        return entries[:1] + entries if doubles_hot_item(article.template) else entries

    def _related(self, article: Article) -> tuple[Entry, ...]:
        chosen = self._sources.related if article.related is None else article.related
        return block_entries(self._pick(chosen), article.template)

    def _pick(self, ids: Iterable[int]) -> list[Article]:
        return [self._articles[number] for number in ids]

    def _ordered(self) -> list[Article]:
        return [self._articles[number] for number in sorted(self._articles)]

    def _listing_pages(self, category: int | None) -> list[list[Article]]:
        if category is None:
            return whole_site_pages(self._ordered(), self._sources.listing)
        return category_pages(self._ordered(), category, self._sources.listing)

    def _index_files(self) -> None:
        urls = (image_url(article, image) for article in self._ordered() for image in article.images)
        self._pictures = {image_key(url): url for url in urls if url is not None}
        self._documents = {
            image_key(document_url(document)): article.title
            for article in self._ordered()
            for document in article.documents
        }


def _html(text: str, template: str, status: int = 200) -> Reply:
    return _reply(status, "text/html; charset=utf-8" if declares_charset(template) else "text/html", text.encode())


def _reply(status: int, content_type: str, body: bytes, more: Iterable[tuple[str, str]] = ()) -> Reply:
    reasons = {200: "OK", 301: "Moved Permanently", 404: "Not Found", 502: "Bad Gateway"}
    return Reply(status=status, reason=reasons[status], headers=[("Content-Type", content_type), *more], body=body)
