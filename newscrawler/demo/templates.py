"""The outer pages: four templates that stand for the looks of the site over the years."""

from __future__ import annotations

import base64
import zlib
from collections.abc import Callable
from dataclasses import dataclass

from newscrawler.demo.addresses import HOME, listing_path
from newscrawler.demo.entries import Entry, block_markup
from newscrawler.demo.furniture import ICON, OLD_STYLESHEET, SCRIPT, STYLESHEET
from newscrawler.demo.sources import Category
from newscrawler.demo.text import esc, nfd

_SITE_NAME = "Thành Đoàn TP.HCM"
_ADDRESS = "Trụ sở: số 1 Phạm Ngọc Thạch, Quận 1, TP. Hồ Chí Minh"
# So that nobody takes a saved page for one of the real site.
_GENERATOR = "newscrawler sample site"


@dataclass(frozen=True, kw_only=True)
class Page:
    """What a template needs to make a page."""

    title: str
    heading: str
    main: str
    """Markup of the main part: a wrapped body, or a list of items."""
    hot: tuple[Entry, ...]
    related: tuple[Entry, ...]
    categories: tuple[Category, ...]
    comments: bool = True
    """Articles have a comment block, listings have none."""
    site_in_title: bool = True
    """Whether the template may put the name of the site behind the title."""


def render(page: Page, template: str) -> str:
    """The whole page as text."""
    return _TEMPLATES[template](page)


def declares_charset(template: str) -> bool:
    """Whether the server names the charset in Content-Type; the other templates have it in a meta element only."""
    return template in ("columns", "aspnet")


def doubles_hot_item(template: str) -> bool:
    """Whether the first item of the hot block stands there twice, as on some real pages."""
    return template == "tables"


def _menu(page: Page) -> list[tuple[str, str]]:
    links = [("Trang chủ", HOME)]
    links += [(category.name, listing_path(category.number, 1)) for category in page.categories]
    # A menu entry of this name is not the heading of the hot block.
    return [*links, ("Tin nóng", listing_path(None, 1))]


def _tables(page: Page) -> str:
    menu = "\n".join(f'<TR><TD CLASS="mnu"><A HREF="{url}">{esc(name)}</A></TD></TR>' for name, url in _menu(page))
    comments = (
        '<P><FONT COLOR="#CC0000" SIZE="2"><B>BÌNH LUẬN</B></FONT></P>\n<DIV ID="binhluan"></DIV>\n'
        if page.comments
        else ""
    )
    return f"""<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01 Transitional//EN">
<HTML>
<HEAD>
<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=utf-8">
<META NAME="generator" CONTENT="{_GENERATOR}">
<TITLE>{esc(page.title)}</TITLE>
<LINK REL="stylesheet" HREF="{OLD_STYLESHEET}">
</HEAD>
<BODY BGCOLOR="#FFFFFF" TOPMARGIN="0">
<TABLE WIDTH="980" ALIGN="center" CELLPADDING="0" CELLSPACING="0">
<TR><TD COLSPAN="3" CLASS="banner"><B>THÀNH ĐOÀN THÀNH PHỐ HỒ CHÍ MINH</B><BR>Trang thông tin điện tử</TD></TR>
<TR>
<TD WIDTH="180" VALIGN="top">
<TABLE WIDTH="100%" CLASS="cot-trai">
{menu}
</TABLE>
</TD>
<TD WIDTH="180" VALIGN="top">
<TABLE WIDTH="100%" CLASS="cot-phai">
<TR><TD><B>LIÊN KẾT</B></TD></TR>
<TR><TD><A HREF="http://www.hochiminhcity.gov.vn/">Cổng thông tin thành phố</A></TD></TR>
<TR><TD><B>LỊCH CÔNG TÁC TUẦN</B></TD></TR>
<TR><TD>Thứ hai: giao ban các ban chuyên môn. Thứ năm: tiếp đoàn viên tại trụ sở.</TD></TR>
</TABLE>
</TD>
<TD VALIGN="top" CLASS="chinh">
<P CLASS="tieude"><B>{esc(page.heading)}</B></P>
{page.main}
{comments}<P><FONT COLOR="#CC0000" SIZE="2"><B>TIN </B><B>NÓNG</B></FONT></P>
{block_markup(page.hot, "tables")}
<P><FONT COLOR="#CC0000" SIZE="2"><B>{nfd("CÓ THỂ BẠN QUAN TÂM")}</B></FONT></P>
{block_markup(page.related, "tables")}
</TD>
</TR>
<TR><TD COLSPAN="3" CLASS="chan">{_ADDRESS}<BR>Agile Việt Nam
;</TD></TR>
</TABLE>
</BODY>
</HTML>
"""


