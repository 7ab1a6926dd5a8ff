"""How an archive and its plan fare just now, in one value."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from newscrawler.archive.lock import is_held
from newscrawler.schedules.file import read_plan
from newscrawler.schedules.outlook import Outlook, outlooks
from newscrawler.schedules.plan import expected
from newscrawler.store import Database
from newscrawler.store.status import Alarm, SiteGlance, alarms, is_unfinished, sites_at_a_glance


@dataclass(frozen=True, kw_only=True)
class Health:
    """Of all sites, or of one."""

    sites: list[SiteGlance]
    alarms: list[Alarm]
    """The gravest first."""
    planned: list[Outlook]
    warc_bytes: int
    """Size of all WARC files, also the one being written."""

    @property
    def is_well(self) -> bool:
        """Whether there is nothing that somebody should look at; notes are none."""
        return all(alarm.severity == "note" for alarm in self.alarms)


def health(db: Database, folder: Path, now: datetime, site: str | None = None) -> Health:
    """Look at an archive: its database, its plan, its lock.

    :param now: aware.
    :param site: of this site only.
    :raises PlanError: if there is a plan that cannot be understood.
    """
    plan = read_plan(folder)
    found = alarms(
        db,
        now,
        site=site,
        expected=expected(plan, now) if plan else None,
        # Only where the answer tells something: the look itself takes hold for a moment.
        is_held=is_held(folder) if is_unfinished(db) else None,
    )
    return Health(
        sites=[each for each in sites_at_a_glance(db) if site in (None, each.site)],
        alarms=found,
        planned=[each for each in (outlooks(plan, folder, now) if plan else []) if site in (None, each.job.site)],
        warc_bytes=sum(path.stat().st_size for path in (folder / "warc").glob("*.warc.gz*")),
    )
