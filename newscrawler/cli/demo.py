"""Verb `demo`."""

from __future__ import annotations

import os
import sys
import threading
from collections import Counter
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from newscrawler.archive.reader import records
from newscrawler.cli.common import data_option
from newscrawler.crawl import CrawlResult, project_settings, run_crawl
from newscrawler.demo import SampleServer, SampleSite
from newscrawler.errors import ExitCode, NewsCrawlerError
from newscrawler.store.database import close_database, open_database
from newscrawler.store.search import search
from newscrawler.store.summary import Summary, has_runs_other_than, summarize

REASON = "demo"
EXAMPLE = "doan thanh nien"

_EPILOG = """\b
Example:
  newscrawler demo
  newscrawler demo --serve     only serve the site, to crawl it by hand
"""


@click.command("demo", epilog=_EPILOG)
@data_option
@click.option("--serve", "serve_only", is_flag=True, help="Serve the sample site until Ctrl-C, and crawl nothing.")
@click.option("--port", default=0, metavar="N", help="Port of the sample site on 127.0.0.1; any free one by default.")
def command(data: Path, serve_only: bool, port: int) -> int:
    """Serve the bundled sample site on this machine, crawl it with the real spider, and show what was archived.

    The spider asks for the real site's addresses; a proxy on 127.0.0.1 answers them. Nothing leaves this machine.
    """
    with SampleServer(SampleSite.load(), port) as server:
        if serve_only:
            return _serve(server.url)
        _refuse_real_archive(data)
        result = _crawl(server.url, data)
    if result.exit_code is not ExitCode.COMPLETE:
        raise NewsCrawlerError(f"the demo crawl did not complete: {result.message or result.exit_code.name}")
    _show(data, result)
    return int(result.exit_code)


def _serve(url: str) -> int:
    click.echo(f"The sample site answers as a proxy at {url} until Ctrl-C. In another terminal:")
    click.echo(f"  http_proxy={url} newscrawler crawl thanhdoan --data demo-data -s DOWNLOAD_DELAY=0")
    try:
        threading.Event().wait()
    except KeyboardInterrupt:
        click.echo("stopped")
    return 0


def _refuse_real_archive(data: Path) -> None:
    """Invented articles must not get in among real ones."""
    if not (data / "news.db").exists():
        return
    db = open_database(data / "news.db")
    try:
        if has_runs_other_than(db, REASON):
            raise NewsCrawlerError(
                f"{data} holds a real archive; give the demo a folder of its own: newscrawler demo --data DIR"
            )
    finally:
        close_database(db)


def _crawl(proxy: str, data: Path) -> CrawlResult:
    for name in ("no_proxy", "NO_PROXY", "HTTP_PROXY"):
        os.environ.pop(name, None)
    os.environ["http_proxy"] = proxy
    terminal = sys.stderr.isatty()
    # No second between two requests: the only host asked is this machine.
    settings: dict[str, Any] = {
        "ARCHIVE_DIR": str(data),
        "RUN_REASON": REASON,
        "DOWNLOAD_DELAY": 0,
        "AUTOTHROTTLE_ENABLED": False,
        "LOG_LEVEL": "WARNING",
        "PROGRESS_BAR": terminal,
    }
    return run_crawl("thanhdoan", project_settings(settings), {})


def _show(data: Path, result: CrawlResult) -> None:
    console = Console()
    db = open_database(data / "news.db")
    try:
        console.print(_table(summarize(db), result, _record_kinds(data / "warc")))
        hits = search(db, EXAMPLE, limit=3)
    finally:
        close_database(db)
    where = "" if data == Path("data") else f" --data {data}"
    console.print(f'\nnewscrawler search "{EXAMPLE}"{where}', markup=False, style="bold", soft_wrap=True)
    for hit in hits:
        console.print(
            f"  {hit.id:>3}  {hit.published or '—':10}  {hit.title}", markup=False, highlight=False, soft_wrap=True
        )
        console.print(f"       {hit.snippet}", markup=False, highlight=False, style="dim", soft_wrap=True)
    console.print(
        f"\nArchive: {data / 'warc'}   Database: {data / 'news.db'}", markup=False, highlight=False, soft_wrap=True
    )


def _record_kinds(folder: Path) -> Counter[str]:
    return Counter(record.kind for path in sorted(folder.glob("*.warc.gz")) for record in records(path))


def _table(summary: Summary, result: CrawlResult, kinds: Counter[str]) -> Table:
    counted = result.counters
    table = Table("archived", "count", title="Sample site")
    table.columns[1].justify = "right"
    table.add_row("pages fetched in this run", str(counted["pages"]))
    changes = ("new", "changed", "unchanged")
    table.add_row(
        "articles new / changed / unchanged", " / ".join(str(counted[f"articles_{each}"]) for each in changes)
    )
    table.add_row("articles in the archive", str(summary.articles), end_section=not summary.forms)
    for form, count in summary.forms.items():
        table.add_row(f"  generation {form.removeprefix('nested-')}", str(count))
    table.add_row("versions", str(summary.versions))
    table.add_row("pictures and documents of articles", str(summary.media))
    table.add_row("  in the archive", str(summary.media_held))
    files = " / ".join(str(counted[each]) for each in ("requisites", "requisites_missing"))
    table.add_row("files of pages fetched / missing in this run", files)
    for block, name in (("main", "entries of lists"), ("hot", "hot links"), ("related", "related links")):
        table.add_row(name, str(summary.links.get(block, 0)))
    table.add_row("WARC records", str(sum(kinds.values())))
    for kind, count in sorted(kinds.items()):
        table.add_row(f"  {kind}", str(count))
    return table
