"""Verb `sites`."""

from __future__ import annotations

import importlib
from datetime import date
from pathlib import Path

import click

from newscrawler.cli.common import console, on_terminal
from newscrawler.errors import ExitCode, UsageError
from newscrawler.sites import FAULTS, ORIGINS, SITES, Site, get_site, read_site

_EPILOG = """\b
Example:
  newscrawler sites
  newscrawler sites check thanhdoan saved/*.html
  newscrawler sites check sites/tinhdoan.toml saved/bai-309.html
"""
_CHECK_EPILOG = """\b
Example:
  newscrawler sites check thanhdoan saved/News/2802.html
  newscrawler sites check sites/tinhdoan.toml saved/*.html
  newscrawler sites check thanhdoan old.html --url URL --on 2009-03-26
"""


class _Verbs(click.Group):
    """`check`, and `new` from a file of its own, loaded when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return ["check", "new"]

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name != "new":
            return super().get_command(ctx, name)
        command: click.Command = importlib.import_module("newscrawler.cli.sites_new").command
        return command


@click.group("sites", cls=_Verbs, epilog=_EPILOG, invoke_without_command=True)
@click.pass_context
def command(ctx: click.Context) -> int:
    """List the sites that are known, and where each comes from.

    Sites of your own are TOML files in the folder `sites`, or wherever NEWSCRAWLER_SITES says. Ends with 2 if one of
    them is broken.
    """
    if ctx.invoked_subcommand is not None:
        return int(ExitCode.COMPLETE)
    rows = [(site.name, site.title, site.start[0], ORIGINS.get(site.name) or "built in") for site in SITES.values()]
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    for row in rows:
        click.echo("  ".join([*(text.ljust(width) for text, width in zip(row, widths, strict=False)), row[3]]))
    mine = sum(bool(origin) for origin in ORIGINS.values())
    broken = f", {len(FAULTS)} broken" if FAULTS else ""
    click.echo(f"{len(SITES)} sites, {mine} of your own{broken}", err=True)
    return int(ExitCode.USAGE if FAULTS else ExitCode.COMPLETE)


@command.command("check", epilog=_CHECK_EPILOG)
@click.argument("name", metavar="SITE")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@click.option("--url", default="", metavar="URL", help="Address of the page, where there is one FILE.")
@click.option("--on", "day", default="", metavar="DATE", help="Day on which the pages looked so; today without it.")
def check(name: str, files: tuple[Path, ...], url: str, day: str) -> int:
    """Show what the layout of SITE reads from saved pages; ends with 1 if a page cannot be read.

    SITE is a name, or a .toml file. A page is taken for the one whose address it states; if it states none, for the
    article whose id is the last number in its file name.
    """
    from newscrawler.cli.layout_check import check_layout

    if url and len(files) > 1:
        raise UsageError("--url is the address of one page; give one FILE, or leave it out")
    pages = check_layout(_site(name), files, url=url, day=_day(day) if day else None)
    screen = console()
    if not on_terminal():
        screen.width = 160
    for line in pages.lines():
        screen.print(line, soft_wrap=True)
    return int(ExitCode.ERROR if pages.unread else ExitCode.COMPLETE)


def _site(name: str) -> Site:
    return read_site(Path(name)) if name.endswith(".toml") else get_site(name)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"--on {text}: a day is written as 2018-05-16") from None
