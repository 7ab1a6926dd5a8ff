"""What the crawler promises to each host, beside what its WARC files say it did; nothing else is asked.

`python -m tests.politeness_proof` crawls small sites on loopback and prints the table.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

from warcio.archiveiterator import ArchiveIterator

from tests.conftest import Shell
from tests.servers import Reply, serving

PAGE = "<html><head><title>Ra quân dọn kênh</title></head><body><textarea><html><body><p>Sáng 26/7/2018, các bạn trẻ ra quân.</p><p>Buổi chiều các bạn trồng cây.</p></body></html></textarea></body></html>"
GOOD: Reply = (200, {"Content-Type": "text/html"}, PAGE.encode())
AT_A_TIME = 4
"""Crawls beside each other; they mostly wait."""

Answers = Callable[[int, str], Reply]
"""The answer to the so many-th request for a page (counted from 0), by its path."""


@dataclass(frozen=True)
class Promise:
    """A site, and what it is promised."""

    name: str
    least: tuple[float, ...] = ()
    """Seconds, at the least, before the second, third, … request to the host; the last holds for all that follow."""
    requests: int | None = None
    """How many the host gets, robots.txt among them; None for as many as there are."""
    code: int = 0
    """How the run ends."""
    robots: Reply = (404, {}, b"")
    pages: Answers = lambda _number, _path: GOOD
    ids: str = "1-3"
    settings: tuple[str, ...] = ()
    runs: int = 1
    left: int = 0
    """Pages that must still be in the queue, at the least; 0 for none."""


@dataclass
class Kept:
    """What the archive says."""

    promise: Promise
    code: int
    times: list[datetime]
    left: int
    gaps: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.gaps = [(later - earlier).total_seconds() for earlier, later in pairwise(self.times)]

    @property
    def complaint(self) -> str:
        """What was not kept, or an empty text."""
        promise = self.promise
        if self.code != promise.code:
            return f"exit code {self.code} instead of {promise.code}"
        if promise.requests is not None and len(self.times) != promise.requests:
            return f"{len(self.times)} requests instead of {promise.requests}"
        if self.left < promise.left or (self.left and not promise.left):
            return f"{self.left} pages in the queue instead of {promise.left}"
        broken = [f"{gap:.3f} s instead of {least} s" for gap, least in self.pairs if gap < least]
        return "; ".join(broken)

    @property
    def pairs(self) -> list[tuple[float, float]]:
        """Each gap beside what was promised of it."""
        least = self.promise.least or (0.0,)
        return [(gap, least[min(place, len(least) - 1)]) for place, gap in enumerate(self.gaps)]

    def __str__(self) -> str:
        promised = [(gap - least, least, gap) for gap, least in self.pairs if least]
        spare, least, gap = min(promised, default=(0.0, 0.0, 0.0))
        tightest = f"{least:>9.3f}{gap:>10.3f}{spare:>+9.3f}" if promised else f"{'-':>9}{'-':>10}{'-':>9}"
        ending = f"{len(self.times):>9}{self.code:>6}{self.left:>6}"
        return f"{self.promise.name:<62}{tightest}{ending}  {self.complaint or 'kept'}"


HEAD = f"{'promise':<62}{'least s':>9}{'found s':>10}{'spare s':>9}{'requests':>9}{'exit':>6}{'left':>6}"


def rule(line: str) -> Reply:
    """A robots.txt of one line for everybody."""
    return 200, {"Content-Type": "text/plain"}, f"User-agent: *\n{line}\n".encode()


def once(status: int, headers: Callable[[], dict[str, str]], count: int = 1) -> Answers:
    """The first requests for pages are refused, all others served."""
    return lambda number, _path: (status, headers(), b"later") if number < count else GOOD


def dropped_once(number: int, _path: str) -> Reply:
    """The connection of the second request for a page ends instead of an answer."""
    if number == 1:
        raise ConnectionResetError
    return GOOD


def in_seconds(seconds: int) -> dict[str, str]:
    return {"Retry-After": str(seconds)}


def as_date(seconds: int) -> dict[str, str]:
    return {"Retry-After": format_datetime(datetime.now(UTC) + timedelta(seconds=seconds), usegmt=True)}


PROMISES = (
    Promise("DOWNLOAD_DELAY 0.3 s", (0.3,), settings=("DOWNLOAD_DELAY=0.3",), ids="1-8"),
    Promise("Crawl-delay: 2", (2.0,), robots=rule("Crawl-delay: 2")),
    Promise(
        "Crawl-delay: 0.7, over DOWNLOAD_DELAY 0.3 s",
        (0.7,),
        robots=rule("Crawl-delay: 0.7"),
        settings=("DOWNLOAD_DELAY=0.3",),
    ),
    Promise(
        "503 with Retry-After: 4, for all pages of the host",
        (0.0, 4.0, 0.0),
        pages=once(503, lambda: in_seconds(4)),
    ),
    # Such a date has no fractions of a second, and means the beginning of its second.
    Promise("503 with Retry-After as a date, 5 s ahead", (0.0, 4.0, 0.0), pages=once(503, lambda: as_date(5))),
    Promise("429 with Retry-After: 2, twice", (0.0, 2.0, 2.0, 0.0), pages=once(429, lambda: in_seconds(2), 2)),
    Promise(
        "503 with a Retry-After that is past: as none",
        (0.2, 0.2, 0.2),
        pages=once(503, lambda: as_date(-900)),
        settings=("DOWNLOAD_DELAY=0.2",),
    ),
    Promise(
        "302 within the site with Retry-After: 2",
        (0.0, 2.0, 0.0),
        pages=once(
            302,
            lambda: in_seconds(2) | {"Location": "http://thanhdoan.hochiminhcity.gov.vn/ThanhDoan/webtd/News/1?x=1"},
        ),
    ),
    Promise(
        "503 without a word, twice: 1 and 2 times the delay of 0.4 s",
        (0.4, 0.4, 0.8, 0.4),
        pages=once(503, dict, 2),
        settings=("DOWNLOAD_DELAY=0.4",),
    ),
    Promise(
        "a kept-alive connection that ends over a request: 0.4 s again",
        (0.4,),
        pages=dropped_once,
        settings=("DOWNLOAD_DELAY=0.4",),
    ),
    Promise(
        "503 with Retry-After: 86400: left alone, over two runs",
        runs=2,
        requests=2,
        code=4,
        pages=once(503, lambda: in_seconds(86400)),
        left=3,
    ),
    Promise("robots.txt 503: no page is asked for", requests=3, code=1, robots=(503, {}, b""), left=3),
    Promise(
        "robots.txt 429 with Retry-After: 86400, over two runs",
        runs=2,
        requests=1,
        code=4,
        robots=(429, in_seconds(86400), b""),
        left=3,
    ),
    Promise(
        "5 requests in any hour, over two runs",
        requests=5,
        code=4,
        settings=("HOST_BUDGET_HOUR=5",),
        ids="1-9",
        runs=2,
        left=5,
    ),
    Promise(
        "6 requests in any day, over two runs",
        requests=6,
        code=4,
        settings=("HOST_BUDGET_DAY=6",),
        ids="1-9",
        runs=2,
        left=4,
    ),
)


def is_probe(path: str) -> bool:
    """Whether an id is asked for that no walk of these tests names, to see how the site says “not there”."""
    number = path.rsplit("/", 1)[1]
    return number.isdigit() and int(number) > 1000


def keep(promise: Promise, folder: Path) -> Kept:
    """Crawl a site, and read what its archive says."""
    asked: list[str] = []

    def reply(path: str) -> Reply:
        if path.endswith("robots.txt"):
            return promise.robots
        if is_probe(path):
            return 404, {}, b""
        asked.append(path)
        return promise.pages(len(asked) - 1, path)

    with serving(reply) as proxy:
        shell = Shell(proxy.url, folder)
        settings = [word for setting in promise.settings for word in ("-s", setting)]
        codes = [shell.crawl("--ids", promise.ids, *settings).returncode for _ in range(promise.runs)]
    return Kept(promise, codes[-1], request_times(shell.data), _queued(shell.data))


def request_times(data: Path) -> list[datetime]:
    """When requests left, by the WARC files alone; there is one host."""
    times = []
    for path in (data / "warc").glob("*.warc.gz"):
        with path.open("rb") as stream:
            for record in ArchiveIterator(stream, no_record_parse=True):
                if record.rec_type == "request":
                    times.append(datetime.fromisoformat(record.rec_headers.get_header("WARC-Date")))
    return sorted(times)


def _queued(data: Path) -> int:
    with closing(sqlite3.connect(data / "news.db")) as db:
        return int(db.execute("SELECT count(*) FROM frontier WHERE state IN ('queued', 'leased')").fetchone()[0])


def proof(folder: Path) -> list[Kept]:
    """All promises, each in an archive of its own."""
    folders = []
    for number in range(len(PROMISES)):
        folders.append(folder / str(number))
        folders[-1].mkdir()
    with ThreadPoolExecutor(AT_A_TIME) as pool:
        return list(pool.map(keep, PROMISES, folders))


def main() -> int:
    with TemporaryDirectory() as folder:
        kept = proof(Path(folder))
    print("\n".join([HEAD, *map(str, kept)]))
    return int(any(each.complaint for each in kept))


if __name__ == "__main__":
    raise SystemExit(main())
