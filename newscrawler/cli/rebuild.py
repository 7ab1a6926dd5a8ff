"""Verb `rebuild`."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from newscrawler.cli.bars import byte_bar
from newscrawler.cli.common import data_option, printable
from newscrawler.errors import ExitCode
from newscrawler.text import counted

if TYPE_CHECKING:
    from newscrawler.rebuild import Checked, Restored
    from newscrawler.rebuild.checking import Difference
    from newscrawler.rebuild.restored import Tell

_EPILOG = """\b
Example:
  newscrawler rebuild              news.db and index.cdxj anew; the old ones stay until the new ones are whole
  newscrawler rebuild --jobs 4     read pages in four processes
  newscrawler rebuild --check      change nothing; exit code 5 if the database says what the WARC files do not
"""
_MEGABYTE = 1_000_000
_LONGEST = 70


@click.command("rebuild", epilog=_EPILOG)
@data_option
@click.option("--check", "checking", is_flag=True, help="Compare with the database instead of replacing it.")
@click.option("--jobs", type=click.IntRange(1), default=1, show_default=True, metavar="N", help="Processes that read.")
def command(data: Path, checking: bool, jobs: int) -> int:
    """Make the index and the database again from the WARC files alone, with the rules of today.

    How past runs ended, problems and the queue are not in the WARC files; they are taken over from the old database.
    """
    from newscrawler.rebuild import check, rebuild

    started = time.monotonic()
    with _progress(data) as progress:
        if checking:
            checked = check(data, progress, jobs=jobs)
            restored = checked.restored
        else:
            restored, checked = rebuild(data, progress, jobs=jobs), None
    click.echo(f"{'checked' if checking else 'rebuilt'}: {_summary(restored, time.monotonic() - started)}")
    _tell_damage(restored)
    if checked is not None:
        _tell_check(checked)
    whole = not restored.gaps and (checked is None or checked.equal)
    return int(ExitCode.COMPLETE if whole else ExitCode.DAMAGED)


def _summary(restored: Restored, seconds: float) -> str:
    pages: dict[str, int] = {str(outcome): count for outcome, count in restored.pages.items()}
    new, lists, unread = (pages.get(name, 0) for name in ("new", "listing", "unread"))
    readings = new + pages.get("changed", 0) + pages.get("unchanged", 0)
    return (
        f"{counted(restored.files, 'WARC file')}, {counted(restored.records, 'record')}, "
        f"{counted(restored.captures, 'capture')}; {counted(readings, 'reading')} of {counted(new, 'article')}, "
        f"{lists:,} of lists, {counted(unread, 'unread page')}; "
        f"{restored.bytes / _MEGABYTE:,.1f} MB in {seconds:.1f} s "
        f"({restored.records / max(seconds, 0.001):,.0f} records/s)"
    )


def _tell_damage(restored: Restored) -> None:
    for gap in restored.gaps:
        click.echo(f"newscrawler: {gap.reason}; {gap.length:,} bytes were passed over", err=True)
    if restored.unresolved:
        sentence = f"{len(restored.unresolved):,} revisits refer to records that are not in the archive, such as"
        first = restored.unresolved[0]
        click.echo(f"newscrawler: {sentence} {first.path} at offset {first.offset}", err=True)


def _tell_check(checked: Checked) -> None:
    if checked.outdated:
        click.echo(
            f"{checked.outdated:,} rows were read by the rules of another version and cannot be compared; "
            "`newscrawler rebuild` reads them anew"
        )
    if checked.equal:
        click.echo(f"the database says what the WARC files say: {checked.rows:,} rows compared")
        return
    click.echo(f"{checked.differing:,} of {checked.rows:,} rows are not as the WARC files give them:")
    for each in checked.first:
        click.echo(f"  {_told(each)}")
    click.echo("`newscrawler rebuild` makes the database again; `newscrawler verify` checks the WARC files themselves")


def _told(difference: Difference) -> str:
    key = " ".join(map(str, difference.key))
    if not difference.column:
        where = "only in the database" if difference.stored else "only in the WARC files"
        return printable(f"{difference.table} {key}: {where}")
    stored, made = _short(difference.stored), _short(difference.made)
    return printable(f"{difference.table} {key}, {difference.column}: database {stored}, WARC files {made}")


def _short(value: Any) -> str:
    text = "nothing" if value is None else str(value) if isinstance(value, int) else f"“{value}”"
    flat = " ".join(text.split())
    return flat if len(flat) <= _LONGEST else f"{flat[:_LONGEST]}…”"


@contextmanager
def _progress(data: Path) -> Iterator[Tell]:
    """A bar over the bytes of the WARC files, on a terminal."""
    total = sum(path.stat().st_size for path in (data / "warc").glob("*.warc.gz*"))
    with byte_bar("reading") as bar:
        yield lambda restored: bar(restored.bytes, total, counted(restored.records, "record"))
