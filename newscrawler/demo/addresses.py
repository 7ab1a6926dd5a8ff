"""The addresses of the sample site: those of the real site, with its host names and folders."""

from __future__ import annotations

from urllib.parse import quote, unquote, urljoin, urlsplit

from newscrawler.demo.sources import Article, Document, Image
from newscrawler.demo.text import nfc

HOST = "thanhdoan.hochiminhcity.gov.vn"
ORIGIN = f"http://{HOST}"
HOME = "/ThanhDoan/webtd"


def news_path(article_id: int) -> str:
    """The path of an article's page.

    >>> news_path(2761)
    '/ThanhDoan/webtd/News/2761'
    """
    return f"{HOME}/News/{article_id}"


def news_url(article_id: int) -> str:
    """The canonical address of an article: http, without www."""
    return ORIGIN + news_path(article_id)


def listing_path(category: int | None, page: int) -> str:
    """The path of one listing page; no category means the listing of the whole site.

    >>> listing_path(None, 2), listing_path(557, 1)
    ('/ThanhDoan/webtd/Category?page=2', '/ThanhDoan/webtd/Category/557/1')
    """
    return f"{HOME}/Category?page={page}" if category is None else f"{HOME}/Category/{category}/{page}"


def image_url(article: Article, image: Image) -> str | None:
    """Where the site serves an image, percent-encoded; None when the file is gone from the server.

    Bare names do not resolve against the page address on this site: they lie in a folder of month and article ID.
    """
    if image.missing:
        return None
    src = image.src
    if not src.startswith("http"):
        src = f"{ORIGIN}/ThanhDoan/webtd_/data/news/{article.folder}/{article.id}/{src}"
    return quote(src, safe=":/%()&=?,'+!~@")


def document_url(document: Document) -> str:
    """Where the site serves a document."""
    return urljoin(ORIGIN, quote(document.src, safe=":/%()&=?,'+!~@"))


def thumbnail_url(article: Article) -> str | None:
    """The small picture beside an item in lists: its first image that is there, or None."""
    return next((url for image in article.images if (url := image_url(article, image))), None)


def bare_host(host: str) -> str:
    """A Host value without port, letter case and `www.`.

    >>> bare_host("WWW.thanhdoan.hochiminhcity.gov.vn:80")
    'thanhdoan.hochiminhcity.gov.vn'
    """
    return host.lower().split(":")[0].removeprefix("www.")


def image_key(url: str) -> tuple[str, str]:
    """Host and path under which two spellings of one image address meet; the real server ignores letter case too."""
    parts = urlsplit(url)
    return bare_host(parts.netloc), nfc(unquote(parts.path)).casefold()
