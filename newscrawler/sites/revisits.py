"""How often a site's articles are looked at again: young ones often, old ones seldom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

_LENGTHS = {4: "year", 7: "month"}


class Step(NamedTuple):
    """Articles younger than this are looked at again after so long."""

    younger_than: timedelta
    again_after: timedelta


@dataclass(frozen=True, kw_only=True)
class Revisits:
    """A site's schedule. News is corrected within hours and forgotten within weeks; what is a year old is looked at
    once a year, to learn that it is still there."""

    steps: tuple[Step, ...] = (
        Step(timedelta(days=2), timedelta(hours=1)),
        Step(timedelta(days=7), timedelta(hours=6)),
        Step(timedelta(days=30), timedelta(days=2)),
        Step(timedelta(days=365), timedelta(days=30)),
    )
    """The youngest first."""
    old_again_after: timedelta = timedelta(days=365)
    """For articles that no step is for."""
    absent_again_after: timedelta = timedelta(days=30)
    """What was not there, or could not be read, is not asked for again for so long."""
    listed_again_after: timedelta = timedelta(days=1)
    """The same where a list names it: it may have been listed before it was published."""
    unnamed_per_run: int = 500
    """So many articles that are due, but that no list of the run has named, are asked for, the longest overdue first;
    and so many that former runs have given up."""

    def again_after(self, age: timedelta) -> timedelta:
        """How long after it was looked at an article of an age is looked at again."""
        return next((step.again_after for step in self.steps if age < step.younger_than), self.old_again_after)

    def due_at(self, *, dated: str | None, first_seen: str, asked_at: str, gone: bool = False) -> datetime:
        """When an article is to be looked at again, UTC.

        :param dated: its day, as long as its precision (`2018`, `2018-05`, `2018-05-16`, …), or None.
        :param first_seen: when it was seen first; an undated article is as old as that. UTC, ISO 8601.
        :param asked_at: when its server was last asked for it, and answered. UTC, ISO 8601.
        :param gone: whether it was not there any more.
        """
        asked = datetime.fromisoformat(asked_at)
        again = self.again_after(asked - born_at(dated, datetime.fromisoformat(first_seen)))
        return asked + (max(again, self.absent_again_after) if gone else again)


def born_at(dated: str | None, first_seen: datetime) -> datetime:
    """When an article came to be: the first moment of its date, but of a date that is only a month or year the moment
    at which it was first seen, if that lies within. Dates without zone are taken for UTC: hours do not count here.

    >>> born_at("2018", datetime(2018, 5, 16, tzinfo=UTC)).date().isoformat()
    '2018-05-16'
    >>> born_at("2018", datetime(2026, 5, 16, tzinfo=UTC)).date().isoformat()
    '2018-12-31'
    """
    if not dated:
        return first_seen
    try:
        first, last = _bounds(dated)
    except ValueError:
        return first_seen
    return max(first, min(first_seen, last))


def _bounds(dated: str) -> tuple[datetime, datetime]:
    """The first and the last moment that a date can mean."""
    match _LENGTHS.get(len(dated)):
        case "year":
            first = datetime(int(dated), 1, 1, tzinfo=UTC)
            return first, datetime(first.year, 12, 31, tzinfo=UTC)
        case "month":
            first = datetime.fromisoformat(f"{dated}-01").replace(tzinfo=UTC)
            return first, first + timedelta(days=27)
    moment = datetime.fromisoformat(dated)
    moment = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    return moment, moment
