"""One run: its totals, its counters in plain words, its problems by stage and kind, and the captures it made."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from newscrawler.archive.lock import is_held
from newscrawler.errors import NoSuchPageError
from newscrawler.store import Database
from newscrawler.store.run_details import captures_made, files_written
from newscrawler.store.status import Problem, ProblemGroup, Run, problem_groups, problems_of, run_of
from newscrawler.web.asked import Asked
from newscrawler.web.leafing import leafing
from newscrawler.web.pages import View, page
from newscrawler.web.running.wordings import ending, length, reason, worded
from newscrawler.web.speech import Speech

_OF_A_GROUP = 8
_A_PAGE = 100
_CAPTURES = 30
_LARGEST_ID = 2**63 - 1


@dataclass(frozen=True, slots=True)
class ToldGroup:
    """Problems of one stage and kind, the first of them told."""

    group: ProblemGroup
    stage: str
    kind: str
    problems: list[Problem]


def one_run(db: Database, asked: Asked) -> Mapping[str, object]:
    """What the page of a run shows; with `stage` and `kind`, all problems of one group, leaf by leaf.

    :raises NoSuchPageError: if there is no such run.
    """
    say, run = Speech(asked.lang), _run(db, asked)
    groups = problem_groups(db, run.id)
    chosen = [group for group in groups if (group.stage, group.kind) == (asked.text("stage"), asked.text("kind"))]
    a_group = _A_PAGE if chosen else _OF_A_GROUP
    leaf = leafing(asked.number("page"), chosen[0].count if chosen else 0, _A_PAGE, _LARGEST_ID)
    offset = (leaf.page - 1) * _A_PAGE if chosen else 0
    size, files = growth(asked.folder, files_written(db, run))
    return {
        "run": run,
        "ending": ending(say, run, is_held=run.finished_at is None and is_held(asked.folder)),
        "reason": reason(say, run),
        "lasted": length(say, run.lasted),
        "wish": ", ".join(_wish(say, run)),
        "size": size,
        "files": files,
        "counters": list(_counters(say, run)),
        "groups": [_told(db, say, run, group, a_group, offset) for group in chosen or groups],
        "is_of_one_group": bool(chosen),
        "leaf": leaf,
        "captures": [] if chosen else captures_made(db, run, _CAPTURES),
    }


def growth(folder: Path, names: set[str]) -> tuple[int, int]:
    """Bytes of the WARC files that a crawl wrote, and how many there are; zeros where nobody knows."""
    try:
        with os.scandir(folder / "warc") as found:
            sizes = [file.stat().st_size for file in found if file.name.removesuffix(".open") in names]
    except OSError:
        return 0, 0
    return sum(sizes), len(sizes)


def _run(db: Database, asked: Asked) -> Run:
    number = int(asked.parts["id"])
    run = run_of(db, number) if number <= _LARGEST_ID else None
    if run is None:
        raise NoSuchPageError(str(Speech(asked.lang)("runs.no_such_run", id=asked.parts["id"][:30])))
    return run


def _told(db: Database, say: Speech, run: Run, group: ProblemGroup, limit: int, offset: int) -> ToldGroup:
    found = problems_of(db, run.id, stage=group.stage, kind=group.kind, limit=limit, offset=offset)
    return ToldGroup(group, worded(say, "runs.stage", group.stage), worded(say, "runs.kind", group.kind), found)


def _counters(say: Speech, run: Run) -> Iterator[tuple[str, int]]:
    """Name and number of all that is not zero: those of the table first, then the others by name."""
    own = {
        "pages": run.pages,
        "articles_new": run.articles_new,
        "articles_changed": run.articles_changed,
        "articles_unchanged": run.articles_unchanged,
        "problems": run.problems,
    }
    for name, count in {**own, **dict(sorted(run.counters.items()))}.items():
        if count or name in own:
            yield worded(say, "runs.counter", name), count


def _wish(say: Speech, run: Run) -> Iterator[str]:
    """What the run was asked for."""
    asked = {name: value for name, value in run.arguments.items() if value}
    if not asked:
        yield str(say("runs.what_is_new"))
    for name, value in asked.items():
        match name:
            case "full":
                yield str(say("runs.full"))
            case "limit":
                yield str(say("runs.limit_of", n=value))
            case "since" | "ids" | "url":
                yield str(say(f"runs.{name}_of", value=str(value)))
            case _:
                yield f"{name}: {value}"


ROUTES: list[tuple[str, View]] = [(r"/run/(?P<id>[0-9]{1,19})$", page("run.html", one_run))]
