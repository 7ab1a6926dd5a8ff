"""Verb `search`."""

from __future__ import annotations

import shlex
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click
from rich.table import Table
from rich.text import Text

from newscrawler.cli.common import data_option, json_option, on_terminal, print_json, printable, reading
from newscrawler.cli.filters import as_options, filter_options
from newscrawler.cli.screen import pager_option, screen
from newscrawler.errors import UsageError
from newscrawler.store.search import Hit, Page, Selection, search_page

_EPILOG = """\b
Example:
  newscrawler search doan thanh nien
  newscrawler search '"mùa hè xanh" quận 4' --from 2018-05 --to 2018
  newscrawler search --section 'Tin tức' --byline 'lan anh' --sort newest --page 2
"""
_KEYS = ("id", "url", "title", "published", "snippet")
_OPEN, _CLOSE = "\x02", "\x03"
_A_PAGE = 20


@click.command("search", epilog=_EPILOG)
@click.argument("words", nargs=-1, metavar="[WORDS]...")
@data_option
@filter_options
@click.option("--limit", type=click.IntRange(1), default=_A_PAGE, show_default=True, metavar="N", help="N hits a page.")
@click.option("--page", type=click.IntRange(1), default=1, metavar="N", help="The page number N.")
@click.option("--offset", type=click.IntRange(0), default=0, metavar="N", help="Pass over the first N hits.")
@pager_option
@json_option
def command(
    words: tuple[str, ...],
    data: Path,
    limit: int,
    page: int,
    offset: int,
    paged: bool,
    as_json: bool,
    **filters: Any,
) -> None:
    """Find the articles in which all WORDS stand, or without WORDS all that the options leave.

    Accents are optional: `doan` finds Đoàn; typed with accents, these very ones come first. "Quoted words" must stand
    in a row. With --from and --to, articles whose date is not known are left out.
    """
    selection = Selection(words=" ".join(words), **filters)
    if selection.is_everything:
        raise UsageError("search for what? give some words, or an option such as --site or --from")
    first = offset + (page - 1) * limit
    mark = (_OPEN, _CLOSE) if on_terminal() and not as_json else ("[", "]")
    with reading(data) as db:
        found = search_page(db, selection, offset=first, limit=limit, mark=mark)
    if as_json:
        print_json([_keyed(hit) for hit in found.hits])
    elif not found.hits:
        click.echo(_nothing(selection, found))
    elif on_terminal():
        with screen(paged=paged) as terminal:
            terminal.print(_table(found.hits))
            terminal.print(_place(selection, found, limit, _named(data)), style="dim")
    else:
        for hit in found.hits:
            click.echo(_lines(hit))


def _keyed(hit: Hit) -> dict[str, Any]:
    told = asdict(hit)
    return {name: told[name] for name in (*_KEYS, *(name for name in told if name not in _KEYS))}


def _nothing(selection: Selection, found: Page) -> str:
    if found.total:
        return f"there is no such page; {_many(found)} in all"
    options = f" with {_typed(as_options(selection))}" if as_options(selection) else ""
    wanted = f" has all of: {printable(selection.words)}" if selection.words else ""
    return f"no article{wanted}{options}"


def _table(hits: list[Hit]) -> Table:
    table = Table("id", "published", box=None, padding=(0, 1, 1, 0))
    table.add_column("article", overflow="fold")
    for hit in hits:
        article = Text(f"{' '.join(printable(hit.title).split())}\n", style="bold")
        article.append(_snippet(hit.snippet))
        imprint = " · ".join(printable(part) for part in (hit.site, hit.category, hit.byline) if part)
        article.append(f"\n{imprint}", style="not bold dim")
        article.append(f"\n{printable(hit.url)}", style="not bold dim")
        table.add_row(str(hit.id), printable(hit.published)[:10] or "—", article)
    return table


def _snippet(marked: str) -> Text:
    text = Text(style="not bold")
    for place, piece in enumerate(marked.split(_OPEN)):
        word, closed, rest = piece.rpartition(_CLOSE)
        text.append(printable(word), style="bold yellow" if place and closed else "")
        text.append(printable(rest))
    return text


def _named(data: Path) -> list[str]:
    source = click.get_current_context().get_parameter_source("data")
    return ["--data", str(data)] if source == click.core.ParameterSource.COMMANDLINE else []


def _place(selection: Selection, found: Page, limit: int, archive: list[str]) -> str:
    """Which of the hits these are, and how the next ones are got."""
    last = found.hits[-1].rank
    place = f"hits {found.hits[0].rank}-{last} of {_many(found)}"
    if last >= found.total and not (found.is_more_than_total and len(found.hits) == limit):
        return place
    more = [selection.words] if selection.words else []
    more += archive + as_options(selection) + ([] if limit == _A_PAGE else ["--limit", str(limit)])
    more += ["--page", str(last // limit + 1)] if last % limit == 0 else ["--offset", str(last)]
    return f"{place}; next: newscrawler search {_typed(more)}"


def _many(found: Page) -> str:
    return f"{'more than ' if found.is_more_than_total else ''}{found.total:,}"


def _typed(parts: list[str]) -> str:
    return printable(shlex.join(parts))


def _lines(hit: Hit) -> str:
    published = printable(hit.published)[:10] or "undated"
    title, snippet = printable(hit.title), printable(hit.snippet)
    return f"{hit.id}  {published}  {title}\n    {snippet}\n    {printable(hit.url)}\n"
