"""An archive of two files as a crawl leaves it, made without a crawl: all kinds of records, rows, manifest, index."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from newscrawler.archive.cdxj import update_index
from newscrawler.archive.manifest import Manifest
from newscrawler.archive.writer import WarcWriter
from newscrawler.items import Capture, Exchange
from newscrawler.store import add_capture, close_database, finish_run, open_database, start_run
from tests.archive.exchanges import exchange

HOST = "http://thanhdoan.hochiminhcity.gov.vn/News"
START = datetime(2026, 1, 2, 3, 4, 5, 678901, tzinfo=UTC)
HTML = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


@dataclass(frozen=True)
class SmallArchive:
    folder: Path
    captures: tuple[Capture, ...]

    @property
    def paths(self) -> list[Path]:
        return sorted((self.folder / "warc").glob("*.warc.gz"))

    def revisits(self) -> list[Capture]:
        return [capture for capture in self.captures if capture.record_type == "revisit"]


def bodies(seed: int) -> Iterator[bytes]:
    """Pages as they differ on the wire: plain, zipped, in chunks, nearly empty, and one that does not compress."""
    random = Random(seed)
    number = 0
    while True:
        number += 1
        words = " ".join(random.choice(("Đoàn", "thanh niên", "ra quân", "mùa hè xanh")) for _ in range(120))
        yield f"<h1>Bài {number}</h1><p>{words}</p>".encode()


def message(number: int, body: bytes) -> tuple[bytes, bytes]:
    """Head and body of the answer with that number."""
    match number % 4:
        case 1:
            return HTML + b"Content-Encoding: gzip\r\n\r\n", gzip.compress(body, mtime=0)
        case 2:
            half = len(body) // 2
            chunks = b"".join(b"%x\r\n%b\r\n" % (len(each), each) for each in (body[:half], body[half:], b""))
            return HTML + b"Transfer-Encoding: chunked\r\n\r\n", chunks
        case 3:
            return HTML + b"\r\n", Random(number).randbytes(900)
    return HTML + b"\r\n", body


def exchanges(count: int, seed: int = 1) -> list[Exchange]:
    """`count` answers; then one that did not come, and one that was cut."""
    made = []
    for number, body in zip(range(count), bodies(seed), strict=False):
        head, content = message(number, body)
        made.append(exchange(content, head=head, url=f"{HOST}/{number}", started_at=START + timedelta(seconds=number)))
    later = START + timedelta(hours=1)
    made.append(exchange(b"", head=b"", url=f"{HOST}/none", started_at=later, failure="connection refused"))
    made.append(exchange(b"<p>half", url=f"{HOST}/half", started_at=later, truncated="disconnect"))
    return made


def small_archive(folder: Path, count: int = 12) -> SmallArchive:
    """Two runs: the first brings pages, the second brings two of them again, unchanged, and more."""
    db = open_database(folder / "news.db", write=True)
    captures: list[Capture] = []
    try:
        first = _run(folder, db, [(each, None) for each in exchanges(count)])
        again = exchange(
            message(0, next(bodies(1)))[1],
            head=HTML + b"X-Cache: HIT\r\n\r\n",
            url=f"{HOST}/0?again",
            started_at=START + timedelta(days=1),
        )
        unchanged = exchange(
            b"",
            head=b"HTTP/1.1 304 Not Modified\r\nETag: a\r\n\r\n",
            url=first[1].url,
            started_at=START + timedelta(days=1, seconds=1),
        )
        more = [(each, None) for each in exchanges(count // 2, seed=2)]
        captures = [*first, *_run(folder, db, [(again, first[0]), (unchanged, first[1]), *more])]
    finally:
        close_database(db)
    return SmallArchive(folder, tuple(captures))


def _run(folder: Path, db, answers: list[tuple[Exchange, Capture | None]]) -> list[Capture]:  # type: ignore[no-untyped-def]
    manifest, paths = Manifest(folder), []
    info = {"software": "newscrawler/0", "isPartOf": "thanhdoan", "manifest-head": manifest.head()}

    def closed(path: Path) -> None:
        manifest.add(path, "closed")
        paths.append(path)

    writer = WarcWriter(folder / "warc", "thanhdoan", info, now=lambda: START, reserve=0, on_close=closed)
    run = start_run(db, "thanhdoan", "test", "2026-01-02T03:04:05.000000Z")
    captures = [capture for each, original in answers if (capture := writer.write(each, original))]
    for capture in captures:
        add_capture(db, capture, run)
    writer.close()
    finish_run(db, run, "2026-01-02T04:04:05.000000Z", 0, {})
    update_index(folder, paths)
    return captures
