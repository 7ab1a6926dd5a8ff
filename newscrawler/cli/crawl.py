"""Verb `crawl`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from newscrawler.cli.common import data_option
from newscrawler.cli.completeness import lines
from newscrawler.cli.turns import in_turn
from newscrawler.errors import ExitCode, UsageError
from newscrawler.interrupts import end_by_signals
from newscrawler.sites import SITES, get_site, site_of
from newscrawler.sites.any_site import ANY_SITE
from newscrawler.urls import bare_host

_EPILOG = """\b
Example:
  newscrawler crawl thanhdoan                       everything that the lists lead to
  newscrawler crawl thanhdoan --ids 2754-2800       walk over article ids
  newscrawler crawl thanhdoan -s DOWNLOAD_DELAY=5   any setting of Scrapy
  newscrawler crawl --url https://bao.example.vn/ --limit 50
                                                    a site that no site file knows
"""


@click.command("crawl", epilog=_EPILOG)
@click.argument("sites", nargs=-1, metavar="[SITE]...")
@data_option
@click.option("--full", is_flag=True, help="Fetch everything again, not only what is new, changed or due.")
@click.option("--since", metavar="DATE", default="", help="Leave a list behind three pages of older articles in a row.")
@click.option("--ids", metavar="A-B", default="", help="Walk over the article ids A to B instead of the lists.")
@click.option(
    "--url",
    metavar="URL",
    default="",
    help="Of a known site: fetch this one address only. Of any other: crawl that site, beginning there.",
)
@click.option("--limit", metavar="N", default="", help="Stop after N articles (exit code 4).")
@click.option("--all", "every", is_flag=True, help="Crawl every known site, one after the other.")
@click.option(
    "-s", "--set", "overrides", multiple=True, metavar="NAME=VALUE", help="Change a setting of Scrapy; may be repeated."
)
def command(sites: tuple[str, ...], data: Path, every: bool, overrides: tuple[str, ...], **arguments: Any) -> int:
    """Crawl SITEs politely into the archive: WARC files, and one database to search.

    With --url and no SITE, the address may be of any news site: its feeds, sitemaps, sections and lists are found from
    there, what is an article is told by its content, and the host without “www.” is the site's name from then on.
    """
    end_by_signals()
    names = _names(sites, every, arguments["url"])
    if len(names) > 1:
        return in_turn({name: _call(name, data, overrides, arguments) for name in names})
    return _crawl(names[0], data, overrides, arguments)


def _names(sites: tuple[str, ...], every: bool, url: str) -> list[str]:
    if every:
        return sorted(SITES)
    for name in sites:
        get_site(name)
    if sites:
        return list(sites)
    if not url:
        raise UsageError(
            "name a site, such as `newscrawler crawl thanhdoan`, or give the address of any with --url; "
            "`newscrawler sites` lists those that are known"
        )
    site = site_of(url)
    return [site.name if site else ANY_SITE]


def _crawl(name: str, data: Path, overrides: tuple[str, ...], arguments: dict[str, Any]) -> int:
    from newscrawler.crawl import project_settings, run_crawl

    settings: dict[str, Any] = {"ARCHIVE_DIR": str(data), "LOG_VERSIONS": [], "STATS_DUMP": False}
    if sys.stderr.isatty():
        settings |= {"PROGRESS_BAR": True, "LOG_LEVEL": "WARNING"}
    settings |= dict(_setting(text) for text in overrides)
    result = run_crawl(name, project_settings(settings), {key: value for key, value in arguments.items() if value})
    if result.message:
        click.echo(f"newscrawler: {result.message}", err=True)
    for line in lines(result.completeness):
        click.echo(line)
    if result.counters:
        told = bare_host(arguments["url"]) if name == ANY_SITE else name
        click.echo(_summary(told, result.counters, result.exit_code, data))
    return int(result.exit_code)


def _setting(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not name:
        raise UsageError(f"-s {text}: a setting is changed with NAME=VALUE")
    return name, value


def _summary(name: str, counted: Any, exit_code: ExitCode, data: Path) -> str:
    how = {
        ExitCode.COMPLETE: "complete",
        ExitCode.GIVEN_UP: "incomplete, `newscrawler gaps` says why",
        ExitCode.STOPPED: "stopped, work is left",
    }.get(exit_code, "ended with an error")
    return (
        f"{name}: {how}. {counted['pages']:,} pages; articles: {counted['articles_new']:,} new, "
        f"{counted['articles_changed']:,} changed, {counted['articles_unchanged']:,} unchanged; "
        f"{counted['absent']:,} absent, {counted['given_up']:,} given up, "
        f"{counted['refused']:,} refused (robots.txt or another site), {counted['unread']:,} unread; "
        f"files of pages: {counted['requisites']:,} fetched, {counted['requisites_missing']:,} missing. Archive: {data}"
    )


def _call(name: str, data: Path, overrides: tuple[str, ...], arguments: dict[str, Any]) -> list[str]:
    """One of several sites in a process of its own: Scrapy's reactor starts only once in a process."""
    options = [f"--{key}={value}" for key, value in arguments.items() if value and value is not True]
    flags = [f"--{key}" for key, value in arguments.items() if value is True]
    settings = [part for text in overrides for part in ("-s", text)]
    return [sys.executable, "-m", "newscrawler", "crawl", name, "--data", str(data), *options, *flags, *settings]
