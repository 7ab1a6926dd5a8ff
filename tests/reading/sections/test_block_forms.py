"""Labels, entries and frames of the hot and related blocks, in every form that Vietnamese portals give them."""

from __future__ import annotations

from unicodedata import normalize

import pytest

from tests.reading.pages import check_article

HOT, RELATED = "Tin nóng", "Có thể bạn quan tâm"
LABELS = {
    **{tag: f"<{tag}>{{label}}</{tag}>" for tag in "h1 h2 h3 h4 h5 h6 div span b p font marquee center strong big".split()},
    "legend": "<fieldset><legend>{label}</legend></fieldset>",
    "dt": "<dl><dt>{label}</dt></dl>",
    "one-celled table": "<table width='100%'><tr><th>{label}</th></tr></table>",
    "bar of three cells": "<table><tr><td><img src='/i/left.gif'></td><td class='bar'>{label}</td><td>&nbsp;</td></tr></table>",
    "unclosed": "<TABLE><TR><TD CLASS=bar><FONT COLOR=red><B>{label}</FONT></TABLE>",
    "capitals": "<h3>{LABEL}</h3>",
    "nfd": "<h3>{nfd}</h3>",
    "colon": "<p><b>{LABEL}:</b></p>",
    "angle quotes": "<h3>{LABEL} »</h3>",
    "arrows": "<div>&gt;&gt; {LABEL}</div>",
    "count": "<h3>{label} (5)</h3>",
    "icon font": "<h3><i class='fa fa-fire'></i> {label}</h3>",
    "image before": "<div class='bar'><img src='/images/hot.gif' alt=''> {label}</div>",
    "image with words": "<div class='bar'><img src='/images/hot.gif' alt='{label}'> {label}</div>",
    "spans by word": "<h3>{spans}</h3>",
    "no-break spaces": "<h3>&nbsp;{nbsp}&nbsp;</h3>",
    "linked": "<h3><a href='/ThanhDoan/webtd/Category/446'>{label}</a></h3>",
    "linked, with a title": "<div class='bar'><a href='/ThanhDoan/webtd/Category/446/1' title='{label}'><span>{LABEL}</span></a></div>",
    "linked with a more link": "<div class='bar'><a href='/ThanhDoan/webtd/Category/446'>{label}</a> <a class='more' href='/ThanhDoan/webtd/Category/446'>Xem tất cả</a></div>",
    "with a more link": "<div class='bar'><h3>{label}</h3><a class='more' href='#'>Xem thêm</a></div>",
    "list of one": "<ul class='tabs'><li class='active'>{label}</li></ul>",
    "bars": "<h3>| {label} |</h3>",
    "star": "<h3>★ {label} ★</h3>",
    "split letters": "<h3>{split}</h3>",
}  # fmt: skip
ENTRIES = {
    "li": ("<ul><li><a href='{u1}'>{t1}</a></li><li><a href='{u2}'>{t2}</a></li></ul>", "1t 2t"),
    "li unclosed": ("<UL><LI><A HREF='{u1}'>{t1}</A><LI><A HREF='{u2}'>{t2}</A></UL>", "1t 2t"),
    "li, headed": ("<ul><li><h4><a href='{u1}'>{t1}</a></h4></li><li><h4><a href='{u2}'>{t2}</a></h4></li></ul>", "1t 2t"),
    "summaries": ("<p><a href='{u1}'>{s1}</a></p><p><a href='{u2}'>{s2}</a></p>", "1s 2s"),
    "one summary": ("<p><a href='{u1}'>{s1}</a></p>", "1s"),
    "one bare summary": ("<p>{s1}</p>", "1s-"),
    "bare text": ("<div>{s1}</div>", "1s-"),
    "unlinked summary, more": ("<p>{s1} <a href='{u1}'>Xem tiếp &gt;&gt;</a></p>", "1s"),
    "unlinked summaries, details": ("<div>{s1} <a href='{u1}'>[Chi tiết]</a></div><div>{s2} <a href='{u2}'>[Chi tiết]</a></div>", "1s 2s"),
    "unlinked summary, more in its own p": ("<p>{s1}</p><p align=right><a href='{u1}'>Xem thêm...</a></p>", "1s"),
    "unlinked summaries, more in own divs": ("<div class='t'>{s1}</div><div class='m'><a href='{u1}'>Xem thêm</a></div><div class='t'>{s2}</div><div class='m'><a href='{u2}'>Xem thêm</a></div>", "1s 2s"),
    "links with br": ("<div><a href='{u1}'>{t1}</a><br><a href='{u2}'>{t2}</a><br></div>", "1t 2t"),
    "bullets with br": ("<div>&bull; <a href='{u1}'>{t1}</a><br>&bull; <a href='{u2}'>{t2}</a></div>", "1t 2t"),
    "loose links with br": ("<a href='{u1}'>{t1}</a><br><a href='{u2}'>{t2}</a><br>", "1t 2t"),
    "arrow images": ("<img src='/images/arrow.gif'> <a href='{u1}'>{t1}</a><br/><img src='/images/arrow.gif'> <a href='{u2}'>{t2}</a><br/>", "1t 2t"),
    "cards": ("<div class='row'><div class='card'><a href='{u1}'><img src='{i1}'></a><div class='b'><a href='{u1}'>{t1}</a><p>{s1}</p></div></div><div class='card'><a href='{u2}'><img src='{i2}'></a><div class='b'><a href='{u2}'>{t2}</a><p>{s2}</p></div></div></div>", "1tsi 2tsi"),
    "bold title, summary": ("<p><a href='{u1}'><b>{t1}</b></a><br>{s1}</p><p><a href='{u2}'><b>{t2}</b></a><br>{s2}</p>", "1ts 2ts"),
    "gridview": ("<table class='grid'><tr><td rowspan=2><a href='{u1}'><img src='{i1}'></a></td><td><a href='{u1}'>{t1}</a></td></tr><tr><td>{s1}</td></tr><tr><td rowspan=2><a href='{u2}'><img src='{i2}'></a></td><td><a href='{u2}'>{t2}</a></td></tr><tr><td>{s2}</td></tr></table>", "1tsi 2tsi"),
    "rows": ("<table><tr><td>» <a href='{u1}'>{t1}</a></td></tr><tr><td>» <a href='{u2}'>{t2}</a></td></tr></table>", "1t 2t"),
    "tables": ("<table><tr><td><img src='{i1}'></td><td><a href='{u1}'>{t1}</a></td></tr></table><table><tr><td><img src='{i2}'></td><td><a href='{u2}'>{t2}</a></td></tr></table>", "1ti 2ti"),
    "dl": ("<dl><dt><a href='{u1}'>{t1}</a></dt><dd>{s1}</dd><dt><a href='{u2}'>{t2}</a></dt><dd>{s2}</dd></dl>", "1ts 2ts"),
    "date and counter": ("<ul><li><a href='{u1}'>{t1}</a> <span class='date'>(20/02/2024)</span> <span>Lượt xem: 152</span><p>{s1}</p></li><li><a href='{u2}'>{t2}</a> <span class='date'>(12/11/2024)</span> <span>Lượt xem: 98</span><p>{s2}</p></li></ul>", "1ts 2ts"),
    "date before": ("<ul><li><span>20/02/2024 08:15</span> <a href='{u1}'>{t1}</a></li><li><span>12-11-2024</span> <a href='{u2}'>{t2}</a></li></ul>", "1t 2t"),
    "counters of comments": ("<div class='e'><a href='{u1}'>{t1}</a><p>{s1}</p><p>Bình luận (3)</p></div><div class='e'><a href='{u2}'>{t2}</a><p>{s2}</p><p>Bình luận (0)</p></div>", "1ts 2ts"),
    "share words": ("<div class='e'><a href='{u1}'>{t1}</a><div>Chia sẻ</div></div><div class='e'><a href='{u2}'>{t2}</a><div>Chia sẻ</div></div>", "1t 2t"),
    "date and counter in one": ("<ul><li><a href='{u1}'>{t1}</a><br><i>Ngày đăng: 20/02/2024 | Lượt xem: 152</i></li><li><a href='{u2}'>{t2}</a><br><i>08:15 ngày 12/11/2024 - 98 lượt xem - 2 bình luận</i></li></ul>", "1t 2t"),
    "author": ("<ul><li><a href='{u1}'>{t1}</a><br><i>Tác giả: Minh Hải</i></li></ul>", "1t"),
    "day of the week": ("<div class='e'><a href='{u1}'>{t1}</a><div class='d'>Thứ ba, 20/02/2024, 08:15 (GMT+7)</div></div><div class='e'><a href='{u2}'>{t2}</a><div class='d'>Thứ ba, ngày 12 tháng 11 năm 2024</div></div>", "1t 2t"),
    "twice in a row": ("<p><a href='{u1}'>{s1}</a></p><p><a href='{u1}'>{s1}</a></p>", "1s 1s"),
    "twice in a list": ("<ul><li><a href='{u1}'>{s1}</a></li><li><a href='{u1}'>{s1}</a></li></ul>", "1s 1s"),
    "image only, alt": ("<div><a href='{u1}'><img src='{i1}' alt='{t1}'></a></div><div><a href='{u2}'><img src='{i2}' alt='{t2}'></a></div>", "1ti 2ti"),
    "image only, title": ("<a href='{u1}' title='{t1}'><img src='{i1}'></a><a href='{u2}' title='{t2}'><img src='{i2}'></a>", "1ti 2ti"),
    "absolute and www": ("<p><a href='http://www.thanhdoan.hochiminhcity.gov.vn/ThanhDoan/webtd/News/36942'>{t1}</a></p><p><a href='http://thanhdoan.hochiminhcity.gov.vn/ThanhDoan/webtd/News/36941'>{t2}</a></p>", "1t 2t"),
    "relative": ("<p><a href='36942'>{t1}</a></p><p><a href='../News/36941'>{t2}</a></p>", "1t 2t"),
    "upper case": ("<P><A HREF='/THANHDOAN/WEBTD/NEWS/36942'>{t1}</A><P><A HREF='/thanhdoan/webtd/news/36941'>{t2}</A>", "1t 2t"),
    "with a query": ("<p><a href='{u1}?ref=hot'>{t1}</a></p><p><a href='{u2}#top'>{t2}</a></p>", "1t 2t"),
    "script links beside": ("<div class='nav'><a href='javascript:void(0)'>‹</a><a href='#'>›</a></div><ul><li><a href='{u1}'>{t1}</a> <a href='javascript:void(0)'>Chia sẻ</a></li><li><a href='{u2}'>{t2}</a> <a href='#'>In</a></li></ul>", "1t 2t"),
    "category links beside": ("<ul><li><a href='/ThanhDoan/webtd/Category/557'>Phong trào</a><h4><a href='{u1}'>{t1}</a></h4></li><li><a href='/ThanhDoan/webtd/Category/566'>Học tập</a><h4><a href='{u2}'>{t2}</a></h4></li></ul>", "1t 2t"),
    "whole card in a link": ("<a class='c' href='{u1}'><img src='{i1}' alt=''><h5>{t1}</h5><p>{s1}</p></a><a class='c' href='{u2}'><img src='{i2}' alt=''><h5>{t2}</h5><p>{s2}</p></a>", "1tsi 2tsi"),
    "first with picture": ("<div class='first'><a href='{u1}'><img src='{i1}'></a><h4><a href='{u1}'>{t1}</a></h4><p>{s1}</p></div><ul><li><a href='{u2}'>{t2}</a></li></ul>", "1tsi 2t"),
    "marquee": ("<marquee direction='up'><p><a href='{u1}'>{t1}</a></p><p><a href='{u2}'>{t2}</a></p></marquee>", "1t 2t"),
    "short title": ("<ul><li><a href='{u6}'>{t6}</a></li></ul>", "6t"),
    "summary headed by capitals": ("<div><a href='{u1}'><b>{t1}</b></a></div><div style='text-align:justify'>{s1}</div><hr><div><a href='{u2}'><b>{t2}</b></a></div><div style='text-align:justify'>{s2}</div>", "1ts 2ts"),
    "image row above title row": ("<table><tr><td><a href='{u1}'><img src='{i1}'></a></td></tr><tr><td><a href='{u1}'>{t1}</a></td></tr><tr><td><a href='{u2}'><img src='{i2}'></a></td></tr><tr><td><a href='{u2}'>{t2}</a></td></tr></table>", "1ti 2ti"),
    "pictures in a row over titles": ("<table><tr><td><a href='{u1}'><img src='{i1}'></a></td><td><a href='{u2}'><img src='{i2}'></a></td></tr><tr><td><a href='{u1}'>{t1}</a></td><td><a href='{u2}'>{t2}</a></td></tr></table>", "1ti 2ti"),
    "cut short, in full in the link's title": ("<ul><li><a href='{u1}' title='{t1}'>Khai mạc hội trại...</a></li><li><a href='{u2}' title='{t2}'>Tàu Nippon…</a></li></ul>", "1t 2t"),
    "pictures linked, summaries not": ("<div><a href='{u1}'><img src='{i1}'></a>{s1}</div><div><a href='{u2}'><img src='{i2}'></a>{s2}</div>", "1si 2si"),
    "title, summary and more in flat paragraphs": ("<p><b>{t1}</b></p><p>{s1}</p><p><a href='{u1}'>Xem tiếp</a></p><p><b>{t2}</b></p><p>{s2}</p><p><a href='{u2}'>Xem tiếp</a></p>", "1ts 2ts"),
    "numbered": ("<ol><li><span>1</span><a href='{u1}'>{t1}</a></li><li><span>2</span><a href='{u2}'>{t2}</a></li></ol>", "1t 2t"),
    "lightbox": ("<div class='i'><a href='{i1}'><img src='{i1}'></a><a href='{u1}'>{t1}</a></div><div class='i'><a href='{i2}'><img src='{i2}'></a><a href='{u2}'>{t2}</a></div>", "1ti 2ti"),
    "comments between": ("<!-- tin 1 --><p><!-- a --><a href='{u1}'>{t1}</a></p><!-- tin 2 --><p><a href='{u2}'>{t2}</a></p><!-- het -->", "1t 2t"),
    "literal tags": ("<p><a href='{u1}'>&lt;p align=&quot;justify&quot;&gt;{s1}&lt;/p&gt;</a></p>", "1s"),
    "title escaped with bold": ("<p><a href='{u1}'>{t1}</a></p><p>&lt;p&gt;&lt;strong&gt;{s1}&lt;/strong&gt;&lt;/p&gt;&lt;p&gt;&amp;nbsp;&lt;/p&gt;</p>", "1ts"),
}  # fmt: skip
HEAD = "<html><head><title>{title}</title></head><body><div class='top'><a href='/ThanhDoan/webtd'>Trang chủ</a></div><table width='100%'><tr><td class='main'><h2>{title}</h2><div class='nd'>{body}</div>"
FOOT = "</td></tr></table><div class='bottom'>Trụ sở: số 1 Phạm Ngọc Thạch, Quận 1<br>Agile Việt Nam<br>;</div></body></html>"
FRAMES = {
    "siblings": "{hl}{he}{rl}{re}",
    "boxes": "<div class='box'>{hl}{he}</div><div class='box'>{rl}{re}</div>",
    "title bar and content": "<div class='box'><div class='bar'>{hl}</div><div class='content'>{he}</div></div><div class='box'><div class='bar'>{rl}</div><div class='content'>{re}</div></div>",
    "rows": "<table><tr><td>{hl}</td></tr><tr><td>{he}</td></tr><tr><td>{rl}</td></tr><tr><td>{re}</td></tr></table>",
    "tables": "<table><tr><td>{hl}</td></tr></table><table><tr><td>{he}</td></tr></table><table><tr><td>{rl}</td></tr></table><table><tr><td>{re}</td></tr></table>",
    "two columns": "<table><tr><td width='50%'>{hl}{he}</td><td width='50%'>{rl}{re}</td></tr></table>",
    "column table": "<table><tr><td>{hl}</td><td>{rl}</td></tr><tr><td>{he}</td><td>{re}</td></tr></table>",
    "related first": "<div>{rl}{re}</div><div>{hl}{he}</div>",
    "sidebar": "</td><td class='side'><div class='w'>{hl}{he}</div><div class='w'>{rl}{re}</div>",
    "comments before": "<div class='bl'><h3>BÌNH LUẬN</h3><div id='cm'></div></div><div>{hl}{he}</div><div>{rl}{re}</div>",
    "other boxes between": "<div class='w'><h3>Liên kết website</h3><select><option>Chọn</option></select></div><div class='w'>{hl}{he}</div><div class='w'><h3>Thăm dò ý kiến</h3><form><p>Bạn biết đến trang này qua đâu?</p><input type='radio'> Bạn bè</form></div><div class='w'>{rl}{re}</div><div class='w'><h3>Thống kê truy cập</h3><p>Hôm nay: 1.234 lượt</p><p>Tổng số lượt truy cập: 12.345.678</p></div>",
    "flat, other boxes between": "{hl}{he}<h3>Liên kết website</h3><p><a href='http://www.hochiminhcity.gov.vn/'>Cổng thông tin điện tử thành phố Hồ Chí Minh</a></p>{rl}{re}<h3>Thời tiết</h3><p>TP. Hồ Chí Minh: 27°C - 34°C, trời nhiều mây, có mưa rào vài nơi</p>",
}  # fmt: skip
PLAIN_LABEL, PLAIN_ENTRIES = LABELS["h3"], "<ul><li><a href='{u3}'>{t3}</a></li><li><a href='{u4}'>{t4}</a></li></ul>"


def labelled(style: str, label: str) -> str:
    spans = " ".join(f"<span>{word}</span>" for word in label.split())
    return (
        style.replace("{label}", label)
        .replace("{LABEL}", label.upper())
        .replace("{nfd}", normalize("NFD", label.upper()))
        .replace("{spans}", spans)
        .replace("{split}", f"<span>{label[:5]}</span><span>{label[5:]}</span>")
        .replace("{nbsp}", label.replace(" ", "&nbsp;"))
    )


def framed(frame: str, label: str, entries: str) -> str:
    blocks = FRAMES[frame].replace("{hl}", labelled(LABELS[label], HOT)).replace("{he}", entries)
    return HEAD + blocks.replace("{rl}", labelled(LABELS[label], RELATED)).replace("{re}", PLAIN_ENTRIES) + FOOT


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize("label", LABELS)
def test_a_label_is_found_in_any_form_and_frame(label: str, frame: str) -> None:
    check_article(framed(frame, label, ENTRIES["li"][0]), "1t 2t", "3t 4t")


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize("form", ENTRIES)
def test_entries_are_read_in_any_form_and_frame(form: str, frame: str) -> None:
    markup, hot = ENTRIES[form]
    check_article(framed(frame, "h3", markup), hot, "3t 4t")
