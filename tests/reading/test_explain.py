"""Each field says where it was read, what contradicts it, and why it is empty."""

from __future__ import annotations

import json
import pickle
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, get_args

import pytest

from newscrawler import read
from newscrawler.demo import SampleSite
from newscrawler.items import Article, SourceName
from newscrawler.reading.article import read as read_unknown
from newscrawler.reading.columns import article_columns
from newscrawler.reading.explain import explain
from newscrawler.reading.layout import Layout
from tests.conftest import Shell
from tests.reading.fields.test_fields import LAYOUT, PAGE, URL, article

UNEXPLAINED = {"id", "first_seen", "last_seen", "last_changed", "capture_id", "extractor", "origins"}
"""What no place of a page holds."""
OWN = "http://thanhdoan.hochiminhcity.gov.vn/ThanhDoan/webtd/News/31171"
FETCHED = datetime(2018, 7, 20, tzinfo=UTC)


def told(found: Article) -> dict[str, tuple[str | None, str]]:
    return {field: (one["source"], one["where"]) for field, one in explain(found).items()}


def nested(body: str) -> Article:
    return read(f"<title>Ra quân</title><textarea><html><body>{body}</body></html></textarea>", OWN, fetched_at=FETCHED)


@pytest.mark.parametrize("layout", [LAYOUT, Layout(main=("#text",)), Layout()], ids=["layout", "body only", "none"])
def test_every_field_with_a_value_names_its_source(layout: Layout) -> None:
    found = article(layout=layout)
    filled = {field for field, value in article_columns(found).items() if value}
    explained = explain(found)
    assert filled - UNEXPLAINED <= set(explained)
    assert {explained[field]["source"] for field in filled - UNEXPLAINED} <= set(get_args(SourceName))


def test_each_source_there_is() -> None:
    by_json = PAGE.replace(
        "</head>", '<script type="application/ld+json">{"@type": "NewsArticle", "articleSection": "Hè"}</script></head>'
    )
    unnamed = Layout(main=("#text",))
    timeless = by_json.replace("2018-03-05+0708:15:00", "").replace("Thứ hai - 05/03/2018 08:15", "")
    assert told(article())["title"] == ("selector", "h1.name")
    assert told(article(by_json, unnamed))["category"] == ("json-ld", "NewsArticle.articleSection")
    assert told(article(layout=unnamed))["published"] == ("meta", "article:published_time")
    assert told(article(timeless.replace('class="hidden"', "hidden"), unnamed))["modified"] == (
        "microdata",
        "dateModified",
    )
    assert told(article(layout=unnamed))["title"] == ("heuristic", "h1.name")
    assert told(article())["event_date"] == ("prose", "first paragraphs")
    assert told(nested("<p>Các bạn trẻ dọn kênh.</p>"))["site_article_id"] == ("address", OWN)
    assert told(nested("<p>Các bạn trẻ dọn kênh.</p>"))["language"] == ("site", "language")


def test_derived_columns_come_from_where_their_field_does() -> None:
    found = told(article())
    assert {found[f"published{end}"] for end in ("", "_precision", "_source", "_raw")} == {("selector", "span.when")}
    assert {found[field] for field in ("body_text", "body_html", "word_count", "content_hash")} == {
        ("selector", "#text")
    }


def test_conflicts_are_told_with_their_place() -> None:
    assert explain(article())["published"]["conflicts"] == [
        {"source": "microdata", "where": "datePublished", "value": "2018-03-05T17:40:00+07:00"}
    ]


def test_what_was_refused_is_told_with_the_reason() -> None:
    refused = explain(article())["authors"]["refused"]
    assert refused == [
        {
            "source": "meta",
            "where": "author",
            "raw": "Tỉnh Đoàn",
            "why": "names no person, but the paper or nobody",
        }
    ]
    other = PAGE.replace("https://tinhdoan.vn/news/phong-trao/ra-quan-309.html", "https://khac.vn/")
    assert explain(article(other))["canonical_url"]["refused"][0]["why"] == "another host, or the front page"


