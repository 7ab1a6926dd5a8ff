"""Counters of visitors, told from sentences that count other things, and what they do to the hash of an article."""

from __future__ import annotations

import pytest

from newscrawler.reading.article import read
from newscrawler.reading.body.counters import is_counter
from tests.test_pages import OTHER

URL = "http://tinh-doan.example/tin/mua-he-xanh.html"


@pytest.mark.parametrize(
    "line",
    [
        "Lượt xem: 1.234",
        "LƯỢT XEM 1",
        "Số lần xem: 1,299",
        "Số lượt truy cập : 12 345",
        "Đã xem: 7",
        "Đã xem 56 lần",
        "(Lượt đọc: 9)",
        "12 lượt xem",
        "3.456 lượt đọc",
        "Views: 88",
        "88 views",
        "Chia sẻ 6",
        "Bình luận (3)",
    ],
)
def test_a_line_that_only_counts_visitors_is_a_counter(line: str) -> None:
    assert is_counter(line)


@pytest.mark.parametrize(
    "line",
    [
        "26/7",
        "2018",
        "Sáng 26/7, 120 lượt đoàn viên ra quân.",
        "Hơn 1.200 lượt người xem buổi diễn tại Nhà văn hoá",
        "Lượt về: 2-1",
        "Xem thêm: 5 điều cần biết",
        "500 phần quà",
        "120 lượt hiến máu",
        "",
    ],
)
def test_a_line_that_tells_of_something_is_none(line: str) -> None:
    assert not is_counter(line)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("</h1>", "</h1><p>Lượt xem: {n}</p>"),
        ("</h1>", "</h1><span class='so-nguoi'>Lượt xem: {n}</span>"),
        ("</article>", "<div>{n} lượt xem</div></article>"),
        ("</article>", "<p>Số lần xem: {n}</p></article>"),
    ],
)
def test_a_counter_inside_an_article_does_not_change_its_hash(old: str, new: str) -> None:
    beside = (new.format(n=1234), new.format(n=1299), old)
    pages = (OTHER.replace("{canonical}", "").replace(old, each, 1) for each in beside)
    assert len({read(page, URL).content_hash for page in pages}) == 1
