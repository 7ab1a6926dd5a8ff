"""Verb `schedule`."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import click

from newscrawler.cli.common import data_option, json_option, print_json, printable
from newscrawler.errors import UsageError
from newscrawler.interrupts import end_by_signals
from newscrawler.schedules.command import command_here
from newscrawler.schedules.events import Event
from newscrawler.schedules.example import write_example
from newscrawler.schedules.file import FILE, read_plan
from newscrawler.schedules.installing import CRON_FILE, Text, cron_lines, units, write
from newscrawler.schedules.outlook import Outlook, outlooks
from newscrawler.schedules.plan import Plan
from newscrawler.schedules.state import State

_EPILOG = """\b
Example:
  newscrawler schedule init thanhdoan --contact you@example.vn
  newscrawler schedule show
  newscrawler schedule install --systemd
"""
_MOMENT = "%a %Y-%m-%d %H:%M:%S"


@click.group("schedule", epilog=_EPILOG)
def command() -> None:
    """Crawl by a timer, as newscrawler.toml in the archive's folder plans it.

    What is due while nothing can run is caught up once. An archive has one writer, so its runs come one after the
    other; one that is begun by hand is waited for.
    """


_SHOW = """\b
Example:
  newscrawler schedule show
  newscrawler schedule show --json
"""


@command.command("show", epilog=_SHOW)
@data_option
@click.option("--next", "count", type=click.IntRange(1, 100), default=3, show_default=True, help="So many next runs.")
@json_option
def show(data: Path, count: int, as_json: bool) -> None:
    """Print each planned site, its last run and its next ones."""
    plan = read_plan(data)
    if plan is None:
        if as_json:
            print_json({"schedules": []})
        else:
            click.echo(f"nothing is planned; `newscrawler schedule init SITE…` writes {data / FILE} to begin with")
        return
    found = outlooks(plan, data, datetime.now(UTC), count)
    if as_json:
        print_json({"timezone": plan.zone.key, "contact": plan.contact, "schedules": [_values(each) for each in found]})
        return
    if plan.quiet:
        click.echo(f"quiet hours: {', '.join(quiet.text for quiet in plan.quiet)} {plan.zone.key}")
    for each in found:
        click.echo(_lines(each))


def _values(outlook: Outlook) -> dict[str, object]:
    job, schedule = outlook.job, outlook.job.schedule
    return {
        "site": job.site,
        "rhythm": schedule.rhythm.text,
        "limit": schedule.limit,
        "since": schedule.since,
        "full": schedule.full,
        "is_due": outlook.is_due,
        "last": asdict(outlook.memory) if outlook.memory else None,
        "next": [start.isoformat() for start in outlook.next_starts],
    }


def _lines(outlook: Outlook) -> str:
    how = _how(outlook)
    begins = ", ".join(start.strftime(_MOMENT) for start in outlook.next_starts)
    return printable(f"{outlook.job.site}: {how}") + f"\n  last: {_last(outlook)}\n  next: {begins}"


def _how(outlook: Outlook) -> str:
    schedule = outlook.job.schedule
    more = [
        "full" if schedule.full else "",
        f"since {schedule.since}" if schedule.since else "",
        f"limit {schedule.limit}" if schedule.limit else "",
        *(f"{name}={value}" for name, value in schedule.settings.items()),
    ]
    return ", ".join([schedule.rhythm.text, *filter(None, more)])


def _last(outlook: Outlook) -> str:
    memory = outlook.memory
    if memory is None:
        return "never; neither `schedule run` nor `schedule install` has seen this plan yet"
    due = " (due now)" if outlook.is_due else ""
    if memory.started_at is None:
        return f"never{due}"
    started = datetime.fromisoformat(memory.started_at).astimezone(outlook.next_starts[0].tzinfo).strftime(_MOMENT)
    end = "not ended" if memory.ended_at is None else f"exit code {memory.exit_code}"
    return f"{started}, {end}{due}"


_INIT = """\b
Example:
  newscrawler schedule init thanhdoan haiphong --contact https://example.vn/archive
"""


@command.command("init", epilog=_INIT)
@click.argument("sites", nargs=-1, required=True, metavar="SITE...")
@data_option
@click.option("--contact", default="", metavar="ADDRESS", help="Page or mail address where site owners can reach you.")
def init(sites: tuple[str, ...], data: Path, contact: str) -> None:
    """Write a newscrawler.toml to begin with: SITEs every two hours, and what else there is as comments."""
    path = write_example(data, sites, contact)
    try:
        _plan(data)
    except UsageError:
        path.unlink()
        raise
    click.echo(f"written: {path}\nnext: change it as you like, then `newscrawler schedule show`")


_INSTALL = """\b
Example:
  newscrawler schedule install --systemd             as root; see what it prints
  newscrawler schedule install --systemd --user      without being root
  newscrawler schedule install --cron --dry-run
