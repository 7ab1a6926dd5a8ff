"""What linking twins costs for each page that is stored, late in the life of an archive of 200,000 made articles;
prints facts.

    python -m benchmarks.twins FOLDER

makes the archive in FOLDER if it is not there. New articles, each hundredth a copy of another, are stored in it one by
one as a crawl does, in turns with linking and without, and taken away again. The figure is CPU time; what the disk
takes for the keys' pages is in the wall time beside it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from unittest.mock import patch

import click

from benchmarks.big_archive import articles, make
from newscrawler.items import Article
from newscrawler.store import Database, close_database, open_database, store_article
from newscrawler.store import articles as station

GOAL_MS = 0.5
AT_ONCE = 200


@contextmanager
def without_twins() -> Iterator[None]:
    """The same store, that looks for no twins."""
    with patch.object(station, "renew_twins"), patch.object(station, "twin_hash", return_value="[]"):
        yield


def store(db: Database, items: list[Article]) -> tuple[float, float]:
    """CPU and wall milliseconds for each article."""
    cpu, wall = process_time(), perf_counter()
    for number, item in enumerate(items):
        store_article(db, item, run_id=None, seen_at=f"2026-01-02T00:00:00.{number:06}Z")
    return 1000 * (process_time() - cpu) / len(items), 1000 * (perf_counter() - wall) / len(items)


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--articles", "size", default=200_000, show_default=True)
@click.option("--turns", default=10, show_default=True)
def main(folder: Path, size: int, turns: int) -> None:
    """Measure; 1 where linking costs more than the goal."""
    path = folder / "news.db"
    if not path.exists():
        make(path, size)
    db = open_database(path, write=True)
    (last,) = db.conn.execute("SELECT max(CAST(site_article_id AS INTEGER)) FROM articles").fetchone()
    first = count(last + 1, AT_ONCE)
    bare, linked = [], []
    for turn in range(turns + 1):
        with without_twins():
            told_bare = store(db, list(articles(AT_ONCE, first=next(first))))
        told_linked = store(db, list(articles(AT_ONCE, first=next(first))))
        if turn:  # the first fills the caches
            bare.append(told_bare)
            linked.append(told_linked)
    pairs = db.conn.execute("SELECT count(*) FROM twins").fetchone()[0]
    db.conn.execute("DELETE FROM articles WHERE CAST(site_article_id AS INTEGER) > ?", (last,))
    close_database(db)
    cost = [median(each[place] for each in linked) - median(each[place] for each in bare) for place in (0, 1)]
    for name, told in (("without", bare), ("with twins", linked)):
        cpu, wall = (median(each[place] for each in told) for place in (0, 1))
        click.echo(f"{name:12}{cpu:7.3f} ms CPU{wall:8.3f} ms wall an article")
    ratio = median(one[0] for one in linked) / median(one[0] for one in bare)
    click.echo(f"{'linking':12}{cost[0]:7.3f} ms CPU{cost[1]:8.3f} ms wall; ratio {ratio:.2f}; {pairs} pairs found")
    raise SystemExit(cost[0] > GOAL_MS)


if __name__ == "__main__":
    main()
