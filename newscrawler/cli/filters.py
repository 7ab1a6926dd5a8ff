"""The filters that `search` and `export` share."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, TypeVar

import click

from newscrawler.errors import UsageError

_Function = TypeVar("_Function", bound=Callable[..., Any])
_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


def filter_options(function: _Function) -> _Function:
    """Adds `--site`, `--from` and `--to`, handed over as `site`, `since` and `until`: texts, or None."""
    options = (
        click.option("--site", metavar="SITE", help="Only this site."),
        click.option(
            "--from", "since", metavar="DATE", callback=_date, help="Published on DATE or later; 2018, 2018-05, …."
        ),
        click.option("--to", "until", metavar="DATE", callback=_date, help="Published on DATE or before."),
    )
    for option in reversed(options):
        function = option(function)
    return function


def _date(_ctx: click.Context, option: click.Parameter, value: str | None) -> str | None:
    if value is not None and not _DATE.fullmatch(value):
        raise UsageError(f"{option.opts[0]} {value}: give a year, month or day, such as 2018, 2018-05 or 2018-05-16")
    return value
