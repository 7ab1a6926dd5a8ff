"""The same in the text format of Prometheus, for the textfile collector of its node exporter (facts: scrapy §7.15)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from newscrawler.schedules.health import Health
from newscrawler.store.status import Run, SiteGlance

_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
_Row = tuple[str, float]


def metrics(health: Health) -> str:
    """All metrics, ended by a line feed. Times are in seconds since 1970, so that lag is told by who reads them."""
    sites = health.sites
    families: tuple[tuple[str, str, list[_Row]], ...] = (
        ("articles", "articles in the archive", [(each.site, each.articles) for each in sites]),
        ("queue_entries", "addresses that wait to be asked for", [(each.site, each.waiting) for each in sites]),
        ("newest_article_timestamp_seconds", "date of the newest article", list(_newest(sites))),
        ("last_success_timestamp_seconds", "end of the last successful run", list(_successes(sites))),
        ("last_run_timestamp_seconds", "beginning of the last run", list(_of_runs(sites, _begun))),
        ("last_run_exit_code", "exit code of the last run that has ended", list(_of_runs(sites, _code))),
        ("last_run_pages", "pages of the last run", list(_of_runs(sites, lambda run: run.pages))),
        ("last_run_problems", "problems of the last run", list(_of_runs(sites, lambda run: run.problems))),
        ("last_run_new_articles", "new articles of the last run", list(_of_runs(sites, lambda run: run.articles_new))),
        ("next_run_timestamp_seconds", "when the next planned run begins", list(_next(health))),
        ("alarms", "what somebody should look at", list(_alarms(health))),
    )
    lines = [line for name, told, rows in families for line in _family(name, told, rows)]
    lines += [*_head("warc_bytes", "size of all WARC files"), f"newscrawler_warc_bytes {health.warc_bytes}"]
    return "\n".join(lines) + "\n"


def _family(name: str, told: str, rows: list[_Row]) -> Iterator[str]:
    if rows:
        yield from _head(name, told)
        yield from (f'newscrawler_{name}{{site="{_label(site)}"}} {value:.15g}' for site, value in rows)


def _head(name: str, told: str) -> tuple[str, str]:
    return f"# HELP newscrawler_{name} {told}", f"# TYPE newscrawler_{name} gauge"


def _label(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


def _newest(sites: list[SiteGlance]) -> Iterator[_Row]:
    for each in sites:
        moment = _moment(each.newest_published)
        if moment is not None:
            yield each.site, moment


def _moment(text: str | None) -> float | None:
    """Of a date that may lack its day or its month."""
    if not text:
        return None
    whole = text + {4: "-01-01", 7: "-01"}.get(len(text), "")
    try:
        found = datetime.fromisoformat(whole)
    except ValueError:
        return None
    return (found if found.tzinfo else found.replace(tzinfo=_ZONE)).timestamp()


def _successes(sites: list[SiteGlance]) -> Iterator[_Row]:
    for each in sites:
        if each.last_success and each.last_success.finished_at:
            yield each.site, datetime.fromisoformat(each.last_success.finished_at).timestamp()


def _of_runs(sites: list[SiteGlance], value: Callable[[Run], float | None]) -> Iterator[_Row]:
    for each in sites:
        found = value(each.last_run) if each.last_run else None
        if found is not None:
            yield each.site, found


def _begun(run: Run) -> float:
    return datetime.fromisoformat(run.started_at).timestamp()


def _code(run: Run) -> int | None:
    return run.exit_code


def _next(health: Health) -> Iterator[_Row]:
    found: dict[str, float] = {}
    for each in health.planned:
        start = each.next_starts[0].timestamp()
        found[each.job.site] = min(start, found.get(each.job.site, start))
    yield from found.items()


def _alarms(health: Health) -> Iterator[_Row]:
    for site in health.sites:
        yield site.site, sum(each.site == site.site and each.severity != "note" for each in health.alarms)
