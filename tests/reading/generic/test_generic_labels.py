"""Hot and related blocks of pages of any site, told by their labels: each entry is read, and none of it is in the body."""

from __future__ import annotations

import pytest

from newscrawler import read
from newscrawler.items import Article
from tests.reading.generic.test_generic import MENU, PARAGRAPHS, TEXTS, URL

ENGLISH = [
    "Most read", "Most popular", "Trending", "Trending now", "Popular", "Top stories", "Don’t miss", "Editors' picks",
]  # fmt: skip
RELATED_ENGLISH = [
    "Related", "Related articles", "Read next", "More on this story", "Recommended for you", "See also", "You may also like",
]  # fmt: skip
HOT = ["Tin nóng", "Đọc nhiều", "TIÊU ĐIỂM", "Xem nhiều nhất", "NỔI BẬT", "Tin đáng chú ý", *ENGLISH]
RELATED = [
    "Tin liên quan", "Những tin mới hơn", "Những tin cũ hơn", "Theo dòng sự kiện", "Tin cùng chuyên mục", "Tin bài khác",
    "Tin cũ hơn:", "CÓ THỂ BẠN QUAN TÂM", *RELATED_ENGLISH,
]  # fmt: skip
TITLES = [f"Bài viết khác của Đoàn trường số {number}" for number in range(3)]
ADDRESSES = [f"/tin/bai-viet-khac-cua-doan-truong-{number}4210.html" for number in range(3)]
TEASER = (
    "Đoạn giới thiệu của một bài viết khác, đủ dài để bị tưởng là một đoạn văn của bài này, và còn dài hơn thế nữa."
)
LISTS = {
    "list": "<ul>{}</ul>|<li><a href='{url}'>{title}</a></li>",
    "teasers": "<div class='x'>{}</div>|<div class='y'><a href='{url}'><img src='/a.jpg'></a><h4><a href='{url}'>{title}</a></h4><p>{teaser}</p></div>",
    "dated": "<div>{}</div>|<p><a href='{url}'>{title}</a> (12/01/2017)</p>",
}  # fmt: skip


def entries(form: str) -> str:
    frame, item = LISTS[form].split("|")
    rows = (item.format(url=url, title=title, teaser=TEASER) for url, title in zip(ADDRESSES, TITLES, strict=True))
    return frame.format("".join(rows))


def page(block: str) -> Article:
    menu = MENU.replace(
        "<ul>", "<ul><li><a href='/tin-nong/'>Tin nóng</a></li><li><a href='/popular/'>Popular</a></li>"
    )
    return read(
        f"<html><body>{menu}<div id='c'><h1>Ra quân chiến dịch hè</h1><div>{PARAGRAPHS}</div></div>{block}</body></html>",
        URL,
    )


def check(article: Article, block: str, titles: list[str]) -> None:
    assert article.body_text == "\n\n".join(TEXTS)
    assert [(link.block, link.title) for link in article.links] == [(block, title) for title in titles]


@pytest.mark.parametrize("form", LISTS)
@pytest.mark.parametrize(("block", "label"), [*(("hot", one) for one in HOT), *(("related", one) for one in RELATED)])
def test_a_label_heads_its_block_and_the_body_holds_none_of_it(block: str, label: str, form: str) -> None:
    check(page(f"<div><h3>{label}</h3>{entries(form)}</div>"), block, TITLES)


@pytest.mark.parametrize("label", ["Tin nóng", "Most read"])
def test_a_label_within_a_sentence_or_in_a_menu_heads_nothing(label: str) -> None:
    menu = f"<div class='m'><a href='/a/'>{label}</a> | <a href='/b/'>Video</a> | <a href='/c/'>Ảnh</a></div>"
    assert page(f"<p>{label} trong tuần qua là những việc làm tốt của đoàn viên toàn xã.</p>{menu}").links == ()


def test_a_box_that_begins_with_a_label_inside_the_article_is_cut_out_and_the_text_goes_on_behind_it() -> None:
    box = f"<div><b>RELATED ARTICLES</b>{entries('teasers')}</div>"
    dated = '<head><meta property="article:published_time" content="2018-03-05T08:15:00+07:00"></head>'
    text = f"<p>{TEXTS[0]}</p>{box}<p>{TEXTS[1]}</p><p>{TEXTS[2]}</p>"
    article = read(f"<html>{dated}<body>{MENU}<h1>Ra quân hè</h1><div>{text}</div></body></html>", URL)
    check(article, "related", TITLES)


def test_lines_that_begin_with_arrows_are_related() -> None:
    lines = "".join(
        f"<p>&gt;&gt; <a href='{url}'>{title}</a></p>" for url, title in zip(ADDRESSES, TITLES, strict=True)
    )
    article = read(f"<html><body>{MENU}<h1>Ra quân hè</h1><div>{lines}{PARAGRAPHS}</div></body></html>", URL)
    check(article, "related", TITLES)


@pytest.mark.parametrize(
    "item",
    [
        "<li onclick=\"window.location.href='{url}'\"><span>{title}</span></li>",
        "<li><a href='#' onclick=\"location.href='{url}';return false;\">{title}</a></li>",
        "<li><a href='javascript:location.href=\"{url}\"'>{title}</a></li>",
        "<li><a onclick=\"window.open('{url}')\">{title}</a></li>",
    ],
)
def test_an_entry_whose_address_stands_in_a_plain_script_has_it(item: str) -> None:
    rows = "".join(item.format(url=url, title=title) for url, title in zip(ADDRESSES, TITLES, strict=True))
    article = page(f"<h3>Tin liên quan</h3><ul>{rows}</ul>")
    check(article, "related", TITLES)
    assert [link.url for link in article.links] == [f"http://doan.vn{url}" for url in ADDRESSES]


def test_an_address_that_a_script_puts_together_stays_unknown() -> None:
    rows = "".join(f"<li><a href='#' onclick=\"location.href='/tin/' + id\">{title}</a></li>" for title in TITLES)
    assert {link.url for link in page(f"<h3>Tin liên quan</h3><ul>{rows}</ul>").links} <= {None, ""}


@pytest.mark.parametrize("broken", ["<br>", "<br><br>", "<hr>"])
@pytest.mark.parametrize(
    "frame", ["{}", "<div>{}</div>", "<table><tr><td>{}</td></tr></table>", "<center><font>{}</font></center>"]
)
def test_naked_text_parted_by_breaks_is_paragraphs(broken: str, frame: str) -> None:
    text = frame.format(broken.join(TEXTS))
    article = read(f"<html><body>{MENU}<h1>Ra quân chiến dịch hè</h1>{text}</body></html>", URL)
    assert article.body_text == "\n\n".join(TEXTS)


def test_comments_behind_a_short_article_are_not_its_text() -> None:
    said = "".join(f"<div class='k'><b>Bạn đọc</b><p>{TEASER} {number}</p></div>" for number in range(9))
    assert page(f"<div><h3>Ý kiến bạn đọc (9)</h3>{said}</div>").body_text == "\n\n".join(TEXTS)
