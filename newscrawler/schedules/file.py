"""Reading `newscrawler.toml`, the file of plans in an archive's folder.

Every error names the file, the line where that is known, the key, and what to write.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from newscrawler.errors import UnknownSiteError, UsageError
from newscrawler.schedules.lengths import length
from newscrawler.schedules.plan import VIETNAM, Plan, Schedule, is_address
from newscrawler.schedules.quiet import Quiet, quiet
from newscrawler.schedules.rhythm import Rhythm, cron, every
from newscrawler.sites import get_site, site_of
from newscrawler.urls import host_of

FILE = "newscrawler.toml"
_KEYS = ("contact", "operator", "timezone", "quiet_hours", "environment", "schedule")
_SCHEDULE_KEYS = ("sites", "every", "cron", "jitter", "longest", "limit", "since", "full", "settings")
_NAME = re.compile(r"[A-Z][A-Z0-9_]*")
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


class PlanError(UsageError):
    """Raised when `newscrawler.toml` cannot be understood."""


def read_plan(folder: Path) -> Plan | None:
    """The plan of the archive in a folder; None where there is no file.

    :raises PlanError: naming what is wrong, and what to write.
    """
    path = folder / FILE
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or "it is not UTF-8"
        raise PlanError(f"{path}: the file cannot be read ({why}); save it as UTF-8 text") from error
    return plan_of(text, str(path))


def plan_of(text: str, file: str) -> Plan:
    """The plan that a text describes; `file` names it in errors.

    :raises PlanError: as `read_plan`.
    """
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        said = str(error)
        raise PlanError(f"{file}: this is no TOML, {said[:1].lower()}{said[1:]}; mend that line") from error
    except RecursionError:
        raise PlanError(f"{file}: lists or tables lie too deep in one another; take some out") from None
    return _Reader(text, file).plan(table)


class _WrongError(Exception):
    """What a value should be, as the end of a sentence."""


class _Reader:
    """Knows where in the file it reads."""

    def __init__(self, text: str, file: str) -> None:
        self._text, self._file = text, file
        self._number = 0
        """Of the schedule, from 1 on; 0 above them."""

    def plan(self, table: dict[str, Any]) -> Plan:
        self._check_keys(table, _KEYS)
        zone = self._get(table, "timezone", _zone) or VIETNAM
        return Plan(
            contact=self._get(table, "contact", _line) or "",
            operator=self._get(table, "operator", _line) or "",
            zone=zone,
            quiet=self._get(table, "quiet_hours", _quiet) or (),
            environment=self._get(table, "environment", _environment) or {},
            schedules=self._schedules(table.get("schedule", []), zone),
        )

    def _schedules(self, tables: Any, zone: ZoneInfo) -> tuple[Schedule, ...]:
        if not isinstance(tables, list) or not all(isinstance(each, dict) for each in tables):
            raise self._error("schedule", "write [[schedule]], in double brackets, over each schedule")
        found: list[Schedule] = []
        for self._number, table in enumerate(tables, 1):
            found.append(self._schedule(table, zone))
            keys = [job.key for job in Plan(schedules=tuple(found)).jobs]
            double = next((key for key in keys if keys.count(key) > 1), None)
            if double is not None:
                raise self._error("sites", f"{double} is planned twice; take one of them out")
        return tuple(found)

    def _schedule(self, table: dict[str, Any], zone: ZoneInfo) -> Schedule:
        self._check_keys(table, _SCHEDULE_KEYS)
        rhythm = self._rhythm(table, zone)
        jitter = self._get(table, "jitter", _length_of)
        if jitter is not None and jitter > rhythm.after(now := datetime.now(zone)) - (rhythm.until(now) or now):
            raise self._error("jitter", f"{table['jitter']} is more than {rhythm.text} leaves; write a shorter time")
        given = {
            "jitter": jitter,
            "longest": self._get(table, "longest", _length_of),
            "limit": self._get(table, "limit", _limit),
            "since": self._get(table, "since", _since),
            "full": self._get(table, "full", _flag),
            "settings": self._get(table, "settings", _settings),
        }
        sites = self._get(table, "sites", _sites)
        if sites is None:
            raise self._error("sites", 'it is missing; write sites = ["thanhdoan"]; `newscrawler sites` lists them')
        return Schedule(sites=sites, rhythm=rhythm, **{key: value for key, value in given.items() if value is not None})

    def _rhythm(self, table: dict[str, Any], zone: ZoneInfo) -> Rhythm:
        if ("every" in table) == ("cron" in table):
            both = "both are given" if "every" in table else "neither is given"
            raise self._error("every and cron", f'{both}; write one, as every = "2 h" or cron = "15 */2 * * *"')
        found: Rhythm | None = self._get(table, "every", lambda value: every(_text(value), zone))
        found = found or self._get(table, "cron", lambda value: cron(_text(value), zone))
        assert found is not None
        return found

    def _get(self, table: Mapping[str, Any], key: str, make: Callable[[Any], Any]) -> Any:
        if key not in table:
            return None
        try:
            return make(table[key])
        except (_WrongError, ValueError, UnknownSiteError) as error:
            raise self._error(f"{key} = {_shown(table[key])}", str(error), key) from None

    def _check_keys(self, table: Mapping[str, Any], known: tuple[str, ...]) -> None:
        for key in table:
            if key not in known:
                close = get_close_matches(key, known, n=1)
                what = f"write {close[0]}" if close else f"leave it out, or write one of {', '.join(known)}"
                raise self._error(f"{key} is no key here", what, key)

    def _error(self, what: str, words: str, key: str | None = None) -> PlanError:
        line = self._line(key or what)
        place = f"{self._file}, line {line}" if line else self._file
        of = f" of schedule {self._number}" if self._number and not line else ""
        return PlanError(f"{place}: {what}{of}: {words}")

    def _line(self, key: str) -> int | None:
        """Where a key is written, or the head of its schedule; tomllib does not say."""
        begin = schedule = 0
        lines = self._text.splitlines()
        for number, line in enumerate(lines, 1):
            if re.match(r"\s*\[\[\s*schedule\s*\]\]", line):
                schedule += 1
                begin = number if schedule == self._number else begin
            if schedule == self._number and re.match(rf"""\s*\[*\s*["']?{re.escape(key)}["']?\s*(=|\])""", line):
                return number
        return begin or None


def _shown(value: Any) -> str:
    return f'"{value}"' if isinstance(value, str) else str(value)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise _WrongError("this is a text; put it in double quotes")
    return value


def _line(value: Any) -> str:
    text = _text(value)
    if not text.strip().isprintable():
        raise _WrongError("this is one line of text; take out what is not printable")
    return text.strip()


def _zone(value: Any) -> ZoneInfo:
    try:
        return ZoneInfo(_text(value))
    except (OSError, ValueError, KeyError):
        raise _WrongError('there is no such time zone; write one such as "Asia/Ho_Chi_Minh" or "UTC"') from None


def _quiet(value: Any) -> tuple[Quiet, ...]:
    texts = [value] if isinstance(value, str) else value
    if not isinstance(texts, list):
        raise _WrongError('write quiet_hours = "07:00-09:00", or a list of such')
    return tuple(quiet(_text(text)) for text in texts)


def _environment(value: Any) -> dict[str, str]:
    if not isinstance(value, dict) or not all(isinstance(word, str) and "\0" not in word for word in value.values()):
        raise _WrongError('write the variables as texts, such as http_proxy = "http://127.0.0.1:3128"')
    wrong = next((name for name in value if not _VARIABLE.fullmatch(name)), None)
    if wrong is not None:
        raise _WrongError(f"{wrong} is no name of a variable; write letters, digits and _")
    return dict(value)


def _length_of(value: Any) -> Any:
    return length(_text(value))


def _limit(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise _WrongError("write how many articles a run asks for, 1 or more")
    return value


def _since(value: Any) -> str:
    try:
        return (value if type(value) is date else date.fromisoformat(_text(value))).isoformat()
    except ValueError:
        raise _WrongError('write a day, such as since = "2024-01-31"') from None


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise _WrongError("write true or false")
    return value


def _settings(value: Any) -> dict[str, str]:
    if not isinstance(value, dict):
        raise _WrongError("write settings = { DOWNLOAD_DELAY = 2 }")
    for name, setting in value.items():
        if not _NAME.fullmatch(name):
            raise _WrongError(f"{name} is no setting of Scrapy; those are in capitals, such as DOWNLOAD_DELAY")
        if not isinstance(setting, str | int | float):
            raise _WrongError(f"{name} is set to what is neither text, number, true nor false")
        if name in ("RUN_REASON", "ARCHIVE_DIR"):
            raise _WrongError(f"{name} is set by the schedule itself; leave it out")
    return {name: str(setting) for name, setting in value.items()}


def _sites(value: Any) -> tuple[str, ...]:
    texts = [value] if isinstance(value, str) else value
    if not isinstance(texts, list) or not texts or not all(isinstance(text, str) for text in texts):
        raise _WrongError('write sites = ["thanhdoan", "haiphong"]; `newscrawler sites` lists them')
    for text in texts:
        if is_address(text):
            _check_address(text)
        else:
            get_site(text)
    return tuple(texts)


def _check_address(text: str) -> None:
    if not host_of(text):
        raise _WrongError(f"{text} names no host; write a whole address, such as https://bao.example.vn/")
    known = site_of(text)
    if known is not None:
        raise _WrongError(f"{text} is an address of a known site; write its name, {known.name}")
