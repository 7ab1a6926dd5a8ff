"""Verb `export`."""

from __future__ import annotations

from pathlib import Path

import click

from newscrawler.cli.bars import byte_bar
from newscrawler.cli.common import data_option
from newscrawler.cli.filters import filter_options
from newscrawler.export import Exported, Selection, export_wacz
from newscrawler.text import counted

FORMATS = ("wacz",)

_EPILOG = """\b
Example:
  newscrawler export wacz archive.wacz
  newscrawler export wacz 2018.wacz --site thanhdoan --from 2018 --to 2018 --sign key.pem
  newscrawler export wacz summer.wacz '"mùa hè xanh"' --limit 100

\b
Open the file at replayweb.page, or check it with `wacz validate -f archive.wacz`.
"""


@click.command("export", epilog=_EPILOG)
@click.argument("format", type=click.Choice(FORMATS), metavar="FORMAT")
@click.argument("out", type=click.Path(path_type=Path), metavar="OUT")
@click.argument("words", nargs=-1, metavar="[WORDS]...")
@data_option
@filter_options
@click.option("--limit", type=click.IntRange(1), metavar="N", help="At most N articles.")
@click.option("--sign", "key", type=click.Path(path_type=Path), metavar="KEYFILE", help="Sign; a missing key is made.")
@click.option("--force", is_flag=True, help="Replace OUT if it is there.")
def command(
    format: str,
    out: Path,
    words: tuple[str, ...],
    data: Path,
    site: str | None,
    since: str | None,
    until: str | None,
    limit: int | None,
    key: Path | None,
    force: bool,
) -> None:
    """Hand the archive on: write it to OUT as FORMAT, which is wacz.

    Without WORDS or options everything goes in, the WARC files as they are. With them, the articles that `search`
    would find, with the pictures and files that their pages need. OUT is there only when it is whole.
    """
    selection = Selection(words=" ".join(words), site=site, since=since, until=until, limit=limit)
    with byte_bar("exporting") as progress:
        exported = export_wacz(data, out, selection, force=force, key=key, progress=progress)
    for name in exported.left_out:
        click.echo(f"newscrawler: {data / 'warc' / name} is not closed yet and was left out", err=True)
    click.echo(_summary(exported))


def _summary(exported: Exported) -> str:
    return (
        f"{exported.path}: {counted(exported.articles, 'article')}, {counted(exported.captures, 'capture')}, "
        f"{exported.size / 1_000_000:.1f} MB"
    )
