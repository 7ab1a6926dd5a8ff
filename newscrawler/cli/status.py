"""Verb `status`."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
from rich.table import Table

from newscrawler.cli.common import console, data_option, json_option, on_terminal, print_json, printable, reading
from newscrawler.errors import ExitCode, UsageError
from newscrawler.reading.layout import VIETNAM
from newscrawler.schedules.health import Health, health
from newscrawler.schedules.metrics import metrics
from newscrawler.schedules.outlook import Outlook
from newscrawler.sites import SITES, get_site
from newscrawler.store.status import Run, SiteGlance, runs

_EPILOG = """\b
Example:
  newscrawler status
  newscrawler status thanhdoan --json
  newscrawler status --check || mail -s "newscrawler" you@example.vn
  newscrawler status --prometheus > /var/lib/node_exporter/newscrawler.prom

\b
Exit codes:
  0  whatever is told
  3  with --check: there is an alarm or a warning
"""
_SHOWN = 10
_COLOURS = {"alarm": "bold red", "warning": "yellow", "note": "dim"}


@click.command("status", epilog=_EPILOG)
@click.argument("site", required=False)
@data_option
@click.option("--check", is_flag=True, help="End with exit code 3 if there is an alarm or a warning.")
@click.option("--prometheus", "as_metrics", is_flag=True, help="Print metrics for Prometheus.")
@json_option
def command(site: str | None, data: Path, check: bool, as_metrics: bool, as_json: bool) -> int:
    """Show the last and next runs of all sites, or of SITE, and what somebody should look at.

    \b
    alarm    a run has failed, or none has succeeded for longer than planned
    warning  a run was killed, stopped or incomplete; new articles lack what former ones had
    note     good to know, nothing to do
    """
    if as_metrics and as_json:
        raise UsageError("--json and --prometheus are two forms of one answer; give one of them")
    with reading(data) as db:
        found = health(db, data, datetime.now(UTC), site)
        if site is not None and not found.sites and site not in SITES:
            get_site(site)
        last = runs(db, site, limit=_SHOWN) if site is not None else []
    if as_metrics:
        click.echo(metrics(found), nl=False)
    elif as_json:
        print_json(_values(found, last))
    else:
        _print(found, last)
    return int(ExitCode.GIVEN_UP) if check and not found.is_well else int(ExitCode.COMPLETE)


def _values(found: Health, last: list[Run]) -> dict[str, Any]:
    return {
        "sites": [_site(each, found.planned) for each in found.sites],
        "alarms": [asdict(each) for each in found.alarms],
        "planned": [_planned(each) for each in found.planned],
        "runs": [asdict(each) for each in last],
        "warc_bytes": found.warc_bytes,
    }


def _site(glance: SiteGlance, planned: list[Outlook]) -> dict[str, Any]:
    begins = _next(glance.site, planned)
    return {**asdict(glance), "next_run": begins.isoformat() if begins else None}


def _planned(outlook: Outlook) -> dict[str, Any]:
    job = outlook.job
    return {
        "site": job.site,
        "rhythm": job.schedule.rhythm.text,
        "is_due": outlook.is_due,
        "last": asdict(outlook.memory) if outlook.memory else None,
        "next": [start.isoformat() for start in outlook.next_starts],
    }


def _next(site: str, planned: list[Outlook]) -> datetime | None:
    return min((each.next_starts[0] for each in planned if each.job.site == site), default=None)


def _print(found: Health, last: list[Run]) -> None:
    _print_rows(
        ("site", "articles", "newest", "last run", "outcome", "last success", "waiting", "next run"),
        [_row(each, found.planned) for each in found.sites],
    )
    crawled = {each.site for each in found.sites}
    for each in found.planned:
        if each.job.site not in crawled:
            click.echo(f"{printable(each.job.site)}: never crawled; begins at {_local(each.next_starts[0])}")
    if last:
        click.echo()
        _print_rows(("run", "began", "took", "why", "outcome", "pages", "new", "changed", "problems"), map(_run, last))
    if found.alarms:
        click.echo()
    for alarm in found.alarms:
        style = _COLOURS[alarm.severity]
        console().print(f"{alarm.severity}: {printable(alarm.sentence)}", style=style, soft_wrap=True)
    if not found.planned:
        if found.sites or found.alarms:
            click.echo()
        click.echo("nothing is planned; `newscrawler schedule init SITE…` begins a plan")


def _print_rows(heads: tuple[str, ...], rows: Any) -> None:
    if not on_terminal():
        for row in rows:
            click.echo("\t".join(row))
        return
    table = Table(*heads, box=None, padding=(0, 2, 0, 0))
    for row in rows:
        table.add_row(*row)
    console().print(table)


def _row(glance: SiteGlance, planned: list[Outlook]) -> tuple[str, ...]:
    begins = _next(glance.site, planned)
    return (
        printable(glance.site),
        f"{glance.articles:,}",
        (glance.newest_published or "")[:10],
        _local(glance.last_run.started_at if glance.last_run else None),
        _outcome(glance.last_run),
        _local(glance.last_success.finished_at if glance.last_success else None),
        f"{glance.waiting:,}",
        _local(begins) if begins else "",
    )


def _run(run: Run) -> tuple[str, ...]:
    took = str(run.lasted).split(".")[0] if run.lasted else ""
    numbers = (run.pages, run.articles_new, run.articles_changed, run.problems)
    words = (str(run.id), _local(run.started_at), took, printable(run.reason), _outcome(run))
    return (*words, *(f"{number:,}" for number in numbers))


def _outcome(run: Run | None) -> str:
    if run is None:
        return ""
    if run.outcome is None:
        return "no end yet"
    return "killed" if run.is_torn else f"{run.outcome} ({run.exit_code})"


def _local(moment: str | datetime | None) -> str:
    """In the zone of the sites, to the minute."""
    if moment is None:
        return ""
    found = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
    return found.astimezone(VIETNAM).strftime("%Y-%m-%d %H:%M")
