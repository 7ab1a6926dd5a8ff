"""Verb `hot`."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click
from rich.table import Table
from rich.text import Text

from newscrawler.cli.common import console, data_option, json_option, on_terminal, print_json, printable, reading
from newscrawler.store import HotItem, hot_items

_EPILOG = """\b
Example:
  newscrawler hot thanhdoan
  newscrawler hot --limit 10 --json
"""


@click.command("hot", epilog=_EPILOG)
@click.argument("site", required=False, metavar="[SITE]")
@data_option
@click.option("--limit", type=click.IntRange(1), default=50, show_default=True, metavar="N", help="At most N items.")
@json_option
def command(site: str | None, data: Path, limit: int, as_json: bool) -> None:
    """Show what stood in the hot block of SITE, or of all sites, from when to when; the latest first."""
    with reading(data) as db:
        items = hot_items(db, site, limit)
    if as_json:
        print_json([asdict(item) for item in items])
    elif not items:
        click.echo(f"nothing hot was seen{f' on {printable(site)}' if site else ''}")
    elif on_terminal():
        console().print(_table(items))
    else:
        for item in items:
            click.echo("\t".join([*_times(item), str(item.pages), item.site, _words(item), printable(item.url)]))


def _times(item: HotItem) -> list[str]:
    return [item.first_seen[:16], item.last_seen[:16]]


def _words(item: HotItem) -> str:
    return " ".join(printable(item.title or item.summary).split())


def _table(items: list[HotItem]) -> Table:
    table = Table("first seen (UTC)", "last seen (UTC)", "pages", "site", "item", box=None, padding=(0, 2, 0, 0))
    for item in items:
        words = Text(_words(item))
        if item.url:
            words.append(f"\n{printable(item.url)}", style="dim")
        table.add_row(*_times(item), str(item.pages), Text(item.site), words)
    return table
