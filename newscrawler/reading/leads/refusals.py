"""Pages that say “200 OK” and hold no more than a refusal: soft 404, block page, captcha, login wall (facts:
reliability §2, rows 18, 71, 72).

Taken for one only where the page has next to no body, so that news about captchas, or about a child who was not
found, stays news.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from lxml.html import HtmlElement

from newscrawler.errors import RefusalPageError
from newscrawler.items import Article, Blocks
from newscrawler.reading.page.lines import lines
from newscrawler.reading.sections.headline import page_title
from newscrawler.text import fold

RefusalKind = Literal["captcha", "block", "login", "soft-404"]

LEAST_BODY = 400
"""Letters of a body with which a page is an article, whatever else it says."""
LONGEST_LINE = 240
"""Letters of a line that may be a refusal."""
MOST_LINES = 400
"""Lines of a page that are looked at; a refusal is a short page, or stands in a page's frame of menus."""

_SENTENCES: dict[RefusalKind, re.Pattern[str]] = {
    "captcha": re.compile(
        r"^just a moment\W*$|checking (?:if the site connection is secure|your browser)"
        r"|verify(?:ing)? (?:that )?you are (?:a |not a )?(?:human|robot)|i'?a?m not a robot|are you a robot"
        r"|enable javascript and cookies to continue|toi khong phai (?:la )?(?:nguoi may|robot)"
        r"|xac (?:minh|nhan|thuc) (?:rang )?(?:ban|quy khach) (?:la (?:con )?nguoi|khong phai)"
        r"|^(?:vui long |xin )?nhap (?:ma )?(?:captcha|ma (?:xac (?:nhan|minh|thuc)|bao (?:ve|mat)))"
        r"|^captcha\b.{0,40}$|dang kiem tra trinh duyet"
    ),
    "block": re.compile(
        r"^(?:error )?(?:403\W+forbidden|access (?:to this page (?:has been |is )?)?denied|attention required\b)"
        r"|you have been blocked|request (?:was |has been |is )?(?:blocked|rejected|denied)"
        r"|requested url was rejected|(?:ip|address) (?:address )?(?:\S+ )?(?:has been|is|was) (?:blocked|banned)"
        r"|unusual traffic|too many requests|web application firewall|incapsula incident id|sucuri website firewall"
        r"|pardon our interruption|truy cap (?:cua (?:ban|quy khach) )?(?:da |dang )?bi (?:tu choi|chan|khoa)"
        r"|(?:ban|ip cua ban) (?:da |dang )?bi chan|yeu cau (?:cua ban )?(?:da )?bi (?:tu choi|chan)"
        r"|(?:ban|quy khach) khong co quyen truy cap"
    ),
    "login": re.compile(
        r"^(?:vui long |xin |ban (?:can|phai) |hay )?dang nhap(?: he thong| tai khoan| thanh vien)?\W*$"
        r"|(?:vui long|can|phai|hay) dang nhap (?:de|truoc khi|vao)"
        r"|^(?:please )?(?:log ?in|sign in)(?: to continue)?\W*$|you must (?:be logged|log) in"
    ),
    "soft-404": re.compile(
        r"(?:^|\b(?:error|loi|ma loi|http)\W{0,3})404\b|\b404\W+(?:not found|error|khong tim thay)"
        r"|(?:page|file|content|article|url) (?:\w+ ){0,5}?(?:(?:could|can) ?not be |was not |is not |not )found"
        r"|^not found\W*$|(?:page|content|article) (?:\w+ ){0,5}?(?:does not|doesn'?t|no longer) exists?"
        r"|khong tim thay (?:trang(?! (?:phuc|bi|thiet|suc|trai|tri|hoang|su|vang))|noi dung|bai viet|bai bao|tin "
        r"(?:bai|tuc)|duong dan|dia chi|tai nguyen|du lieu|ket qua|thong tin)(?: [\w/]+){0,7}\W*$"
        r"|^khong tim thay\W*$"
        r"|(?:trang(?: web| tin)?|noi dung|bai viet|bai bao|tin bai|tin tuc|lien ket|duong dan|du lieu|dia "
        r"chi)(?: (?:nay|ma|ban|quy (?:khach|vi|doc gia)|vua|dang|muon|can|duoc|tim(?: kiem)?|yeu cau|truy "
        r"cap|xem)){0,8} (?:hien )?(?:(?:khong|chua|khong con) ton tai|da bi (?:xoa|go)(?: bo)?|khong (?:con "
        r")?(?:co san|kha dung))"
    ),
}
_MARKUP: dict[RefusalKind, re.Pattern[str]] = {
    "captcha": re.compile(
        r"/cdn-cgi/challenge-platform|cf-chl-|_cf_chl_opt|cf-turnstile|class=[\"']?(?:g-recaptcha|h-captcha)|hcaptcha\.com/1"
        r"|_Incapsula_Resource|geo\.captcha-delivery|aws-waf-token",
        re.IGNORECASE,
    ),
    "login": re.compile(r"<input\b[^<>]{0,300}?\btype\s*=\s*[\"']?password\b", re.IGNORECASE),
}
_NEEDED: frozenset[RefusalKind] = frozenset({"login"})
"""Kinds of which a page must hold the markup and a sentence; of others one is enough."""
_WORDS: dict[RefusalKind, str] = {
    "captcha": "asks for a captcha",
    "block": "says that it does not let us in",
    "login": "asks for a login",
    "soft-404": "says that there is nothing at its address",
}


def refusal_of(blocks: Blocks, article: Article | None, tree: HtmlElement) -> RefusalPageError | None:
    """Why a page is no page, if it is none.

    :param article: what was read of it, if anything.
    :param tree: of the page around the body.
    :returns: an error of kind `captcha`, `block`, `login` or `soft-404`; None for any page with a body, a list, a date
        of publication or pictures of its own.
    """
    if _has_content(blocks, article):
        return None
    said = [*_title(tree, blocks), *_lines(tree), *(article.body_text.split("\n") if article else ())]
    folded = [fold(line).strip() for line in said if len(line) <= LONGEST_LINE]
    for kind, sentence in _SENTENCES.items():
        heard = next((line for line in folded if sentence.search(line)), None)
        markup = _MARKUP.get(kind)
        seen = markup is not None and markup.search(blocks.page.html) is not None
        if (heard and seen) if kind in _NEEDED else (heard or (seen and _is_bare(folded))):
            return RefusalPageError(
                f"{blocks.page.url} {_WORDS[kind]}, though its status is {blocks.page.status}", kind
            )
    return None


def _has_content(blocks: Blocks, article: Article | None) -> bool:
    if blocks.metadata.published is not None or any(link.block == "main" for link in blocks.links):
        return True
    return article is not None and (len(article.body_text) >= LEAST_BODY or bool(article.media))


def _is_bare(said: list[str]) -> bool:
    """Whether a page says next to nothing: scripts of captchas stand in comment forms, too."""
    return sum(map(len, said)) < LEAST_BODY


def _title(tree: HtmlElement, blocks: Blocks) -> Iterator[str]:
    yield page_title(tree)
    yield blocks.title or ""


def _lines(tree: HtmlElement) -> Iterator[str]:
    """What the page says in short, links aside: they name other pages."""
    for line in lines(tree)[:MOST_LINES]:
        if not any(_in_link(element) for element in line.elements):
            yield line.text


def _in_link(element: HtmlElement) -> bool:
    return element.tag == "a" or any(one.tag == "a" for one in element.iterancestors())
