"""Verb `verify`."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from newscrawler.cli.bars import byte_bar
from newscrawler.cli.common import data_option, json_option, print_json, printable
from newscrawler.errors import ExitCode
from newscrawler.text import counted
from newscrawler.verify import Report, verify

_EPILOG = """\b
Example:
  newscrawler verify
  newscrawler verify --data /mnt/copy --json
"""


@click.command("verify", epilog=_EPILOG)
@data_option
@json_option
def command(data: Path, as_json: bool) -> int:
    """Read every record of the archive again, and compare digests, rows, index and manifest with it.

    Nothing is changed. The exit code is 0 if all is as it was written, 5 if anything is not; each fault is told with
    its file and the next step. It may run beside a crawl.
    """
    with byte_bar("verifying") as progress:
        report = verify(data, progress)
    if as_json:
        print_json(_plain(report))
    else:
        _tell(report, data)
    return int(ExitCode.COMPLETE if report.ok else ExitCode.DAMAGED)


def _plain(report: Report) -> dict[str, Any]:
    faults = [{name: _clean(value) for name, value in asdict(fault).items()} for fault in report.faults]
    counts = {"ok": report.ok, "files": report.files, "records": report.records, "rows": report.rows}
    return {**counts, "faults": faults, "notes": [printable(note) for note in report.notes]}


def _clean(value: Any) -> Any:
    return printable(value) if isinstance(value, str) else value


def _tell(report: Report, data: Path) -> None:
    for note in report.notes:
        click.echo(f"note: {printable(note)}")
    for fault in report.faults:
        click.echo(f"{fault.kind}: {printable(fault.sentence)}")
    count = len(report.faults)
    verdict = counted(count, "fault") if count else "all is as it was written"
    checked = f"{counted(report.files, 'file')}, {counted(report.records, 'record')} and {counted(report.rows, 'row')}"
    click.echo(f"{data}: {checked} checked; {verdict}")
