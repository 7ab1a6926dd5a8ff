"""The front page: what is in the archive at a glance."""

from __future__ import annotations

from collections.abc import Mapping

from newscrawler.store import Database
from newscrawler.store.summary import summarize
from newscrawler.web.asked import Asked
from newscrawler.web.pages import View, page


def at_a_glance(db: Database, asked: Asked) -> Mapping[str, object]:
    """What the front page shows."""
    return {"summary": summarize(db)}


ROUTES: list[tuple[str, View]] = [(r"/$", page("home.html", at_a_glance))]
