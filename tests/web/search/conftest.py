"""A small archive with everything that the search page filters by, and a long one for leafing."""

from __future__ import annotations

from pathlib import Path

import pytest

from newscrawler.items import Link
from newscrawler.store import close_database, open_database, store_article, store_listing
from tests.store.conftest import PAGE, article, day
from tests.web.conftest import Get, asking

MANY = 1_050
ODD = '<script>alert(1)</script> & "quân"'


@pytest.fixture(scope="package")
def library(tmp_path_factory: pytest.TempPathFactory) -> Get:
    """Six articles, asked through the real application."""
    data = tmp_path_factory.mktemp("library")
    told = (
        article(1, "Sáng 16/5, chiến sĩ ra quân mùa hè xanh.", title="Ra quân", category="Tin tức > Tình nguyện",
                byline="MINH KHUÊ", published="2018-05-16", published_precision="day", published_source="page"),
        article(2, "Mùa hè xanh đến sớm ở xã đảo.", title="Xã đảo Thạnh An", category="Tin tức", byline="Lan Chi",
                published="2018-07", published_precision="month", published_source="neighbours"),
        article(3, "Chủ nhật xanh, cả phường ra quân.", title="Chủ nhật xanh", category="Văn bản",
                published="2020", published_precision="year", published_source="prose"),
        article(4, "Không ai biết ngày nào.", title="Không ngày", summary="Bài không rõ ngày."),
        article(5, "Nhà văn hoá mở cửa.", title=ODD, site="tuoitre", url="https://tuoitre.vn/tin-5.htm",
                published="2024-01-02T07:30:00+07:00", published_precision="minute", published_source="metadata"),
        article(6, "Nhà văn hoá đóng cửa.", title="Đến 2024", site="tuoitre", url="https://tuoitre.vn/tin-6.htm",
                byline="Lan Chi", published="2024-03-04", published_precision="day", published_source="page"),
    )  # fmt: skip
    db = open_database(data / "news.db", write=True)
    try:
        for one in told:
            store_article(db, one, run_id=None, seen_at=day(1))
        hot = [Link(block="hot", position=1, url=f"{PAGE}2", title="Xã đảo Thạnh An")]
        store_listing(db, f"{PAGE}list", hot, site="thanhdoan", run_id=None, seen_at=day(1))
    finally:
        close_database(db)
    return asking(data)


@pytest.fixture(scope="package")
def long_list(tmp_path_factory: pytest.TempPathFactory) -> Get:
    """More articles than can be leafed through; each holds the word `lá`, and its number."""
    data = tmp_path_factory.mktemp("long")
    fill(data, MANY)
    return asking(data)


def fill(data: Path, count: int) -> None:
    db = open_database(data / "news.db", write=True)
    try:
        with db.conn:
            for number in range(1, count + 1):
                text = f"lá {number}"
                values = (number, f"{PAGE}{number}", f"k{number}", f"Lá {number}", f"{2000 + number % 20}", text, text)
                db.conn.execute(
                    """
                    INSERT INTO articles (
                        id, site, url, urlkey, title, published, published_precision, word_count, content_hash,
                        first_seen, last_seen, last_changed, extractor, body_text, body_html, other_text
                    ) VALUES (?, 'thanhdoan', ?, ?, ?, ?, 'year', 2, 'h', '2026', '2026', '2026-01-01T00:00:00Z', 'test 1', ?, ?, '')
                    """,
                    values,
                )
    finally:
        close_database(db)
