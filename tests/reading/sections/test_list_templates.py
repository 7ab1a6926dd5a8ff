"""List pages of the site in outer templates that nobody has seen: the list in order, and nothing of the boxes in it."""

from __future__ import annotations

import pytest

from tests.reading.pages import check_list

HEAD = "<html><head><title>Thành Đoàn TPHCM Phong trào</title></head><body><div id='top'><a href='/ThanhDoan/webtd'>Trang chủ</a></div>"
ROWS = "<table class='ds'><tr><td><img src='{i4}' width='120'></td><td><a href='{u4}'><b>{t4}</b></a><br>{s4}</td></tr><tr><td><img src='{i5}' width='120'></td><td><a href='{u5}'><b>{t5}</b></a><br>{s5}</td></tr></table>"
HOT = "<h3>Tin nóng</h3><p><a href='{u1}'>{s1}</a></p>"
RELATED = "<h3>Có thể bạn quan tâm</h3><p><a href='{u2}'>{s2}</a></p>"
PAGER = "<div class='pager'><a href='/ThanhDoan/webtd/Category/446/16'>16</a> <b>17</b> <a href='/ThanhDoan/webtd/Category/446/18'>18</a> <a href='/ThanhDoan/webtd/Category/446/18'>Trang sau</a></div>"
CASES: dict[str, tuple[str, str, str, str]] = {
    "the list first, boxes below": (HEAD + "<h1>Phong trào</h1>" + ROWS + PAGER + HOT + RELATED, "4tsi 5tsi", "1s", "2s"),
    "boxes in divs first": (HEAD + "<div class='l'>" + HOT + "</div><div class='l'>" + RELATED + "</div><div class='c'><h1>Phong trào</h1>" + ROWS + PAGER + "</div>", "4tsi 5tsi", "1s", "2s"),
    "boxes flat above the list": (HEAD + HOT + RELATED + "<h1>Phong trào</h1>" + ROWS + PAGER, "4tsi 5tsi", "1s", "2s"),
    "boxes flat above a list without a heading": (HEAD + HOT + RELATED + ROWS + PAGER, "4tsi 5tsi", "1s", "2s"),
    "the list between the boxes": (HEAD + "<div>" + HOT + "</div><div>" + ROWS + PAGER + "</div><div>" + RELATED + "</div>", "4tsi 5tsi", "1s", "2s"),
    "the list between flat boxes": (HEAD + HOT + "<h2>Phong trào</h2>" + ROWS + PAGER + RELATED, "4tsi 5tsi", "1s", "2s"),
    "boxes in the left cell": (HEAD + "<table><tr><td>" + HOT + RELATED + "</td><td><b>PHONG TRÀO</b>" + ROWS + PAGER + "</td></tr></table>", "4tsi 5tsi", "1s", "2s"),
    "boxes in the right cell": (HEAD + "<table><tr><td><b>PHONG TRÀO</b>" + ROWS + PAGER + "</td><td>" + HOT + RELATED + "</td></tr></table>", "4tsi 5tsi", "1s", "2s"),
    "one item": (HEAD + "<h1>Phong trào</h1><div class='i'><a href='{u4}'>{t4}</a><p>{s4}</p></div>" + PAGER + HOT + RELATED, "4ts", "1s", "2s"),
    "one item, all in one element": (HEAD + "<div><h1>Phong trào</h1><a href='{u4}'><b>{t4}</b></a><br>{s4}<br>" + HOT + RELATED + "</div>", "4ts", "1s", "2s"),
    "one item in a page of many words": (HEAD + "<div class='slogan'>Tuổi trẻ thành phố mang tên Bác đoàn kết, sáng tạo, xung kích, tình nguyện vì cộng đồng</div><div class='c'><h1>Phong trào</h1><div class='i'><h3><a href='{u4}'>{t4}</a></h3><p>{s4}</p></div></div><div class='r'>" + HOT + RELATED + "</div><div class='b'><p>Trụ sở chính đặt tại số 1 đường Phạm Ngọc Thạch, phường Bến Nghé, Quận 1</p></div>", "4ts", "1s", "2s"),
    "one item in a table, in a page of many words": (HEAD + "<table><tr><td>Tuổi trẻ thành phố mang tên Bác đoàn kết, sáng tạo, xung kích, tình nguyện vì cộng đồng</td></tr><tr><td><table><tr><td><img src='{i4}'></td><td><a href='{u4}'>{t4}</a><br>{s4}</td></tr></table></td></tr><tr><td>" + HOT + RELATED + "</td></tr><tr><td>Trụ sở chính đặt tại số 1 đường Phạm Ngọc Thạch, phường Bến Nghé, Quận 1</td></tr></table>", "4tsi", "1s", "2s"),
    "li with date, category and more": (HEAD + "<ul><li><a href='/ThanhDoan/webtd/Category/557'>Học tập</a> <h4><a href='{u4}'>{t4}</a></h4><span>Thứ ba, 20/02/2024</span><p>{s4} <a href='{u4}'>Xem tiếp &gt;&gt;</a></p></li><li><a href='/ThanhDoan/webtd/Category/557'>Học tập</a> <h4><a href='{u5}'>{t5}</a></h4><span>Thứ tư, 21/02/2024</span><p>{s5} <a href='{u5}'>Xem tiếp &gt;&gt;</a></p></li></ul>" + PAGER + HOT + RELATED, "4ts 5ts", "1s", "2s"),
    "gridview with rows of three": (HEAD + "<table id='gv'><tr><td rowspan='3'><a href='{u4}'><img src='{i4}'></a></td><td><a class='t' href='{u4}'>{t4}</a></td></tr><tr><td>(20/02/2024)</td></tr><tr><td>{s4}</td></tr><tr><td rowspan='3'><a href='{u5}'><img src='{i5}'></a></td><td><a class='t' href='{u5}'>{t5}</a></td></tr><tr><td>(19/02/2024)</td></tr><tr><td>{s5}</td></tr><tr><td colspan='2'><table><tr><td><span>1</span></td><td><a href=\"javascript:__doPostBack('gv','Page$2')\">2</a></td><td><a href=\"javascript:__doPostBack('gv','Page$3')\">3</a></td></tr></table></td></tr></table>" + HOT + RELATED, "4tsi 5tsi", "1s", "2s"),
    "summaries with literal tags": (HEAD + "<div class='i'><a href='{u4}'>{t4}</a><div>&lt;p align=\"justify\"&gt;{s4}&lt;/p&gt;</div></div><div class='i'><a href='{u5}'>{t5}</a><div>&lt;p align=\"justify\"&gt;{s5}&lt;/p&gt;&lt;br /&gt;</div></div>" + HOT + RELATED, "4ts 5ts", "1s", "2s"),
    "the list of a section that bears the label's name": (HEAD.replace("Phong trào", "Tin nóng") + "<h1>Tin nóng</h1>" + ROWS + PAGER + RELATED, "4tsi 5tsi", "", "2s"),
    "a section that bears the label's name, and the box": (HEAD.replace("Phong trào", "Tin nóng") + "<div><h1>Tin nóng</h1>" + ROWS + PAGER + "</div><div>" + HOT + RELATED + "</div>", "4tsi 5tsi", "1s", "2s"),
    "titles only, a line each": (HEAD + "<div class='ds'>+ <a href='{u4}'>{t4}</a> (20/02)<br>+ <a href='{u5}'>{t5}</a> (19/02)<br>+ <a href='{u6}'>{t6}</a> (18/02)</div>" + HOT + RELATED, "4t 5t 6t", "1s", "2s"),
    "cards of a grid": (HEAD + "<div class='row'><div class='col-md-4'><div class='card'><a href='{u4}'><img src='{i4}' alt='{t4}'></a><h4><a href='{u4}' title='{t4}'>{t4}</a></h4><p class='date'>20-02-2024</p><p>{s4}</p></div></div><div class='col-md-4'><div class='card'><a href='{u5}'><img src='{i5}' alt='{t5}'></a><h4><a href='{u5}' title='{t5}'>{t5}</a></h4><p class='date'>19-02-2024</p><p>{s5}</p></div></div></div><ul class='pagination'><li><a href='?page=1'>1</a></li><li><a href='?page=2'>2</a></li></ul><aside>" + HOT + RELATED + "</aside>", "4tsi 5tsi", "1s", "2s"),
    "each item a table": (HEAD + "<td>" + "".join(f"<table><tr><td><a href='{{u{n}}}'>{{t{n}}}</a></td></tr><tr><td><img src='{{i{n}}}' align='left'>{{s{n}}}</td></tr></table>" for n in "456") + "</td>" + HOT + RELATED, "4tsi 5tsi 6tsi", "1s", "2s"),
    "each item flat, parted by rules": (HEAD + "<h2>Phong trào</h2>" + "".join(f"<a href='{{u{n}}}'><b>{{t{n}}}</b></a><br><img src='{{i{n}}}' align='left'>{{s{n}}}<br><a href='{{u{n}}}'>Chi tiết</a><hr>" for n in "456") + HOT + RELATED, "4tsi 5tsi 6tsi", "1s", "2s"),
    "each item in three flat divs": (HEAD + "".join(f"<div class='t'><a href='{{u{n}}}'>{{t{n}}}</a></div><div class='d'>20/02/2024</div><div class='s'>{{s{n}}}</div>" for n in "456") + "<div class='box'>" + HOT + "</div><div class='box'>" + RELATED + "</div>", "4ts 5ts 6ts", "1s", "2s"),
    "first with a picture, others below as “other news”": (HEAD + "<div class='first'><a href='{u4}'><img src='{i4}'></a><h2><a href='{u4}'>{t4}</a></h2><p>{s4}</p></div><ul class='more'><li><a href='{u5}'>{t5}</a></li><li><a href='{u6}'>{t6}</a></li></ul><div>" + HOT + RELATED + "</div>", "4tsi 5t 6t", "1s", "2s"),
    "newest news as the list itself": (HEAD + "<h2>Tin mới nhất</h2>" + ROWS + PAGER + "<div>" + HOT + RELATED + "</div>", "4tsi 5tsi", "1s", "2s"),
    "hot block on top with the same item in the list": (HEAD + "<div>" + HOT + "</div><div>" + RELATED + "</div><div class='m'><p><a href='{u1}'>{t1}</a></p><p><a href='{u4}'>{t4}</a></p></div>", "1t 4t", "1s", "2s"),
    "an item twice in the boxes": (HEAD + ROWS + "<h3>Tin nóng</h3><p><a href='{u1}'>{s1}</a></p><p><a href='{u1}'>{s1}</a></p>" + RELATED, "4tsi 5tsi", "1s 1s", "2s"),
    "menus, advertising and counters around": (HEAD + "<ul class='x'><li><a href='/ThanhDoan/webtd/Category/1'>Tin nóng</a></li><li><a href='/ThanhDoan/webtd/Category/2'>Phong trào</a></li><li><a href='/ThanhDoan/webtd/Category/3'>Văn bản</a></li></ul><a href='http://qc.vn'><img src='/qc.gif' alt='Quảng cáo nước giải khát mùa hè'></a>" + ROWS + PAGER + HOT + RELATED + "<h3>Thống kê truy cập</h3><p>Tổng số lượt truy cập: 12.345.678 lượt, đang xem: 35 khách</p>", "4tsi 5tsi", "1s", "2s"),
    "upper case, unclosed": (HEAD + "<TABLE><TR><TD><UL><LI><A HREF='{u4}'>{t4}</A><BR>{s4}<LI><A HREF='{u5}'>{t5}</A><BR>{s5}</UL><P><B>TIN NÓNG</B><P><A HREF='{u1}'>{s1}</A><P><B>CÓ THỂ BẠN QUAN TÂM</B><P><A HREF='{u2}'>{s2}</A></TABLE>", "4ts 5ts", "1s", "2s"),
    "dl": (HEAD + "<dl><dt><a href='{u4}'>{t4}</a></dt><dd>{s4}</dd><dt><a href='{u5}'>{t5}</a></dt><dd>{s5}</dd></dl>" + HOT + RELATED, "4ts 5ts", "1s", "2s"),
    "tabs for the boxes": (HEAD + "<div class='m'>" + ROWS + "</div><div class='s'><ul class='tab'><li>Tin nóng</li><li>Có thể bạn quan tâm</li></ul><div class='pane'><p><a href='{u1}'>{s1}</a></p></div><div class='pane'><p><a href='{u2}'>{s2}</a></p></div></div>", "4tsi 5tsi", "1s", "2s"),
    "unlinked titles with a more link": (HEAD + "".join(f"<div class='n'><b>{{t{n}}}</b><p>{{s{n}}}</p><a href='{{u{n}}}'>Xem chi tiết</a></div>" for n in "45") + HOT + RELATED, "4ts 5ts", "1s", "2s"),
    "the whole item in a link": (HEAD + "".join(f"<a class='n' href='{{u{n}}}'><img src='{{i{n}}}'><h3>{{t{n}}}</h3><span class='d'>20/02/2024</span><p>{{s{n}}}</p></a>" for n in "45") + "<div>" + HOT + RELATED + "</div>", "4tsi 5tsi", "1s", "2s"),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_a_list_page_is_read_in_a_template_never_seen(name: str) -> None:
    check_list(*CASES[name])
