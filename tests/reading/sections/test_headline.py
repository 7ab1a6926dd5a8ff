"""The headline of an article page, wherever the outer template puts it."""

from __future__ import annotations

import pytest

from tests.reading.pages import BODY, HOT, RELATED, TITLE, WRAPPINGS, check_article

TITLES = {
    "generic title, nothing but the body's own first line": "<title>Thành Đoàn TPHCM</title></head><body><div>Tuổi trẻ thành phố mang tên Bác</div>{headed}",
    "generic title, the line that the body begins with": "<title>Thành Đoàn TPHCM</title></head><body><div>{title}</div><div>Tiếng nói của tuổi trẻ thành phố</div>{headed}",
    "h1": "<title>Thành Đoàn TPHCM</title></head><body><h1>{title}</h1>{body}",
    "h2": "<title>Thành Đoàn TPHCM</title></head><body><h2>{title}</h2>{body}",
    "div.title": "<title>Thành Đoàn TP.HCM</title></head><body><div class='title'>{title}</div>{body}",
    "td.tieude": "<title>Thanh Doan TPHCM</title></head><body><table><tr><td class='tieude'>{title}</td></tr><tr><td>{body}</td></tr></table>",
    "span by id": "<title>Thành Đoàn</title></head><body><span id='lblTieuDe'>{title}</span><div>{body}</div>",
    "bold": "<title>Thành Đoàn TPHCM</title></head><body><p><b>{title}</b></p>{body}",
    "only in the title element": "<title>{title}</title></head><body>{body}",
    "only in the title element, site before": "<title>Thành Đoàn TPHCM - {title}</title></head><body>{body}",
    "only in the title element, site behind": "<title>{title} | Thành Đoàn TP.HCM</title></head><body>{body}",
    "unknown site behind, heading": "<title>{title} :: Cổng thông tin tuổi trẻ</title></head><body><h1>Cổng thông tin tuổi trẻ</h1><h2>{title}</h2>{body}",
    "unknown site before, heading": "<title>Cổng thông tin tuổi trẻ | {title}</title></head><body><h3 class='t'>{title}</h3>{body}",
    "banner h1": "<title>Thành Đoàn TPHCM</title></head><body><h1>Thành Đoàn Thành phố Hồ Chí Minh</h1><h2>{title}</h2>{body}",
    "banner h1 in capitals, slogan": "<title>{title}</title></head><body><h1>TRANG THÔNG TIN ĐIỆN TỬ THÀNH ĐOÀN</h1><h2>Tuổi trẻ thành phố mang tên Bác</h2><p>{title}</p>{body}",
    "banner unknown, generic title": "<title>Trang chủ</title></head><body><h1>Trang thông tin điện tử Thành Đoàn</h1><div class='news-title'>{title}</div>{body}",
    "category above": "<title>{title}</title></head><body><h2>Phong trào</h2><h3>{title}</h3>{body}",
    "category above, generic title": "<title>Thành Đoàn TPHCM</title></head><body><h2>Phong trào</h2><h3>{title}</h3>{body}",
    "date between, generic title": "<title>Thành Đoàn TPHCM</title></head><body><h1>{title}</h1><b>26/07/2018 08:15</b>{body}",
    "date between, bold lede of the list": "<title>Thành Đoàn TPHCM</title></head><body><div class='title'>{title}</div><div class='date'>Ngày đăng: 26/07/2018</div>{body}",
    "title in capitals in the title element": "<title>{TITLE}</title></head><body><h1>{title}</h1>{body}",
    "whole title with category": "<title>{title} - Phong trào - Thành Đoàn TPHCM</title></head><body><div class='x'>{title}</div>{body}",
    "title linked to itself": "<title>Thành Đoàn TPHCM</title></head><body><h1><a href='/ThanhDoan/webtd/News/31171'>{title}</a></h1>{body}",
    "breadcrumb in bold": "<title>Thành Đoàn TPHCM</title></head><body><h1>{title}</h1><div class='crumb'><a href='/ThanhDoan/webtd'>Trang chủ</a> » <a href='/ThanhDoan/webtd/Category/446'>Phong trào</a></div>{body}",
    "headline behind the body only in the title": "<title>{title}</title></head><body><h2>Tin tức</h2>{body}<h2>Các tin khác</h2>",
}  # fmt: skip


@pytest.mark.parametrize("name", TITLES)
def test_the_headline_is_found_wherever_it_stands(name: str) -> None:
    headed = BODY.replace("<body> ", f'<body> <p style="text-align:center"><strong>{TITLE}</strong></p>')
    top = TITLES[name].replace("{TITLE}", TITLE.upper()).replace("{headed}", WRAPPINGS["escaped twice"](headed))
    check_article("<html><head>" + top + HOT + RELATED + "</body></html>", "1s", "3s")
