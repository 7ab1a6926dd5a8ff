"""Verb `import`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from newscrawler.cli.bars import byte_bar
from newscrawler.cli.common import data_option, json_option, print_json, printable

if TYPE_CHECKING:
    from newscrawler.imports import Imported

_EPILOG = """\b
Example:
  newscrawler import crawl.warc.gz
  newscrawler import --json *.wacz

\b
Exit codes beside those of all verbs:
  1  a file was refused           3  records that could not be read were given up
"""
_MOST_FAULTS = 10
_MEGABYTE = 1_000_000


@click.command("import", epilog=_EPILOG)
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path))
@data_option
@json_option
def command(files: tuple[Path, ...], data: Path, as_json: bool) -> int:
    """Take over WARC files (also .gz and .zst) and WACZ files that others made.

    Requests, answers and notes on http and https addresses are written into WARC files of this archive, block for
    block, and their pages become articles; the first record of each file names where they came from. Everything else
    is counted and left out. What the archive holds already is not taken again.
    """
    from newscrawler.imports import exit_code, import_files

    results = []
    with _progress(files) as progress:
        for result in import_files(data, files, progress):
            results.append(result)
            if not as_json:
                _tell(result)
    if as_json:
        print_json([_plain(result) for result in results])
    return int(exit_code(results))


def _plain(result: Imported) -> dict[str, Any]:
    return {each.name: getattr(result, each.name) for each in fields(result)}


def _tell(result: Imported) -> None:
    name = printable(f"{result.name} ({result.member})" if result.member else result.name)
    if result.refused:
        click.echo(f"newscrawler: {name} {printable(result.refused)}", err=True)
        return
    new = sum(result.taken.values())
    kinds = f" ({_counted(result.taken)})" if new else ""
    click.echo(f"{name}: {new:,} new records{kinds}, {result.known:,} known already")
    if result.left_out:
        click.echo(f"  left out: {_counted(result.left_out)}")
    if result.pages:
        click.echo(f"  articles: {_pages(result.pages)}")
    for note in result.notes:
        click.echo(f"  note: {note}")
    for fault in result.faults[:_MOST_FAULTS]:
        click.echo(f"newscrawler: {name}: {printable(fault)}", err=True)
    if (more := len(result.faults) - _MOST_FAULTS) > 0:
        click.echo(f"newscrawler: {name}: {more:,} more records were given up; --json tells of each", err=True)


def _counted(counts: Counter[str]) -> str:
    return ", ".join(f"{count:,} {what}" for what, count in sorted(counts.items()) if count)


def _pages(pages: Counter[str]) -> str:
    found = ", ".join(f"{pages[change]:,} {change}" for change in ("new", "changed", "unchanged"))
    return f"{found}; {pages['listing']:,} lists, {pages['unread']:,} pages could not be read"


@contextmanager
def _progress(files: tuple[Path, ...]) -> Iterator[Callable[[int], None]]:
    """A bar over the bytes of the files, on a terminal."""
    from newscrawler.imports import PASSES

    total = sum(path.stat().st_size for path in files if path.is_file())
    read = 0

    with byte_bar("importing") as bar:

        def tell(size: int) -> None:
            nonlocal read
            read += size
            bar(read // PASSES, total)

        yield tell
