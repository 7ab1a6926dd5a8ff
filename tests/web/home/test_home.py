"""The front page tells what is in the archive, and every figure leads to what it counts."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from newscrawler.store import close_database, open_database
from newscrawler.web.kept import settle
from tests.web.conftest import Archive, Get, asking
from tests.web.home.conftest import HOSTILE


@pytest.fixture(scope="module")
def html(get: Get) -> str:
    assert get("/").status_code == 200
    settle()
    return str(get("/").text)


def test_the_search_field_stands_first_and_its_examples_find_something(html: str, get: Get) -> None:
    assert html.index('name="q"') < html.index('id="newest"')
    assert html.count('role="search"') == 1
    examples = re.findall(r'href="(/search\?q=[^"]+)"', html)
    assert 2 <= len(examples) <= 3
    assert all("/article/" in get(example).text for example in examples)


def test_the_lead_story_has_the_picture_that_the_archive_holds(html: str, archive: Archive) -> None:
    pictures = [int(id) for id in re.findall(r'src="/picture/(\d+)"', html)]
    db = open_database(archive.data / "news.db")
    try:
        held = dict(db.conn.execute("SELECT id, mime FROM captures WHERE status = 200").fetchall())
    finally:
        close_database(db)
    assert pictures
    assert all(held[id].startswith("image/") for id in pictures)
    assert html.index("/picture/") < html.index("<h3")


def test_every_link_of_the_front_page_leads_to_a_page(html: str, get: Get) -> None:
    links = {link.replace("&amp;", "&") for link in re.findall(r'href="(/[^"#]*)"', html)}
    wrong = {link: code for link in links if (code := get(link).status_code) != 200}
    assert not wrong


def test_the_bars_add_up_to_the_dated_articles_and_lead_to_their_search(see: Get) -> None:
    html = see("/", headers={"accept-language": "en"}).text
    told = dict(re.findall(r'aria-label="(\d{4}): (\d+) articles?"', html))
    assert told == {"2008": "2", "2018": "2"}
    assert 'href="/search?from=2018&amp;to=2018"' in html
    assert 'href="/search?from=2018-05&amp;to=2018-05">2</a>' in html


def test_a_misprinted_date_of_the_future_does_not_stand_on_top(see: Get) -> None:
    html = see("/").text
    assert html.index("Tin 4") < html.index("Tin 3") < html.index("Tin 1")
    assert "Tin vắn" not in html


def test_alarms_are_told_in_the_language_of_the_reader(see: Get) -> None:
    assert "thanhdoan: lượt gần nhất thất bại (mã 1)" in see("/").text
    assert "thanhdoan: the last run failed (exit code 1)" in see("/", headers={"accept-language": "en"}).text


@pytest.mark.parametrize("path", ["/", "/runs", "/run/2", "/run/4", "/gaps/thanhdoan", "/gaps/thanhdoan?kind=page"])
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_words_of_pages_are_never_markup(see: Get, path: str, lang: str) -> None:
    html = see(path, headers={"accept-language": lang}).text
    assert HOSTILE not in html
    assert 'href="javascript:' not in html


def test_an_empty_archive_says_how_to_begin(tmp_path: Path) -> None:
    close_database(open_database(tmp_path / "news.db", write=True))
    ask = asking(tmp_path)
    assert "newscrawler crawl thanhdoan" in ask("/").text
    assert all(ask(path).status_code == 200 for path in ("/runs", "/runs.json", "/gaps/thanhdoan"))
