"""The whole pipeline against bare Scrapy on the same site, in turn; prints facts and asserts nothing about speed.

Each crawl is a whole process, start-up included. Pages a second are pages of the site (articles, lists, home) over
wall time, so that the numerator is the same for all. The archive is written to the folder for temporary files; TMPDIR
chooses the disk.
"""

from __future__ import annotations

import os
import platform
import re
import signal
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import click
import scrapy

from benchmarks.contenders import BareScrapy, Contender, Haul, Newscrawler, RoundError
from benchmarks.measure import Cost, run
from benchmarks.server import MISSING, find_nginx, serve
from benchmarks.site import LEAST, BenchSite, Written

PROJECT = Path(__file__).parents[1]
START_LIMIT = 60.0
PAGE_LIMIT = 0.25
"""Seconds that a crawl may take at most: START_LIMIT, and so much for each page."""
_LOG_TAIL = 1_500
_FOREIGN = re.compile(r"SCRAPY_|NEWSCRAWLER_|.*_proxy$", re.IGNORECASE)


@dataclass(frozen=True)
class Round:
    """One crawl."""

    contender: str
    cost: Cost
    haul: Haul
    site_pages: int

    @property
    def speed(self) -> float:
        """Pages of the site a second."""
        return self.site_pages / self.cost.wall

    @property
    def cpu_ms(self) -> float:
        """Milliseconds of CPU for each page of the site."""
        return 1000 * self.cost.cpu / self.site_pages


@click.command()
@click.option("--articles", default=1_000, show_default=True, type=click.IntRange(LEAST), help="Articles of the site.")
@click.option("--rounds", default=3, show_default=True, type=click.IntRange(1), help="Crawls of each.")
def main(articles: int, rounds: int) -> None:
    """Crawl a generated site with bare Scrapy and with newscrawler, and print what each took."""
    nginx = find_nginx()
    if nginx is None:
        click.echo(MISSING)
        return
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    contenders = [BareScrapy(), Newscrawler()]
    with tempfile.TemporaryDirectory(prefix="newscrawler-bench-") as name:
        folder = Path(name)
        site = BenchSite(articles).write(folder / "www")
        click.echo(describe(site))
        with serve(nginx, site.root, folder / "nginx") as proxy:
            done = race(contenders, site, folder, environment(proxy), rounds)
    click.echo(summary(contenders, done))
    if len(done) < rounds * len(contenders):
        sys.exit(1)


def race(
    contenders: Sequence[Contender], site: Written, folder: Path, env: Mapping[str, str], rounds: int
) -> list[Round]:
    """All rounds in turn; a round that failed is told and left out."""
    done = []
    for number in range(1, rounds + 1):
        for contender in contenders:
            try:
                result = crawl(contender, site, folder, env)
            except RoundError as error:
                click.echo(f"round {number}  {contender.name}: ERROR: {error}", err=True)
            else:
                done.append(result)
                click.echo(f"round {number}  {line(contender.name, [result])}")
    return done


def crawl(contender: Contender, site: Written, folder: Path, env: Mapping[str, str]) -> Round:
    """One crawl in a folder of its own, which is gone afterwards.

    :raises RoundError: if it failed or missed an article.
    """
    with tempfile.TemporaryDirectory(dir=folder) as name:
        own, log = Path(name), Path(name) / "log"
        limit = START_LIMIT + PAGE_LIMIT * site.pages
        cost = run(contender.command(own), cwd=PROJECT, env=env, log=log, limit=limit)
        if cost.exit_code != 0:
            words = log.read_text(encoding="utf-8", errors="replace")[-_LOG_TAIL:]
            raise RoundError(f"exit code {cost.exit_code} after {cost.wall:.1f} s; its last words:\n{words}")
        return Round(contender.name, cost, contender.check(own, site), site.pages)


def environment(proxy: str) -> dict[str, str]:
    """Ours, with the server as the one proxy and no settings of another Scrapy project."""
    kept = {name: value for name, value in os.environ.items() if not _FOREIGN.match(name)}
    return {**kept, "http_proxy": proxy}


def describe(site: Written) -> str:
    """What is crawled, and with what."""
    return (
        f"{len(site.article_urls):,} articles of {site.article_bytes:,} bytes, {site.lists} list pages, home; "
        f"nginx on loopback, gzip off; 8 requests at a time, no delay\n"
        f"Python {platform.python_version()}, Scrapy {scrapy.__version__}, {os.cpu_count()} cores; "
        f"newscrawler obeys robots.txt and writes its archive to {tempfile.gettempdir()}"
    )


def summary(contenders: Sequence[Contender], done: Sequence[Round]) -> str:
    """Medians, and each contender's speed as a multiple of the first one's."""
    lines = []
    for contender in contenders:
        rounds = [each for each in done if each.contender == contender.name]
        if rounds:
            lines.append(f"median   {line(contender.name, rounds)}")
    first = [each.speed for each in done if each.contender == contenders[0].name]
    for contender in contenders[1:]:
        own = [each.speed for each in done if each.contender == contender.name]
        if first and own:
            lines.append(f"{contender.name} / {contenders[0].name}: {median(own) / median(first):.2f} in pages/s")
    return "\n".join(lines)


def line(name: str, rounds: Sequence[Round]) -> str:
    """One contender's figures, medians over the rounds given."""
    archive = median(each.haul.archive_bytes for each in rounds)
    figures = (
        f"{median(each.speed for each in rounds):6.1f} pages/s",
        f"{median(each.cpu_ms for each in rounds):6.2f} ms CPU/page",
        f"{median(each.cost.wall for each in rounds):6.2f} s wall",
        f"{median(each.cost.peak_mb for each in rounds):4.0f} MB peak",
        f"{median(each.haul.pages for each in rounds):6,.0f} fetched",
        *([f"{archive / 1e6:.1f} MB archive"] if archive else []),
    )
    return f"{name:<11}  {'  '.join(figures)}"


if __name__ == "__main__":
    main()
