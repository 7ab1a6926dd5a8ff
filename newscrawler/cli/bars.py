"""Progress of long work: a bar on stderr while people look, nothing otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    TextColumn,
    TimeRemainingColumn,
)


class Bar(Protocol):
    """Moves a bar."""

    def __call__(self, done: int, total: int, more: str = "") -> None:
        """So many of all bytes or things are done; `more` stands behind them."""


@contextmanager
def byte_bar(what: str) -> Iterator[Bar]:
    """A bar over bytes that is there as long as the `with` block."""
    with _bar(what, DownloadColumn()) as move:
        yield move


@contextmanager
def count_bar(what: str) -> Iterator[Bar]:
    """The same over things that are counted."""
    with _bar(what, MofNCompleteColumn()) as move:
        yield move


@contextmanager
def _bar(what: str, done: ProgressColumn) -> Iterator[Bar]:
    console = Console(stderr=True)
    columns = (
        TextColumn(f"[bold]{what}"),
        BarColumn(),
        done,
        TextColumn("{task.fields[more]}", markup=False),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task(what, total=None, more="")

        def move(done: int, total: int, more: str = "") -> None:
            progress.update(task, completed=done, total=total, more=more)

        yield move
