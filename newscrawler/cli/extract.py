"""Verb `extract`."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

import click

from newscrawler import read
from newscrawler.cli.common import print_json
from newscrawler.cli.moments import moment
from newscrawler.errors import NewsCrawlerError, UsageError
from newscrawler.pages.sniff import is_html
from newscrawler.reading.columns import article_columns
from newscrawler.reading.explain import explain

_EPILOG = """\b
Example:
  newscrawler extract page.html --url http://thanhdoan.hochiminhcity.gov.vn/ThanhDoan/webtd/News/31171
  curl -s URL | newscrawler extract - --url URL
  newscrawler extract page.html --url URL --at 2018-05-17 --explain
"""


@click.command("extract", epilog=_EPILOG)
@click.argument("source", metavar="FILE|URL")
@click.option("--url", default="", metavar="URL", help="Address of the page; known sites are read by their layout.")
@click.option(
    "--at",
    "fetched_at",
    metavar="DATE",
    callback=moment,
    help="When the page looked so, such as 2018-05-17 or 2018-05-17T14:30; now where it is not given.",
)
@click.option("--explain", "explained", is_flag=True, help="Say where each field was read, and what contradicts it.")
def command(source: str, url: str, fetched_at: datetime | None, explained: bool) -> None:
    """Read one page (`-` = standard input) and print its article as one JSON object.

    The keys are the columns of table articles, with links, media and comments; --explain adds the key explain: for
    each field its source (json-ld, meta, microdata, selector, heuristic, prose, address, site), its place, what other
    places say, and what was refused and why. Plain-text captures of a page are read too.
    """
    body = _fetch(source) if source.startswith(("http://", "https://")) else _load(source)
    if not body.strip():
        raise NewsCrawlerError(f"{_name(source)} is empty; give a saved page")
    if not is_html("text/html", body):
        raise NewsCrawlerError(f"{_name(source)} is a picture, document or program; give a saved page")
    address = url or (source if source.startswith("http") else "")
    try:
        article = read(body, address, fetched_at=fetched_at)
    except NewsCrawlerError as error:
        raise type(error)(f"{_name(source)}: {error}") from error
    columns = article_columns(article)
    print_json({**columns, "explain": explain(article)} if explained else columns)


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