"""


@command.command("install", epilog=_INSTALL)
@data_option
@click.option("--systemd", "for_systemd", is_flag=True, help="A service and a timer for systemd.")
@click.option("--cron", "for_cron", is_flag=True, help="Lines for your crontab.")
@click.option("--user", "own", is_flag=True, help="With --systemd: for your own manager, without being root.")
@click.option("--run-as", metavar="USER", help="With --systemd: who runs it; without it, whose the archive is.")
@click.option("--name", default="newscrawler", show_default=True, help="With --systemd: of the units.")
@click.option(
    "--to",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help=f"Write into this folder instead; {CRON_FILE} for cron.",
)
@click.option("--dry-run", is_flag=True, help="Write nothing, only show it.")
def install(
    data: Path,
    for_systemd: bool,
    for_cron: bool,
    own: bool,
    run_as: str | None,
    name: str,
    to: Path | None,
    dry_run: bool,
) -> None:
    """Write what makes systemd or cron run the plan, and show it.

    After a change of newscrawler.toml, say it again: the timer knows the times.
    """
    if for_systemd == for_cron:
        raise UsageError("say --systemd or --cron, one of them")
    if not name.replace("-", "").replace("_", "").isalnum() or not name.isascii():
        raise UsageError(f"--name {name}: take letters, digits, - and _")
    plan, call = _plan(data), command_here(data)
    texts = (
        units(plan, call, name=name, to=to, own=own, user=run_as) if for_systemd else [cron_lines(plan, call, to=to)]
    )
    if not dry_run:
        write(texts)
        # From now on its moments are remembered; what was due before is nobody's.
        State(data).meet([job.key for job in plan.jobs], datetime.now(UTC))
    for text in texts:
        click.echo(
            f"{'would be written' if dry_run else 'written'}: {text.path or 'your crontab'}\n\n{_shown(text.text)}"
        )
    if not dry_run:
        click.echo(_next_step(texts, own, name))


def _shown(text: str) -> str:
    """A text that may hold somebody's old lines, in whatever encoding."""
    return text.encode("utf-8", "replace").decode()


def _next_step(texts: list[Text], own: bool, name: str) -> str:
    path = texts[0].path
    if path is None:
        return "next: nothing; cron knows it already, and `newscrawler status` tells how it goes"
    if path.name == CRON_FILE:
        return f"next: add it to a crontab with `crontab -e`, or hand it over as a whole with `crontab {path}`"
    manager = "systemctl --user" if own else "systemctl"
    linger = "; `loginctl enable-linger` lets it run while you are not logged in" if own else ""
    return f"next: {manager} daemon-reload && {manager} enable --now {name}.timer{linger}"


_RUN = """\b
Example:
  newscrawler schedule run            until Ctrl-C or SIGTERM, as in a container
  newscrawler schedule run --once     what is due now, as a timer calls it
  newscrawler schedule run --json     one JSON object a line

\b
Exit codes:
  0  stopped by a signal while no run was under way; with --once: nothing was due, or all is complete
  2  newscrawler.toml cannot be understood, or there is none
  4  a run was stopped by a signal; it goes on when schedules are run again
  7  the schedules are being run already; with --once also: another run held the archive for ten minutes
  With --once else the highest exit code of the runs; see `newscrawler --help`.
"""


@command.command("run", epilog=_RUN)
@data_option
@click.option("--once", is_flag=True, help="Run what is due now, then end.")
@json_option
def run(data: Path, once: bool, as_json: bool) -> int:
    """Crawl what is due when it is due; one line on stdout for each event.

    A run that was killed is begun again, three times at most. Quiet hours stop a run that is under way; it goes on
    behind them.
    """
    end_by_signals()
    plan = _plan(data)
    from newscrawler.schedules.serving import run_on, run_once

    def tell(event: Event) -> None:
        click.echo(event.json_line if as_json else printable(event.line))

    return run_once(data, plan, tell) if once else run_on(data, plan, tell)


def _plan(data: Path) -> Plan:
    plan = read_plan(data)
    if plan is None:
        raise UsageError(f"there is no {data / FILE}; `newscrawler schedule init SITE…` writes one to begin with")
    if not plan.schedules:
        raise UsageError(f'{data / FILE} plans nothing; write [[schedule]], sites = ["thanhdoan"] and every = "2 h"')
    return plan
