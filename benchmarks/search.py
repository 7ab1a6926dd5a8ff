"""How long a search takes among 200,000 made articles, for words of every frequency and the ways people type them;
prints facts.

    python -m benchmarks.search FOLDER

makes the archive in FOLDER if it is not there. Each query is asked once before it is measured, as one that comes after
others would be; times are CPU times of one call of `search` with twenty hits and their snippets, the file in memory.
"""

from __future__ import annotations

from pathlib import Path
from random import Random
from statistics import quantiles
from time import process_time

import click

from benchmarks.big_archive import COMMON, WORDS, make
from newscrawler.store import Database, close_database, open_database, search
from newscrawler.text import fold

GOAL_MS = 50
TURNS = 3
_KINDS = (
    "common words",
    "common phrase",
    "common, no marks",
    "rare words",
    "one word",
    "rare marks",
    "within a year",
    "i or y",
)


def queries(kind: str, random: Random, count: int) -> list[tuple[str, dict[str, str]]]:
    """(words, filters) of one kind."""
    return [_query(kind, random) for _ in range(count)]


def _query(kind: str, random: Random) -> tuple[str, dict[str, str]]:
    common = random.sample(COMMON, random.randint(2, 4))
    place = random.randrange(len(COMMON) - 3)
    match kind:
        case "common phrase":
            return f'"{" ".join(COMMON[place : place + 3])}"', {}
        case "common, no marks":
            return fold(" ".join(COMMON[place : place + 4])), {}
        case "rare words":
            return " ".join(random.sample(WORDS[300:], 2)), {}
        case "one word":
            return random.choice(COMMON), {}
        case "rare marks":
            return random.choice(("đoán", "thảnh", "nièn", "phộ", "sính viên", "xánh")), {}
        case "within a year":
            return " ".join(common), {"since": str(random.randint(2008, 2025)), "site": "thanhdoan"}
        case "i or y":
            return random.choice(("sỹ quan", "chiến sỹ", "kĩ sư", "quí vị")), {}
    return " ".join(common), {}


def measure(db: Database, kind: str, count: int) -> list[float]:
    """Milliseconds of each query."""
    times = []
    for words, filters in queries(kind, Random(kind), count):
        search(db, words, **filters)  # type: ignore[arg-type]
        for _ in range(TURNS):
            start = process_time()
            search(db, words, **filters)  # type: ignore[arg-type]
            times.append(1000 * (process_time() - start))
    return times


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--articles", default=200_000, show_default=True)
@click.option("--queries", "count", default=40, show_default=True, help="Of each kind.")
def main(folder: Path, articles: int, count: int) -> None:
    """Measure; 1 where the 95th percentile of all queries is above the goal."""
    path = folder / "news.db"
    if not path.exists():
        make(path, articles)
    db = open_database(path)
    every = []
    click.echo(f"{'query':18}{'median':>9}{'p95':>9}{'most':>9}  ms")
    for kind in _KINDS:
        times = measure(db, kind, count)
        every += times
        _tell(kind, times)
    worst = _tell("all", every)
    close_database(db)
    raise SystemExit(worst > GOAL_MS)


def _tell(kind: str, times: list[float]) -> float:
    parts = quantiles(times, n=20)
    click.echo(f"{kind:18}{parts[9]:9.1f}{parts[18]:9.1f}{max(times):9.1f}")
    return parts[18]


if __name__ == "__main__":
    main()
