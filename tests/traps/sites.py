"""Twelve sites that would keep a crawler busy for ever, each with the same thirty real articles in its lists."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable
from html import escape
from urllib.parse import urlsplit

from tests.servers import Reply

HOST = "thanhdoan.hochiminhcity.gov.vn"
HOME = "/ThanhDoan/webtd"
REAL = range(5001, 5031)
PER_PAGE = 10
PAGES = len(REAL) // PER_PAGE
REAL_URLS = frozenset(f"http://{HOST}{HOME}/News/{number}" for number in REAL)
_WORDS = (
    "Sáng nay đoàn viên thanh niên quận đã ra quân trồng cây dọn kênh hiến máu tặng quà thăm gia đình chính sách "
    "hội thi lớp tập huấn ngày hội chiến dịch tình nguyện phường trường học sinh viên công nhân lao động trẻ"
).split()
_ARTICLE = re.compile(rf"{HOME}/News/(\d+)", re.IGNORECASE)
_LIST = re.compile(rf"{HOME}/Category(?:/(\d+)(?:/(\d+))?|(?:\?(?:.*&)?page=(\d+).*)?)$", re.IGNORECASE)


def words(seed: object, number: int) -> str:
    """Words without sense, always the same for a seed."""
    return " ".join(random.Random(str(seed)).choices(_WORDS, k=number))


def article(number: int, links: Iterable[str] = ()) -> Reply:
    """An article's page; `links` stand in its related block."""
    paragraphs = "".join(f"<p>{words(f'{number}-{n}', 60)}.</p>" for n in range(4))
    body = f'<html><head><meta http-equiv="Content-Type" content="text/html; charset=windows-1252"</head><body> {paragraphs}</body></html>'
    related = "".join(f"<p><a href='{link}'>{words(link, 14)}</a></p>" for link in links)
    return page(
        f"Bài {number}: {words(number, 8)}",
        f"<div>{escape(escape(body))}</div><h3>Có thể bạn quan tâm</h3>{related}",
    )


def page(title: str, content: str) -> Reply:
    """Any page, with the site's menu."""
    menu = f"<a href='{HOME}'>Trang chủ</a> <a href='{HOME}/Category?page=1'>Tin tức</a>"
    html = f"<html><head><title>{title}</title></head><body><div>{menu}</div><h1>{title}</h1>{content}</body></html>"
    return 200, {"Content-Type": "text/html; charset=utf-8"}, html.encode()


def listing(numbers: Iterable[int], more: Iterable[str] = ()) -> Reply:
    """A list page; `more` are links below it."""
    rows = "".join(
        f"<div class='i'><a href='{HOME}/News/{n}'>Bài {n}: {words(n, 8)}</a><p>{words(f's{n}', 20)}</p></div>"
        for n in numbers
    )
    links = " ".join(f"<a href='{link}'>{number}</a>" for number, link in enumerate(more, 2))
    return page("Thành Đoàn TPHCM Tin tức", f"{rows}<div class='pager'>{links}</div>")


def absent() -> Reply:
    """What is not there."""
    return 404, {"Content-Type": "text/html"}, b"<html><body>404</body></html>"


def numbers_on(number: int) -> list[int]:
    """Real articles of a list page."""
    newest_first = sorted(REAL, reverse=True)
    return newest_first[(number - 1) * PER_PAGE : number * PER_PAGE]


class Site:
    """The thirty articles, three list pages and a home page; everything else is not there."""

    follow = ""
    """What of its other pages a crawler is told to follow."""

    def reply(self, url: str) -> Reply:
        parts = urlsplit(url)
        path = f"{parts.path}?{parts.query}" if parts.query else parts.path
        if path == "/robots.txt":
            return 200, {"Content-Type": "text/plain"}, b"User-agent: *\nDisallow:\n"
        if match := _ARTICLE.match(path):
            return self.article(int(match[1]))
        if path.rstrip("/").lower() == HOME.lower():
            return self.home()
        if match := _LIST.match(path):
            return self.list_page(match[1] or "", int(match[2] or match[3] or 1))
        return self.other(path)

    def home(self) -> Reply:
        return listing(numbers_on(1), self.extra("home"))

    def article(self, number: int) -> Reply:
        return article(number, self.extra(f"news-{number}")) if number in REAL else absent()

    def list_page(self, series: str, number: int) -> Reply:
        if series:
            return absent()
        return listing(numbers_on(number), [*self.turns(number), *self.extra(f"list-{number}")])

    def other(self, path: str) -> Reply:
        return absent()

    def turns(self, number: int) -> list[str]:
        return [f"{HOME}/Category?page={number + 1}"] if number < PAGES else []

    def extra(self, where: str) -> list[str]:
        """Links of the trap that stand on a real page."""
        return []


class LastPageForEver(Site):
    """Behind the last list page the server gives the last one again, and links on."""

    def list_page(self, series: str, number: int) -> Reply:
        return absent() if series else listing(numbers_on(min(number, PAGES)), [f"{HOME}/Category?page={number + 1}"])


class EmptyPagesForEver(Site):
    """Behind the last list page come empty ones, each with links to the next ten."""

    def turns(self, number: int) -> list[str]:
        return [f"{HOME}/Category?page={each}" for each in range(number + 1, number + 11)]


