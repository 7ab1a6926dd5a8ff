"""Microdata: only what the page's own article states of itself."""

from __future__ import annotations

import pytest

from newscrawler.reading.fields.microdata import MOST_MARKS, microdata
from newscrawler.reading.page.tree import parse

ARTICLE = 'itemscope itemtype="https://schema.org/NewsArticle"'


def marks(body: str) -> list[tuple[str, str]]:
    return microdata(parse(f"<html><head></head><body>{body}</body></html>"))


def test_what_the_article_states_of_itself() -> None:
    found = marks(
        f"""<div {ARTICLE}><h1 itemprop="headline">Đoàn xã <b>ra quân</b></h1>
        <time itemprop="datePublished" datetime="2018-03-05T08:15:00+07:00">sáng nay</time>
        <span itemprop="author" itemscope itemtype="https://schema.org/Person"><i itemprop="name">Thu Hà</i></span>
        <span itemprop="articleSection keywords">Thời sự</span><meta itemprop="inLanguage" content="vi"></div>"""
    )
    assert dict(found) == {
        "headline": "Đoàn xã ra quân",
        "datePublished": "2018-03-05T08:15:00+07:00",
        "author": "Thu Hà",
        "articleSection": "Thời sự",
        "keywords": "Thời sự",
        "inLanguage": "vi",
    }


@pytest.mark.parametrize(
    "other",
    [
        f'<ul><li {ARTICLE}><a itemprop="headline">Khác</a><i itemprop="datePublished">12/01/2017</i></li></ul>',
        f'<aside><div {ARTICLE}><i itemprop="datePublished">12/01/2017</i></div></aside>',
        '<div itemscope itemtype="https://schema.org/Comment"><i itemprop="datePublished">12/01/2017</i></div>',
        '<div itemscope itemtype="https://schema.org/VideoObject"><i itemprop="description">Phim</i></div>',
        '<div itemscope itemtype="https://schema.org/WebPage"><i itemprop="datePublished">12/01/2017</i></div>',
    ],
    ids=["list", "aside", "comment", "film", "page"],
)
@pytest.mark.parametrize("own", ["", f'<div {ARTICLE}><h1 itemprop="headline">Ra quân</h1>%s</div>'])
def test_what_others_state_is_not_the_article_s(own: str, other: str) -> None:
    found = marks(own % other if own else other)
    assert found == ([("headline", "Ra quân")] if own else [])


def test_a_mark_without_any_scope_is_nobody_s() -> None:
    assert marks('<i itemprop="datePublished">12/01/2017</i>') == []


def test_of_articles_side_by_side_the_one_with_the_headline() -> None:
    one, two = (f'<div {ARTICLE}>{head}<i itemprop="datePublished">{day}</i></div>' for head, day in
                (("<h1>Ra quân</h1>", "05/03/2018"), ("<h3>Khác</h3>", "12/01/2017")))  # fmt: skip
    assert marks(two + one) == [("datePublished", "05/03/2018")]
    assert marks(two.replace("h3", "h2") + two) == []


def test_meta_elements_outside_all_scopes_are_the_page_s() -> None:
    assert marks('<meta itemprop="datePublished" content="2026-03-07">') == [("datePublished", "2026-03-07")]


def test_only_so_many_marks_are_looked_at() -> None:
    body = f"<div {ARTICLE}><h1>x</h1>{'<i itemprop=keywords>a</i>' * (MOST_MARKS + 50)}</div>"
    assert len(marks(body)) == MOST_MARKS


def test_marks_too_deep_to_tell_whose_they_are_are_nobody_s() -> None:
    assert marks(f'<div {ARTICLE}><h1>x</h1>{"<span>" * 400}<i itemprop="keywords">a</i></div>') == []
