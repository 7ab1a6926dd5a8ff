"""The filters that `search` and `export` share."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, TypeVar

import click

from newscrawler.errors import UsageError
from newscrawler.store.search.selection import BLOCKS, SORTS, Selection

_Function = TypeVar("_Function", bound=Callable[..., Any])
_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
_FLAGS = {
    "site": "--site",
    "since": "--from",
    "until": "--to",
    "category": "--section",
    "byline": "--byline",
    "block": "--block",
    "sort": "--sort",
}
"""Field of a selection → its option."""


def date_options(function: _Function) -> _Function:
    """Adds `--from` and `--to`, handed over as `since` and `until`: texts of a year, month or day, or None."""
    since = click.option(
        "--from", "since", metavar="DATE", callback=_date, help="From DATE on; 2018, 2018-05, 2018-05-16."
    )
    until = click.option("--to", "until", metavar="DATE", callback=_date, help="Up to DATE, which counts whole.")
    return since(until(function))


def filter_options(function: _Function) -> _Function:
    """Adds the options of a selection's filters, handed over under the names of its fields: texts, or None."""
    options = (
        click.option("--site", metavar="SITE", help="Only this site."),
        date_options,
        click.option("--section", "category", metavar="PATH", help="Only this section, or those under it."),
        click.option("--byline", metavar="NAME", help="Only with NAME in the byline."),
        click.option("--block", type=click.Choice(BLOCKS), help="Only what has stood in such a block of a page."),
        click.option(
            "--sort", type=click.Choice(SORTS), default="relevance", show_default=True, help="What comes first."
        ),
    )
    for option in reversed(options):
        function = option(function)
    return function


def as_options(selection: Selection) -> list[str]:
    """The filters of a selection as they are typed.

    >>> as_options(Selection(words="doan", site="thanhdoan", since="2018", sort="newest"))
    ['--site', 'thanhdoan', '--from', '2018', '--sort', 'newest']
    """
    given = ((flag, getattr(selection, name)) for name, flag in _FLAGS.items())
    return [part for flag, value in given if value and value != SORTS[0] for part in (flag, str(value))]


def _date(_ctx: click.Context, option: click.Parameter, value: str | None) -> str | None:
    if value is not None and not _DATE.fullmatch(value):
        raise UsageError(f"{option.opts[0]} {value}: give a year, month or day, such as 2018, 2018-05 or 2018-05-16")
    return value
