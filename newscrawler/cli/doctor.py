"""Verb `doctor`."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from pathlib import Path

import click

from newscrawler.cli.common import data_option, json_option, on_terminal, print_json, printable
from newscrawler.errors import ExitCode
from newscrawler.text import counted

_EPILOG = """\b
Example:
  newscrawler doctor
  newscrawler doctor --data /srv/news --deep --json
"""
_COLOURS = {"ok": "green", "warn": "yellow", "bad": "red"}


@click.command("doctor", epilog=_EPILOG)
@data_option
@click.option("--deep", is_flag=True, help="Read every page of the database as well; takes a while on large ones.")
@json_option
def command(data: Path, deep: bool, as_json: bool) -> int:
    """Say whether this machine and this archive are fit for work.

    Looked at are versions and known holes of them, limits, disk, clock, the archive's folder, lock and database, and
    what is set. Each finding is one line, `ok`, `warn` or `bad`, with what to do. Nothing is changed and no site is
    asked. The exit code is 1 if anything is bad, else 0.
    """
    from newscrawler.doctor import examine, worst

    findings = list(examine(data, deep=deep))
    if as_json:
        lines = [{name: printable(value) for name, value in asdict(each).items()} for each in findings]
        print_json({"worst": worst(findings), "findings": lines})
    else:
        for each in findings:
            _tell(each.level, each.subject, f"{each.says}; {each.advice}" if each.advice else each.says)
        levels = Counter(each.level for each in findings)
        bad, warned = levels["bad"] or "none", levels["warn"] or "none"
        click.echo(f"{bad} of {counted(len(findings), 'finding')} bad, {warned} to look at")
    return int(ExitCode.ERROR if worst(findings) == "bad" else ExitCode.COMPLETE)


def _tell(level: str, subject: str, sentence: str) -> None:
    word = f"{level:<5}"
    click.echo(
        f"{click.style(word, fg=_COLOURS[level]) if on_terminal() else word} {subject:<11} {printable(sentence)}"
    )
