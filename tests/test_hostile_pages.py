"""Ten thousand pages made to break a reader: none does, and no article beside them is lost."""

from __future__ import annotations

import os
from collections import Counter
from contextlib import closing
from pathlib import Path

from newscrawler.archive.message import parse_head
from newscrawler.errors import ReadingError
from newscrawler.items import Article, Capture, Page
from newscrawler.pages.door import page_of
from newscrawler.pages.whole import ReadPage, read_whole
from newscrawler.reader.worker import Worker
from newscrawler.urls import urlkey
from tests.conftest import ROOT, times
from tests.hostile_pages import SITE, HostilePage, hostile_pages, sources

SEED = int(os.environ.get("NEWSCRAWLER_SEED", "20261123"))
MOST_MEMORY = 205_000_000
"""Bytes that a reader may hold: with a crawl of 95 MB beside it that is 300 MB."""
FORESEEN = {"HostilePageError", "NoArticleError", "soft-404", "captcha", "block", "login"}


def page(body: bytes, url: str, label: str = "utf-8") -> Page | None:
    capture = Capture(
        url=url, urlkey=urlkey(url), timestamp="2026-01-02T03:04:05Z", status=200, mime="text/html", digest="sha1:A",
        filename="a.warc.gz", offset=0, length=1, record_id="<urn:uuid:1>",
    )  # fmt: skip
    head = parse_head(f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset={label}\r\n\r\n".encode())
    return page_of(capture, head, body)


def good_pages(pages: list[str]) -> list[Page]:
    made = (page(html.encode(), f"{SITE}/News/{number}") for number, html in enumerate(pages, start=1))
    return [each for each in made if each is not None]


def summary(read: ReadPage) -> tuple[object, ...]:
    article = read.reading
    assert isinstance(article, Article)
    return article.content_hash, article.body_html, article.links, article.media, read.needed, read.page.left_out


def kind_of(hostile: HostilePage, worker: Worker, seen: Counter[str]) -> str:
    """What came of a hostile page: kind of the refusal, or what was read."""
    try:
        found = page(hostile.body, hostile.url, hostile.label)
    except ReadingError as error:
        return error.kind
    if found is None:
        return "no page"
    read = worker.read(found)
    seen["notes"] += len(read.page.left_out)
    seen["over time"] += "processor time" in str(read.reading) or "did not end" in str(read.reading)
    seen["ended two processes"] += "two processes" in str(read.reading)
    return read.reading.kind if isinstance(read.reading, ReadingError) else type(read.reading).__name__


def test_hostile_pages_break_nothing_and_cost_no_article_beside_them() -> None:
    count = times(150, 10_000)
    samples = Path(os.environ.get("NEWSCRAWLER_SAMPLES") or ROOT.parent / "shared" / "samples")
    pages = sources(samples if samples.is_dir() else None)
    good = good_pages(pages[:12])
    alone = [summary(read_whole(each)) for each in good]
    kinds, seen = Counter[str](), Counter[str]()
    slowest, peak = 0.0, 0
    with closing(Worker()) as worker:
        for hostile in hostile_pages(SEED, count, pages):
            kind = kind_of(hostile, worker, seen)
            kinds[kind] += 1
            assert kind in FORESEEN | {"Article", "Blocks", "no page"}, f"seed {SEED} page {hostile.number}: {kind}"
            if worker.cost is not None:
                slowest, peak = max(slowest, worker.cost.cpu), max(peak, worker.cost.peak)
            if hostile.number % 10 == 0:
                turn = hostile.number // 10 % len(good)
                good[turn].cache.clear()
                assert summary(worker.read(good[turn])) == alone[turn], f"seed {SEED} beside page {hostile.number}"
                seen["good"] += 1
    told = ", ".join(f"{number:,} {kind}" for kind, number in kinds.most_common())
    print(
        f"\nseed {SEED}: {count:,} hostile pages of {len(pages)} sources: {told}; {seen['notes']:,} notes; "
        f"{seen['over time']} over the limit of processor time, the slowest reading {slowest:.2f} s, "
        f"peak {peak / 1e6:.0f} MB; {seen['good']:,} good pages between them read as alone"
    )
    assert seen["over time"] == seen["ended two processes"] == 0
    assert peak <= MOST_MEMORY
