"""Every page of the sample site is read exactly as its own truth says."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from newscrawler import Article, read
from newscrawler.demo import Entry, SampleSite, Truth
from newscrawler.items import BlockName
from newscrawler.sites import get_site

SITE = get_site("thanhdoan")

SAMPLE = SampleSite.load()
TRUTHS = {truth.id: truth for truth in SAMPLE.truth()}


def read_sample(url: str) -> Article:
    parts = urlsplit(url)
    reply = SAMPLE.respond(parts.netloc, parts.path + (f"?{parts.query}" if parts.query else ""))
    return read(reply.body, url)


def entries(article: Article, block: BlockName) -> list[Entry]:
    return [
        Entry(url=link.url, title=link.title, summary=link.summary, image_url=link.image_url)
        for link in article.links
        if link.block == block
    ]


@pytest.mark.parametrize(
    "truth", TRUTHS.values(), ids=lambda truth: f"{truth.id}-{truth.generation}-{truth.wrapping}-{truth.template}"
)
def test_an_article_is_read_exactly(truth: Truth) -> None:
    article = read_sample(truth.url)
    assert article.title == truth.title
    assert article.body_text.split("\n\n") == list(truth.paragraphs)
    assert article.byline == truth.byline
    assert article.site_article_id == str(truth.id)
    assert [(m.original_src, m.caption, m.credit) for m in article.media if m.kind == "image"] == [
        (image.src, image.caption or "", image.credit) for image in truth.images
    ]
    assert [(m.original_src, m.url, m.caption) for m in article.media if m.kind == "document"] == [
        (document.src, document.url, document.caption) for document in truth.documents
    ]
    assert entries(article, "hot") == list(truth.hot)
    assert entries(article, "related") == list(truth.related)
    assert article.extractor.split()[1] == f"nested-{truth.generation}"
    for row in truth.table or ():
        for cell in row:
            assert cell in article.other_text


@pytest.mark.parametrize("truth", TRUTHS.values(), ids=lambda truth: str(truth.id))
def test_no_word_of_the_blocks_gets_into_the_body(truth: Truth) -> None:
    article = read_sample(truth.url)
    for entry in (*truth.hot, *truth.related):
        if entry.summary and entry.summary not in "\n".join(truth.paragraphs):
            assert entry.summary not in article.body_text
    for word in ("BÌNH LUẬN", "TIN NÓNG", "Agile Việt Nam"):
        assert word not in article.body_text


@pytest.mark.parametrize("truth", TRUTHS.values(), ids=lambda truth: str(truth.id))
def test_pictures_get_their_address_wherever_the_month_is_known(truth: Truth) -> None:
    article = read_sample(truth.url)
    known = truth.folder and (article.published_source or article.event_date)
    wanted = {image.src: image.url for image in truth.images if image.url}
    for media in article.media:
        if media.url is not None and media.original_src in wanted:
            assert media.url == wanted[media.original_src]
        elif known and media.original_src in wanted:
            pytest.fail(f"{media.original_src} has no address, though the month is known")


@pytest.mark.parametrize("truth", [truth for truth in TRUTHS.values() if truth.folder], ids=lambda truth: str(truth.id))
def test_the_picture_folder_dates_an_article_before_its_prose(truth: Truth) -> None:
    article = read_sample(truth.url)
    year, month = truth.folder.split("/")
    pictures = [media for media in article.media if media.kind == "image"]
    if any(f"/{truth.folder}/{truth.id}/" in media.original_src for media in pictures):
        assert (article.published, article.published_source) == (f"{year}-{int(month):02}", "image-folder")
    elif article.published:
        assert article.published_source == "prose"


@pytest.mark.parametrize("url", SAMPLE.listing_truth())
def test_a_list_page_gives_its_list_and_nothing_of_the_sidebar(url: str) -> None:
    wanted = SAMPLE.listing_truth()[url]
    if not wanted:
        return
    article = read_sample(url)
    assert [int(SITE.article_id(link.url or "") or 0) for link in article.links if link.block == "main"] == wanted
    assert [link.position for link in article.links if link.block == "main"] == list(range(1, len(wanted) + 1))
    assert entries(article, "hot")
    assert entries(article, "related")
    for link in article.links:
        assert "<" not in (link.summary or "")
