"""The completeness report in lines of text: what became of every address that a crawl has met."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from newscrawler.cli.common import printable
from newscrawler.items import EntryKind
from newscrawler.store.report import CLASSES, Completeness, CrawlReport

_COLUMNS: dict[str, tuple[EntryKind, ...]] = {
    "articles": ("article",),
    "other pages": ("listing", "page", "sitemap", "feed"),
    "files": ("file",),
}
_REASONS_SHOWN = 6


def lines(found: Completeness) -> Iterator[str]:
    """A table: a line for each class that has addresses, and their sum; nothing where no address was met."""
    if not found.listed:
        return
    yield _line("", "all", *_COLUMNS)
    for each in CLASSES:
        if found.count(each):
            numbers = [f"{found.count(each, kinds):,}" for kinds in _COLUMNS.values()]
            yield _line(each, f"{found.count(each):,}", *numbers, _reasons(found.reasons(each)))
    sums = [f"{sum(found.count(each, kinds) for each in CLASSES):,}" for kinds in _COLUMNS.values()]
    yield _line("listed", f"{found.listed:,}", *sums)
    if found.torn_lists:
        lists = "1 list was" if found.torn_lists == 1 else f"{found.torn_lists:,} lists were"
        yield f"  {lists} not walked to the end, or shorter than before"


def headline(site: str, report: CrawlReport) -> str:
    """When the last crawl was, and how it ended."""
    when = f"{report.finished_at or report.started_at}"[:16].replace("T", " ")
    return f"{site}: last crawl {report.outcome or 'under way, or killed'}, {when} UTC"


def values(report: CrawlReport) -> dict[str, Any]:
    """All of it, for programs."""
    found = report.completeness
    return {
        "run": report.run_id,
        "cycle": report.cycle,
        "outcome": report.outcome,
        "exit_code": report.exit_code,
        "started_at": report.started_at,
        "finished_at": report.finished_at,
        "listed": found.listed,
        "torn_lists": found.torn_lists,
        "classes": {each: {"count": found.count(each), "reasons": found.reasons(each)} for each in CLASSES},
    }


def _reasons(found: dict[str, int]) -> str:
    told = [f"{printable(reason)} {count:,}" for reason, count in list(found.items())[:_REASONS_SHOWN]]
    more = len(found) - len(told)
    return ", ".join(told) + (f" and {more} other reasons" if more else "")


def _line(name: str, *cells: str) -> str:
    numbers, rest = cells[: 1 + len(_COLUMNS)], cells[1 + len(_COLUMNS) :]
    return "  ".join((f"  {name:<12}", *(f"{cell:>11}" for cell in numbers), *rest)).rstrip()
