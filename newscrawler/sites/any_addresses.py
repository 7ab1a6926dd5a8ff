"""Addresses of a site of which nothing is known: one writing and one key of each, which are pages at all, and which
are pages of a list.

All of it is told from the address alone; what a page is, its content tells when it has come.
"""

from __future__ import annotations

import re
from urllib.parse import SplitResult, parse_qsl, unquote, urlencode, urlsplit, urlunsplit

from newscrawler.reading.page.foreign_addresses import TITLE, leads_to_article, registrable
from newscrawler.sites.uniform import article_key, uniform, without_session
from newscrawler.urls import bare_host

_TRACKING = frozenset(
    "gbraid wbraid dclid msclkid yclid igshid mc_cid mc_eid _ga _gl ref_src spm fb_comment_id share_id amp".split()
)
"""Parameters that tell where a reader comes from, or in which dress the page is wanted; the rest of their kind is taken
off by `without_session`."""
_AMP_END = re.compile(r"(?<=[^/])/amp/?$", re.IGNORECASE)
_AMP = re.compile(r"(?:^|/)amp/|\.amp$", re.IGNORECASE)
_FILE = re.compile(
    r"\.(?:jpe?g|png|gif|webp|avif|svg|ico|bmp|tiff?|css|js|mjs|json|map|woff2?|ttf|eot|pdf|docx?|xlsx?|pptx?|odt|ods|rtf"
    r"|txt|csv|zip|rar|7z|gz|tar|mp[34]|m4[av]|wav|ogg|webm|avi|mov|flv|swf|wmv|exe|apk|ics|xml|rss|atom|rdf)$",
    re.IGNORECASE,
)
_NO_PAGES = frozenset(
    "login log-in signin sign-in logout register signup sign-up dang-nhap dangnhap dang-ky dangky dang-xuat "
    "quen-mat-khau account tai-khoan thanh-vien users user member members profile my-account cart gio-hang checkout "
    "search searching tim-kiem timkiem tim "
    "tag tags tu-khoa tukhoa keyword keywords hashtag author authors tac-gia tacgia "
    "print printer in-bai inbai ban-in savefile sendmail send-mail gui-mail share sharer chia-se reply trackback "
    "comment comments binh-luan wp-admin wp-login.php wp-json wp-content wp-includes xmlrpc.php administrator admin "
    "cdn-cgi captcha ajax api embed oembed download downloads tai-ve uploads rss-comments cookie unsubscribe".split()
)
"""Parts of a path of what is no news and leads to none that is not reached without it."""
_NO_PAGES_BY_QUERY = frozenset(
    "replytocom share print printable in search q s keyword keywords tukhoa tag login logout returnurl return redirect "
    "redirect_to openstat sort order orderby order_by filter view_mode comment comments action preview format tmpl "
    "download attachment_id add-to-cart".split()
)
_LANGUAGES = frozenset("en fr zh cn ru ja jp ko kr es de lo km th eng english vi vn".split())
_LANGUAGE_NAMES = frozenset({"lang", "language", "hl", "locale"})
_REGION = re.compile(r"[-_][a-z]{2,4}$")

_PAGE_NAMES = frozenset(
    "page paged trang pg pageindex page_index pageno page_no pagenum pagenumber currentpage start offset".split()
)
_PAGE_PART = re.compile(
    r"(?:(?:^|(?<=/)|(?<=[-_]))(?:page|trang|paged|pg)[-_/]?|(?:(?<=/)|(?<=-))p)(?P<page>\d{1,6})"
    r"(?P<end>/?(?:\.[a-z]{3,5})?/?)$",
    re.IGNORECASE,
)
_ENDING = re.compile(r"\.(?:s?html?|php|aspx?|tpo|vnp|vov|epi|jsp)$", re.IGNORECASE)
_HEADLINE = "x" * TITLE


def plain(url: str, root: SplitResult | None = None) -> str:
    """One writing of an address: without what tells visitors apart, without the dress of a mobile page.

    :param root: scheme and host to write it under, where those are settled.

    >>> plain("http://a.vn/tin-5.html/amp/?utm_source=zalo&id=7#top")
    'http://a.vn/tin-5.html?id=7'
    """
    found = uniform(url, root or urlsplit(url))
    parts = urlsplit(found)
    if "amp" not in found and not (_names(parts.query) & _TRACKING):
        return found
    pairs = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if pair[0].lower() not in _TRACKING]
    path = _AMP_END.sub("", parts.path)
    return urlunsplit(parts._replace(path=path, query=urlencode(pairs)))


def key_of(url: str) -> str:
    """What tells an article from the others of its host, for column `articles.site_article_id`: path and query in small
    letters, without what `plain` leaves out.

    >>> key_of("https://www.a.vn/Tin/Ra-Quan-5.html?fbclid=1") == key_of("http://a.vn/tin/ra-quan-5.html/")
    True
    """
    parts = urlsplit(plain(url))
    path = parts.path.rstrip("/") or "/"
    return article_key(f"{path}?{parts.query}" if parts.query else path)


