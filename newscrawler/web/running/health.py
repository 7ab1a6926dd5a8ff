"""How the archive fares, as the pages tell it: sites, alarms, and what is planned."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from newscrawler.archive.lock import is_held
from newscrawler.schedules.file import PlanError
from newscrawler.schedules.health import Health, health
from newscrawler.store import Database
from newscrawler.store.database import path_of
from newscrawler.store.status import Alarm, alarms, is_unfinished, sites_at_a_glance
from newscrawler.web.asked import unplaced

NAME = "health"
"""Under which it is kept."""

NOTHING_KNOWN = Health(sites=[], alarms=[], planned=[], warc_bytes=0)
"""While nobody has looked yet."""


def health_now(db: Database) -> Health:
    """Of the archive behind a connection, by the clock of this machine, the lock and the plan that lie beside it."""
    folder, now = path_of(db).parent, datetime.now(UTC)
    try:
        return health(db, folder, now)
    except PlanError as error:
        wrong = Alarm(severity="warning", kind="plan", site="newscrawler.toml", sentence=unplaced(str(error), folder))
        found = alarms(db, now, is_held=is_held(folder) if is_unfinished(db) else None)
        return Health(sites=sites_at_a_glance(db), alarms=[wrong, *found], planned=[], warc_bytes=0)


def of_site(found: Health, site: str | None) -> Health:
    """What concerns one site, or all."""
    if site is None:
        return found
    return replace(
        found,
        alarms=[alarm for alarm in found.alarms if alarm.site == site],
        planned=[each for each in found.planned if each.job.site == site],
    )
