"""The real spider on a site of the tests: many hosts, one page on each. Names are answered by a service of our own.

Run as `python -m tests.faults.spider PLAN …`: PLAN is a JSON file, and what follows it is as of `newscrawler crawl`.
"""

from __future__ import annotations

import json
import socket
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from newscrawler.sites import SITES, Site
from newscrawler.spiders.news import SiteSpider

NAME = "faults"
SILENT = "stumm.example.invalid"
"""A name for which nobody answers."""
SILENCE = 4.0
"""Seconds; longer than anybody waits, and short enough for the end of the process."""


@dataclass(frozen=True, kw_only=True)
class ManyHosts(Site):
    """A site whose articles stay at the address where they were found."""

    def canonical(self, url: str) -> str | None:
        return None if self.article_id(url) is None else url.partition("?")[0]


class FaultsSpider(SiteSpider):
    name = NAME
    site = ManyHosts(name=NAME, title="Faults", hosts=(), start=(), article=r"^/News/(?P<id>\d+)", article_url="{id}")


def site_of(urls: list[str], accepted: list[str]) -> ManyHosts:
    hosts = tuple(dict.fromkeys(urlsplit(url).hostname or "" for url in urls))
    return ManyHosts(
        name=NAME,
        title="Faults",
        hosts=hosts,
        start=tuple(urls),
        article=r"^/News/(?P<id>\d+)",
        article_url="{id}",
        unverified_hosts=tuple(accepted),
    )


def answer_names(addresses: dict[str, str]) -> None:
    """From now on, this process knows these names and no others."""
    real = socket.gethostbyname

    def look_up(name: str) -> str:
        if name == SILENT:
            threading.Event().wait(SILENCE)
        if not name.endswith(".invalid"):
            return real(name)
        if name not in addresses:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return addresses[name]

    socket.gethostbyname = look_up  # what Twisted's threads call


def main(plan: Path, words: list[str]) -> None:
    from newscrawler.cli import main as command

    wanted = json.loads(plan.read_text("utf-8"))
    answer_names(wanted["addresses"])
    FaultsSpider.site = SITES[NAME] = site_of(wanted["urls"], wanted["accepted"])
    command(["crawl", NAME, *words, "-s", "SPIDER_MODULES=tests.faults.spider"])


if __name__ == "__main__":
    sys.modules["tests.faults.spider"] = sys.modules[__name__]
    main(Path(sys.argv[1]), sys.argv[2:])
