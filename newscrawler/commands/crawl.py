"""`scrapy crawl` with this project's exit codes and errors in one sentence."""

from __future__ import annotations

import argparse
import sys

from scrapy.commands.crawl import Command as CrawlCommand
from scrapy.exceptions import UsageError
from scrapy.spiderloader import get_spider_loader

from newscrawler.crawl import outcome
from newscrawler.errors import ExitCode
from newscrawler.interrupts import end_by_signals


class Command(CrawlCommand):
    """Same options and result as Scrapy's; the exit code says how the crawl ended."""

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """The first of this command that Scrapy calls: from here on a signal ends it with its exit code."""
        end_by_signals()
        super().process_options(args, opts)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Crawl; `exitcode` is one of ExitCode."""
        if len(args) != 1:
            raise UsageError("name one spider; `scrapy list` shows them")
        assert self.settings is not None
        known = get_spider_loader(self.settings).list()
        if args[0] not in known:
            print(f"unknown spider “{args[0]}”; known spiders: {', '.join(sorted(known))}", file=sys.stderr)
            self.exitcode = int(ExitCode.USAGE)
            return
        process = self.crawler_process
        assert process is not None
        crawler = process.create_crawler(args[0])
        task = process.crawl(crawler, **opts.spargs)
        # Without Scrapy's handlers of signals: `stopping` has its own.
        process.start(install_signal_handlers=False)
        result = outcome(crawler, task)  # type: ignore[arg-type]
        if result.message:
            print(f"scrapy crawl: {result.message}", file=sys.stderr)
        self.exitcode = int(result.exit_code)
