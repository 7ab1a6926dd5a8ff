"""Verb `sites`."""

from __future__ import annotations

from pathlib import Path

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from newscrawler.errors import NewsCrawlerError, ReadingError
from newscrawler.items import Article
from newscrawler.sites import SITES, Site, get_site

_EPILOG = """\b
Example:
  newscrawler sites
  newscrawler sites check thanhdoan saved/*.html
"""


@click.group("sites", epilog=_EPILOG, invoke_without_command=True)
@click.pass_context
def command(ctx: click.Context) -> None:
    """List the sites that are known."""
    if ctx.invoked_subcommand is None:
        for site in SITES.values():
            click.echo(f"{site.name:12}  {site.title}  {site.start[0]}")


@command.command("check")
@click.argument("name", metavar="SITE")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
def check(name: str, files: tuple[Path, ...]) -> int:
    """Show what the layout of SITE reads from saved pages; ends with 1 if a page cannot be read.

    A page's article id is the last number in its file name.
    """
    site = get_site(name)
    table = Table("file", "title", "published", "byline", "paragraphs", "images", "hot", "related", "form")
    unread = 0
    for file in files:
        try:
            table.add_row(file.name, *_row(_read(site, file)))
        except (NewsCrawlerError, ReadingError) as error:
            unread += 1
            table.add_row(file.name, Text(str(error), style="red"))
    Console().print(table)
    return 1 if unread else 0


def _read(site: Site, file: Path) -> Article:
    try:
        body = file.read_bytes()
    except OSError as error:
        raise NewsCrawlerError(f"cannot read {file}: {error.strerror or error}") from error
    digits = "".join(char if char.isdigit() else " " for char in file.stem).split()
    return site.read(body, site.article_url.format(id=digits[-1] if digits else "0"))


def _row(article: Article) -> list[Text]:
    blocks = [str(sum(link.block == block for link in article.links)) for block in ("hot", "related")]
    paragraphs = len(article.body_text.split("\n\n")) if article.body_text else 0
    published = f"{article.published or '—'} ({article.published_source or 'unknown'})"
    values = [article.title or "—", published, article.byline or "—", str(paragraphs), str(len(article.media)), *blocks]
    return [Text(value) for value in [*values, article.extractor.partition(" ")[2]]]
