"""Verb `search`."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click
from rich.table import Table
from rich.text import Text

from newscrawler.cli.common import console, data_option, json_option, on_terminal, print_json, printable, reading
from newscrawler.cli.filters import filter_options
from newscrawler.store import Hit, search

_EPILOG = """\b
Example:
  newscrawler search doan thanh nien
  newscrawler search '"mùa hè xanh" quận 4' --from 2018-05 --to 2018
"""
_KEYS = ("id", "url", "title", "published", "snippet")


@click.command("search", epilog=_EPILOG)
@click.argument("words", nargs=-1, required=True, metavar="WORDS...")
@data_option
@filter_options
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True, metavar="N", help="At most N hits.")
@json_option
def command(
    words: tuple[str, ...],
    data: Path,
    site: str | None,
    since: str | None,
    until: str | None,
    limit: int,
    as_json: bool,
) -> None:
    """Find the articles in which all WORDS stand.

    Accents are optional: `doan` finds Đoàn; typed with accents, these very ones come first. "Quoted words" must stand
    in a row. With --from and --to, articles whose date is not known are left out.
    """
    query = " ".join(words)
    with reading(data) as db:
        hits = search(db, query, site=site, since=since, until=until, limit=limit)
    if as_json:
        print_json([{key: asdict(hit)[key] for key in _KEYS} for hit in hits])
    elif not hits:
        click.echo(f"no article has all of: {printable(query)}")
    elif on_terminal():
        console().print(_table(hits))
    else:
        for hit in hits:
            click.echo(_lines(hit))


def _table(hits: list[Hit]) -> Table:
    table = Table("id", "published", "article", box=None, padding=(0, 1, 1, 0))
    for hit in hits:
        article = Text(f"{printable(hit.title)}\n", style="bold")
        article.append(_snippet(hit.snippet))
        article.append(f"\n{printable(hit.url)}", style="not bold dim")
        table.add_row(str(hit.id), printable(hit.published)[:10] or "—", article)
    return table


def _snippet(marked: str) -> Text:
    text = Text(printable(marked), style="not bold")
    text.highlight_regex(r"\[[^\[\]]*\]", "yellow")
    return text


def _lines(hit: Hit) -> str:
    published = printable(hit.published)[:10] or "undated"
    title, snippet = printable(hit.title), printable(hit.snippet)
    return f"{hit.id}  {published}  {title}\n    {snippet}\n    {printable(hit.url)}\n"
