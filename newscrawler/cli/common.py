"""What the verbs share: the folder of the archive, and how its texts are printed."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import click
from rich.console import Console

from newscrawler.store import Database, close_database, open_database
from newscrawler.telling import printable as printable

_Function = TypeVar("_Function", bound=Callable[..., Any])


def data_option(function: _Function) -> _Function:
    """Adds `--data DIR`, handed over as `data: Path`; its environment variable is NEWSCRAWLER_DATA."""
    return click.option(
        "--data",
        type=click.Path(path_type=Path, file_okay=False),
        envvar="NEWSCRAWLER_DATA",
        default="data",
        show_default=True,
        metavar="DIR",
        help="Folder of the archive; also NEWSCRAWLER_DATA.",
    )(function)


def json_option(function: _Function) -> _Function:
    """Adds `--json`, handed over as `as_json: bool`."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")(function)


def open_for_reading(data: Path) -> Database:
    """The database of the archive in `data`, read-only; raises `StoreError` where there is none."""
    return open_database(data / "news.db")


@contextmanager
def reading(data: Path) -> Iterator[Database]:
    """The same for a `with` block, closed at its end."""
    db = open_for_reading(data)
    try:
        yield db
    finally:
        close_database(db)


def print_json(value: Any) -> None:
    """Print a value as JSON with its Vietnamese letters."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def on_terminal() -> bool:
    """Whether people read the output, rather than a program or a file."""
    return sys.stdout.isatty()


def console() -> Console:
    """For tables and colours on a terminal; NO_COLOR is honoured."""
    return Console(highlight=False, markup=False)