def test_the_folder_of_the_pictures_is_named() -> None:
    folder = "http://www.thanhdoan.hochiminhcity.gov.vn/ThanhDoan/webtd/Content/news/2018/7/31171"
    found = nested(f'<p>Các bạn trẻ dọn kênh.</p><p><img src="{folder}/a.jpg"></p><p>THU HÀ</p>')
    assert told(found)["published"] == ("heuristic", "image folder 2018/7/31171")
    assert told(found)["published_raw"] == ("heuristic", "image folder 2018/7/31171")
    assert told(found)["byline"] == ("heuristic", "last line of the body")


def test_an_article_without_a_date_says_what_it_would_not_believe() -> None:
    found = nested("<p>Ngày 22/3 vừa qua, các bạn trẻ dọn kênh.</p>")
    assert (found.published, found.published_raw) == (None, "Ngày 22/3 vừa qua")
    assert explain(found)["published"] == {
        "source": None,
        "where": "",
        "conflicts": [],
        "refused": [
            {"source": "prose", "where": "first paragraphs", "raw": "Ngày 22/3 vừa qua", "why": "its year is not known"}
        ],
    }


def test_a_date_that_only_the_address_tells_is_refused() -> None:
    page = f"<html lang=vi><body><h1>Ra quân dọn kênh</h1><p>{'Các bạn trẻ dọn kênh. ' * 20}</p></body></html>"
    found = read_unknown(page, "https://bao.vn/ra-quan-20180301075519174.htm", kind="article", fetched_at=FETCHED)
    assert [one["source"] for one in explain(found)["published"]["refused"]] == ["address"]


def test_what_is_explained_is_json_and_what_travels_is_light() -> None:
    found = article()
    assert json.loads(json.dumps(explain(found))) == explain(found)
    assert len(pickle.dumps(found.origins)) < 4_000


def test_extract_explains_on_request(lonely_shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(PAGE)
    plain = lonely_shell("newscrawler", "extract", str(tmp_path / "page.html"), "--url", URL, "--at", "2018-03-06")
    explained = lonely_shell("newscrawler", "extract", str(tmp_path / "page.html"), "--url", URL, "--explain")
    one: dict[str, Any] = json.loads(plain.stdout)
    other: dict[str, Any] = json.loads(explained.stdout)
    assert {"links", "media", "comments", "origins"} <= set(one)
    assert set(other) - set(one) == {"explain"}
    assert other["explain"]["title"]["source"] == "heuristic"


def test_extract_reads_a_page_as_it_looked_at_a_moment(lonely_shell: Shell, tmp_path: Path) -> None:
    page = PAGE.replace("2018-03-05+0708:15:00", "").replace("Thứ hai - 05/03/2018 08:15", "2 giờ trước")
    page = page.replace("2018-03-05T17:40:00+07:00", "")
    numbered = URL.replace("309", "3093171")
    (tmp_path / "page.html").write_text(page)
    done = lonely_shell(
        "newscrawler", "extract", str(tmp_path / "page.html"), "--url", numbered, "--at", "2018-03-06T10:30"
    )
    assert json.loads(done.stdout)["published"] == "2018-03-06T08:30:00+07:00"
    wrong = lonely_shell("newscrawler", "extract", str(tmp_path / "page.html"), "--at", "hôm nay")
    assert (wrong.returncode, "--at hôm nay: give a day" in wrong.stderr) == (2, True)


def test_a_page_of_the_sample_site_explains_itself(site: SampleSite) -> None:
    truth = next(truth for truth in site.truth() if truth.images and truth.generation == "E")
    body = site.respond("thanhdoan.hochiminhcity.gov.vn", f"/ThanhDoan/webtd/News/{truth.id}").body
    found = told(read(body, truth.url))
    assert {"title", "published", "body_text", "language", "url"} <= set(found)
