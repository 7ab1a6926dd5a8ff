"""Writing what makes a machine's timer call us, where that timer looks for it."""

from __future__ import annotations

import os
import pwd
import re
import shutil
import subprocess
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from newscrawler.errors import DiskError, UsageError
from newscrawler.schedules import crontab, systemd
from newscrawler.schedules.command import Command
from newscrawler.schedules.plan import Plan

SYSTEM_UNITS = Path("/etc/systemd/system")
CRON_FILE = "newscrawler.crontab"


@dataclass(frozen=True)
class Text:
    """What is to be written to a file; None is the user's own crontab."""

    path: Path | None
    text: str


def units(plan: Plan, command: Command, *, name: str, to: Path | None, own: bool, user: str | None) -> list[Text]:
    """Service and timer.

    :param to: their folder; None for the one in which systemd looks.
    :param own: for the user's own manager.
    :param user: under whose name the service runs; None for whose the archive is.
    """
    folder = to or (_own_units() if own else SYSTEM_UNITS)
    who = None if own else user or _owner(command.data)
    return [
        Text(folder / f"{name}.service", systemd.service(command, user=who)),
        Text(folder / f"{name}.timer", systemd.timer(plan, name)),
    ]


def cron_lines(plan: Plan, command: Command, *, to: Path | None) -> Text:
    """The lines for cron: a file in a folder, or the user's whole crontab with them in it.

    :raises UsageError: if there is no cron.
    """
    part = crontab.lines(plan, command, datetime.now().astimezone())
    return Text(to / CRON_FILE, part) if to else Text(None, crontab.merged(_crontab(), part, command))


def write(texts: list[Text]) -> None:
    """Put them where they belong.

    :raises UsageError: if something else than ours is there.
    :raises DiskError: if they cannot be written.
    """
    for each in texts:
        if each.path is not None:
            _refuse_others(each.path)
    for each in texts:
        if each.path is None:
            _hand_to_cron(each.text)
        else:
            _write(each.path, each.text)


def _hand_to_cron(text: str) -> None:
    done = subprocess.run(
        ["crontab", "-"], input=text, text=True, errors="surrogateescape", capture_output=True, check=False
    )
    if done.returncode:
        told = " ".join(done.stderr.split()) or f"exit code {done.returncode}"
        raise UsageError(f"crontab did not take the lines ({told}); use --to DIR, and hand the file to cron yourself")


def _write(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    except OSError as error:
        raise DiskError(
            f"cannot write {path}: {error.strerror or error}; become root, or use --user or --to DIR"
        ) from error


def _refuse_others(path: Path) -> None:
    try:
        text = path.read_text("utf-8", "replace")
    except FileNotFoundError:
        return
    except OSError as error:
        raise DiskError(
            f"cannot read {path}: {error.strerror or error}; choose another folder with --to DIR"
        ) from error
    if not text.startswith((systemd.MARK, "# newscrawler ")):
        raise UsageError(f"{path} was not written by newscrawler; choose another --name, or move it away")


def _own_units() -> Path:
    home = os.environ.get("XDG_CONFIG_HOME")
    return Path(home or Path.home() / ".config") / "systemd" / "user"


def _owner(folder: Path) -> str:
    number = folder.stat().st_uid
    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:
        return str(number)


def _crontab() -> str:
    if shutil.which("crontab") is None:
        raise UsageError("there is no crontab on this machine; install cron, or use --to DIR and hand the file to it")
    found = subprocess.run(["crontab", "-l"], capture_output=True, text=True, errors="surrogateescape", check=False)
    if found.returncode == 0:
        return found.stdout
    # Who has none yet is told so, by one cron in words of its own and by another in those of the system.
    if not re.search("no crontab|no such file|can't open", found.stderr, re.IGNORECASE):
        told = " ".join(found.stderr.split()) or f"exit code {found.returncode}"
        raise UsageError(
            f"your crontab cannot be read ({told}), and would be lost; use --to DIR, and add the lines to it"
        )
    return ""
