"""Rows 66-70 and 73-75: ways to keep a crawler busy for ever, each as a family of addresses on the site."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tests.faults.case import NEWS, ORIGIN, Fault, Trace, fault
from tests.faults.replies import HTML, Script, fine, listing, whole
from tests.faults.server import Asked

WEBTD = f"{ORIGIN}/ThanhDoan/webtd"
MOST = 200
"""Requests that a trap may cost (facts: reliability §5.11)."""
CAUGHT = Trace(asked=None, captures=None, problems=None, article="none", state=None)
ONCE = Trace(asked=1, problems=())


def links(*paths: str) -> str:
    return "".join(f'<a href="{path}">Trang khác của chúng tôi</a>' for path in paths)


def at_most(mark: str, most: int, least: int = 0) -> Callable[[Sequence[Asked]], str]:
    def watch(log: Sequence[Asked]) -> str:
        count = sum(mark.lower() in each.url.lower() for each in log)
        return "" if least <= count <= most else f"{count} requests"

    return watch


def traps() -> list[Fault]:
    """The faults; `doors` leads into them, `answers` plays them."""
    return [
        fault(66, 1, "endless calendar", path="/ThanhDoan/webtd/Lich", wanted=CAUGHT, watch=at_most("/Lich", MOST)),
        fault(67, 1, "session id in the query", path="/ThanhDoan/webtd/Category/67/1", wanted=CAUGHT, watch=at_most("/Category/67", 4, 1)),
        fault(68, 1, "path that repeats itself", path="/ThanhDoan/webtd/a/b", wanted=CAUGHT, watch=at_most("/a/b", 3)),
        fault(69, 1, "parameters in any order", path="/ThanhDoan/webtd/Category/69/1", wanted=CAUGHT, watch=at_most("/Category/69", 4, 1)),
        fault(70, 1, "http, https, www, case, slash", wanted=ONCE, watch=at_most("/7001", 1, 1)),
        fault(73, 1, "one article in two sections", wanted=ONCE, watch=at_most("/7301", 1, 1)),
        fault(74, 1, "endless lists of nothing", path="/ThanhDoan/webtd/Category/7400000/1", wanted=CAUGHT, watch=at_most("/Category/74", MOST, 1)),
        fault(75, 1, "the last page again and again", path="/ThanhDoan/webtd/Category/75/1", wanted=CAUGHT, watch=at_most("/Category/75/", 25, 3)),
    ]  # fmt: skip


def doors() -> str:
    """Links on the front page that lead into the traps."""
    variants = (
        f"{NEWS}/7001".replace("http:", "https:"),
        f"{NEWS}/7001".replace("//", "//www."),
        f"{NEWS}/7001/".lower(),
        f"{NEWS}/7001?tin=1",
        f"{NEWS}/7301?cat=1",
        f"{NEWS}/7301?cat=2",
    )
    return links(
        "/ThanhDoan/webtd/Lich/2026/1",
        "/ThanhDoan/webtd/Category/67/1?sid=1",
        "/ThanhDoan/webtd/a/b",
        "/ThanhDoan/webtd/Category/69/1?a=1&b=2",
        "/ThanhDoan/webtd/Category/69/1?b=2&a=1",
        "/ThanhDoan/webtd/Category/7400000/1",
        "/ThanhDoan/webtd/Category/75/1",
        *variants,
    )


def answer(path: str) -> Script | None:
    """What the site answers within a trap."""
    name = path.lower().partition("?")[0].removeprefix("/thanhdoan/webtd/")
    kind, *rest = name.split("/")
    if kind == "lich":
        year, month = int(rest[0]), int(rest[1])
        later = (year, month + 1) if month < 12 else (year + 1, 1)
        return (_page(links(f"/ThanhDoan/webtd/Lich/{later[0]}/{later[1]}")),)
    if kind == "a":
        return (_page(links("a/b")),)
    if kind == "news" and rest[0] in ("7001", "7301"):
        return (fine(int(rest[0])),)
    if kind == "category" and rest:
        return _list(rest[0], int(rest[1]) if len(rest) > 1 else 1, path)
    return None


def _list(series: str, number: int, path: str) -> Script | None:
    if series == "67":
        return (listing([], links(f"/ThanhDoan/webtd/Category/67/1?sid={hash(path) % 10**9}")),)
    if series == "69":
        return (listing([], links(f"/ThanhDoan/webtd/Category/69/1?b=2&a=1&c={len(path)}")),)
    if series.startswith("74"):
        return (listing([], links(*(f"/ThanhDoan/webtd/Category/{int(series) + n}/1" for n in (1, 2, 3)))),)
    if series == "75":
        return (listing([18, 19], links(f"/ThanhDoan/webtd/Category/75/{number + 1}")),)
    return None


def _page(more: str) -> bytes:
    return whole(f"<html><head><title>Trang</title></head><body>{more}</body></html>".encode(), HTML)
