"""The outer page of the generated site: a portal's menu, side columns, inline style and script around a main part."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from random import Random

from newscrawler.demo.text import esc

HOME = "/ThanhDoan/webtd"
STYLE_BYTES = 10_800
SCRIPT_BYTES = 8_900

_COLOURS = ("#0b4ea2", "#c8102e", "#f2f2f2", "#333333", "#e0e6ef", "#ffffff")
_PROPERTIES = ("margin", "padding", "border-radius", "line-height", "font-size", "min-width", "left", "top")
_PARTS = ("header", "menu", "submenu", "banner", "box", "card", "title", "teaser", "calendar", "poll", "footer")
_STATES = ("", " a", " a:hover", " ul", " li", " li:first-child", " img", " span.date")
_VERBS = ("show", "hide", "toggle", "load", "count", "slide", "resize", "vote")
_DAYS = ("Thứ hai", "Thứ ba", "Thứ tư", "Thứ năm", "Thứ sáu", "Thứ bảy")
_DUTIES = ("Giao ban các ban chuyên môn", "Làm việc với quận Đoàn", "Tiếp đoàn viên tại trụ sở", "Đi cơ sở")


@dataclass(frozen=True, kw_only=True)
class Teaser:
    """An item of a block or list."""

    path: str
    title: str
    summary: str = ""
    picture: str = ""


@dataclass(frozen=True, kw_only=True)
class PortalPage:
    """What differs from page to page."""

    number: int
    title: str
    main: str
    menu: tuple[Teaser, ...]
    hot: tuple[Teaser, ...]
    related: tuple[Teaser, ...]
    newest: tuple[Teaser, ...]


def render(page: PortalPage) -> str:
    """The whole page as text."""
    menu = "\n".join(f'<li class="nav"><a class="nav-link" href="{t.path}">{esc(t.title)}</a></li>' for t in page.menu)
    newest = "\n".join(f'<li><a href="{t.path}">{esc(t.title)}</a></li>' for t in page.newest)
    return f"""<!DOCTYPE html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="newscrawler benchmark site">
<title>{esc(page.title)}</title>
<link rel="stylesheet" href="{HOME}/Content/bootstrap.min.css">
<style>
{_style()}
</style>
<script>
var pageNumber = {page.number};
{_script()}
</script>
</head>
<body>
<header class="container"><a class="navbar-brand" href="{HOME}">Đoàn TNCS Hồ Chí Minh TP. Hồ Chí Minh</a></header>
<nav class="navbar navbar-expand-lg"><ul class="navbar-nav">
{menu}
</ul></nav>
<div class="container"><div class="row">
<main class="col-lg-8">
<h2>{esc(page.title)}</h2>
{page.main}
</main>
<aside class="col-lg-4">
<div class="card-header">TIN NÓNG</div>
{cards(page.hot)}
<div class="card-header"><span>CÓ THỂ</span> <span>BẠN QUAN TÂM</span></div>
{cards(page.related)}
<div class="card-header">Tin mới nhất</div>
<ul class="newest">
{newest}
</ul>
{_calendar(page.number)}
</aside>
</div></div>
<footer class="container"><p>Trụ sở: số 1 Phạm Ngọc Thạch, Quận 1, TP. Hồ Chí Minh</p>
<p><a href="http://www.hochiminhcity.gov.vn/">Cổng thông tin thành phố</a>
<a href="http://doanthanhnien.vn/">Trung ương Đoàn</a></p>
<p>Agile Việt Nam
;</p></footer>
</body>
</html>
"""


def cards(teasers: Iterable[Teaser]) -> str:
    """Items of a block, one card each."""
    return "\n".join(
        f'<div class="card mb-2"><div class="card-body"><h4 class="card-title">'
        f'<a href="{t.path}">{esc(t.title)}</a></h4><p class="card-text">{esc(t.summary)}</p></div></div>'
        for t in teasers
    )


def list_rows(teasers: Iterable[Teaser]) -> str:
    """Items of a list page: picture, linked title, teaser."""
    rows = "\n".join(
        f'<div class="card"><a href="{t.path}"><img src="{t.picture}" width="120" alt=""></a><div class="card-body">'
        f'<h5><a href="{t.path}">{esc(t.title)}</a></h5><p>{esc(t.summary)}</p></div></div>'
        for t in teasers
    )
    return f'<div class="danh-sach">{rows}</div>'


def pager(current: int, last: int) -> str:
    """Links to the pages around the current one, and to the next."""
    near = range(max(1, current - 4), min(last, current + 5) + 1)
    links = [f"<b>{n}</b>" if n == current else f'<a href="{HOME}/Category?page={n}">{n}</a>' for n in near]
    if current < last:
        links.append(f'<a href="{HOME}/Category?page={current + 1}">Trang sau</a>')
    return f'<div class="phan-trang">{" ".join(links)}</div>'


@cache
def _style() -> str:
    """The same on all pages, as large as portals have it."""
    random, rules, size = Random("style"), [], 0
    while size < STYLE_BYTES:
        selector = f".{random.choice(_PARTS)}-{random.randrange(40)}{random.choice(_STATES)}"
        values = "; ".join(f"{name}: {random.randrange(60)}px" for name in random.sample(_PROPERTIES, 3))
        rules.append(f"{selector} {{ {values}; color: {random.choice(_COLOURS)}; }}")
        size += len(rules[-1]) + 1
    return "\n".join(rules)


@cache
def _script() -> str:
    random, functions, size = Random("script"), [], 0
    while size < SCRIPT_BYTES:
        verb, part, n = random.choice(_VERBS), random.choice(_PARTS), random.randrange(100)
        functions.append(
            f'function {verb}_{part}_{n}(e) {{ var box = document.getElementById("{part}-{n}");\n'
            f'  if (!box) {{ return false; }} box.className = "{part} is-{verb}";\n'
            f'  setTimeout(function () {{ box.style.top = "{n}px"; }}, {n * 10}); return true; }}'
        )
        size += len(functions[-1]) + 1
    return "\n".join(functions)


def _calendar(number: int) -> str:
    random = Random(f"calendar {number}")
    rows = "\n".join(
        f'<tr><td class="day">{day}</td><td>{random.randrange(7, 17)}h{random.choice(("00", "15", "30"))}</td>'
        f"<td>{random.choice(_DUTIES)}, phòng {random.randrange(1, 30)}</td></tr>"
        for day in _DAYS
    )
    return f'<div class="card-header">Lịch công tác tuần</div>\n<table class="calendar">{rows}</table>'
