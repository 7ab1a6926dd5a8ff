"""Versions of an article, side by side."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import html as lxml_html

from tests.store.conftest import article
from tests.web.article.conftest import answer, make
from tests.web.conftest import ADDED, Archive, Get, asking

OLD = "Mở đầu.\n\nSáng 26/7, Đoàn xã ra quân.\n\nMột.\n\nHai.\n\nBa."
NEW = "Mở đầu.\n\nSáng 27/7, Đoàn xã ra quân.\n\nMột.\n\nHai.\n\nBa."


@pytest.fixture
def get(tmp_path: Path) -> Get:
    answers = [answer(f"<p>{second}".encode(), second=second) for second in range(3)]
    titled = article(body=NEW, title="Tin <b>mới</b>")
    return asking(make(tmp_path, answers, article(body=OLD), article(body=NEW), titled).data)


def test_changed_words_are_marked_in_both_columns(get: Get) -> None:
    page = lxml_html.fromstring(get("/article/1/history?a=1&b=2").text)
    assert page.xpath("//section[@class='difference']//del/text()") == ["26"]
    assert page.xpath("//section[@class='difference']//ins/text()") == ["27"]
    assert page.xpath("string(//details[contains(@class, 'folded')]/summary)") == "2 đoạn không đổi"


def test_without_numbers_the_latest_stands_beside_the_one_before(get: Get) -> None:
    text = get("/article/1/history?lang=en").text
    assert "From version 2 to version 3" in text
    assert "Tin <del>vắn</del>" in text
    assert "Tin <ins>&lt;b&gt;mới&lt;/b&gt;</ins>" in text


def test_the_order_in_which_two_are_chosen_does_not_matter(get: Get) -> None:
    assert get("/article/1/history?a=2&b=1").text.count("<del>26</del>") == 1


def test_the_same_version_twice_is_told(get: Get) -> None:
    assert "Đây là cùng một phiên bản" in get("/article/1/history?a=2&b=2").text


@pytest.mark.parametrize("query", ["a=0&b=0", "a=x&b=y", "a=1&b=99999999999", "a=-5"])
def test_odd_numbers_are_no_error_of_the_server(get: Get, query: str) -> None:
    assert get(f"/article/1/history?{query}").status_code in (200, 404)


def test_an_article_that_never_changed_says_so(tmp_path: Path) -> None:
    text = asking(make(tmp_path, [answer(b"<p>x")]).data)("/article/1/history?lang=en").text
    assert "There is one version alone" in text
    assert "<form class" not in text.replace('<form class="quick-search"', "")


def test_the_edit_of_the_sample_site_shows(archive: Archive) -> None:
    page = lxml_html.fromstring(asking(archive.data)(f"/article/{archive.edited}/history").text)
    assert page.xpath("//div[contains(@class, 'changed')]//ins/text()") == [ADDED]


def test_a_huge_text_is_compared_and_cut(tmp_path: Path) -> None:
    answers = [answer(b"<p>1"), answer(b"<p>2", second=1)]
    texts = ["\n\n".join(f"{letter} {number % 7}" for number in range(8_000)) for letter in "ab"]
    get = asking(make(tmp_path, answers, *(article(body=text) for text in texts)).data)
    answered = get("/article/1/history?lang=en")
    assert answered.status_code == 200
    assert "the rest of it is not shown" in answered.text
