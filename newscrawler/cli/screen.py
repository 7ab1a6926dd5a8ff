"""How the verbs that show something look on a terminal: colours, and page by page where it is long."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import StringIO
from shutil import get_terminal_size
from typing import Any, TypeVar

import click
from rich.console import Console

from newscrawler.cli.common import console, on_terminal

_Function = TypeVar("_Function", bound=Callable[..., Any])


def pager_option(function: _Function) -> _Function:
    """Adds `--no-pager`, handed over as `paged: bool`."""
    return click.option(
        "--pager/--no-pager", "paged", default=True, help="On a terminal, leaf through what is longer than the screen."
    )(function)


def show_text(text: str, *, paged: bool) -> None:
    """Print a text; on a terminal, one that is longer than the screen goes through the user's PAGER.

    Styles in it are taken out where the output is no terminal.
    """
    if paged and on_terminal() and len(text.splitlines()) >= get_terminal_size().lines:
        click.echo_via_pager(text)
    else:
        click.echo(text, nl=not text.endswith("\n"))


@contextmanager
def screen(*, paged: bool) -> Iterator[Console]:
    """A console for tables and colours, whose output is shown as `show_text` does when the block ends. NO_COLOR is
    honoured."""
    terminal = console()
    buffer = Console(
        file=StringIO(),
        force_terminal=terminal.is_terminal,
        width=terminal.width,
        no_color=terminal.no_color,
        highlight=False,
        markup=False,
    )
    yield buffer
    written = buffer.file.getvalue()  # type: ignore[attr-defined]
    show_text(written, paged=paged)
