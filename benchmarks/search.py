"""How long a search takes among 200,000 made articles, for words of every frequency, the ways people type them, and
filters; prints facts.

    python -m benchmarks.search FOLDER

makes the archive in FOLDER if it is not there. Each query is asked once before it is measured, as one that comes after
others would be, but of a connection that has kept nothing of it. Times are CPU times: of a page of twenty hits with
their snippets and their number, and of the counts by year, site and section, asked for alone.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain
from pathlib import Path
from random import Random
from statistics import quantiles
from time import process_time

import click

from benchmarks.big_archive import CATEGORIES, COMMON, FAMILIES, NAMES, WORDS, make
from newscrawler.store import Database, close_database, open_database
from newscrawler.store.search import Selection, counts_by, search_page
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
    "of a site",
    "of a section",
    "by a person",
    "in the hot block",
    "newest first",
    "tenth page",
    "i or y",
    "no words",
)


def selections(kind: str, random: Random, count: int) -> list[Selection]:
    """Queries of one kind."""
    return [_selection(kind, random) for _ in range(count)]


def _selection(kind: str, random: Random) -> Selection:
    common = random.sample(COMMON, random.randint(1, 4))
    words = " ".join(common)
    place = random.randrange(len(COMMON) - 3)
    match kind:
        case "common phrase":
            return Selection(words=f'"{" ".join(COMMON[place : place + 3])}"')
        case "common, no marks":
            return Selection(words=fold(" ".join(COMMON[place : place + 4])))
        case "rare words":
            return Selection(words=" ".join(random.sample(WORDS[300:], 2)))
        case "one word":
            return Selection(words=common[0])
        case "rare marks":
            return Selection(words=random.choice(("đoán", "thảnh", "nièn", "phộ", "sính viên", "xánh")))
        case "within a year":
            year = str(random.randint(2008, 2025))
            return Selection(words=words, since=year, until=year, site="thanhdoan")
        case "of a site":
            return Selection(words=words, site=random.choice(("tuoitre", "thanhnien", "thanhdoan")))
        case "of a section":
            return Selection(words=words, category=random.choice((*CATEGORIES, "tin tuc")))
        case "by a person":
            return Selection(words=words, byline=fold(f"{random.choice(FAMILIES)} {random.choice(NAMES)}"))
        case "in the hot block":
            return Selection(words=words, block="hot")
        case "newest first":
            return Selection(words=words, sort="newest", site=random.choice((None, "tuoitre")))
        case "i or y":
            return Selection(words=random.choice(("sỹ quan", "chiến sỹ", "kĩ sư", "quí vị")))
        case "no words":
            return Selection(site=random.choice((None, "tuoitre")), category=random.choice((None, *CATEGORIES)))
    return Selection(words=words)


def measure(db: Database, ask: Callable[[Database, Selection], object], asked: list[Selection]) -> list[float]:
    """Milliseconds of each query."""
    times = []
    for selection in asked:
        ask(_forgetful(db), selection)
        for _ in range(TURNS):
            other = _forgetful(db)
            start = process_time()
            ask(other, selection)
            times.append(1000 * (process_time() - start))
    return times


def _forgetful(db: Database) -> Database:
    return Database(db.conn, execute_plugins=False)


def a_page(db: Database, selection: Selection) -> object:
    """The first page of results."""
    return search_page(db, selection)


def tenth_page(db: Database, selection: Selection) -> object:
    """One that few people leaf to."""
    return search_page(db, selection, offset=180)


def all_counts(db: Database, selection: Selection) -> object:
    """What stands beside the results."""
    return [counts_by(db, selection, dimension) for dimension in ("year", "site", "category")]


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--articles", default=200_000, show_default=True)
@click.option("--queries", "count", default=40, show_default=True, help="Of each kind.")
def main(folder: Path, articles: int, count: int) -> None:
    """Measure; 1 where the 95th percentile of all pages is above the goal."""
    path = folder / "news.db"
    if not path.exists():
        make(path, articles, history=True)
    db = open_database(path)
    pages, counts = [], []
    click.echo(f"{'':18}{'a page of results':^27}   {'three counts':^27}")
    click.echo(f"{'query':18}{'median':>9}{'p95':>9}{'most':>9}   {'median':>9}{'p95':>9}{'most':>9}  ms")
    for kind in _KINDS:
        asked = selections(kind, Random(kind), count)
        ask = tenth_page if kind == "tenth page" else a_page
        pages.append(measure(db, ask, asked))
        counts.append(measure(db, all_counts, asked))
        _tell(kind, pages[-1], counts[-1])
    worst = _tell("all", list(chain(*pages)), list(chain(*counts)))
    close_database(db)
    raise SystemExit(worst > GOAL_MS)


def _tell(kind: str, pages: list[float], counts: list[float]) -> float:
    told = [(parts[9], parts[18], max(times)) for times in (pages, counts) for parts in [quantiles(times, n=20)]]
    columns = ("".join(f"{figure:9.1f}" for figure in figures) for figures in told)
    click.echo(f"{kind:18}{'   '.join(columns)}")
    return told[0][1]


if __name__ == "__main__":
    main()
