"""What the archive's queue costs beside Scrapy's in memory: the same crawl with either, in turn; prints facts.

Twice, over 2,000 pages of the generated site. “whole pipeline” is `newscrawler` with all its stations, the scheduler
switched. “bare spider” is Scrapy with its own default settings and a spider that takes the title of each page and
writes it to SQLite, a transaction for each page: nearly nothing but the queue. In both, the one side keeps in memory
what is queued, and the other writes in each page's transaction what the page has led to and that it is done.

A pair is two crawls one after the other, each a whole process; which comes first changes from pair to pair. The ratio
is of their wall times.
"""

from __future__ import annotations

import signal
import sqlite3
import sys
import tempfile
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import click

from benchmarks.contenders import Contender, Haul, Newscrawler, RoundError
from benchmarks.pipeline import Round, crawl, describe, environment
from benchmarks.queues import KNOWING, LEASES, MEMORY
from benchmarks.server import MISSING, find_nginx, serve
from benchmarks.site import LEAST, BenchSite, Written

WANTED = 1.30
ARTICLES = 1_893
"""With 106 list pages and the home page 2,000 pages."""


class Bare(Contender):
    """The spider that does nearly nothing."""

    def __init__(self, name: str, scheduler: str) -> None:
        self.name, self._scheduler = name, scheduler

    def command(self, folder: Path) -> list[str]:
        return [sys.executable, "-m", "benchmarks.queues", str(folder / "data"), self._scheduler]

    def haul(self, folder: Path) -> Haul:
        with closing(sqlite3.connect(folder / "data" / "news.db")) as db:
            urls = [url for (url,) in db.execute("SELECT url FROM pages WHERE title != ''")]
        return Haul(frozenset(urls), len(urls))


class Whole(Newscrawler):
    """All our stations."""

    def __init__(self, name: str, scheduler: str) -> None:
        self.name = name
        self.settings = (*Newscrawler.settings, "HOST_BUDGET_HOUR=0", f"SCHEDULER={scheduler}")


@dataclass(frozen=True)
class Pair:
    """The same crawl with either queue."""

    memory: Round
    archive: Round

    @property
    def ratio(self) -> float:
        """Of the wall times; above 1, the archive's queue costs more."""
        return self.archive.cost.wall / self.memory.cost.wall

    @property
    def cpu_ratio(self) -> float:
        """Of the processor's time."""
        return self.archive.cost.cpu / self.memory.cost.cpu


COMPARED: Mapping[str, tuple[Contender, Contender]] = {
    "whole pipeline": (Whole("in memory", KNOWING), Whole("archive's", LEASES)),
    "bare spider": (Bare("in memory", MEMORY), Bare("archive's", LEASES)),
}


@click.command()
@click.option(
    "--articles", default=ARTICLES, show_default=True, type=click.IntRange(LEAST), help="Articles of the site."
)
@click.option("--pairs", default=5, show_default=True, type=click.IntRange(1), help="Pairs of crawls of each.")
@click.option("--only", type=click.Choice(list(COMPARED)), help="Only this comparison.")
def main(articles: int, pairs: int, only: str | None) -> None:
    """Crawl a generated site with Scrapy's queue in memory and with the archive's, and print what each took."""
    nginx = find_nginx()
    if nginx is None:
        click.echo(MISSING)
        return
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    with tempfile.TemporaryDirectory(prefix="newscrawler-bench-") as name:
        folder = Path(name)
        site = BenchSite(articles).write(folder / "www")
        click.echo(describe(site))
        with serve(nginx, site.root, folder / "nginx") as proxy:
            for what in [only] if only else COMPARED:
                compare(what, site, folder, environment(proxy), pairs)


def compare(what: str, site: Written, folder: Path, env: Mapping[str, str], pairs: int) -> None:
    """All pairs of one comparison, and their median."""
    done = []
    for number in range(1, pairs + 1):
        try:
            pair = race(COMPARED[what], site, folder, env, archive_first=number % 2 == 0)
        except RoundError as error:
            click.echo(f"{what}, pair {number}: ERROR: {error}", err=True)
            sys.exit(1)
        done.append(pair)
        click.echo(f"{what}, pair {number}: {line([pair])}")
    click.echo(f"{what}, median: {line(done)}; wanted: at most {WANTED:.2f}")


def race(
    queues: tuple[Contender, Contender], site: Written, folder: Path, env: Mapping[str, str], *, archive_first: bool
) -> Pair:
    """One pair.

    :raises RoundError: if a crawl failed or missed an article.
    """
    in_order = reversed(queues) if archive_first else queues
    rounds = {each.name: crawl(each, site, folder, env) for each in in_order}
    return Pair(*(rounds[each.name] for each in queues))


def line(pairs: list[Pair]) -> str:
    """Medians over the pairs given."""
    memory, archive = (median(getattr(pair, side).cost.wall for pair in pairs) for side in ("memory", "archive"))
    ratio, cpu = median(pair.ratio for pair in pairs), median(pair.cpu_ratio for pair in pairs)
    return f"{memory:6.2f} s in memory, {archive:6.2f} s in the archive: {ratio:.2f} times as long ({cpu:.2f} in CPU)"


if __name__ == "__main__":
    main()
