"""A service and a timer for systemd."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path

from newscrawler.schedules.command import Command
from newscrawler.schedules.crontext import numbers_of
from newscrawler.schedules.plan import Plan
from newscrawler.schedules.rhythm import Cron, Rhythm

MARK = "# Written by `newscrawler schedule install`; it is written again as a whole."
_DAY = timedelta(days=1)
_EVERY_FIVE_MINUTES = "*-*-* *:00/5:00"
_MOST_TIMES = 48
_WEEKDAYS = ("Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat")
_TEMPORARY = (Path("/tmp"), Path("/var/tmp"))

# What seccomp and no-new-privileges can do needs no rights, so a user's own manager can do it too.
_FOR_ALL = """\
NoNewPrivileges=yes
RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
LockPersonality=yes
SystemCallArchitectures=native
SystemCallFilter=@system-service
SystemCallErrorNumber=EPERM
UMask=0022
MemoryMax=1G
TasksMax=64
Nice=10
"""
_FOR_SYSTEM = """\
CapabilityBoundingSet=
AmbientCapabilities=
ProtectSystem=strict
ProtectHome=read-only
ProtectClock=yes
ProtectControlGroups=yes
ProtectHostname=yes
ProtectKernelLogs=yes
ProtectKernelModules=yes
ProtectKernelTunables=yes
ProtectProc=invisible
PrivateDevices=yes
RemoveIPC=yes
"""


def service(command: Command, *, user: str | None) -> str:
    """The text of the service: what is due is run once, shut in as far as systemd can.

    :param user: under whose name; None for a unit of a user's own manager.
    """
    lines = [
        MARK,
        "[Unit]",
        f"Description=newscrawler: planned crawls of {_specifier(str(command.data))}",
        "Documentation=man:systemd.exec(5)",
        *(["Wants=network-online.target", "After=network-online.target"] if user is not None else []),
        "",
        "[Service]",
        "Type=oneshot",
        *([f"User={user}"] if user is not None else []),
        f"WorkingDirectory={_path(command.folder)}",
        *(f"Environment={_word(f'{name}={value}')}" for name, value in command.environment.items()),
        f"ExecStart={' '.join(_word(each.replace('$', '$$')) for each in command.words)}",
        "# A first crawl takes days; one that is stopped ends within 30 seconds, and loses nothing.",
        "TimeoutStartSec=infinity",
        "TimeoutStopSec=60",
        "KillMode=mixed",
        "# Pages given up, work left, an archive that was busy: told by `newscrawler status`, no failure of the unit.",
        "SuccessExitStatus=3 4 7",
        "",
        *_FOR_ALL.splitlines(),
    ]
    if user is not None:
        lines += [*_FOR_SYSTEM.splitlines(), f"ReadWritePaths={_word(str(command.data))}"]
        # What lies there would be hidden from the service.
        used = (command.python, command.data, command.folder)
        if not any(path.is_relative_to(folder) for path in used for folder in _TEMPORARY):
            lines.append("PrivateTmp=yes")
    return "\n".join(lines) + "\n"


def timer(plan: Plan, name: str) -> str:
    """The text of the timer: it wakes the service whenever something begins, and at the end of quiet hours."""
    jitter = max((schedule.jitter for schedule in plan.schedules), default=timedelta())
    calendars = dict.fromkeys(each for schedule in plan.schedules for each in calendars_of(schedule.rhythm))
    zone = plan.zone.key
    ends = [f"*-*-* {quiet.end:%H:%M}:00 {zone}" for quiet in plan.quiet]
    lines = [
        MARK,
        "[Unit]",
        f"Description=Timer of {name}",
        "",
        "[Timer]",
        *(f"OnCalendar={each}" for each in dict.fromkeys([*(f"{each} {zone}" for each in calendars), *ends])),
        "# What was missed while the machine was off is run when it is on again.",
        "Persistent=true",
        f"RandomizedDelaySec={int(jitter.total_seconds())}",
        "AccuracySec=1s",
        "",
        "[Install]",
        "WantedBy=timers.target",
    ]
    return "\n".join(lines) + "\n"


def calendars_of(rhythm: Rhythm) -> list[str]:
    """When a rhythm is due, as systemd writes it, without the zone.

    A length of time that no whole number of times fills a day is looked after every five minutes: `--once` knows
    itself what is due.
    """
    if isinstance(rhythm, Cron):
        return [_of_cron(rhythm)]
    times = _DAY / rhythm.span
    if times != int(times) or times > _MOST_TIMES:
        return [_EVERY_FIVE_MINUTES]
    hours: dict[str, list[str]] = {}
    for number in range(int(times)):
        moment = datetime(2024, 1, 1) + number * rhythm.span
        hours.setdefault(f"{moment:%M:%S}", []).append(f"{moment:%H}")
    return [f"*-*-* {','.join(of)}:{minute}" for minute, of in hours.items()]


def _of_cron(rhythm: Cron) -> str:
    minute, hour, day, month, weekday = numbers_of(rhythm.expression)
    days = "" if weekday is None else ",".join(_WEEKDAYS[each] for each in weekday) + " "
    return f"{days}*-{_list(month)}-{_list(day)} {_list(hour)}:{_list(minute)}:00"


def _list(numbers: Iterable[int] | None) -> str:
    return "*" if numbers is None else ",".join(f"{number:02}" for number in numbers)


def _specifier(text: str) -> str:
    return text.replace("%", "%%")


def _path(path: Path) -> str:
    """Of settings that take the rest of the line as it is."""
    return _specifier(str(path))


def _word(text: str) -> str:
    """One word of a line, whatever is in it.

    >>> _word('/home/Đoàn viên/100% "x"')
    '"/home/Đoàn viên/100%% \\\\"x\\\\""'
    """
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{_specifier(escaped)}"'
