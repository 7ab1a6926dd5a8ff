"""pywb shows what we archived: for every article the text that we read, out of our WARC files, index or WACZ."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.replay.conftest import Sample
from tests.replay.pages import says
from tests.replay.pywb import COLLECTION, Pywb, digits, replayed


@pytest.fixture
def pywb(tmp_path: Path, tool: Callable[[str], str]) -> Pywb:
    pywb = Pywb(tmp_path, tool)
    pywb.manage("init", COLLECTION)
    return pywb


def missing(base: str, sample: Sample) -> dict[str, list[str]]:
    """Address of an article → the paragraphs of it that its replayed page does not hold."""
    found: dict[str, list[str]] = {}
    for article in sample.pages:
        page = replayed(base, article.url, article.timestamp)
        lost = [paragraph for paragraph in article.text.split("\n\n") if not says(page, paragraph)]
        if lost or not says(page, article.title):
            found[article.url] = lost
    return found


def test_every_article_is_replayed_from_our_warc_files(pywb: Pywb, sample: Sample) -> None:
    pywb.manage("add", COLLECTION, *map(str, sample.warcs))
    with pywb.serving() as base:
        assert missing(base, sample) == {}
    assert len(sample.pages) > 30


def test_every_article_is_replayed_through_our_own_index(pywb: Pywb, sample: Sample) -> None:
    archive = pywb.index.parent.parent / "archive"
    for path in sample.warcs:
        shutil.copy(path, archive)
    shutil.copy(sample.folder / "index.cdxj", pywb.index)
    with pywb.serving() as base:
        assert missing(base, sample) == {}


def test_every_article_is_replayed_from_our_wacz(pywb: Pywb, sample: Sample, wacz: Path) -> None:
    pywb.manage("add", "--unpack-wacz", COLLECTION, str(wacz))
    with pywb.serving() as base:
        assert missing(base, sample) == {}


def test_our_index_and_that_of_pywb_find_the_same_captures(pywb: Pywb, sample: Sample) -> None:
    pywb.manage("add", COLLECTION, *map(str, sample.warcs))
    ours = (sample.folder / "index.cdxj").read_text("ascii").splitlines()
    theirs = pywb.index.read_text("ascii").splitlines()
    assert [line.split(" {")[0] for line in ours] == [line.split(" {")[0] for line in theirs]


def test_a_page_that_had_not_changed_is_replayed_at_the_time_of_its_revisit(pywb: Pywb, sample: Sample) -> None:
    pywb.manage("add", COLLECTION, *map(str, sample.warcs))
    article = sample.pages[0]
    captures = [line.split(" ")[1] for line in pywb.index.read_text("ascii").splitlines() if f'"{article.url}"' in line]
    revisits = [moment for moment in captures if moment != digits(article.timestamp)]
    with pywb.serving() as base:
        for moment in revisits:
            assert says(replayed(base, article.url, moment), article.title)
    assert revisits
