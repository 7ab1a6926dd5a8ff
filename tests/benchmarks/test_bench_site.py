"""The generated site is what the benchmark says of it: always the same, as large as stated, and readable."""

from pathlib import Path

import pytest

import newscrawler
from benchmarks.site import FIRST_ID, LEAST, LIST_SIZE, ORIGIN, STEP, BenchSite
from newscrawler.sites import get_site

THANHDOAN = get_site("thanhdoan")

SITE = BenchSite(60)
SOME = pytest.mark.parametrize("index", [0, 1, 2, 17, 31, 58, 59])


@SOME
def test_an_article_is_the_same_at_every_making(index: int) -> None:
    assert BenchSite(60).article_page(index) == SITE.article_page(index)


def test_a_written_site_is_the_same_at_every_writing(tmp_path: Path) -> None:
    one, other = BenchSite(LEAST).write(tmp_path / "one"), BenchSite(LEAST).write(tmp_path / "other")
    names = sorted(file.relative_to(one.root) for file in one.root.rglob("*") if file.is_file())
    assert len(names) == LEAST + one.lists + 3  # and an empty list, home, robots.txt
    assert [(one.root / name).read_bytes() for name in names] == [(other.root / name).read_bytes() for name in names]


def test_no_two_articles_are_equal() -> None:
    articles = [SITE.article(index) for index in range(60)]
    assert len({article.title for article in articles}) == 60
    assert len({article.paragraphs for article in articles}) == 60


@SOME
def test_pages_have_the_stated_size(index: int) -> None:
    assert 38_000 <= len(SITE.article_page(index).encode()) <= 42_000
    assert 35 <= SITE.article_page(index).count("<a ") <= 45


def test_a_page_of_another_size_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("benchmarks.site.PAGE_BYTES", range(1_000, 2_000))
    with pytest.raises(ValueError, match=f"page of article {FIRST_ID} has .* bytes"):
        SITE.article_page(0)


def test_a_site_too_small_to_fill_its_blocks_is_refused() -> None:
    with pytest.raises(ValueError, match="needs"):
        BenchSite(LEAST - 1)


@SOME
def test_newscrawler_reads_an_article_exactly(index: int) -> None:
    truth = SITE.article(index)
    article = newscrawler.read(SITE.article_page(index), SITE.url(index))
    assert article.title == truth.title
    assert article.body_text.split("\n\n") == list(truth.paragraphs)
    assert article.byline == truth.byline
    assert [media.caption for media in article.media] == [image.caption for image in truth.images]
    assert sum(link.block == "hot" for link in article.links) == 6
    assert sum(link.block == "related" for link in article.links) == 8


def test_lists_lead_to_every_article() -> None:
    found: set[str | None] = set()
    for number in range(1, SITE.lists + 1):
        page = newscrawler.read(SITE.list_page(number), f"{ORIGIN}/ThanhDoan/webtd/Category?page={number}")
        entries = [link.url for link in page.links if link.block == "main"]
        listed = range(59 - (number - 1) * LIST_SIZE, max(59 - number * LIST_SIZE, -1), -1)
        assert {SITE.url(index) for index in listed} <= set(entries)
        found.update(entries)
    assert found == {SITE.url(index) for index in range(60)}
    assert all(THANHDOAN.article_id(SITE.url(index)) == str(FIRST_ID + STEP * index) for index in range(60))