def _columns(page: Page) -> str:
    menu = "\n".join(f'<li><a href="{url}">{esc(name)}</a></li>' for name, url in _menu(page))
    comments = '<h3 class="nhan">BÌNH LUẬN</h3>\n<div id="khung-binh-luan"></div>\n' if page.comments else ""
    return f"""<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">
<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="vi" lang="vi">
<head>
<title>{esc(_with_site(page))}</title>
<meta name="generator" content="{_GENERATOR}" />
<link rel="stylesheet" type="text/css" href="{STYLESHEET}" />
</head>
<body>
<div id="dau-trang"><a href="{HOME}">{_SITE_NAME}</a><p>Tuổi trẻ thành phố mang tên Bác</p></div>
<div id="menu"><ul>
{menu}
</ul></div>
<div id="trang">
<div id="cot-chinh">
<h1>{esc(page.heading)}</h1>
{page.main}
{comments}<h3 class="nhan">TIN NÓNG »</h3>
{block_markup(page.hot, "columns")}
<h3 class="nhan">Có thể bạn quan tâm</h3>
{block_markup(page.related, "columns")}
</div>
<div id="cot-phu">
<h3>Số điện thoại cần biết</h3>
<p>Văn phòng Thành Đoàn, Trung tâm Công tác xã hội thanh niên, Nhà Văn hóa Thanh niên</p>
<h3>Thăm dò ý kiến</h3>
<p>Bạn thường tham gia hoạt động tình nguyện vào dịp nào trong năm?</p>
</div>
</div>
<div id="chan-trang"><p>{_ADDRESS}</p><p>Agile Việt Nam</p>
;</div>
</body>
</html>
"""


def _cards(page: Page) -> str:
    menu = "\n".join(
        f'<li class="nav-item"><a class="nav-link" href="{url}">{esc(name)}</a></li>' for name, url in _menu(page)
    )
    comments = (
        """<h4 class="mt-4">Bình luận (0)</h4>
<div class="form-group"><textarea class="form-control" name="yKien" rows="3"></textarea></div>
"""
        if page.comments
        else ""
    )
    return f"""<!DOCTYPE html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="{_GENERATOR}">
<title>{esc(page.title)}</title>
<link rel="stylesheet" href="{STYLESHEET}">
<link rel="shortcut icon" href="{ICON}">
<script src="{SCRIPT}"></script>
</head>
<body>
<header class="container"><a class="navbar-brand" href="{HOME}">Đoàn TNCS Hồ Chí Minh TP. Hồ Chí Minh</a></header>
<nav class="navbar navbar-expand-lg"><ul class="navbar-nav">
{menu}
</ul></nav>
<div class="container"><div class="row">
<main class="col-lg-8">
<h2>{esc(page.heading)}</h2>
{page.main}
{comments}</main>
<aside class="col-lg-4">
<div class="card-header">Tin nóng:</div>
{block_markup(page.hot, "cards")}
<div class="card-header"><span>CÓ THỂ</span> <span>BẠN QUAN TÂM</span></div>
{block_markup(page.related, "cards")}
</aside>
</div></div>
<footer class="container"><p>{_ADDRESS}</p><p><a href="{HOME}/Admin/Login">Quản trị</a></p><p>Agile Việt Nam
;</p></footer>
</body>
</html>
"""


def _aspnet(page: Page) -> str:
    menu = "".join(f'<td><a class="menu" href="{url}">{esc(name)}</a></td>' for name, url in _menu(page))
    # Looks like the state of a real page: base64, and another value on each page.
    state = base64.b64encode(zlib.compress((page.title * 4).encode())).decode()
    comments = (
        '<tr><td class="nhan"><span id="ctl00_main_lblBinhLuan">BÌNH LUẬN</span></td></tr>\n'
        '<tr><td><div id="ctl00_main_pnlBinhLuan"></div></td></tr>\n'
        if page.comments
        else ""
    )
    # As in the captures, nothing but the title element names the article.
    heading = "" if page.comments else f'<tr><td><span id="ctl00_main_lblTieuDe">{esc(page.heading)}</span></td></tr>\n'
    return f"""<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" \
"http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml">
<head id="ctl00_Head1"><title>
	{esc(_with_site(page))}
</title><meta name="generator" content="{_GENERATOR}" /></head>
<body>
<form name="aspnetForm" method="post" action="Default.aspx" id="aspnetForm">
<div><input type="hidden" name="__VIEWSTATE" id="__VIEWSTATE" value="{state}" /></div>
<table width="1000" align="center" cellpadding="0" cellspacing="0"><tr><td>
<table width="100%"><tr><td id="banner">THÀNH ĐOÀN TP. HỒ CHÍ MINH</td></tr></table>
<table width="100%" id="menu"><tr>{menu}</tr></table>
<table width="100%"><tr><td valign="top" width="720">
<table width="100%">
{heading}<tr><td>{page.main}</td></tr>
{comments}<tr><td class="nhan"><span id="ctl00_main_lblTinNong">{nfd("TIN NÓNG")}</span></td></tr>
<tr><td>{block_markup(page.hot, "aspnet")}</td></tr>
<tr><td class="nhan"><span id="ctl00_main_lblQuanTam">CÓ THỂ BẠN QUAN TÂM »</span></td></tr>
<tr><td>{block_markup(page.related, "aspnet")}</td></tr>
</table>
</td></tr></table>
<table width="100%"><tr><td id="footer">{_ADDRESS}<br />Agile Việt Nam
;</td></tr></table>
</td></tr></table>
</form>
</body>
</html>
"""


def _with_site(page: Page) -> str:
    return f"{page.title} - {_SITE_NAME}" if page.site_in_title else page.title


_TEMPLATES: dict[str, Callable[[Page], str]] = {
    "tables": _tables,
    "columns": _columns,
    "cards": _cards,
    "aspnet": _aspnet,
}
