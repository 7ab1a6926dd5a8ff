"""Runs and health: what the crawler did, how each run ended, and what somebody should look at."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from newscrawler.archive.lock import is_held
from newscrawler.store import Database
from newscrawler.store.run_details import Week, latest_weeks
from newscrawler.store.status import Run, is_unfinished, run_count, runs
from newscrawler.web.addresses import Addresses
from newscrawler.web.asked import Asked
from newscrawler.web.kept import kept, ready
from newscrawler.web.leafing import leafing
from newscrawler.web.pages import Sent, View, page, view
from newscrawler.web.plots.bars import Bar, BarPlot, bar_plot
from newscrawler.web.running.health import NAME, NOTHING_KNOWN, health_now, of_site
from newscrawler.web.running.run import ROUTES as OF_ONE_RUN
from newscrawler.web.running.wordings import Ending, ending, length, reason, told
from newscrawler.web.speech import Speech

_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class ToldRun:
    """A run as a row of the table."""

    run: Run
    ending: Ending
    reason: str
    lasted: str


def all_runs(db: Database, asked: Asked) -> Mapping[str, object]:
    """What the page shows: alarms on top, the last weeks, and the runs of all sites or one."""
    say, site = Speech(asked.lang), asked.text("site") or None
    held = is_unfinished(db) and is_held(asked.folder)
    known = ready(db, {NAME: health_now})
    found = known.get(NAME, NOTHING_KNOWN)
    total = run_count(db, site)
    leaf = leafing(asked.number("page"), total, _A_PAGE, total)
    shown = runs(db, site, limit=_A_PAGE, offset=(leaf.page - 1) * _A_PAGE)
    weeks = latest_weeks(db, datetime.now(UTC).date())
    return {
        "site": site,
        "sites": [each.site for each in found.sites if each.last_run],
        "going_on": held,
        "is_counting": not known,
        "alarms": [told(say, alarm) for alarm in of_site(found, site).alarms],
        "planned": of_site(found, site).planned,
        "weeks": weeks,
        "plot": _plot(say, weeks),
        "runs": [
            ToldRun(run, ending(say, run, is_held=held), reason(say, run), length(say, run.lasted)) for run in shown
        ],
        "leaf": leaf,
    }


def as_json(db: Database, asked: Asked) -> Sent:
    """The same for programs: `runs`, newest first, each with all its counters; `alarms`; and `next`, the address of the
    next page."""
    site, number = asked.text("site") or None, asked.number("page")
    total = run_count(db, site)
    more = number * _A_PAGE < total
    shown = runs(db, site, limit=_A_PAGE, offset=(number - 1) * _A_PAGE)
    value = {
        "total": total,
        "next": Addresses(asked).runs_json(site=site, page=number + 1) if more else None,
        "alarms": [asdict(alarm) for alarm in of_site(kept(db, NAME, health_now), site).alarms],
        "runs": [_plain(run) for run in shown],
    }
    body = json.dumps(value, ensure_ascii=False, indent=1)
    return Sent(body=body, type="application/json; charset=utf-8")


def _plain(run: Run) -> dict[str, Any]:
    return {**asdict(run), "is_success": run.is_success, "is_torn": run.is_torn}


def _plot(say: Speech, weeks: list[Week]) -> BarPlot:
    bars = []
    for week in weeks:
        day = say.day(week.monday.isoformat())
        value = week.counts["new"] + week.counts["changed"]
        says = say("runs.week_of", day=day, new=week.counts["new"], changed=week.counts["changed"], runs=week.runs)
        bars.append(Bar(f"{week.monday.day}/{week.monday.month}", value, str(says)))
    return bar_plot(bars, str(say("runs.weeks")))


ROUTES: list[tuple[str, View]] = [
    (r"/runs$", page("runs.html", all_runs)),
    (r"/runs\.json$", view(as_json)),
    *OF_ONE_RUN,
]
