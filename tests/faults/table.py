"""The table of all rows: wanted, found, and whether that is one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tests.conftest import ROOT
from tests.faults.elsewhere import ROWS, Elsewhere
from tests.faults.scenes import Played

MOST_KILOBYTES = 300 * 1000
"""Of crawl and reading worker together."""
GRACE = 2.0
"""Seconds over its limit within which the server sees that a client has left; two processors serve all of it."""


def unknown_tests(row: Elsewhere) -> list[str]:
    """Tests of a row that do not exist."""
    return [name for name in row.tests if name.partition("::")[2] not in _functions(name.partition("::")[0])]


def _functions(path: str) -> set[str]:
    file = ROOT / path
    return set(re.findall(r"^def (\w+)", file.read_text("utf-8"), re.MULTILINE)) if file.exists() else set()


def wrong_of(played: Played) -> list[str]:
    """What of a scene is not as wanted, faults aside."""
    most = max(run.kilobytes for run in played.runs)
    late = [each for each in played.log if each.seconds > played.limit + GRACE]
    return [
        *played.wrong,
        *([f"{most:,} kB of memory"] if most > MOST_KILOBYTES else []),
        *(f"{each.url} took {each.seconds:.1f} s of {played.limit:g}" for each in late),
    ]


def lines(scenes: Sequence[Played]) -> Iterator[str]:
    """The table, line by line."""
    yield f"{'row':<7}{'fault':<47}ok"
    shown = sorted((each for scene in scenes for each in scene.shown), key=lambda each: each.fault.number)
    for each in shown:
        yield f"{each.fault.row:>3}.{each.fault.part:<3}{each.fault.name[:46]:<47}{'ok' if each.ok else 'NOT AS WANTED'}"
        yield f"{'':<7}wanted {each.fault.wanted}"
        yield f"{'':<7}found  {each.found}"
    for row in ROWS:
        missing = unknown_tests(row)
        verdict = f"NO SUCH TEST: {', '.join(missing)}" if missing else "ok" if row.tests else "-"
        yield f"{row.row:>3}.   {row.name[:46]:<47}{verdict}"
        yield from (f"{'':<7}shown by {name}" for name in row.tests)
        if row.why:
            yield f"{'':<7}{row.why}"


def summary(scenes: Sequence[Played]) -> Iterator[str]:
    """One line for each scene, and the sum."""
    for scene in scenes:
        seconds = sum(run.seconds for run in scene.runs)
        memory = max(run.kilobytes for run in scene.runs) / 1000
        longest = max((each.seconds for each in scene.log), default=0.0)
        good = sum(each.ok for each in scene.shown)
        codes = ", ".join(str(run.code) for run in scene.runs)
        yield (
            f"{scene.name:<12} {good:>3} of {len(scene.shown):>3} as wanted; {seconds:5.1f} s; {memory:4.0f} MB; "
            f"longest request {longest:.1f} s of {scene.limit:g}; exit {codes}"
        )
        yield from (f"{'':<13}WRONG: {each}" for each in wrong_of(scene))
    ways = [each for scene in scenes for each in scene.shown]
    rows = {each.fault.row for each in ways}
    yield (
        f"{len(rows)} rows acted in {len(ways)} ways: {sum(each.ok for each in ways)} as wanted; "
        f"{len(ROWS)} rows shown elsewhere or later; {98 - len(rows | {row.row for row in ROWS})} rows missing"
    )
