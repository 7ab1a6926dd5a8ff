"""How long the pages of the reading room take, from the request's first byte to the answer's last, at three sizes of
the archive, beside a plain search through all texts (`LIKE`); prints facts.

    python -m benchmarks.room FOLDER

makes the archives in FOLDER if they are not there. The real server answers over loopback, one request after another;
each page is another one, so that nothing is answered from what a request before has warmed but the file's own pages.
These are in the system's memory, as with a server that has run for a while: the file is read once before; with `--cold`
it is not, and where the system has put it out of memory the disk is measured too.
"""

from __future__ import annotations

import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from random import Random
from statistics import quantiles
from time import perf_counter
from urllib.parse import quote, urlsplit

import click

from benchmarks.big_archive import COMMON, WORDS, make
from benchmarks.search import selections
from newscrawler.store.search import Selection

SIZES = (1_000, 20_000, 200_000)
GOAL_MS = 50
_LIKE = "SELECT id, title FROM articles WHERE body_text LIKE ? OR title LIKE ? ORDER BY +published DESC LIMIT 20"
_HOT = ("/hot", "/hot?site=thanhdoan", "/hot?from=2024&to=2024", "/hot?from=2023-05&to=2023-06", "/hot?page=2")
_KINDS = ("common words", "rare words", "one word", "within a year", "of a section", "by a person", "no words")


@contextmanager
def serving(data: Path) -> Iterator[HTTPConnection]:
    """A connection to the reading room of `data`."""
    command = [sys.executable, "-m", "newscrawler", "serve", "--data", str(data), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        found = re.search(r"http://\S+", process.stdout.readline())
        assert found, "the room did not open"
        try:
            with closing(HTTPConnection(urlsplit(found[0]).netloc)) as connection:
                yield connection
        finally:
            process.terminate()


def paths(size: int, count: int) -> dict[str, list[str]]:
    """Kind of page → addresses of it, none twice but of the few forms of the timeline."""
    random = Random(size)
    kinds = [_KINDS[number % len(_KINDS)] for number in range(count)]
    ids = random.sample(range(1, size + 1), count)
    return {
        "front page": ["/"] * (count // 10),
        "search": [_address(selections(kind, random, 1)[0]) for kind in kinds],
        "article": [f"/article/{id}" for id in ids],
        "versions": [f"/article/{id}/history" for id in ids[: count // 2]],
        "timeline": [_HOT[number % len(_HOT)] for number in range(count // 2)],
        "runs": [f"/runs?page={number + 1}" for number in range(count // 10)],
    }


def _address(wanted: Selection) -> str:
    values = {"q": wanted.words, "site": wanted.site, "from": wanted.since, "to": wanted.until}
    values |= {"section": wanted.category, "byline": wanted.byline, "block": wanted.block}
    return "/search?" + "&".join(f"{name}={quote(value)}" for name, value in values.items() if value)


def times(connection: HTTPConnection, addresses: list[str]) -> list[float]:
    """Milliseconds of each request."""
    took = []
    for address in addresses:
        begun = perf_counter()
        connection.request("GET", address)
        answer = connection.getresponse()
        answer.read()
        took.append((perf_counter() - begun) * 1000)
        assert answer.status == 200, f"{address}: {answer.status}"
    return took


def like_times(path: Path, count: int) -> list[float]:
    """Milliseconds of searches through all texts, marks as typed."""
    random, took = Random(1), []
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as db:
        for _ in range(count):
            word = f"%{random.choice((*COMMON, *WORDS[300:340]))}%"
            begun = perf_counter()
            db.execute(_LIKE, (word, word)).fetchall()
            took.append((perf_counter() - begun) * 1000)
    return took


def _read_once(path: Path) -> None:
    with path.open("rb", buffering=0) as file:
        while file.read(1 << 22):
            pass


def _told(name: str, took: list[float]) -> str:
    points = quantiles(took, n=100, method="inclusive")
    return f"  {name:<22} {len(took):>5} {points[49]:>9.1f} {points[94]:>9.1f} {max(took):>9.1f}"


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--size", "sizes", multiple=True, type=int, help=f"Articles; without it {SIZES}.")
@click.option("--requests", "count", default=200, show_default=True, help="Of each kind.")
@click.option("--cold", is_flag=True, help="Do not read the files once before.")
def main(folder: Path, sizes: tuple[int, ...], count: int, cold: bool) -> None:
    """Measure the pages over the archives in FOLDER."""
    for size in sizes or SIZES:
        path = folder / str(size) / "news.db"
        if not path.exists():
            make(path, size, history=True)
        click.echo(f"{size:,} articles           asked    p50 ms    p95 ms    max ms   (goal: p95 ≤ {GOAL_MS})")
        if not cold:
            _read_once(path)
        with serving(path.parent) as connection:
            times(connection, ["/", "/search?q=a", "/article/1", "/hot"])
            for name, addresses in paths(size, count).items():
                click.echo(_told(name, times(connection, addresses)))
        click.echo(_told("LIKE, all texts", like_times(path, 8)))


if __name__ == "__main__":
    main()
