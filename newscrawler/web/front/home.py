"""The front page: what is in the archive at a glance."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from heapq import nlargest
from itertools import islice
from operator import itemgetter
from pathlib import Path
from typing import Any

from newscrawler.archive.lock import is_held
from newscrawler.schedules.health import Health
from newscrawler.store import Database
from newscrawler.store.at_a_glance import Story, articles_per_month, has_words, newest_stories, oldest_published
from newscrawler.store.hot_spans import HotSpan, hot_spans
from newscrawler.store.hot_words import HotWords, hot_words
from newscrawler.store.selection import Selection
from newscrawler.store.status import is_unfinished, runs
from newscrawler.web import census
from newscrawler.web.addresses import Addresses
from newscrawler.web.asked import Asked
from newscrawler.web.front.months import calendar, is_by_months, plot_of
from newscrawler.web.kept import LAST, keep_ready, ready
from newscrawler.web.pages import View, page
from newscrawler.web.running.health import NAME, NOTHING_KNOWN, health_now
from newscrawler.web.running.wordings import ending, told
from newscrawler.web.speech import Speech

_STORIES = 11
_LEADS = 4
"""The newest of so many that has a picture is the lead."""
_HOT = 8
_RUNS = 4
_SECTIONS = 16
_EXAMPLES = (
    "mua he xanh",
    "tình nguyện",
    "hien mau nhan dao",
    "khởi nghiệp",
    "sinh vien",
    "thư viện",
    "doan thanh nien",
)
"""As people type, with accents and without; the first three that find anything are shown."""


@dataclass(frozen=True, slots=True)
class HotStory:
    """An item of a hot block."""

    span: HotSpan
    words: HotWords

    @property
    def title(self) -> str:
        """Or what else is said of it."""
        return self.words.title or self.words.summary or ""


def at_a_glance(db: Database, asked: Asked) -> Mapping[str, object]:
    """What the front page shows."""
    say, to = Speech(asked.lang), Addresses(asked)
    found = ready(db, PIECES)
    going_on = is_unfinished(db) and is_held(asked.folder)
    rows = calendar(found.get("months", {}), datetime.now(UTC).year)
    lead, others = _lead(found.get("newest", []))
    health: Health = found.get(NAME, NOTHING_KNOWN)
    sites = [site for site in health.sites if site.articles]
    return {
        "articles": sum(site.articles for site in sites),
        "sites": sites,
        "warc_bytes": health.warc_bytes,
        "oldest": {site.site: oldest_published(db, site.site) for site in sites},
        "examples": found.get("examples", []),
        "lead": lead,
        "stories": others,
        "hot": found.get("hot", []),
        "sections": _sections(db),
        "is_counting": len(found) < len(PIECES),
        "calendar": rows,
        "plot": plot_of(say, to, rows, str(say("home.by_month" if is_by_months(rows) else "home.by_year"))),
        "alarms": [told(say, alarm) for alarm in health.alarms if alarm.severity != "note"],
        "going_on": going_on,
        "runs": [(run, ending(say, run, is_held=going_on)) for run in runs(db, limit=_RUNS)],
    }


def prepare(path: Path) -> None:
    """Look up in the background what the first reader of the database at `path` would have to wait for."""
    for name, find in {**PIECES, **census.PIECES}.items():
        keep_ready(path, name, find)


def _newest(db: Database) -> list[Story]:
    tomorrow = datetime.now(UTC) + timedelta(days=1)  # it is always later somewhere
    return newest_stories(db, tomorrow.date().isoformat(), _STORIES)


def _hot(db: Database) -> list[HotStory]:
    spans = sorted(hot_spans(db), key=lambda span: (span.last_seen, span.first_seen), reverse=True)
    stories = (HotStory(span, hot_words(db, span)) for span in spans[: 3 * _HOT])
    return list(islice((story for story in stories if story.title), _HOT))


def _sections(db: Database) -> list[tuple[str, int]]:
    """The sections with most articles, as soon as they are counted."""
    known = census.census_at_hand(db, fresh=LAST)
    return nlargest(_SECTIONS, known.by(Selection(), "category").items(), key=itemgetter(1)) if known else []


def _examples(db: Database) -> list[str]:
    return [words for words in _EXAMPLES if has_words(db, words)][:3]


def _lead(stories: Sequence[Story]) -> tuple[Story | None, list[Story]]:
    """The story that stands on top, and all others in their order."""
    if not stories:
        return None, []
    lead = next((story for story in stories[:_LEADS] if story.picture is not None), stories[0])
    return lead, [story for story in stories if story is not lead]


ROUTES: list[tuple[str, View]] = [(r"/$", page("home.html", at_a_glance))]
PIECES: dict[str, Callable[[Database], Any]] = {
    "months": articles_per_month,
    "newest": _newest,
    "hot": _hot,
    NAME: health_now,
    "examples": _examples,
}
"""What takes a walk over an index to find, by name; the same for all readers."""
