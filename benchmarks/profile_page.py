"""What each stage of one page costs, in this process and without a network: `python -m benchmarks.profile_page`."""

from __future__ import annotations

import json
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import chain, count
from pathlib import Path
from unittest.mock import patch

import click
from scrapy import Request

from benchmarks.site import LEAST, BenchSite
from newscrawler.archive.writer import WarcWriter
from newscrawler.items import Article, Exchange, Link, Page
from newscrawler.reading.article import read_article
from newscrawler.reading.blocks import split_blocks
from newscrawler.reading.body.fragment import read_body
from newscrawler.reading.columns import article_columns
from newscrawler.reading.encoding import decode
from newscrawler.reading.fields.metadata import read_metadata
from newscrawler.reading.page.guard import tame
from newscrawler.reading.page.nested import split_nested
from newscrawler.reading.page.order import ReadingOrder, reading_order
from newscrawler.reading.page.tree import parse
from newscrawler.reading.sections.entries import read_entries
from newscrawler.reading.sections.headline import find_headline
from newscrawler.reading.sections.spans import Section, find_sections
from newscrawler.sites import get_site
from newscrawler.store.articles import store_article
from newscrawler.store.captures import add_capture
from newscrawler.store.database import open_database
from newscrawler.tape import Tape

SITE = get_site("thanhdoan")

INDEX = LEAST // 2
_EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
_HEAD = b"HTTP/1.1 200 OK\r\nServer: nginx\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: 40192\r\n\r\n"
_REQUEST = b"GET / HTTP/1.1\r\nHost: thanhdoan.hochiminhcity.gov.vn\r\nAccept-Encoding: gzip\r\n\r\n"


@dataclass(frozen=True)
class Stage:
    """One step; those of level 1 are parts of the last of level 0 before them."""

    name: str
    step: Callable[[], object]
    level: int = 0


@click.command()
@click.option("--repeat", default=300, show_default=True, type=click.IntRange(1), help="Repetitions of each stage.")
def main(repeat: int) -> None:
    """Print the cost of each stage of one generated page, in milliseconds."""
    with tempfile.TemporaryDirectory(prefix="newscrawler-profile-") as folder:
        click.echo(f"{'stage':<44} {'CPU ms':>8} {'wall ms':>8}   ({repeat} repetitions of one page)")
        # Each stage runs before the next is made: what it needs stands open only so long.
        for stage in chain(reading_stages(), writing_stages(Path(folder))):
            cpu, wall = timed(stage.step, repeat)
            click.echo(f"{'    ' * stage.level + stage.name:<44} {cpu:8.3f} {wall:8.3f}")


def timed(step: Callable[[], object], repeat: int) -> tuple[float, float]:
    """Mean CPU and wall milliseconds of a step, after one for warming up."""
    step()
    cpu, wall = time.process_time(), time.perf_counter()
    for _ in range(repeat):
        step()
    return (time.process_time() - cpu) * 1000 / repeat, (time.perf_counter() - wall) * 1000 / repeat


def reading_stages() -> Iterator[Stage]:
    """Bytes to article to the requests that its page leads to."""
    site = BenchSite(LEAST)
    url, html, layout = site.url(INDEX), site.article_page(INDEX), SITE.layout
    body = html.encode()
    outer, _nested = split_nested(html, fragments=layout.wrapped)
    tree = parse(outer)
    order = reading_order(tree, url)
    blocks = split_blocks(_page(url, html), layout, SITE)
    known = frozenset(filter(None, map(SITE.canonical, blocks.hrefs)))
    sections = [section for section in find_sections(order, layout, known) if section.kind in ("hot", "related")]
    metadata = blocks.metadata
    yield Stage("decode", lambda: decode(body, "utf-8"))
    yield Stage("split_blocks", lambda: split_blocks(_page(url, html), layout, SITE))
    yield Stage("guard", lambda: tame(html), 1)
    yield Stage("nested document", lambda: split_nested(html, fragments=layout.wrapped), 1)
    yield Stage("parse", lambda: parse(outer), 1)
    yield Stage("reading order", lambda: reading_order(tree, url), 1)
    yield Stage("canonical addresses of links", lambda: [SITE.canonical(href) for href in blocks.hrefs], 1)
    yield Stage("sections", lambda: find_sections(order, layout, known), 1)
    yield Stage("entries of hot and related", lambda: [_entries(order, section, known) for section in sections], 1)
    yield Stage("metadata", lambda: read_metadata(tree, url=url, fetched_at=_EPOCH), 1)
    yield Stage("headline", lambda: find_headline(tree, order, layout, metadata), 1)
    yield Stage("read_article", lambda: read_article(blocks, layout, SITE))
    yield Stage("body into parts (BeautifulSoup)", lambda: read_body(blocks.main or ""), 1)
    yield Stage("requests for the links", lambda: [Request(u) for u in blocks.hrefs if SITE.article_id(u) is not None])


def writing_stages(folder: Path) -> Iterator[Stage]:
    """Bytes to WARC, article to rows and JSON."""
    site = BenchSite(LEAST)
    html, page = site.article_page(INDEX), _page(site.url(INDEX), site.article_page(INDEX))
    exchange = _exchange(page.url, html.encode())
    article = read_article(split_blocks(page, SITE.layout, SITE), SITE.layout, SITE)
    with closing(WarcWriter(folder, SITE.name, {"software": "newscrawler benchmark"})) as writer:
        yield Stage("WARC records, synced to disk", lambda: writer.write(exchange))
        with patch.object(os, "fdatasync"):
            yield Stage("WARC records, not synced", lambda: writer.write(exchange))
        capture = writer.write(exchange)
        assert capture is not None
    with closing(open_database(folder / "news.db", write=True)) as db:
        numbers = count(1)
        yield Stage("row of the capture", lambda: add_capture(db, replace(capture, offset=next(numbers)), None))
        articles = _variants(article, add_capture(db, capture, None))
        seen_at = capture.timestamp
        yield Stage("store_article, new", lambda: store_article(db, next(articles), run_id=None, seen_at=seen_at))
    yield Stage("article as JSON", lambda: json.dumps(article_columns(article), ensure_ascii=False))


def _entries(order: ReadingOrder, section: Section, known: frozenset[str]) -> tuple[Link, ...]:
    pieces = range(section.start, section.end)
    shown = SITE.layout.blocks_show
    return read_entries(order, section.container, pieces, "hot", article_hrefs=known, single_text=shown)


def _page(url: str, html: str) -> Page:
    return Page(url=url, html=html, fetched_at=_EPOCH, site=SITE.name, kind="article")


def _exchange(url: str, body: bytes) -> Exchange:
    return Exchange(
        url=url,
        method="GET",
        request=Tape(_REQUEST),
        response=Tape(_HEAD + body),
        started_at=_EPOCH,
        ip_address="127.0.0.1",
        protocol="http/1.1",
    )


def _variants(article: Article, capture_id: int) -> Iterator[Article]:
    """The same article under ever new addresses."""
    for number in count(1_000_000):
        url = SITE.article_url.format(id=number)
        yield replace(article, url=url, site_article_id=str(number), capture_id=capture_id, page=None)


if __name__ == "__main__":
    main()
