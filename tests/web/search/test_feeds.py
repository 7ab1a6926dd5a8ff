"""The same result for programs: JSON, and an Atom feed that the usual reader takes without complaint."""

from __future__ import annotations

import feedparser
import pytest

from tests.web.conftest import Get
from tests.web.search.conftest import ODD


def test_json_tells_what_the_page_shows(library: Get) -> None:
    answer = library("/search.json?q=ra+quan&site=thanhdoan&to=2018")
    told = answer.json()
    assert answer.headers["content-type"] == "application/json; charset=utf-8"
    assert told["query"] == {"q": "ra quan", "site": "thanhdoan", "to": "2018"}
    assert (told["total"], told["page"], told["pages"], told["next"]) == (1, 1, 1, None)
    (hit,) = told["hits"]
    assert hit == {
        "id": 1,
        "url": "http://thanhdoan.hochiminhcity.gov.vn/ThanhDoan/webtd/News/1",
        "title": "Ra quân",
        "published": "2018-05-16",
        "precision": "day",
        "site": "thanhdoan",
        "section": "Tin tức > Tình nguyện",
        "byline": "MINH KHUÊ",
        "snippet": "Sáng 16/5, chiến sĩ [ra] [quân] mùa hè xanh.",
        "article": "http://localhost/article/1",
    }


def test_json_leads_through_all_pages(long_list: Get) -> None:
    told, seen = long_list("/search.json?q=la&from=2003").json(), 1
    ids = [hit["id"] for hit in told["hits"]]
    while told["next"]:
        told, seen = long_list(told["next"].removeprefix("http://localhost")).json(), seen + 1
        ids += [hit["id"] for hit in told["hits"]]
    assert (seen, told["page"], len(ids)) == (45, told["pages"], told["total"])
    assert len(set(ids)) == len(ids)


def test_the_feed_is_valid_and_newest_first(library: Get) -> None:
    answer = library("/search.atom?q=xanh")
    assert answer.headers["content-type"] == "application/atom+xml; charset=utf-8"
    feed = feedparser.parse(answer.content)
    assert not feed.bozo
    assert [entry.title for entry in feed.entries] == ["Chủ nhật xanh", "Xã đảo Thạnh An", "Ra quân"]
    assert feed.feed.title == "Tin đã lưu: xanh"
    assert [entry.link for entry in feed.entries] == [f"http://localhost/article/{id}" for id in (3, 2, 1)]
    assert all(entry.updated_parsed and entry.id and entry.link for entry in [*feed.entries, feed.feed])
    assert [entry.get("published") for entry in feed.entries] == [None, None, "2018-05-16T00:00:00+07:00"]


@pytest.mark.parametrize("words", ["", "%00%02%1b%EF%BF%BE%ED%A0%80", "%3C%21%5BCDATA%5B", "%26lt%3B", "khongcothat"])
def test_the_feed_is_valid_whatever_is_asked_for(library: Get, words: str) -> None:
    assert not feedparser.parse(library(f"/search.atom?q={words}").content).bozo


def test_titles_of_a_feed_are_text(library: Get) -> None:
    feed = feedparser.parse(library("/search.atom?site=tuoitre").content, sanitize_html=False)
    assert [entry.title_detail.value for entry in feed.entries] == ["Đến 2024", ODD]
    assert {entry.title_detail.type for entry in feed.entries} == {"text/plain"}


@pytest.mark.parametrize("path", ["/search.atom?q=xanh", "/search.json?q=xanh"])
def test_what_a_reader_holds_already_is_not_sent_again(library: Get, path: str) -> None:
    first = library(path)
    again = library(path, headers={"if-none-match": f'"other", W/{first.headers["etag"]}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", first.headers["etag"])
    assert library(path, headers={"if-none-match": '"other"'}).content == first.content


def test_addresses_are_whole_only_where_the_host_is_one(library: Get) -> None:
    told = library("/search.json?q=xanh", headers={"host": 'ev"il<>/x'}).json()
    assert told["hits"][0]["article"].startswith("/article/")
