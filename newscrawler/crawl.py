"""A crawl in one function, and how it ended in one value."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.settings import Settings

from newscrawler.counters import COUNTERS
from newscrawler.errors import ExitCode, NewsCrawlerError
from newscrawler.run import ArchiveRun
from newscrawler.sites import get_site
from newscrawler.sites.any_site import ANY_SITE
from newscrawler.stopping import SENTENCE
from newscrawler.store.report import Completeness

WORDY_LOGS = ("scrapy.middleware", "scrapy.crawler", "scrapy.addons", "scrapy.utils.log")
"""They list Scrapy's components and settings at each start; `scrapy crawl` shows them."""


@dataclass(frozen=True)
class CrawlResult:
    """How a crawl ended."""

    exit_code: ExitCode
    message: str | None
    """One sentence where something is to be told, else None."""
    counters: Mapping[str, int]
    completeness: Completeness = field(default_factory=Completeness)
    """What became of all addresses that the crawl's cycle has met."""


def project_settings(overrides: Mapping[str, Any] | None = None) -> Settings:
    """This project's Scrapy settings, whatever folder the command was called from.

    :param overrides: settings that win over all others, as `-s NAME=value` does.
    """
    settings = Settings()
    settings.setmodule("newscrawler.settings", priority="project")
    settings.setdict(dict(overrides or {}), priority="cmdline")
    return settings


def run_crawl(site: str, settings: Settings, arguments: Mapping[str, Any]) -> CrawlResult:
    """Crawl one site to the end; one call per process, since Twisted's reactor starts only once.

    :param site: its name; ANY_SITE for the one that the argument `url` is an address of, known or not.

    :param arguments: spider arguments `full`, `since`, `ids`, `url`, `limit`.
    :raises UnknownSiteError: if there is no such site.
    """
    if site != ANY_SITE:
        get_site(site)
    process = AsyncCrawlerProcess(settings)
    for name in WORDY_LOGS:
        # Only now: making the process configures logging anew.
        logging.getLogger(name).setLevel(logging.WARNING)
    crawler = process.create_crawler(site)
    task = process.crawl(crawler, **arguments)
    # Without Scrapy's handlers of signals: `stopping` has its own.
    process.start(install_signal_handlers=False)
    return outcome(crawler, task)


def outcome(crawler: Crawler, task: asyncio.Future[None]) -> CrawlResult:
    """How a crawl ended whose reactor has stopped.

    :raises Exception: what made the crawl fail to start, if that was none of our own errors.
    """
    error = task.exception() if task.done() and not task.cancelled() else None
    if isinstance(error, NewsCrawlerError):
        return CrawlResult(error.exit_code, str(error), {})
    if error is not None:
        raise error
    run = ArchiveRun.of(crawler)
    message = run.failure or (SENTENCE if run.exit_code is ExitCode.STOPPED else None)
    return CrawlResult(run.exit_code, message, {name: run.counted(name) for name in COUNTERS}, run.report)
