"""Article pages of the site in outer templates that nobody has seen: title, body, byline and both blocks are read."""

from __future__ import annotations

import pytest

from tests.reading.pages import HOT, RELATED, WRAPPINGS, check_article

COMMENT = "Bài viết rất hay, cảm ơn các bạn đoàn viên Quận 6 đã làm cho dòng kênh quê tôi sạch đẹp hơn xưa rất nhiều."
CASES: dict[str, tuple[str, str, str]] = {
    "unclosed tags in capitals, no end of body": (
        """<HTML><HEAD><TITLE>{title}</TITLE></HEAD><BODY BGCOLOR=white>
        <TABLE WIDTH=780><TR><TD COLSPAN=2><IMG SRC="/images/banner.jpg"><TR><TD WIDTH=160 VALIGN=top>
        <UL><LI><A HREF="/ThanhDoan/webtd">Trang chủ</A><LI><A HREF="/ThanhDoan/webtd/Category/446">Tin nóng</A><LI><A HREF="/ThanhDoan/webtd/Category/557">Phong trào</A></UL>
        <TD VALIGN=top><P CLASS=tieude>{title}<P>{body}
        <P><B>TIN NÓNG</B><UL><LI><A HREF="{u1}">{s1}</A><LI><A HREF="{u2}">{s2}</A></UL>
        <P><B>CÓ THỂ BẠN QUAN TÂM</B><UL><LI><A HREF="{u3}">{s3}</A></UL>
        <TR><TD COLSPAN=2><CENTER><FONT SIZE=1>Bản quyền thuộc về Thành Đoàn""",
        "1s 2s", "3s",
    ),
    "centre and font, a page of 2003": (
        """<html><head><title>Thành Đoàn TPHCM</title></head><body><center><font face="Arial" size="5" color="red">{title}</font></center>
        <font face="Arial" size="2">{body}</font><hr>
        <center><font color="red"><b>Tin nóng</b></font></center><font size="2"><a href="{u1}">{t1}</a><br><a href="{u2}">{t2}</a></font><hr>
        <center><font color="red"><b>Có thể bạn quan tâm</b></font></center><font size="2"><a href="{u3}">{t3}</a><br></font><hr>
        <center>[ <a href="/ThanhDoan/webtd">Trang chủ</a> | <a href="/ThanhDoan/webtd/Category/446">Tin tức</a> ]</center></body></html>""",
        "1t 2t", "3t",
    ),
    "xhtml with xml declaration, base and iframes": (
        """<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "x.dtd">
        <html xmlns="http://www.w3.org/1999/xhtml" xml:lang="vi"><head><base href="http://thanhdoan.hochiminhcity.gov.vn/ThanhDoan/webtd/" /><title>{title} | Thành Đoàn TPHCM</title></head>
        <body><iframe src="http://ads.vn/top">Trình duyệt không hỗ trợ khung</iframe><div id="content"><h1>{title}</h1><div>{body}</div></div>
        <div id="sidebar"><div class="box"><div class="title"><span>Tin nóng</span></div><ul><li><a href="News/36942">{t1}</a></li></ul></div>
        <iframe src="http://ads.vn/side"></iframe>
        <div class="box"><div class="title"><span>Có thể bạn quan tâm</span></div><ul><li><a href="./News/30555">{t3}</a></li></ul></div></div></body></html>""",
        "1t", "3t",
    ),
    "a byte order mark and comments everywhere": (
        "\ufeff<!DOCTYPE html><!-- saved --><html><head><!-- t --><title></title><title>{title}</title></head><body><!-- <h3>Tin nóng</h3><a href='{u5}'>{t5}</a> --><h1><!-- tieu de -->{title}</h1>{body}<!-- hot -->" + HOT + "<!-- related -->" + RELATED + "<!-- end --></body></html>",
        "1s", "3s",
    ),
    "sidebar before the main cell": (
        """<html><head><title>{title}</title></head><body><table><tr><td class="left">
        <div class="b"><h4>Tin nóng</h4><a href="{u1}">{t1}</a><br><a href="{u2}">{t2}</a></div>
        <div class="b"><h4>Liên kết website</h4><select><option>Trung ương Đoàn</option></select></div>
        <div class="b"><h4>Thống kê</h4>Đang xem: 15<br>Tổng số lượt truy cập: 12.345.678</div></td>
        <td class="main"><div class="title">{title}</div>{body}<div class="other"><b>Có thể bạn quan tâm:</b><ul><li><a href="{u3}">{t3}</a></li><li><a href="{u4}">{t4}</a></li></ul></div></td></tr></table></body></html>""",
        "1t 2t", "3t 4t",
    ),
    "menu and footer with the name of the block": (
        """<html><head><title>{title}</title></head><body><div class="m"><a href="/ThanhDoan/webtd">Trang chủ</a> | <a href="/ThanhDoan/webtd/Category/1">Giới thiệu</a> | <a href="/ThanhDoan/webtd/Category/2">Tin nóng</a> | <a href="/ThanhDoan/webtd/Category/3">Văn bản</a></div>
        <h1>{title}</h1>{body}""" + HOT + RELATED + """<div class="f"><ul><li><a href="/ThanhDoan/webtd">Trang chủ</a></li><li><a href="/ThanhDoan/webtd/Category/2">Tin nóng</a></li><li><a href="/ThanhDoan/webtd/Category/9">Liên hệ</a></li></ul><p>Số 1 Phạm Ngọc Thạch, phường Bến Nghé, Quận 1, Thành phố Hồ Chí Minh</p></div></body></html>""",
        "1s", "3s",
    ),
    "tabs above panels": (
        """<html><head><title>{title}</title></head><body><div class="main"><h1>{title}</h1>{body}</div>
        <div class="tabbox"><ul class="tabs"><li><a href="#t1">Tin nóng</a></li><li><a href="#t2">Có thể bạn quan tâm</a></li><li><a href="#t3">Mới nhất</a></li></ul>
        <div class="panels"><div id="t1"><ul><li><a href="{u1}">{t1}</a></li><li><a href="{u2}">{t2}</a></li></ul></div><div id="t2"><ul><li><a href="{u3}">{t3}</a></li></ul></div><div id="t3"><ul><li><a href="{u5}">{t5}</a></li></ul></div></div></div></body></html>""",
        "1t 2t", "3t",
    ),
    "tabs that are spans, panels beside them": (
        """<html><head><title>{title}</title></head><body><h1>{title}</h1>{body}
        <div class="w"><div class="hd"><span class="on">TIN NÓNG</span> | <span>CÓ THỂ BẠN QUAN TÂM</span></div>
        <div class="p"><p><a href="{u1}">{s1}</a></p></div><div class="p" style="display:none"><p><a href="{u3}">{s3}</a></p></div></div></body></html>""",
        "1s", "3s",
    ),
    "comments with long texts": (
        """<html><head><title>{title}</title></head><body><h1>{title}</h1>{body}<h3>BÌNH LUẬN (2)</h3>
        <div class="c"><b>Nguyễn Văn Bình</b> <span>26/07/2018 10:15</span><p>{comment}</p></div><div class="c"><b>Trần Thị Hoa</b><p>{comment}</p></div>
        <form><input name="ten"><textarea rows="5">Nội dung bình luận của bạn</textarea><button>Gửi</button><p>Vui lòng nhập tiếng Việt có dấu, không quá 1.000 ký tự.</p></form>""".replace("{comment}", COMMENT) + HOT + RELATED + "</body></html>",
        "1s", "3s",
    ),
    "comments behind the blocks": (
        "<html><head><title>{title}</title></head><body><div><h1>{title}</h1>{body}" + HOT + RELATED + f"<h3>Bình luận</h3><p>{COMMENT}</p><p>{COMMENT[::-1]}</p></div></body></html>",
        "1s", "3s",
    ),
    "the comment form in a table, the blocks in the next": (
        """<html><head><title>{title}</title></head><body><table><tr><td><span class="tieude">{title}</span></td></tr><tr><td>{body}</td></tr></table>
        <table><tr><td><b>BÌNH LUẬN</b></td></tr><tr><td>Họ tên: <input></td></tr><tr><td>Nội dung: <textarea></textarea></td></tr><tr><td><input type="submit" value="Gửi"></td></tr></table>
        <table><tr><td><b>TIN NÓNG</b></td></tr><tr><td>{s1}</td></tr></table><table><tr><td><b>CÓ THỂ BẠN QUAN TÂM</b></td></tr><tr><td>{s3}</td></tr></table>
        <table><tr><td>Agile Việt Nam</td></tr></table>;</body></html>""",
        "1s-", "3s-",
    ),
    "advertising, weather, search and poll between": (
        """<html><head><title>{title}</title></head><body><div id="l"><form><input value="Tìm kiếm"><input type="submit"></form>
        <div class="qc"><a href="http://quangcao.vn/x"><img src="/qc/1.gif" width="200" height="300" alt="Quảng cáo sữa tươi tiệt trùng"></a></div></div>
        <div id="c"><h2>{title}</h2>{body}</div><div id="r"><div class="m"><div class="h">Tin nóng</div><div class="n"><a href="{u1}"><img src="{i1}" width="100"></a><a href="{u1}">{t1}</a></div></div>
        <div class="m"><div class="h">Quảng cáo</div><div class="n"><a href="http://quangcao.vn/y"><img src="/qc/2.gif" width="200" alt="Hội chợ hàng tiêu dùng chất lượng cao"></a></div></div>
        <div class="m"><div class="h">Thời tiết</div><div class="n">TP. Hồ Chí Minh: nhiều mây, có lúc có mưa rào và dông, 26 - 33 độ</div></div>
        <div class="m"><div class="h">Có thể bạn quan tâm</div><div class="n"><a href="{u3}"><img src="{i3}" width="100"></a><a href="{u3}">{t3}</a></div></div>
        <div class="m"><div class="h">Thăm dò ý kiến</div><div class="n"><form>Bạn thường đọc chuyên mục nào nhất trên trang này?<br><input type="radio">Tin tức</form></div></div></div></body></html>""",
        "1ti", "3ti",
    ),
    "flat advertising behind each block": (
        """<html><head><title>{title}</title></head><body><h1>{title}</h1>{body}<p><b>TIN NÓNG</b></p><p><a href="{u1}">{s1}</a></p>
        <p><a href="http://quangcao.vn/x"><img src="/qc/1.gif" width="468" height="60"></a></p>
        <p><b>CÓ THỂ BẠN QUAN TÂM</b></p><p><a href="{u3}">{s3}</a></p><p><a href="http://quangcao.vn/y"><img src="/qc/2.gif" width="468" height="60" alt="Ngân hàng đầu tư và phát triển"></a></p><p>Agile Việt Nam</p>;</body></html>""",
        "1s", "3s",
    ),
    "definition lists": (
        """<html><head><title>{title}</title></head><body><div class="title">{title}</div>{body}<dl><dt>Tin nóng</dt><dd><a href="{u1}">{t1}</a></dd><dd><a href="{u2}">{t2}</a></dd></dl>
        <dl><dt>Có thể bạn quan tâm</dt><dd><a href="{u3}">{t3}</a></dd></dl></body></html>""",
        "1t 2t", "3t",
    ),
    "one definition list of both blocks": (
        """<html><head><title>{title}</title></head><body><h4>{title}</h4>{body}<dl><dt>Tin nóng</dt><dd><a href="{u1}">{t1}</a></dd><dd><a href="{u2}">{t2}</a></dd>
        <dt>Có thể bạn quan tâm</dt><dd><a href="{u3}">{t3}</a></dd></dl></body></html>""",
        "1t 2t", "3t",
    ),
    "label and entries in one element": (
        """<html><head><title>{title}</title></head><body><h1>{title}</h1>{body}<p><b>TIN NÓNG:</b> <a href="{u1}">{s1}</a></p><p><b>CÓ THỂ BẠN QUAN TÂM:</b> <a href="{u3}">{s3}</a></p></body></html>""",
        "1s", "3s",
    ),
    "label and entries in one cell, parted by br": (
        """<html><head><title>{title}</title></head><body><table><tr><td><b>{title}</b><br><br>{body}</td></tr><tr><td><b>TIN NÓNG</b><br><a href="{u1}">{t1}</a><br><a href="{u2}">{t2}</a></td></tr><tr><td><b>CÓ THỂ BẠN QUAN TÂM</b><br><a href="{u3}">{t3}</a></td></tr></table></body></html>""",
        "1t 2t", "3t",
    ),
    "labels and entries all in one cell": (
        """<html><head><title>{title}</title></head><body><table><tr><td><b>{title}</b><br><br>{body}<br><b>TIN NÓNG</b><br>- <a href="{u1}">{t1}</a><br>- <a href="{u2}">{t2}</a><br><br><b>CÓ THỂ BẠN QUAN TÂM</b><br>- <a href="{u3}">{t3}</a><br></td></tr></table></body></html>""",
        "1t 2t", "3t",
    ),
    "label linked to its section, entries in cousins": (
        """<html><head><title>{title}</title></head><body><div id="c"><h1 class="t">{title}</h1>{body}</div><div id="r"><div class="w"><div class="w-h"><h2><a href="/ThanhDoan/webtd/Category/446">Tin nóng</a></h2></div><div class="w-b"><div class="i"><h3><a href="{u1}">{t1}</a></h3><p>{s1}</p></div><div class="i"><h3><a href="{u2}">{t2}</a></h3><p>{s2}</p></div></div></div>
        <div class="w"><div class="w-h"><h2><a href="/ThanhDoan/webtd/Category/557">Có thể bạn quan tâm</a></h2></div><div class="w-b"><div class="i"><h3><a href="{u3}">{t3}</a></h3><p>{s3}</p></div></div></div></div></body></html>""",
        "1ts 2ts", "3ts",
    ),
    "item links around the whole summary, more links to the section": (
        """<html><head><title>{title}</title></head><body><h1>{title}</h1>{body}<div class="w"><h3>Tin nóng</h3><div><a href="{u1}">{s1}</a></div><div class="more"><a href="/ThanhDoan/webtd/Category/446">Xem thêm &raquo;</a></div></div><div class="w"><h3>Có thể bạn quan tâm</h3><div><a href="{u3}">{s3}</a></div><div class="more"><a href="/ThanhDoan/webtd/Category/557">Xem thêm &raquo;</a></div></div></body></html>""",
        "1s", "3s",
    ),
    "aspnet with repeaters of spans": (
        """<html><head><title>
        Thành Đoàn TPHCM - {title}
        </title></head><body><form action="/ThanhDoan/webtd/News/31171" id="form1"><input type="hidden" name="__VIEWSTATE" value="/wEPDwUKLTYzNjk0NTk2OA9kFgICAw9k">
        <div id="ctl00_banner"><h1>Thành Đoàn Thành phố Hồ Chí Minh</h1></div><span id="ctl00_lblTitle" class="tieude">{title}</span><br><span id="ctl00_lblNoiDung">{body}</span><br>
        <span class="lbl">Tin nóng</span><br><span id="rpt_0"><a href="{u1}">{t1}</a></span><br><span id="rpt_1"><a href="{u2}">{t2}</a></span><br>
        <span class="lbl">Có thể bạn quan tâm</span><br><span id="rp2_0"><a href="{u3}">{t3}</a></span><br></form></body></html>""",
        "1t 2t", "3t",
    ),
    "bootstrap, list groups and media": (
        """<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>{title} - Trang thông tin điện tử Thành Đoàn</title></head><body><header><h1 class="site">Thành Đoàn TP.HCM</h1></header>
        <main><article><h2 class="entry-title">{title}</h2><div class="meta">26/07/2018 - Lượt xem: 1.523</div><div class="entry">{body}</div></article></main>
        <aside><div class="panel panel-default"><div class="panel-heading"><h3 class="panel-title"><i class="fa fa-bolt"></i> Tin nóng</h3></div><div class="panel-body"><div class="media"><a class="pull-left" href="{u1}"><img src="{i1}"></a><div class="media-body"><h4><a href="{u1}">{t1}</a></h4><small>20/02/2024</small></div></div></div></div>
        <div class="panel panel-default"><div class="panel-heading">Có thể bạn quan tâm</div><div class="list-group"><a class="list-group-item" href="{u3}">{t3}</a><a class="list-group-item" href="{u4}">{t4}</a></div></div></aside>
        <footer><h4>Tin nóng</h4><a href="/ThanhDoan/webtd/Category/446">Xem tất cả các tin nóng của Thành Đoàn</a></footer></body></html>""",
        "1ti", "3t 4t",
    ),
    "footer in plain divs with columns of links": (
        "<html><head><title>{title}</title></head><body><h1>{title}</h1>{body}<div>" + HOT + "</div><div>" + RELATED + """</div><div class="bot"><div class="col"><h4>Chuyên mục</h4><ul><li><a href="/ThanhDoan/webtd/Category/446">Tin nóng</a></li><li><a href="/ThanhDoan/webtd/Category/557">Phong trào</a></li><li><a href="/ThanhDoan/webtd/Category/566">Học tập</a></li></ul></div><div class="col"><h4>Đơn vị trực thuộc</h4><ul><li><a href="http://nvhtn.vn">Nhà Văn hóa Thanh niên Thành phố Hồ Chí Minh</a></li></ul></div></div></body></html>""",
        "1s", "3s",
    ),
    "flat footer columns with headings behind the blocks": (
        "<html><head><title>{title}</title></head><body><h1>{title}</h1>{body}" + HOT + RELATED + """<h3>Đơn vị trực thuộc</h3><ul><li><a href="http://nvhtn.vn">Nhà Văn hóa Thanh niên Thành phố Hồ Chí Minh</a></li><li><a href="http://ktx.vn">Trung tâm Công tác xã hội thanh niên</a></li></ul></body></html>""",
        "1s", "3s",
    ),
    "a hidden copy of the body for printing": (
        "<html><head><title>{title}</title></head><body><h1>{title}</h1><div class='show'>{body}</div>" + HOT + RELATED + "<div id='print' style='display:none'>{body}</div></body></html>",
        "1s", "3s",
    ),
    "a hidden copy before the shown body": (
        "<html><head><title>{title}</title></head><body><div id='print' style='display:none'>{body}</div><h1>{title}</h1><div class='show'>{body}</div>" + HOT + RELATED + "</body></html>",
        "1s", "3s",
    ),
    "escaped tags in the summaries of both blocks": (
        """<html><head><title>{title}</title></head><body><h1>{title}</h1>{body}<h3>Tin nóng</h3><p><a href="{u1}">&lt;p style="text-align:justify"&gt;{s1}&lt;/p&gt;</a></p>
        <h3>Có thể bạn quan tâm</h3><p><a href="{u3}">&lt;div&gt;&lt;span style="font-size:12px"&gt;{s3}&lt;/span&gt;&lt;/div&gt;&lt;br /&gt;</a></p></body></html>""",
        "1s", "3s",
    ),
    "summaries escaped as documents": (
        """<html><head><title>{title}</title></head><body><h1>{title}</h1>{body}<h3>Tin nóng</h3><p><a href="{u1}">&lt;html&gt;&lt;head&gt;&lt;/head&gt;&lt;body&gt;&lt;p&gt;{s1}&lt;/p&gt;&lt;/body&gt;&lt;/html&gt;</a></p>
        <h3>Có thể bạn quan tâm</h3><p><a href="{u3}">{s3}</a></p></body></html>""",
        "1s", "3s",
    ),
    "old tone places, other labels of the same blocks": (
        """<html><head><title>{title}</title></head><body><h1>{title}</h1>{body}<p>Từ khoá: <a href="/ThanhDoan/webtd/Tag/kenh">kênh</a>, <a href="/ThanhDoan/webtd/Tag/moi">môi trường</a></p>
        <h3>Đọc nhiều nhất</h3><ul><li><a href="{u1}">{t1}</a></li></ul><h3>Tin cùng chuyên mục</h3><ul><li><a href="{u3}">{t3}</a></li></ul><h3>Từ khóa</h3><ul><li><a href="/ThanhDoan/webtd/Tag/x">tình nguyện mùa hè xanh năm 2018</a></li></ul></body></html>""",
        "1t", "3t",
    ),
    "the date line and the share buttons around the body": (
        """<html><head><title>{title}</title></head><body><h1>{title}</h1><p class="date">Thứ năm, 26/07/2018 | 14:05 GMT+7</p><div class="share"><a href="https://facebook.com/sharer?u=x">Chia sẻ</a> <a href="javascript:print()">In bài viết</a> <a href="mailto:a@b.vn">Gửi email</a></div>
        {body}<div class="share"><a href="https://facebook.com/sharer?u=x">Chia sẻ</a> <a href="javascript:history.back()">Quay lại</a> <a href="#top">Về đầu trang</a></div>""" + HOT + RELATED + "</body></html>",
        "1s", "3s",
    ),
    "newest news between the two": (
        """<html><head><title>{title}</title></head><body><h1>{title}</h1>{body}<div><h3>Tin nóng</h3><ul><li><a href="{u1}">{t1}</a></li></ul><h3>Tin mới nhất</h3><ul><li><a href="{u5}">{t5}</a></li></ul><h3>Có thể bạn quan tâm</h3><ul><li><a href="{u3}">{t3}</a></li></ul><h3>Tin mới</h3><ul><li><a href="{u6}">{t6}</a></li></ul></div></body></html>""",
        "1t", "3t",
    ),
    "an unlabelled list of news behind the blocks": (
        """<html><head><title>{title}</title></head><body><div id="m"><h1>{title}</h1>{body}""" + HOT + RELATED + """</div><div id="s"><h3>Gương sáng thanh niên</h3><ul><li><a href="{u5}">{t5}</a></li><li><a href="{u6}">{t6}</a></li></ul></div></body></html>""",
        "1s", "3s",
    ),
    "a flat list under an unknown heading behind the blocks": (
        """<html><head><title>{title}</title></head><body><h1>{title}</h1>{body}<h3>Tin nóng</h3><ul><li><a href="{u1}">{t1}</a></li></ul><h3>Có thể bạn quan tâm</h3><ul><li><a href="{u3}">{t3}</a></li></ul><h3>Gương sáng thanh niên</h3><ul><li><a href="{u5}">{t5}</a></li></ul></body></html>""",
        "1t", "3t",
    ),
    "flat paragraphs under an unknown heading behind the blocks": (
        """<html><head><title>{title}</title></head><body><h1>{title}</h1>{body}<h3>Tin nóng</h3><p><a href="{u1}">{t1}</a></p><h3>Có thể bạn quan tâm</h3><p><a href="{u3}">{t3}</a></p><h3>Gương sáng thanh niên</h3><p><a href="{u5}">{t5}</a></p></body></html>""",
        "1t", "3t",
    ),
    "bare texts and a flat footer of many lines": (
        """<html><head><title>{title}</title></head><body><h1>{title}</h1>{body}<b>BÌNH LUẬN</b><br><b>TIN NÓNG</b><br>{s1}<br><b>CÓ THỂ BẠN QUAN TÂM</b><br>{s3}<br>Trụ sở: số 1 Phạm Ngọc Thạch, phường Bến Nghé, Quận 1<br>Điện thoại: 38.227.110<br>Email: toasoan@thanhdoan.vn<br>Agile Việt Nam<br>;</body></html>""",
        "1s-", "3s-",
    ),
    "fieldsets": (
        """<html><head><title>{title}</title></head><body><div class="tin"><b class="title">{title}</b>{body}</div><fieldset><legend>Tin nóng</legend><table><tr><td><a href="{u1}">{t1}</a></td></tr><tr><td><a href="{u2}">{t2}</a></td></tr></table></fieldset><fieldset><legend>Có thể bạn quan tâm</legend><table><tr><td><a href="{u3}">{t3}</a></td></tr></table></fieldset></body></html>""",
        "1t 2t", "3t",
    ),
    "headings of the title bars as images with alt": (
        """<html><head><title>{title}</title></head><body><h1>{title}</h1>{body}<div class="w"><div><img src="/images/bar_tinnong.gif" alt="Tin nóng"></div><p><a href="{u1}">{s1}</a></p></div><div class="w"><div><img src="/images/bar_quantam.gif" alt="Có thể bạn quan tâm"></div><p><a href="{u3}">{s3}</a></p></div></body></html>""",
        "1s", "3s",
    ),
    "carousel with buttons": (
        """<html><head><title>{title}</title></head><body><h1>{title}</h1>{body}<section><h2>Tin nóng</h2><div class="owl"><div class="item"><a href="{u1}" title="{t1}"><img data-src="{i1}" src="data:image/gif;base64,R0lG" alt="{t1}"></a><h5><a href="{u1}" title="{t1}">{t1}</a></h5></div><div class="item"><a href="{u2}" title="{t2}"><img data-src="{i2}" src="data:image/gif;base64,R0lG" alt="{t2}"></a><h5><a href="{u2}" title="{t2}">{t2}</a></h5></div></div><a href="#" class="prev">Trước</a><a href="#" class="next">Sau</a></section><section><h2>Có thể bạn quan tâm</h2><div class="owl"><div class="item"><a href="{u3}"><img src="{i3}" alt=""></a><h5><a href="{u3}">{t3}</a></h5></div></div></section></body></html>""",
        "1ti 2ti", "3ti",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_an_article_page_is_read_in_a_template_never_seen(name: str) -> None:
    check_article(*CASES[name])


@pytest.mark.parametrize("wrapping", WRAPPINGS)
@pytest.mark.parametrize("name", CASES)
def test_whatever_the_wrapping(name: str, wrapping: str) -> None:
    check_article(*CASES[name], wrapping=wrapping)
