"""What editors of twenty years made of a body: paragraphs, headline, byline and captions are told apart in each form."""

from __future__ import annotations

from html import escape
from typing import NamedTuple

import pytest

from newscrawler import read
from tests.reading.pages import TITLE, URL

HEADS = {
    "E": '<html><head><meta http-equiv="Content-Type" content="text/html; charset=windows-1252"</head><body> {body}</body></html>',
    "D": "<html> <head> <meta http-equiv='Content-Type' content='text/html; charset=utf-8'> <title> </title> </head> {body}</html>",
    "C": '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "x"><html xmlns="y"><head><style>.style7 {color:blue}</style><title>Quận 11</title></head><body>{body}</body></html>',
}
A = "Sáng 26/7, hơn 200 đoàn viên của Quận 6 đã ra quân dọn kênh Hàng Bàng cùng bà con khu phố."
B = "Đồng chí Lê Văn An - Bí thư Quận Đoàn cho biết đây là hoạt động thường niên của tuổi trẻ quận nhà."
C = "Dịp này, Ban tổ chức đã trao tặng 20 thùng rác cho các hộ dân sống ven kênh."
CAPTION = "Các bạn đoàn viên dọn rác trên kênh"
SRC = "http://www.thanhdoan.hochiminhcity.gov.vn/ThanhDoan/webtd/Content/news/2018/7/31171/1.jpg"
IMG = f"<img alt='' src='{SRC}' />"


class Form(NamedTuple):
    body: str
    paragraphs: list[str]
    byline: str | None = None
    images: tuple[str, ...] = ()


