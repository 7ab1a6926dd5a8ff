"""Verb `gaps`."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click
from rich.table import Table
from rich.text import Text

from newscrawler.cli.common import console, data_option, json_option, on_terminal, print_json, printable, reading
from newscrawler.cli.completeness import headline, lines, values
from newscrawler.sites import SITES, get_site
from newscrawler.store.gaps import GAP_KINDS, Gap, Total, find_gaps, totals
from newscrawler.store.report import CrawlReport, last_crawl

_EPILOG = """\b
Example:
  newscrawler gaps thanhdoan
  newscrawler gaps thanhdoan --kind media --json
"""
_SHOWN = 50
_NAMES = {
    "media": ("file of articles", "files of articles"),
    "requisite": ("other file of pages", "other files of pages"),
    "page": ("page", "pages"),
    "queued": ("page or file that waits", "pages and files that wait"),
    "trap": ("kind of address that looks like a trap", "kinds of addresses that look like a trap"),
    "gone": ("article that is gone", "articles that are gone"),
    "ids": ("article id", "article ids"),
    "months": ("month", "months"),
}


@click.command("gaps", epilog=_EPILOG)
@click.argument("site")
@data_option
@click.option(
    "--kind",
    "kinds",
    type=click.Choice(GAP_KINDS),
    multiple=True,
    help="Only gaps of this kind; may be repeated.",
)
@click.option(
    "--limit",
    type=click.IntRange(1),
    metavar="N",
    help=f"At most N gaps; without it {_SHOWN}, and all of them with --json.",
)
@json_option
def command(site: str, data: Path, kinds: tuple[str, ...], limit: int | None, as_json: bool) -> None:
    """Show what is missing of SITE, below what became of all that its last crawl has met.

    \b
    media      pictures and documents of articles that are not in the archive
    requisite  other files that pages need: stylesheets, scripts, icons
    page       pages that were given up, refused, absent or could not be read
    queued     pages and files that no run has come to yet, or that one has in hand
    trap       addresses that are not asked for, since they look like a trap
    gone       articles that their server has no more; the archive keeps them
    ids        article ids between the smallest and the largest known one
    months     months between the first and the last article without any
    """
    known = SITES.get(site)
    with reading(data) as db:
        report = last_crawl(db, site)
        if known is None and report is None:
            known = get_site(site)  # a site that no file knows has been crawled by its address, or is unknown
        gaps = find_gaps(db, site, known.article_id if known is not None and known.ids_walk else None)
    chosen = [gap for gap in gaps if not kinds or gap.kind in kinds]
    shown = chosen[: limit or (None if as_json else _SHOWN)]
    if as_json:
        sums = {
            total.kind: {"gaps": total.gaps, "missing": total.count, "absent": total.absent} for total in totals(chosen)
        }
        told = {"site": site, "last_crawl": report and values(report), "total": len(chosen), "totals": sums}
        print_json({**told, "gaps": [asdict(gap) for gap in shown]})
        return
    if report is not None:
        _print_report(site, report)
    _print(shown)
    click.echo(_summary(site, totals(chosen), len(shown)))


def _print_report(site: str, report: CrawlReport) -> None:
    click.echo(headline(site, report))
    for line in lines(report.completeness):
        click.echo(line)
    click.echo()


def _print(gaps: list[Gap]) -> None:
    if gaps and on_terminal():
        console().print(_table(gaps))
        return
    for gap in gaps:
        click.echo("\t".join(printable(cell) for cell in (gap.kind, gap.reason, _what(gap), _why(gap), _of(gap))))


def _table(gaps: list[Gap]) -> Table:
    table = Table("kind", "reason", "what is missing", box=None, padding=(0, 2, 0, 0))
    for gap in gaps:
        what = Text(printable(_what(gap)))
        for line in (_why(gap), _of(gap)):
            if line:
                what.append(f"\n{printable(line)}", style="dim")
        table.add_row(gap.kind, printable(gap.reason), what)
    return table


def _what(gap: Gap) -> str:
    if gap.first is None:
        return gap.url or ""
    span = gap.first if gap.first == gap.last else f"{gap.first} to {gap.last}"
    return f"{span} ({gap.count:,})"


def _why(gap: Gap) -> str:
    """With how often it was asked for, where that tells more than one look does."""
    return f"{gap.message} ({gap.tries} tries)" if gap.tries and gap.tries > 1 else gap.message


def _of(gap: Gap) -> str:
    if gap.kind == "gone":
        return " ".join((gap.article_title or "").split())
    return " ".join(f"{gap.article_url} {gap.article_title or ''}".split()) if gap.article_url else ""


def _summary(site: str, sums: list[Total], shown: int) -> str:
    gaps = sum(total.gaps for total in sums)
    if not gaps:
        return f"{site}: nothing is known to be missing"
    parts = ", ".join(_part(total) for total in sums if total.gaps)
    rest = "" if shown == gaps else f"; {shown:,} of {gaps:,} are shown, --limit {gaps} shows all"
    return f"{site}: {_count(gaps, ('gap', 'gaps'))}: {parts}{rest}"


def _part(total: Total) -> str:
    """Of rows of ids or months both numbers are told, so that the first ones add up to the sum of gaps."""
    words = _count(total.count, _NAMES[total.kind])
    if total.kind not in ("ids", "months"):
        return words
    absent = f", {total.absent:,} known to be absent" if total.absent else ""
    return f"{_count(total.gaps, ('row', 'rows'))} of {total.kind} ({words}{absent})"


def _count(number: int, names: tuple[str, str]) -> str:
    return f"{number:,} {names[number != 1]}"
