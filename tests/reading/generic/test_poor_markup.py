"""Pages whose markup says little: an article is told from what stands around it by its form and its place."""

from __future__ import annotations

import pytest

from newscrawler.reading.generic.reader import generic_body
from newscrawler.reading.page.lines import lines
from newscrawler.reading.page.tree import parse

URL = "https://bao-mau.vn/doi-song/don-kenh-mua-he-2603051.html"
PROSE = (
    "Sáng chủ nhật, hai mươi bạn trẻ của phường mang ủng và cuốc ra bờ kênh phía sau chợ, bắt đầu một việc mà cả xóm "
    "đã bàn từ đầu mùa mưa.",
    "Đến trưa thì đoạn kênh dài ba trăm mét đã thông, nước chảy thành dòng; mấy đứa nhỏ thả thuyền giấy chạy theo đến "
    "tận cầu.",
    "Chị tổ trưởng nói tuần sau sẽ trồng hoa hai bên bờ, ai có cây giống thì mang tới nhà văn hoá gửi trước.",
    "Việc khó nhất là giữ cho kênh sạch, nên mỗi nhà nhận trông một đoạn trước cửa và ghi tên lên bảng của xóm.",
)
SHORT = "Ai cũng lấm lem mà vẫn cười."
MENU = "<div><a href='/'>Trang chủ</a> <a href='/tin'>Tin tức</a> <a href='/anh'>Ảnh</a></div>"


def paragraphs(*texts: str) -> str:
    return "".join(f"<div>{text}</div>" for text in texts)


def read(*parts: str, head: str = "<div>Dọn kênh mùa hè</div>") -> list[str]:
    html = f"<html><body>{MENU}<div>{head}{''.join(parts)}</div></body></html>"
    body = parse(f"<div>{generic_body(html, URL) or ''}</div>")
    return [line.text for line in lines(body) if line.block.tag != "figcaption"]


def test_an_article_in_several_boxes_of_one_shape_is_one_article() -> None:
    boxes = [f"<div><div>{paragraphs(one, SHORT)}</div></div>" for one in PROSE]
    aside = "<div><div>Advertisement</div><a href='#next'>SKIP ADVERTISEMENT</a></div>"
    found = read(aside.join(boxes))
    assert found == [line for one in PROSE for line in (one, SHORT)]


@pytest.mark.parametrize("label", ["Bình luận", "<b>Ý kiến bạn đọc</b>"])
def test_comments_that_look_like_the_body_but_begin_with_names_and_dates_are_none_of_it(label: str) -> None:
    said = "".join(f"<div><b>Thu Trang</b> <span>2 giờ trước</span><p>{one} Hay quá!</p></div>" for one in PROSE * 2)
    found = read(f"<div>{paragraphs(*PROSE)}</div><div>{label}</div><div>{said}</div>")
    assert found[-len(PROSE) :] == list(PROSE)
    assert not [line for line in found if "Hay quá" in line or "giờ trước" in line]


def test_a_box_with_a_form_goes_with_its_words() -> None:
    box = "<div><h3>Nhận thư mỗi sáng</h3><p>Tin của phường, gửi tới hộp thư của bạn, không tốn gì.</p><form><input></form></div>"
    assert read(paragraphs(*PROSE[:2]), box, paragraphs(*PROSE[2:])) == list(PROSE)


def test_what_stands_alone_with_a_picture_between_paragraphs_is_its_caption() -> None:
    plain = "<div><div><img src='/1.jpg'></div><div>Đội hình áo xanh bên bờ kênh</div></div>"
    credited = f"<div><img src='/2.jpg'><div>{PROSE[3]} Ảnh: Lê Hoài</div></div>"
    assert read(paragraphs(*PROSE[:2]), plain, credited, paragraphs(PROSE[2])) == list(PROSE[:3])


def test_a_paragraph_in_a_box_with_a_picture_stays_where_all_stand_so() -> None:
    boxes = (f"<div><div><img src='/{i}.jpg'></div><div>{one}</div></div>" for i, one in enumerate(PROSE))
    assert read(*boxes) == list(PROSE)


def test_prose_in_a_box_of_other_articles_is_none_of_the_article() -> None:
    others = "".join(
        f"<li><a href='/tin/mot-tin-khac-cua-phuong-{i}2345.html'>Một tin khác của phường số {i}</a></li>"
        for i in range(9)
    )
    side = f"<div><h2>Lưu trữ</h2><ul>{others}</ul><h2>Về chúng tôi</h2><p>{PROSE[3]}</p></div>"
    html = f"<html><body>{MENU}<div>{paragraphs(*PROSE[:3])}</div>{side}</body></html>"
    assert PROSE[3] not in (generic_body(html, URL) or "")


def test_a_lede_close_before_the_body_is_kept_where_no_headline_is_told() -> None:
    lede = "Hai mươi bạn trẻ thông ba trăm mét kênh trong một buổi sáng."
    assert read(paragraphs(lede), f"<div>{paragraphs(*PROSE)}</div>") == [lede, *PROSE]
