"""What somebody should look at, each in a sentence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any, Literal

from sqlite_utils import Database

from newscrawler.store.status.drift import Drift, drifts, samples
from newscrawler.store.status.glance import last_runs
from newscrawler.store.status.runs import Run, crawls

Severity = Literal["alarm", "warning", "note"]
"""`alarm`: something is broken; `warning`: something is missing or odd; `note`: good to know, and nothing to do."""
_ORDER: tuple[Severity, ...] = ("alarm", "warning", "note")

LONGEST_SILENCE = timedelta(days=1)
"""A run that began so long ago and has no end is named where nobody knows whether the archive is held."""
_FEWEST_SUCCESSES = 5
_MOST_SUCCESSES = 14
_BY_HAND = ("by hand", "demo")


@dataclass(frozen=True, kw_only=True, slots=True)
class Alarm:
    """One of them; `kind` and `values` are for pages that say it in other words."""

    severity: Severity
    kind: str
    """`failed`, `incomplete`, `stopped`, `torn`, `silent`, `overdue`, or `drift-` and the measure."""
    site: str
    sentence: str
    run_id: int | None = None
    values: Mapping[str, Any] = field(default_factory=dict)


def alarms(
    db: Database,
    now: datetime,
    *,
    site: str | None = None,
    expected: Mapping[str, timedelta] | None = None,
    is_held: bool | None = None,
) -> list[Alarm]:
    """What somebody should look at, the gravest first.

    :param now: aware.
    :param site: of this site only.
    :param expected: site → longest time between two successes by its schedule; of other sites it is told by how they
        were crawled so far, and those crawled by hand may wait for ever.
    :param is_held: whether a run holds the archive's lock; None if nobody knows.
    """
    successes, last = last_runs(db)
    found = [
        alarm
        for name in sorted(last)
        if site in (None, name)
        for alarm in _of_site(db, name, successes.get(name), now, (expected or {}).get(name), is_held)
    ]
    return sorted(found, key=lambda alarm: (_ORDER.index(alarm.severity), alarm.site))


def _of_site(
    db: Database, site: str, success: Run | None, now: datetime, expected: timedelta | None, is_held: bool | None
) -> Iterator[Alarm]:
    yield from _of_last_runs(crawls(db, site, limit=2), now, is_held)
    yield from _of_silence(db, site, success, now, expected)
    found = samples(db, site)
    yield from (_of_drift(site, found[0].run_id, drift) for drift in drifts(found))


def _of_last_runs(last: list[Run], now: datetime, is_held: bool | None) -> Iterator[Alarm]:
    """Of the last run, and where that goes on well, of the one before: nobody has put right yet what ailed it."""
    for run in last:
        told = _ending(run, now, is_held)
        if told is None:
            if run.finished_at is None:
                continue
            return
        severity, kind, words = told
        values = {"exit_code": run.exit_code, "started_at": run.started_at, "finished_at": run.finished_at}
        sentence = f"{run.site}: run {run.id} {words}"
        yield Alarm(severity=severity, kind=kind, site=run.site, sentence=sentence, run_id=run.id, values=values)
        return


def _ending(run: Run, now: datetime, is_held: bool | None) -> tuple[Severity, str, str] | None:
    if run.finished_at is None:
        if is_held is False:
            return "warning", "torn", "was killed; the same command goes on with its work"
        if is_held is None and now - datetime.fromisoformat(run.started_at) > LONGEST_SILENCE:
            return "warning", "silent", f"began at {run.started_at[:16]}Z and has no end; look whether it still runs"
        return None
    if run.is_torn:
        return "warning", "torn", "was killed; the same command goes on with its work"
    match run.outcome:
        case "failed":
            return "alarm", "failed", f"failed with exit code {run.exit_code}; its problems and its log say why"
        case "incomplete":
            return "warning", "incomplete", f"is incomplete; `newscrawler gaps {run.site}` says what is missing"
        case "stopped" if run.is_success:
            return "note", "stopped", "stopped at its limit; the next run goes on"
        case "stopped":
            return "warning", "stopped", "was stopped with work left; the next run goes on"
    return None


def _of_silence(
    db: Database, site: str, success: Run | None, now: datetime, expected: timedelta | None
) -> Iterator[Alarm]:
    if expected is None:
        expected = _rhythm(db, site)
    since = success.finished_at if success else None
    first = since or _first_start(db, site)
    if expected is None or first is None:
        return
    silent = now - datetime.fromisoformat(first)
    if silent > expected:
        what = f"no run has succeeded for {_length(silent)}" if since else f"no run has succeeded in {_length(silent)}"
        yield Alarm(
            severity="alarm",
            kind="overdue",
            site=site,
            sentence=f"{site}: {what}, though one was expected every {_length(expected)}; see that the schedule runs",
            run_id=success.id if success else None,
            values={"silent_seconds": int(silent.total_seconds()), "expected_seconds": int(expected.total_seconds())},
        )


def _rhythm(db: Database, site: str) -> timedelta | None:
    """Three times the longest of the last gaps between runs that nobody began by hand, and a day at least."""
    ends = [
        datetime.fromisoformat(run.finished_at)
        for run in crawls(db, site, limit=3 * _MOST_SUCCESSES)
        if run.is_success and run.finished_at and run.reason not in _BY_HAND
    ][:_MOST_SUCCESSES]
    if len(ends) < _FEWEST_SUCCESSES:
        return None
    return max(timedelta(days=1), 3 * max(late - early for late, early in pairwise(ends)))


def _first_start(db: Database, site: str) -> str | None:
    known = crawls(db, site, limit=_MOST_SUCCESSES)
    return known[-1].started_at if known else None


def _length(span: timedelta) -> str:
    """A length of time in two of its units at most.

    >>> _length(timedelta(hours=50)), _length(timedelta(minutes=61)), _length(timedelta(seconds=4))
    ('2 days 2 h', '1 h 1 min', '4 s')
    """
    seconds = int(span.total_seconds())
    days, hours, minutes = seconds // 86400, seconds // 3600 % 24, seconds // 60 % 60
    if days:
        return f"{days} day{'s' * (days > 1)}" + (f" {hours} h" if hours else "")
    if hours:
        return f"{hours} h" + (f" {minutes} min" if minutes else "")
    return f"{minutes} min" if minutes else f"{seconds} s"


_DRIFTS = {
    "dated": "{value:.0%} of its new articles have a date from their page; of {samples} runs before, {low:.0%} or more",
    "bodiless": "{value:.0%} of its new articles have no text; of {samples} runs before, {high:.0%} or less",
    "words": "its new articles have {value:.0f} words; in {samples} runs before {low:.0f} to {high:.0f}",
    "blocks": "its new articles have {value:.1f} blocks; in {samples} runs before {low:.1f} to {high:.1f}",
}


def _of_drift(site: str, run_id: int, drift: Drift) -> Alarm:
    words = _DRIFTS[drift.measure].format(**drift._asdict())
    return Alarm(
        severity="warning",
        kind=f"drift-{drift.measure}",
        site=site,
        sentence=f"{site}: {words}; if its layout has changed, `newscrawler extract URL --explain` shows what is read",
        run_id=run_id,
        values={key: value for key, value in drift._asdict().items() if key != "measure"},
    )