def own_address(stated: str, url: str) -> str:
    """The address that an article is kept under: what its page states, unless that is another host's, or no article's
    while the page's own address is one's.

    >>> own_address("http://a.vn/", "http://a.vn/ra-quan-chien-dich-he-41501.html")
    'http://a.vn/ra-quan-chien-dich-he-41501.html'
    """
    if bare_host(stated) != bare_host(url) or (is_article_like(url) and not is_article_like(stated)):
        return plain(url)
    return plain(stated)


def is_article_like(url: str) -> bool:
    """Whether an address looks like an article's: many words, or a number such as systems give to articles.

    >>> is_article_like("http://a.vn/news.php?id=4410"), is_article_like("http://a.vn/chuyen-muc-nc5517.html")
    (True, False)
    """
    site = registrable(bare_host(url))
    return leads_to_article(url, site) or leads_to_article(url, site, _HEADLINE, numbered=True)


def is_page(url: str) -> bool:
    """Whether there may be something to read at an address: no file, and no login, search, tag, print, share or comment
    page.

    >>> is_page("http://a.vn/doan-hoi/"), is_page("http://a.vn/tag/doan"), is_page("http://a.vn/anh.jpg?v=2")
    (True, False, False)
    """
    parts = urlsplit(url)
    segments = _segments(parts.path)
    if _FILE.search(parts.path) or _AMP.search(parts.path) or not _NO_PAGES.isdisjoint(segments):
        return False
    return _NO_PAGES_BY_QUERY.isdisjoint(_names(parts.query))


def language_of(url: str) -> str:
    """The language that an address names, in its first part or a parameter, or an empty text.

    >>> language_of("http://a.vn/en/news"), language_of("http://a.vn/?lang=en"), language_of("http://a.vn/tin")
    ('en', 'en', '')
    """
    parts = urlsplit(url)
    first = _REGION.sub("", next(iter(_segments(parts.path)), ""))
    if first in _LANGUAGES:
        return first
    for name, value in parse_qsl(parts.query):
        if name.lower() in _LANGUAGE_NAMES and _REGION.sub("", value.lower()) in _LANGUAGES:
            return _REGION.sub("", value.lower())
    return ""


def page_number(url: str) -> int | None:
    """Which page of a list an address says it is, or None where it says nothing.

    >>> [page_number(f"http://a.vn{each}") for each in ("/tin?page=3", "/tin/trang-2.htm", "/tin-p4", "/tin/page/5/")]
    [3, 2, 4, 5]
    >>> page_number("http://a.vn/tin/dai-hoi-2018") is None
    True
    """
    parts = urlsplit(url)
    for name, value in parse_qsl(parts.query):
        if name.lower() in _PAGE_NAMES and value.isascii() and value.isdigit():
            return int(value[:9])
    found = _PAGE_PART.search(parts.path)
    return int(found["page"]) if found else None


def series_of(url: str) -> str:
    """What all pages of a list have in common, its first among them, which bears no number.

    >>> {series_of(f"http://a.vn{each}") for each in ("/tin.htm", "/tin/trang-2.htm", "/tin-p4", "/tin/?page=5")}
    {'a.vn/tin'}
    """
    parts = urlsplit(without_session(url))
    path = parts.path
    if found := _PAGE_PART.search(path):
        path = path[: found.start()]
    pairs = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if pair[0].lower() not in _PAGE_NAMES]
    query = f"?{urlencode(sorted(pairs))}" if pairs else ""
    name = _ENDING.sub("", path.rstrip("/_-")).rstrip("/_-")
    return f"{bare_host(url)}{name.lower()}{query}"


def numbered(url: str, number: int) -> str | None:
    """The address of another page of the list that an address is a page of; None where it bears no number.

    >>> numbered("http://a.vn/tin/trang-2.htm", 7)
    'http://a.vn/tin/trang-7.htm'
    """
    parts = urlsplit(url)
    if found := _PAGE_PART.search(parts.path):
        path = f"{parts.path[: found.start('page')]}{number}{found['end']}"
        return urlunsplit(parts._replace(path=path))
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    if not any(name.lower() in _PAGE_NAMES for name, _value in pairs):
        return None
    changed = [(name, str(number) if name.lower() in _PAGE_NAMES else value) for name, value in pairs]
    return urlunsplit(parts._replace(query=urlencode(changed)))


def _segments(path: str) -> list[str]:
    return [unquote(part).lower() for part in path.split("/") if part]


def _names(query: str) -> set[str]:
    return {pair.partition("=")[0].lower() for pair in query.split("&") if pair}
