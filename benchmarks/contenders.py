"""Who runs the race: the command of each crawler, and what it brought home."""

from __future__ import annotations

import json
import sqlite3
import sys
from abc import ABC, abstractmethod
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from benchmarks.site import Written

_STORED = "SELECT url FROM articles WHERE title != '' AND body_text != ''"


class RoundError(Exception):
    """Raised when a crawl did not bring home the whole site, so its time says nothing."""


@dataclass(frozen=True)
class Haul:
    """What a crawl brought home."""

    articles: frozenset[str]
    pages: int
    archive_bytes: int = 0


class Contender(ABC):
    """A crawler as a command and a folder that it fills."""

    name: str

    @abstractmethod
    def command(self, folder: Path) -> list[str]:
        """What to run."""

    @abstractmethod
    def haul(self, folder: Path) -> Haul:
        """What lies in the folder afterwards."""

    def check(self, folder: Path, site: Written) -> Haul:
        """The haul of a good round.

        :raises RoundError: if articles are missing.
        """
        haul = self.haul(folder)
        if missing := site.article_urls - haul.articles:
            count = f"{len(missing)} of {len(site.article_urls)} articles"
            raise RoundError(f"{self.name} missed {count}, such as {min(missing)}")
        return haul


class BareScrapy(Contender):
    """Scrapy with its default settings."""

    name = "bare Scrapy"

    def command(self, folder: Path) -> list[str]:
        return [sys.executable, "-m", "benchmarks.bare", str(folder / "items.jsonl")]

    def haul(self, folder: Path) -> Haul:
        with (folder / "items.jsonl").open(encoding="utf-8") as lines:
            items = [json.loads(line) for line in lines]
        return Haul(frozenset(item["url"] for item in items if item["title"]), len(items))


class Newscrawler(Contender):
    """The whole pipeline: WARC, blocks, cleaning, database, search index; as impatient as its peer."""

    name = "newscrawler"
    # The peer fetches no pictures, stylesheets or scripts.
    settings: tuple[str, ...] = (
        "DOWNLOAD_DELAY=0",
        "AUTOTHROTTLE_ENABLED=False",
        "HOST_BUDGET_HOUR=0",
        "CONCURRENT_REQUESTS_PER_DOMAIN=8",
        "REQUISITES_ENABLED=False",
    )

    def command(self, folder: Path) -> list[str]:
        options = [part for setting in (f"ARCHIVE_DIR={folder / 'data'}", *self.settings) for part in ("-s", setting)]
        return [sys.executable, "-m", "scrapy", "crawl", "thanhdoan", *options]

    def haul(self, folder: Path) -> Haul:
        data = folder / "data"
        with closing(sqlite3.connect(f"{(data / 'news.db').as_uri()}?mode=ro", uri=True)) as db:
            stored = frozenset(url for (url,) in db.execute(_STORED))
            ((pages,),) = db.execute("SELECT pages FROM runs")
        return Haul(stored, pages, sum(file.stat().st_size for file in data.rglob("*") if file.is_file()))
