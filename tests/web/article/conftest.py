"""Archives of a few records and one article, made without a crawl, so that each test says what lies in them."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from newscrawler.archive.manifest import Manifest
from newscrawler.archive.writer import WarcWriter
from newscrawler.items import Article, Capture, Exchange
from newscrawler.store import (
    add_capture,
    close_database,
    open_database,
    relink_media,
    start_run,
    store_article,
)
from tests.archive.exchanges import exchange
from tests.store.conftest import PAGE, article

START = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
URL = f"{PAGE}1"


def png(red: int = 200) -> bytes:
    """A picture of one dot."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0))
    dot = chunk(b"IDAT", zlib.compress(bytes([0, red, 0, 0])))
    return b"\x89PNG\r\n\x1a\n" + head + dot + chunk(b"IEND", b"")


def answer(
    body: bytes, url: str = URL, *, mime: str = "text/html", second: int = 0, head: str = "", **values: Any
) -> Exchange:
    """A 200 of this body; `head` is more of its head."""
    told = f"HTTP/1.1 200 OK\r\nContent-Type: {mime}\r\n{head}\r\n".encode()
    return exchange(body, head=told, url=url, started_at=START + timedelta(seconds=second), **values)


@dataclass(frozen=True)
class Made:
    data: Path
    captures: list[Capture]
    article: int = 1

    @property
    def warc(self) -> Path:
        (path,) = (self.data / "warc").glob("*.warc.gz")
        return path


def make(folder: Path, answers: Iterable[Exchange | tuple[Exchange, int]], *versions: Article, **values: Any) -> Made:
    """An archive of these answers, one WARC file, and an article, read in the first of them.

    :param answers: an exchange, or one with the number of the earlier one that it repeats.
    :param versions: readings of the article, one for each answer from the first on; else one of `values`.
    """
    manifest = Manifest(folder)
    writer = WarcWriter(
        folder / "warc",
        "made",
        {"software": "newscrawler/0"},
        reserve=0,
        on_close=lambda path: manifest.add(path, "closed"),
    )
    captures: list[Capture] = []
    db = open_database(folder / "news.db", write=True)
    try:
        run = start_run(db, "thanhdoan", "test", "2026-01-02T03:04:05.000000Z")
        for each in answers:
            one, original = each if isinstance(each, tuple) else (each, None)
            capture = writer.write(one, captures[original] if original is not None else None)
            assert capture is not None
            captures.append(replace(capture, id=add_capture(db, capture, run)))
        writer.close()
        for number, one in enumerate(versions or (article(**values),)):
            capture = captures[number]
            store_article(db, replace(one, capture_id=capture.id), run_id=run, seen_at=capture.timestamp)
        relink_media(db)
    finally:
        close_database(db)
    return Made(folder, captures)
