"""Lines for cron, and their place in a crontab."""

from __future__ import annotations

import shlex
from datetime import datetime, timedelta

from newscrawler.errors import UsageError
from newscrawler.schedules.command import Command
from newscrawler.schedules.plan import Plan

LOG = "schedule.log"
"""In the archive's folder; a run adds about ten lines."""
_LOOKED_AT = 400
_MOST_MINUTES = 12


def lines(plan: Plan, command: Command, now: datetime) -> str:
    """The part of a crontab that runs a plan, between two comments that tell whose it is.

    cron knows no time zones but the machine's, and some offsets are not whole hours. So it looks every hour, at the
    minutes at which anything begins; `--once` knows itself what is due.

    :param now: aware, in the machine's zone.
    """
    begin, end = _marks(command)
    variables = [f"{name}={shlex.quote(value)}" for name, value in command.environment.items()]
    call = " ".join(["env", *variables, shlex.join(command.words)] if variables else [shlex.join(command.words)])
    # Without a log, cron would send a letter for each run.
    log = shlex.quote(str(command.data / LOG))
    shell = f"cd {shlex.quote(str(command.folder))} && exec {call} >> {log} 2>&1"
    # To cron a percent sign is the end of the line, whatever the shell would think of it.
    return f"{begin}\n{minutes(plan, now)} * * * * {shell.replace('%', chr(92) + '%')}\n{end}\n"


def minutes(plan: Plan, now: datetime) -> str:
    """The minutes of any hour at which something begins, for the first field of a crontab.

    :param now: aware, in the machine's zone.
    """
    found: set[int] = set()
    for job in plan.jobs:
        rhythm, due = job.schedule.rhythm, now
        for _ in range(_LOOKED_AT):
            due = rhythm.after(due)
            local = due.astimezone(now.tzinfo)
            # Not before it is due.
            found.add((local + timedelta(seconds=59)).minute)
    for quiet in plan.quiet:
        end = datetime.combine(now.date(), quiet.end, plan.zone)
        found.add(end.astimezone(now.tzinfo).minute)
    return ",".join(map(str, sorted(found))) if len(found) <= _MOST_MINUTES else "*/5"


def merged(crontab: str, part: str, command: Command) -> str:
    """A crontab with our part in it, in place of the one that was there before for the same archive.

    :raises UsageError: if nothing tells where that one ends; what stands behind it may be somebody else's.
    """
    begin, end = _marks(command)
    kept, is_ours = list[str](), False
    for line in crontab.splitlines():
        is_ours = is_ours or line == begin
        if not is_ours:
            kept.append(line)
        is_ours = is_ours and line != end
    if is_ours:
        raise UsageError(f"your crontab has “{begin}”, but no “{end}”; take our old lines out with `crontab -e`")
    return "".join(f"{line}\n" for line in kept) + part


def _marks(command: Command) -> tuple[str, str]:
    return f"# newscrawler {command.data}: begin", f"# newscrawler {command.data}: end"
