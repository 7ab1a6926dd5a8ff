"""Verb `extract`."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from newscrawler import read
from newscrawler.errors import NewsCrawlerError, UsageError
from newscrawler.reading.columns import article_columns

_EPILOG = """\b
Example:
  newscrawler extract page.html --url http://thanhdoan.hochiminhcity.gov.vn/ThanhDoan/webtd/News/31171
  curl -s URL | newscrawler extract - --url URL
"""


@click.command("extract", epilog=_EPILOG)
@click.argument("source", metavar="FILE|URL")
@click.option("--url", default="", metavar="URL", help="Address of the page; known sites are read by their layout.")
def command(source: str, url: str) -> None:
    """Read one page (`-` = standard input) and print its article as one JSON object.

    The keys are the columns of table articles, with links and media. Plain-text captures of a page are read too.
    """
    body = _fetch(source) if source.startswith(("http://", "https://")) else _load(source)
    if not body.strip():
        raise NewsCrawlerError(f"{_name(source)} is empty; give a saved page")
    address = url or (source if source.startswith("http") else "")
    try:
        article = read(body, address)
    except NewsCrawlerError as error:
        raise type(error)(f"{_name(source)}: {error}") from error
    click.echo(json.dumps(article_columns(article), ensure_ascii=False, indent=2))


def _name(source: str) -> str:
    return "standard input" if source == "-" else source


def _load(source: str) -> bytes:
    if source == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(source).read_bytes()
    except IsADirectoryError:
        raise UsageError(f"{source} is a folder; give the file of one saved page") from None
    except OSError as error:
        raise NewsCrawlerError(f"cannot read {source}: {error.strerror or error}") from error


def _fetch(url: str) -> bytes:
    """One polite look at a live page; nothing is archived (use `crawl --url` for that)."""
    from newscrawler.cli.fetch import fetch

    return fetch(url)
