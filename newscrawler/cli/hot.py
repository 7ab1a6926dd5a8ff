"""Verb `hot`."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime, timedelta, timezone
from pathlib import Path

import click
from rich.table import Table
from rich.text import Text

from newscrawler.cli.common import data_option, json_option, on_terminal, print_json, printable, reading
from newscrawler.cli.filters import date_options
from newscrawler.cli.screen import pager_option, screen
from newscrawler.sites import SITES, get_site
from newscrawler.store import HotItem, hot_items
from newscrawler.store.report import last_crawl

_EPILOG = """\b
Example:
  newscrawler hot thanhdoan
  newscrawler hot thanhdoan --from 2018-05 --to 2018-07
  newscrawler hot --limit 10 --json
"""
_VIETNAM = timezone(timedelta(hours=7))


@click.command("hot", epilog=_EPILOG)
@click.argument("site", required=False, metavar="[SITE]")
@data_option
@date_options
@click.option("--limit", type=click.IntRange(1), default=50, show_default=True, metavar="N", help="At most N items.")
@pager_option
@json_option
def command(
    site: str | None, data: Path, since: str | None, until: str | None, limit: int, paged: bool, as_json: bool
) -> None:
    """Show what stood in the hot block of SITE, or of all sites, from when to when; the latest first.

    The days are those in Vietnam from the first time an item was seen there to the last, both counted; the place is
    that of the last time. Dates are days of sight, not of publication.
    """
    with reading(data) as db:
        items = hot_items(db, site, limit, since, until)
        if site is not None and not items and site not in SITES and last_crawl(db, site) is None:
            get_site(site)  # that it is unknown, with the names of those that are known
    if as_json:
        print_json([{**asdict(item), "days": days_of(item)} for item in items])
    elif not items:
        click.echo(_nothing(site, since, until))
    elif on_terminal():
        with screen(paged=paged) as terminal:
            terminal.print(_table(items))
    else:
        for item in items:
            click.echo("\t".join([*_times(item), str(item.pages), item.site, _words(item), printable(item.url)]))


def days_of(item: HotItem) -> int:
    """On how many days it stood there, for all that is known: those of its first and last sight, and those between."""
    first, last = (_day(moment) for moment in (item.first_seen, item.last_seen))
    return (last - first).days + 1


def _day(moment: str) -> datetime:
    local = datetime.fromisoformat(moment).astimezone(_VIETNAM)
    return local.replace(hour=0, minute=0, second=0, microsecond=0)


def _nothing(site: str | None, since: str | None, until: str | None) -> str:
    told = (("on", site), ("from", since), ("to", until))
    return f"nothing hot was seen{''.join(f' {word} {printable(value)}' for word, value in told if value)}"


def _times(item: HotItem) -> list[str]:
    return [item.first_seen[:16], item.last_seen[:16]]


def _words(item: HotItem) -> str:
    return " ".join(printable(item.title or item.summary).split())


def _table(items: list[HotItem]) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0))
    for name in ("first seen (UTC)", "last seen (UTC)"):
        table.add_column(name, no_wrap=True)
    for name in ("days", "place", "pages"):
        table.add_column(name, justify="right")
    table.add_column("site")
    table.add_column("item", overflow="fold")
    for item in items:
        words = Text(_words(item))
        if item.url:
            words.append(f"\n{printable(item.url)}", style="dim")
        numbers = (str(days_of(item)), str(item.position), str(item.pages))
        table.add_row(*(time.replace("T", " ") for time in _times(item)), *numbers, Text(item.site), words)
    return table