ABC = [A, B, C]
P = f"<p>{A}</p><p>{B}</p><p>{C}</p>"
FORMS = {
    "paragraphs": Form(P, ABC),
    "divs": Form(f"<div>{A}</div><div>{B}</div><div>{C}</div>", ABC),
    "div and br": Form(f"<div>{A}<br />{B}<br />{C}</div>", ABC),
    "text with double breaks": Form(f"{A}<br><br>{B}<br><br>{C}", ABC),
    "text with breaks and blanks": Form(f"{A}<br />&nbsp;<br />{B}<br />&nbsp;<br />{C}", ABC),
    "one cell around everything": Form(f"<table width='100%'><tbody><tr><td>{P}</td></tr></tbody></table>", ABC),
    "one cell around everything, unclosed": Form(f"<TABLE><TR><TD><P>{A}<P>{B}<P>{C}</TABLE>", ABC),
    "a row for each paragraph": Form(f"<table><tr><td>{A}</td></tr><tr><td>{B}</td></tr><tr><td>{C}</td></tr></table>", ABC),
    "blank paragraphs": Form(f"<p>&nbsp;</p><p>{A}</p><p>&nbsp;</p><p><br /></p><p>{B}</p><p> </p><p>{C}</p><p>&nbsp;</p>", ABC),
    "spans and fonts": Form("".join(f"<p class='MsoNormal'><span style='font-size:14px'><font face='Arial'>{x}</font></span></p>" for x in ABC), ABC),
    "hard-wrapped lines": Form(P.replace(" ", "\r\n   "), ABC),
    "blockquote": Form(f"<p>{A}</p><blockquote><p>{B}</p></blockquote><p>{C}</p>", ABC),
    "list": Form(f"<p>{A}</p><ul><li>Quét dọn đường phố</li><li>Vớt rác trên kênh</li></ul><p>{C}</p>", [A, "Quét dọn đường phố", "Vớt rác trên kênh", C]),
    "a poem with single breaks": Form(f"<p>{A}</p><p>Con kênh xanh xanh<br />Những chiều êm ả nước trôi<br />Tuổi trẻ quận tôi</p><p>{C}</p>", [A, "Con kênh xanh xanh\nNhững chiều êm ả nước trôi\nTuổi trẻ quận tôi", C]),
    "word leftovers as text": Form(f"<p>Normal 0 false false false EN-US X-NONE X-NONE MicrosoftInternetExplorer4</p>{P}", ABC),
    "conditional comments": Form(f"<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]-->{P}", ABC),
    "office tags": Form(f"<p class='MsoNormal'><st1:place w:st='on'>{A[:20]}</st1:place>{A[20:]}<o:p></o:p></p><p>{B}<o:p>&nbsp;</o:p></p><p>{C}</p>", ABC),
    "nested meta and title": Form(f"<div><meta content='text/html; charset=utf-8' http-equiv='content-type'></meta><title></title>{P}</div>", ABC),
    "headline": Form(f"<p align='center'><b>{TITLE}</b></p>{P}", ABC),
    "headline in capitals": Form(f"<div style='text-align:center'><strong>{TITLE.upper()}</strong></div>{P}", ABC),
    "headline, plain": Form(f"<p>{TITLE}</p>{P}", ABC),
    "headline over two lines": Form(f"<p align='center'><font color='blue'><b>{TITLE[:31]}</b></font></p><p align='center'><font color='blue'><b>{TITLE[31:]}</b></font></p>{P}", ABC),
    "headline broken by br": Form(f"<div align='center'><b>{TITLE[:31]}<br />{TITLE[31:]}</b></div>{P}", ABC),
    "headline, cut in mid word": Form(f"<p align='center'><b><span>{TITLE[:12]}</span><span>{TITLE[12:]}</span></b></p>{P}", ABC),
    "headline as h1": Form(f"<h1>{TITLE}</h1>{P}", ABC),
    "headline before a break": Form(f"<div><b>{TITLE}</b><br /><br />{A}<br /><br />{B}<br /><br />{C}</div>", ABC),
    "byline": Form(f"{P}<p style='text-align:right'><strong>THANH DUY</strong></p>", ABC, "THANH DUY"),
    "byline of initials": Form(f"{P}<p align='right'><b>T. THẢO</b></p>", ABC, "T. THẢO"),
    "byline, five breaks behind": Form(f"<div>{A}<br />{B}<br />{C}</div><div style='text-align:right'><b>NGỌC VÂN</b><br /><br /><br /><br /><br /></div>", ABC, "NGỌC VÂN"),
    "byline behind a break in the last paragraph": Form(f"<p>{A}</p><p>{B}</p><p>{C}<br /><strong>THANH DUY</strong></p>", ABC, "THANH DUY"),
    "byline behind a break, not bold": Form(f"<p>{A}</p><p>{B}</p><p>{C}<br />THANH DUY</p>", ABC, "THANH DUY"),
    "byline, plain capitals": Form(f"{P}<p>NGỌC VÂN</p>", ABC, "NGỌC VÂN"),
    "byline, name and unit": Form(f"{P}<p align='right'>Nguyệt – Đoàn phường 12</p>", ABC, "Nguyệt – Đoàn phường 12"),
    "byline, name and unit, plain": Form(f"{P}<p>Nguyệt – Đoàn phường 12</p>", ABC, "Nguyệt – Đoàn phường 12"),
    "byline, name and hyphen and unit, plain": Form(f"{P}<p>Minh Hải - Quận Đoàn 6</p>", ABC, "Minh Hải - Quận Đoàn 6"),
    "byline, unit only": Form(f"{P}<p style='text-align:right'><em>Quận Đoàn 6</em></p>", ABC, "Quận Đoàn 6"),
    "byline, source": Form(f"{P}<p style='text-align:right'>(Nguồn: Báo Tuổi Trẻ)</p>", ABC, "(Nguồn: Báo Tuổi Trẻ)"),
    "byline, source plain": Form(f"{P}<p>(Nguồn: Thanhuytphcm.vn)</p>", ABC, "(Nguồn: Thanhuytphcm.vn)"),
    "byline, news and pictures": Form(f"{P}<p>Tin, ảnh: Minh Hải</p>", ABC, "Tin, ảnh: Minh Hải"),
    "byline, news and pictures by hyphen": Form(f"{P}<p><b>Tin - ảnh: THANH DUY</b></p>", ABC, "Tin - ảnh: THANH DUY"),
    "byline, after TTO": Form(f"{P}<p align='right'><b>Theo TTO</b></p>", ABC, "Theo TTO"),
    "byline before a last picture": Form(f"{P}<p align='right'><b>THANH DUY</b></p><p align='center'>{IMG}</p>", ABC, "THANH DUY", ("",)),
    "byline, small letters in bold": Form(f"{P}<p><strong>Thanh Duy</strong></p>", ABC, "Thanh Duy"),
    "no byline: a short last sentence": Form(f"<p>{A}</p><p>{B}</p><p>Chương trình khép lại trong niềm vui.</p>", [A, B, "Chương trình khép lại trong niềm vui."]),
    "no byline: a bold slogan": Form(f"{P}<p>Tuổi trẻ Quận 6 quyết tâm giữ kênh sạch!</p>", [*ABC, "Tuổi trẻ Quận 6 quyết tâm giữ kênh sạch!"]),
    "caption, centred and italic": Form(f"<p>{A}</p><p style='text-align:center'>{IMG}</p><p style='text-align:center'><em>{CAPTION}</em></p><p>{B}</p><p>{C}</p>", ABC, None, (CAPTION,)),
    "caption in the table's second row": Form(f"<p>{A}</p><table align='center'><tr><td>{IMG}</td></tr><tr><td>{CAPTION}</td></tr></table><p>{B}</p><p>{C}</p>", ABC, None, (CAPTION,)),
    "caption in a figure": Form(f"<p>{A}</p><figure>{IMG}<figcaption>{CAPTION}</figcaption></figure><p>{B}</p><p>{C}</p>", ABC, None, (CAPTION,)),
    "caption in small letters in one p": Form(f"<p>{A}</p><p align='center'>{IMG}<br /><small><i>{CAPTION}</i></small></p><p>{B}</p><p>{C}</p>", ABC, None, (CAPTION,)),
    "caption in one p, not italic": Form(f"<p>{A}</p><p align='center'>{IMG}<br />{CAPTION}</p><p>{B}</p><p>{C}</p>", ABC, None, (CAPTION,)),
    "caption in small letters, not centred": Form(f"<p>{A}</p><p>{IMG}<br /><span style='font-size:10px'>{CAPTION}</span></p><p>{B}</p><p>{C}</p>", ABC, None, (CAPTION,)),
    "several pictures, one caption": Form(f"<p>{A}</p><p align='center'>{IMG}</p><p align='center'>{IMG}</p><p align='center'><em>{CAPTION}</em></p><p>{B}</p><p>{C}</p>", ABC, None, ("", CAPTION)),
    "captions in bold italics": Form(f"<p>{A}</p><p style='text-align:center'>{IMG}</p><p style='text-align:center'><strong><em>{CAPTION}</em></strong></p><p>{B}</p><p>{C}</p>", ABC, None, (CAPTION,)),
    "caption with credit": Form(f"<p>{A}</p><p style='text-align:center'>{IMG}</p><p style='text-align:center'>{CAPTION} - Ảnh: DUYÊN PHAN</p><p>{B}</p><p>{C}</p>", ABC, None, (f"{CAPTION} - Ảnh: DUYÊN PHAN",)),
    "caption of a last picture, byline behind": Form(f"{P}<p style='text-align:center'>{IMG}</p><p style='text-align:center'><em>{CAPTION}</em></p><p style='text-align:right'><strong>THANH DUY</strong></p>", ABC, "THANH DUY", (CAPTION,)),
    "picture floating in a paragraph": Form(f"<p><img src='{SRC}' style='float:left' />{A}</p><p>{B}</p><p>{C}</p>", ABC, None, ("",)),
    "all centred, captions italic": Form(f"<div style='text-align:center'><p>{A}</p><p>{IMG}</p><p><em>{CAPTION}</em></p><p>{B}</p><p>{C}</p></div>", ABC, None, (CAPTION,)),
}  # fmt: skip


@pytest.mark.parametrize("generation", HEADS)
@pytest.mark.parametrize("name", FORMS)
def test_a_body_is_read_in_any_form(name: str, generation: str) -> None:
    form = FORMS[name]
    nested = HEADS[generation].replace("{body}", form.body)
    page = f"<html><head><title>{TITLE}</title></head><body><h1>{TITLE}</h1><div>{escape(nested)}</div><h3>BÌNH LUẬN</h3></body></html>"
    article = read(page, URL)
    assert article.title == TITLE
    assert article.body_text.split("\n\n") == form.paragraphs
    assert article.byline == form.byline
    assert tuple(media.caption for media in article.media) == form.images
