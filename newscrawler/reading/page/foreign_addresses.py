"""Which addresses lead to an article, where nothing is known of a site but what its addresses look like.

Shapes were collected from the sites of facts, sites §2.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import unquote, urlsplit

from newscrawler.urls import absolute, bare_host

_SECOND_LEVEL = frozenset(
    {
        "com",
        "gov",
        "org",
        "edu",
        "net",
        "info",
        "biz",
        "co",
        "ac",
        "name",
        "pro",
        "health",
        "int",
    }
)
_HUBS = frozenset(
    {
        "tag",
        "tags",
        "tu-khoa",
        "tukhoa",
        "chu-de",
        "topic",
        "topics",
        "event",
        "events",
        "su-kien",
        "tac-gia",
        "author",
        "authors",
        "profile",
        "category",
        "categories",
        "chuyen-muc",
        "chuyen-trang",
        "chuyen-de",
        "collection",
        "collections",
        "search",
        "tim-kiem",
        "rss",
        "feed",
        "login",
        "dang-nhap",
        "lien-he",
        "gioi-thieu",
        "page",
        "savefile",
        "print",
        "wp-content",
    }
)
_EXTENSION = re.compile(r"\.(?:html?|tpo|tno|epi|vnp|aspx|php|vov|amp|ldo|antd)$", re.IGNORECASE)
_FILE = re.compile(r"\.(?:jpe?g|png|gif|webp|svg|css|js|pdf|docx?|xlsx?|zip|rar|mp[34]|xml)$", re.IGNORECASE)
_HUB_NUMBER = re.compile(r"(?:^|-)(?:nc|tag|event|topic|cat|cate|c|e|p|page)-?\d+$")
_NUMBER = re.compile(r"(?:^|[-_.a-z])(\d{4,})$")
_DATED = re.compile(r"/(?:19|20)\d\d/[01]?\d/(?:[0-3]?\d/)?")
_SHORT_NUMBER = re.compile(r"-\d{1,3}$|^\d{2,}-")
_QUERY_ID = re.compile(r"(?:^|&)(?:id|tc|p|news_?id|article_?id|nid|item_?id)=\d+", re.IGNORECASE)
TITLE = 20
"""From so many letters on, a link's text may be a headline."""


def registrable(host: str) -> str:
    """The name under which a site was registered.

    >>> registrable("video.vnexpress.net"), registrable("www.dantri.com.vn")
    ('vnexpress.net', 'dantri.com.vn')
    """
    labels = host.split(".")
    count = 3 if len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVEL else 2
    return ".".join(labels[-count:])


@lru_cache(maxsize=1024)
def _site_of(netloc: str) -> str:
    return registrable(bare_host(f"//{netloc}"))


def is_article_address(href: str, page_url: str, title: str = "") -> bool:
    """Whether a link of a page leads to an article of the same site.

    :param title: text of the link, which may speak for an address without words.

    >>> is_article_address("/gia-vang-tang-manh-5047621.html", "https://vnexpress.net/")
    True
    >>> is_article_address("/kinh-doanh/vi-mo.htm", "https://vnexpress.net/")
    False
    """
    address = absolute(page_url, href)
    return address is not None and leads_to_article(address, registrable(bare_host(page_url)), title)


def leads_to_article(address: str, site: str, title: str = "", *, numbered: bool = False) -> bool:
    """The same for an absolute address.

    :param site: registrable name of the page's host.
    :param numbered: ask for a number or date in the address, as on sites whose other articles have one.
    """
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    if _site_of(parts.netloc) != site:
        return False
    segments = [unquote(part).lower() for part in parts.path.split("/") if part]
    identified = _QUERY_ID.search(parts.query) is not None
    if not segments or _HUBS.intersection(segments) or _FILE.search(segments[-1]):
        return identified and not segments and len(title) >= TITLE
    slug = _EXTENSION.sub("", segments[-1])
    if _HUB_NUMBER.search(slug) or slug.split("-")[0] in ("tag", "tags"):
        return False
    words = [word for word in slug.split("-") if word and not word.isdigit()]
    if identified or has_number(parts.path, slug):
        return len(words) >= 4 or len(title) >= TITLE
    spoken = len(title) >= TITLE or slug != segments[-1] or _SHORT_NUMBER.search(slug) is not None
    return not numbered and len(words) >= 4 and spoken


def is_hub_address(address: str) -> bool:
    """Whether an address says that it leads to a tag, an author, a search, a further page of a list or the like.

    >>> is_hub_address("https://a.vn/tac-gia/an-10234.html"), is_hub_address("https://a.vn/tags-va-nhan-123456.html")
    (True, False)
    """
    parts = urlsplit(address)
    segments = [unquote(part).lower() for part in parts.path.split("/") if part]
    if not segments:
        return not _QUERY_ID.search(parts.query)
    slug = _EXTENSION.sub("", segments[-1])
    return bool(_HUBS.intersection((slug, *segments[-2:-1]))) or _HUB_NUMBER.search(slug) is not None


def has_number(path: str, slug: str) -> bool:
    """Whether an address has the number or date that systems give to articles."""
    return _NUMBER.search(slug) is not None or _DATED.search(path) is not None
