"""The page of gaps shows what `newscrawler gaps` shows, in words for people."""

from __future__ import annotations

import re

import pytest

from newscrawler.sites import get_site
from newscrawler.store import close_database, open_database
from newscrawler.store.gaps import GAP_KINDS, find_gaps, gaps_of_kind, totals
from tests.web.conftest import Archive, Get

EN = {"headers": {"accept-language": "en"}}


def test_every_kind_of_gap_that_there_is_has_a_heading_and_the_right_sum(get: Get, archive: Archive) -> None:
    site = get_site("thanhdoan")
    db = open_database(archive.data / "news.db")
    try:
        found = [total for total in totals(find_gaps(db, "thanhdoan", site.article_id)) if total.gaps]
        kinds = [gap.kind for kind in GAP_KINDS for gap in gaps_of_kind(db, "thanhdoan", kind, site.article_id)]
        assert kinds == [gap.kind for gap in find_gaps(db, "thanhdoan", site.article_id)]
    finally:
        close_database(db)
    html = get("/gaps/thanhdoan", **EN).text
    told = [int(number.replace(",", "")) for number in re.findall(r'<span class="tag">([\d,]+) \w+', html)]
    assert told == [total.count for total in found]
    assert {"media", "ids", "months"} <= {total.kind for total in found}


def test_all_gaps_of_one_kind_are_a_page_of_their_own(get: Get) -> None:
    html = get("/gaps/thanhdoan?kind=media", **EN).text
    assert "Files of articles" in html
    assert "Article ids without" not in html
    assert re.search(r'<a lang="vi" href="/article/\d+">', html)


def test_the_last_crawl_is_told_class_by_class(get: Get) -> None:
    html = get("/gaps/thanhdoan", **EN).text
    assert "What became of every address that was met" in html
    assert re.search(r'Fetched</th><td class="number">\d+', html)


@pytest.mark.parametrize("site", ["no-such-site", "%3Cscript%3E", "a%2Fb", "x" * 301])
def test_a_site_that_nobody_knows_is_not_found(see: Get, site: str) -> None:
    answer = see(f"/gaps/{site}")
    assert answer.status_code == 404
    assert "<script>" not in answer.text


def test_a_site_that_was_never_crawled_says_so(see: Get) -> None:
    assert "This site has not been crawled yet" in see("/gaps/vnexpress", **EN).text
