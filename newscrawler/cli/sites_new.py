"""Verb `sites new`."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urljoin

import click

from newscrawler.errors import NewsCrawlerError, ReadingError, UsageError
from newscrawler.reading.encoding import decode
from newscrawler.reading.leads.feeds import read_feed
from newscrawler.reading.leads.sitemaps import sitemaps_of_robots
from newscrawler.reading.page.stated_address import stated_address
from newscrawler.settings import DOWNLOAD_DELAY
from newscrawler.sites import ORIGINS, site_of
from newscrawler.sites.drafts import Draft, Seen, draft, see
from newscrawler.sites.known import DEFAULT_FOLDER
from newscrawler.urls import absolute

_EPILOG = """\b
Example:
  newscrawler sites new https://tinhdoan.example.vn/
  newscrawler sites new https://tinhdoan.example.vn/ --from home.html --from article.html
  newscrawler sites new https://tinhdoan.example.vn/ --out - | less

\b
Then look the file through, and try it:
  newscrawler sites check sites/tinhdoan.toml article.html
  newscrawler crawl tinhdoan --limit 10
"""


@click.command("new", epilog=_EPILOG)
@click.argument("url", metavar="URL")
@click.option(
    "--from", "files", multiple=True, type=click.Path(path_type=Path), metavar="FILE", help="A saved page; repeatable."
)
@click.option("--out", default="", metavar="FILE", help="Where to write; - prints it. Without it, sites/NAME.toml.")
@click.option("--name", default="", metavar="NAME", help="What the site is to be called; made of its host without it.")
@click.option("--force", is_flag=True, help="Overwrite a file that is there.")
def command(url: str, files: tuple[Path, ...], out: str, name: str, force: bool) -> None:
    """Write a first draft of a site file.

    URL is a page of the site, best of all its front page. That page is fetched, with robots.txt, one feed that it names
    and one article, a second apart. With --from nothing is fetched: the first FILE is the page at URL, the others are
    pages of the same site, best of all articles; each is taken for the page whose address it states.

    The draft names a portal where the site is made with one that is known. Else it guesses: how addresses of articles
    and lists are written, and where headline, lede, body, date and byline stand. Comments in it tell how each guess
    fares. Sites of your own are known in the folder that holds the folder `sites`.
    """
    address = absolute(url, url) if "://" in url else None
    if address is None:
        raise UsageError(f"{url} is no address of a page; write it as https://host/path")
    made = draft(_saved(address, files) if files else _live(address), name=name, on=datetime.now(UTC).date())
    if out == "-":
        click.echo(made.text, nl=False)
        return
    path = Path(out) if out else Path(DEFAULT_FOLDER) / f"{made.name}.toml"
    _write(path, made.text, force=force)
    _tell(path, made, address)


def _saved(url: str, files: tuple[Path, ...]) -> Seen:
    texts = [_load(file) for file in files]
    pages = [(url if number == 0 else stated_address(text) or "", text) for number, text in enumerate(texts)]
    return _seen(pages)


def _load(file: Path) -> str:
    try:
        body = file.read_bytes()
    except OSError as error:
        raise NewsCrawlerError(f"cannot read {file}: {error.strerror or error}") from error
    if not body.strip():
        raise NewsCrawlerError(f"{file} is empty; give a saved page")
    return decode(body)


def _live(url: str) -> Seen:
    """One page, and what it takes to know more of the site: politely, one after the other."""
    from newscrawler.cli.fetch import fetch

    page = decode(fetch(url))
    has_sitemaps = any(sitemaps_of_robots(body, url) for body in _tried(urljoin(url, "/robots.txt")))
    first = _seen([(url, page)])
    fed = [found for feed in first.feeds[:1] for body in _tried(feed) for found in _fed(body, feed)]
    pages = [(url, page)]
    if not first.articles_read:
        article = next(iter((*first.articles, *fed)), "")
        pages += [(article, decode(body)) for body in (_tried(article) if article else ())]
    return _seen(pages, fed=fed, has_sitemaps=has_sitemaps)


def _seen(pages: list[tuple[str, str]], *, fed: list[str] | None = None, has_sitemaps: bool = False) -> Seen:
    try:
        return see(pages, fed=fed or (), has_sitemaps=has_sitemaps)
    except ReadingError as error:
        raise NewsCrawlerError(f"{pages[0][0]}: {error}") from error


def _tried(url: str) -> Iterator[bytes]:
    """A body that the draft can do without, after the pause that every site gets between two requests."""
    from newscrawler.cli.fetch import fetch

    time.sleep(DOWNLOAD_DELAY)
    try:
        yield fetch(url)
    except NewsCrawlerError as error:
        click.echo(f"newscrawler: {error}; going on without it", err=True)


def _fed(body: bytes, url: str) -> list[str]:
    try:
        return [lead.url for lead in read_feed(body, url)]
    except ReadingError:
        return []


def _write(path: Path, text: str, *, force: bool) -> None:
    if path.exists() and not force:
        raise UsageError(f"{path} is there already; --force overwrites it, --out FILE writes another")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    except OSError as error:
        raise NewsCrawlerError(f"cannot write {path}: {error.strerror or error}") from error


def _tell(path: Path, made: Draft, url: str) -> None:
    click.echo(f"Written: {path}")
    for sentence in made.found:
        click.echo(f"  {sentence}")
    known = site_of(url)
    if known is not None and ORIGINS.get(known.name) != str(path):
        click.echo(f"  {known.name} has this host already: only one of the two can be known")
    click.echo("Look it through, then:")
    click.echo(f"  newscrawler sites check {path} SAVED-PAGE.html")
    click.echo(f"  newscrawler crawl {made.name} --limit 10")
