"""The database, the clock against what is written in it, and the schedule beside it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from newscrawler.doctor.finding import Finding
from newscrawler.errors import DamagedDatabaseError, NewsCrawlerError
from newscrawler.schedules.file import read_plan
from newscrawler.store import SCHEMA_VERSION, Database, check_database, close_database, open_database
from newscrawler.store.diagnosis import newest_capture, schema_of

_FIRST_RELEASE = 2026
_TOLERANCE = timedelta(minutes=2)


def database(data: Path, now: datetime, *, deep: bool) -> Iterator[Finding]:
    """Findings on `news.db`, the clock and the schedule.

    :param now: of this machine's clock, aware.
    :param deep: read every page of the database as well.
    """
    path = data / "news.db"
    newest = None
    if not path.exists():
        yield Finding("ok", "database", f"there is none in {data} yet; the first crawl makes it")
    elif (schema := schema_of(path)) is not None and 0 < schema < SCHEMA_VERSION:
        says = f"{path} has tables of version {schema}, this newscrawler wants {SCHEMA_VERSION}"
        yield Finding("warn", "database", says, "the next crawl brings it up to date")
    else:
        try:
            db = open_database(path)
        except NewsCrawlerError as error:
            yield Finding("bad", "database", *_parted(error))
        else:
            try:
                yield from _opened(db, path, deep=deep)
                newest = newest_capture(db)
            except NewsCrawlerError as error:
                yield Finding("bad", "database", *_parted(error))
            finally:
                close_database(db)
    yield _clock(now, newest)
    yield from _schedule(data)


def _opened(db: Database, path: Path, *, deep: bool) -> Iterator[Finding]:
    size = path.stat().st_size / 1_000_000
    if not deep:
        yield Finding("ok", "database", f"{path} opens, {size:,.1f} MB; --deep reads every page of it")
        return
    try:
        check_database(db)
    except DamagedDatabaseError as error:
        yield Finding("bad", "database", *_parted(error))
    else:
        yield Finding("ok", "database", f"{path}: every page of its {size:,.1f} MB is sound")


def _clock(now: datetime, newest: str | None) -> Finding:
    told = f"{now:%Y-%m-%d %H:%M} UTC"
    if now.year < _FIRST_RELEASE:
        return Finding("bad", "clock", f"it says {told}, which cannot be", "set the clock; captures bear its time")
    if newest is not None and datetime.fromisoformat(newest) > now + _TOLERANCE:
        says = f"it says {told}, but the archive has a capture of {newest[:16].replace('T', ' ')} UTC"
        return Finding("bad", "clock", says, "set the clock before you crawl; history is told in the order of times")
    behind = f", the newest capture is of {newest[:16].replace('T', ' ')}" if newest else ""
    return Finding("ok", "clock", told + behind)


def _schedule(data: Path) -> Iterator[Finding]:
    try:
        plan = read_plan(data)
    except NewsCrawlerError as error:
        yield Finding("bad", "schedule", *_parted(error))
        return
    if plan is not None:
        yield Finding("ok", "schedule", "newscrawler.toml is in order; `newscrawler status` says what is due")


def _parted(error: NewsCrawlerError) -> tuple[str, str]:
    """What is amiss, and the next step, which stands behind the last semicolon of our sentences."""
    says, _, advice = str(error).rpartition("; ")
    return (says, advice) if says else (advice, "")
