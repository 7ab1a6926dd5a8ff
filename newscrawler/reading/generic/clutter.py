"""How what is not the article gives itself away: names of classes, and shares of links.

Names were seen on Vietnamese sites and in the systems they use (VCCorp's type="RelatedOneNews", NukeViet, WordPress).
"""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from newscrawler.reading.page.foreign_addresses import is_article_address
from newscrawler.reading.page.lines import classes, strings, text_of

_WHOLE = (
    "tags?|tag-?list|hot-?tags?|keywords?|share|sharing|social|socials|comments?|comment-?box|ads?|adv|qc|banner|banners"
    "|rating|vote|toolbar|tools|print|copyright|pagination|paging|breadcrumbs?|newsletter|subscribe|promo|sponsor(?:ed)?"
    "|box-?category|menu|navbar|popup|modal|d-none|hidden|hide|avatar|bio|audio|podcast|player-?list|xem-?them"
)
_INSIDE = (
    "relate|lien-?quan|cung-?chuyen-?muc|same-?category|read-?more|xemthem|doc-?them|quang-?cao|advert|outstream"
    "|tukhoa|tu-khoa|binh-?luan|author-?(?:info|box|bio|item|list|detail|top|bot)|groupavt|most-?(?:read|view)|doc-?nhieu"
    "|xem-?nhieu|social-|share-|-share|-social|tin-?khac|article-suggest|recommend"
)
_STRONG = re.compile(
    r"relate|lien-?quan|cung-?chuyen-?muc|read-?more|doc-?them|quang-?cao|advert|binh-?luan|most-?(?:read|view)|doc-?nhieu"
    r"|xem-?nhieu|social-share|share-|tin-?khac|recommend|newsletter|cookie|consent|paywall|sign-?up"
    r"|(?:^|[\s_-])(?:comments?|promo|rich-?link|ads?|social|sharing|tags)(?=$|[\s_-])",
    re.IGNORECASE,
)
"""Names that a box of the article's own text never has."""
_NAMES = re.compile(rf"(?:^|[\s_-])(?:{_WHOLE})(?=$|[\s_-])|{_INSIDE}", re.IGNORECASE)
_MENU = re.compile(
    r"(?:^|[\s_-])(?:(?:sub|main|all|top|mega)?-?menu\w*|nav(?:bar|igation)?|footer\w*|breadcrumbs?|tags?|hot-?tags?|topbar|time-now"
    r"|pagination|paging|copyright|search|popup|modal|comments?)(?=$|[\s_-])|header__|footer__|most-?(?:read|view)|doc-?nhieu|xem-?nhieu|tukhoa",
    re.IGNORECASE,
)
_DROPPED_TAGS = frozenset(
    {
        "nav",
        "aside",
        "footer",
        "form",
        "button",
        "input",
        "script",
        "style",
        "template",
        "select",
        "textarea",
        "svg",
        "header",
    }
)
_UNSEEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_DOCUMENT = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?|odt|ods|rtf|zip|rar)(?:[?#]|$)", re.IGNORECASE)


def is_clutter(element: HtmlElement) -> bool:
    """Whether an element's name says that it is not text of the article."""
    if element.tag in ("footer", "header") and any(one.tag == "blockquote" for one in element.iterancestors()):
        return False  # it says who is quoted
    if element.tag in _DROPPED_TAGS or _UNSEEN.search(element.get("style", "")):
        return True
    marks = f"{classes(element)} {element.get('type', '')} {element.get('data-module', '')}"
    return element.tag not in ("html", "body", "table", "td", "p", "img") and _NAMES.search(marks) is not None


def is_box_of_others(element: HtmlElement) -> bool:
    """Whether an element's name says plainly that it is no text of the article, whoever found some in it."""
    if element.tag in ("html", "body", "p", "table", "td", "main", "article"):
        return False
    return _STRONG.search(f"{classes(element)} {element.get('type', '')}") is not None


def is_menu(element: HtmlElement) -> bool:
    """Whether an element is a menu, a footer or another frame of the page, whose links are no list of news."""
    if element.tag in ("nav", "footer"):
        return True
    if element.tag == "form":
        parent = element.getparent()
        return parent is not None and parent.tag != "body"  # ASP.NET puts a form around each page
    return element.tag not in ("html", "body") and _MENU.search(classes(element)) is not None


def link_share(element: HtmlElement) -> float:
    """Which part of an element's letters stands in links, 0 to 1."""
    if element.tag != "a" and next(element.iter("a"), None) is None:
        return 0.0
    whole = linked = 0
    for inside, text in strings(element):
        letters = len(text.strip())
        whole += letters
        if letters and _in_link(inside, element):
            linked += letters
    return linked / whole if whole else 0.0


def _in_link(inside: HtmlElement, root: HtmlElement) -> bool:
    while inside.tag != "a" and inside is not root and (parent := inside.getparent()) is not None:
        inside = parent
    return bool(inside.tag == "a")


def leads_elsewhere(element: HtmlElement, url: str) -> bool:
    """Whether an element is nothing but links to other articles, such as `>> ...` lines; attached documents stay."""
    hrefs = [link.get("href") or "" for link in element.iter("a")]
    if not hrefs or any(_DOCUMENT.search(href) for href in hrefs) or link_share(element) < 0.9:
        return False
    return all(is_article_address(href, url, text_of(element)) for href in hrefs)
