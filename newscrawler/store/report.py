"""What became of every address that a cycle has met: each in one class, for one reason, so that the sums add up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, get_args

from sqlite_utils import Database

from newscrawler.items import EntryKind
from newscrawler.store.frontier import State

AddressClass = Literal["fetched", "not-modified", "not-asked", "absent", "redirected", "failed", "refused", "left"]
"""`not-asked`: nothing was asked for, since the answer is known well enough; `left`: queued, or in hand."""
CLASSES: tuple[AddressClass, ...] = get_args(AddressClass)

_OF_REASON: dict[str, AddressClass] = {
    "not-modified": "not-modified",
    **dict.fromkeys(("not-due", "known-absent", "end", "known"), "not-asked"),
    **dict.fromkeys(("absent", "gone", "soft-404"), "absent"),
    "redirected": "redirected",
    **dict.fromkeys(("robots", "refused", "private-address", "other-site", "refused-scheme"), "refused"),
    **dict.fromkeys(("budget", "too-many"), "refused"),
}
_TRAP = "trap"

_TALLIES = """
    SELECT kind, state, coalesce(reason, ''), count(*) FROM frontier
    WHERE site = :site AND cycle = :cycle GROUP BY kind, state, reason ORDER BY kind, state, reason
"""
_TORN = """
    SELECT count(DISTINCT problems.url) FROM problems JOIN runs ON runs.id = problems.run_id
    WHERE runs.site = :site AND runs.cycle = :cycle AND problems.stage = 'listing'
"""
_LAST_CRAWL = """
    SELECT id, cycle, outcome, exit_code, started_at, finished_at FROM runs
    WHERE site = :site AND cycle IS NOT NULL ORDER BY id DESC LIMIT 1
"""


def class_of(state: State, reason: str | None) -> AddressClass:
    """Where an address belongs by how far it has come.

    >>> class_of("done", "new"), class_of("given-up", "timeout"), class_of("given-up", "trap-family")
    ('fetched', 'failed', 'refused')
    """
    if state in ("queued", "leased"):
        return "left"
    word = reason or ""
    if word.partition("-")[0] == _TRAP:
        return "refused"
    return _OF_REASON.get(word, "fetched" if state == "done" else "failed")


@dataclass(frozen=True, kw_only=True, slots=True)
class Tally:
    """So many addresses of one kind that have come equally far for one reason."""

    kind: EntryKind
    state: State
    reason: str
    """Of an address that is left, its state unless a reason is known."""
    count: int

    @property
    def address_class(self) -> AddressClass:
        """The one class that they belong to."""
        return class_of(self.state, self.reason)


@dataclass(frozen=True, slots=True)
class Completeness:
    """All addresses that a cycle has met."""

    tallies: tuple[Tally, ...] = ()
    torn_lists: int = 0
    """Lists whose chain of pages is broken, or that have shrunk; what else they name, nobody knows."""

    @property
    def listed(self) -> int:
        """How many."""
        return sum(tally.count for tally in self.tallies)

    def count(self, address_class: AddressClass, kinds: Iterable[EntryKind] = get_args(EntryKind)) -> int:
        """How many of one class and of some kinds."""
        wanted = set(kinds)
        return sum(tally.count for tally in self._of(address_class) if tally.kind in wanted)

    def reasons(self, address_class: AddressClass) -> dict[str, int]:
        """How many of one class for each reason, the most first."""
        found: Counter[str] = Counter()
        for tally in self._of(address_class):
            found[tally.reason] += tally.count
        return dict(sorted(found.items(), key=lambda each: (-each[1], each[0])))

    @property
    def pages_failed(self) -> int:
        """Pages that were given up."""
        return sum(tally.count for tally in self._of("failed") if tally.kind != "file")

    @property
    def is_torn(self) -> bool:
        """Whether pages are missing that may be there; a picture that is missing makes no crawl incomplete."""
        return bool(self.pages_failed or self.torn_lists)

    @property
    def counters(self) -> dict[str, int]:
        """The sums by name, as table `runs` keeps them."""
        sums = {f"cycle_{each.replace('-', '_')}": self.count(each) for each in CLASSES}
        return {"cycle_listed": self.listed, **sums}

    def _of(self, address_class: AddressClass) -> list[Tally]:
        return [tally for tally in self.tallies if tally.address_class == address_class]


@dataclass(frozen=True, kw_only=True, slots=True)
class CrawlReport:
    """How the last crawl of a site ended, and what became of all that its cycle has met."""

    run_id: int
    cycle: int
    outcome: str | None
    """`finished`, `incomplete`, `stopped` or `failed`; None of a run that is under way, or was killed and not gone on
    with yet."""
    exit_code: int | None
    started_at: str
    finished_at: str | None
    completeness: Completeness


def completeness_of(db: Database, site: str, cycle: int) -> Completeness:
    """What became of every address that a cycle has met, as far as it is written."""
    row = {"site": site, "cycle": cycle}
    tallies = tuple(
        Tally(kind=kind, state=state, reason=reason or state, count=count)
        for kind, state, reason, count in db.conn.execute(_TALLIES, row)
    )
    ((torn,),) = db.conn.execute(_TORN, row).fetchall()
    return Completeness(tallies, torn)


def last_crawl(db: Database, site: str) -> CrawlReport | None:
    """The last crawl of a site, or None where there was none."""
    row = db.conn.execute(_LAST_CRAWL, {"site": site}).fetchone()
    if row is None:
        return None
    run_id, cycle, outcome, exit_code, started_at, finished_at = row
    return CrawlReport(
        run_id=run_id,
        cycle=cycle,
        outcome=outcome,
        exit_code=exit_code,
        started_at=started_at,
        finished_at=finished_at,
        completeness=completeness_of(db, site, cycle),
    )