class ListsOfNothing(Site):
    """List pages go on with articles that are not there."""

    def list_page(self, series: str, number: int) -> Reply:
        if series or number <= PAGES:
            return super().list_page(series, number)
        return listing(range(number * 1000, number * 1000 + PER_PAGE), [f"{HOME}/Category?page={number + 1}"])


class MirroredLists(Site):
    """Each page of a list names ten new lists, all of which are the one list."""

    def list_page(self, series: str, number: int) -> Reply:
        return listing(numbers_on(number), self.extra(f"list-{series}-{number}"))

    def extra(self, where: str) -> list[str]:
        if where == "home":
            return []
        return [f"{HOME}/Category/{random.Random(f'{where}{n}').randrange(10**6)}" for n in range(10)]


class Maze(Site):
    """Articles link to articles of shuffled words, which link to more of their kind."""

    def article(self, number: int) -> Reply:
        return article(number, self.extra(f"news-{number}"))

    def extra(self, where: str) -> list[str]:
        if not where.startswith("news"):
            return []
        return [f"{HOME}/News/{random.Random(f'{where}{n}').randrange(10**6, 10**9)}" for n in range(8)]


class ChainOfArticles(Site):
    """Each article links to the next number, for ever."""

    def article(self, number: int) -> Reply:
        return article(number, [f"{HOME}/News/{number + 1}"])


class ChainOfRedirects(Site):
    """An address that nobody asked for redirects to the next, for ever."""

    def article(self, number: int) -> Reply:
        if number in REAL:
            return article(number, [f"{HOME}/News/{number * 10}"])
        return 302, {"Location": f"{HOME}/News/{number + 1}"}, b""


class Calendar(Site):
    """A calendar that has a month before and a month behind each month."""

    follow = r"^/lich/"

    def extra(self, where: str) -> list[str]:
        return ["/lich/2026/11"]

    def other(self, path: str) -> Reply:
        match = re.match(r"/lich/(\d+)/(\d+)", path)
        if match is None:
            return absent()
        month = int(match[1]) * 12 + int(match[2]) - 1
        days = "".join(f"<a href='/lich/{match[1]}/{match[2]}/{day}'>{day}</a> " for day in range(1, 29))
        around = "".join(f"<a href='/lich/{m // 12}/{m % 12 + 1}'>tháng</a> " for m in (month - 1, month + 1))
        return page(f"Lịch {match[0]}", days + around)


class Sessions(Site):
    """Every link bears a session of its own."""

    follow = r"^/trang/"

    def __init__(self) -> None:
        self._random = random.Random(1)

    def extra(self, where: str) -> list[str]:
        return [self._marked(f"/trang/{n}") for n in range(5)]

    def turns(self, number: int) -> list[str]:
        return [f"{link}&sid={self._sid()}" for link in super().turns(number)]

    def other(self, path: str) -> Reply:
        links = [self._marked(f"/trang/{n}") for n in range(5)] + [self._marked(f"{HOME}/News/{n}") for n in REAL]
        return page("Trang", "".join(f"<a href='{link}'>{link}</a> " for link in links))

    def _marked(self, path: str) -> str:
        return f"{path}?PHPSESSID={self._sid()}"

    def _sid(self) -> str:
        return f"{self._random.getrandbits(128):032x}"


class SelfSimilar(Site):
    """A relative link that makes the path longer at each step."""

    follow = r"^/tin/"

    def extra(self, where: str) -> list[str]:
        return ["/tin/a/", "/tin/b/"]

    def other(self, path: str) -> Reply:
        return page("Mục", "<a href='a/'>a</a> <a href='b/'>b</a> <a href='../c/'>c</a>")


class Facets(Site):
    """A search whose filters can be combined, in any order."""

    follow = r"^/tim\?"

    def extra(self, where: str) -> list[str]:
        return ["/tim?quan=1"]

    def other(self, path: str) -> Reply:
        query = path.partition("?")[2]
        names = ("quan", "nam", "loai", "sap-xep", "trang")
        links = [f"/tim?{query}&{name}={value}" for name in names for value in range(6)]
        return page("Tìm", "".join(f"<a href='{escape(link)}'>{name}</a> " for name, link in enumerate(links)))


class EverythingIsHome(Site):
    """Whatever is asked for, the home page comes, with links that are relative to where it stands."""

    follow = r"^/"

    def other(self, path: str) -> Reply:
        links = [f"{words(f'{path}{n}', 2).replace(' ', '-')}-{n}/" for n in range(5)]
        return listing(numbers_on(1), links)

    def extra(self, where: str) -> list[str]:
        return ["/gioi-thieu/"]

    def article(self, number: int) -> Reply:
        return super().article(number) if number in REAL else self.other(f"news{number}")


SITES: dict[str, Callable[[], Site]] = {
    each.__name__: each
    for each in (
        LastPageForEver,
        EmptyPagesForEver,
        ListsOfNothing,
        MirroredLists,
        Maze,
        ChainOfArticles,
        ChainOfRedirects,
        Calendar,
        Sessions,
        SelfSimilar,
        Facets,
        EverythingIsHome,
    )
}


def is_wasted(url: str) -> bool:
    """Whether a request for an address brings nothing that is not had elsewhere."""
    parts = urlsplit(url)
    path = f"{parts.path}?{parts.query}" if parts.query else parts.path
    if path == "/robots.txt" or parts.path.rstrip("/").lower() == HOME.lower():
        return False
    match = _LIST.match(path)
    if match is not None and not match[1] and int(match[3] or 1) <= PAGES:
        return False
    return url not in REAL_URLS
