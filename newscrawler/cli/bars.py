"""Progress of long work: a bar over bytes on stderr while people look, nothing otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn


class Bar(Protocol):
    """Moves a bar."""

    def __call__(self, done: int, total: int, more: str = "") -> None:
        """So many of all bytes are done; `more` stands behind them."""


@contextmanager
def byte_bar(what: str) -> Iterator[Bar]:
    """A bar that is there as long as the `with` block."""
    console = Console(stderr=True)
    columns = (
        TextColumn(f"[bold]{what}"),
        BarColumn(),
        DownloadColumn(),
        TextColumn("{task.fields[more]}", markup=False),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task(what, total=None, more="")

        def move(done: int, total: int, more: str = "") -> None:
            progress.update(task, completed=done, total=total, more=more)

        yield move
