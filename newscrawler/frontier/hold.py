"""A run's hold on its site's queue: in memory while it works, in the database as soon as a page is stored.

What a page leads to is queued in the transaction that stores the page and marks it done, so that a kill at any moment
loses no address (facts: scrapy §1, “Crash safety”).
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace

from newscrawler.frontier.waiting import WINDOW, May, Waiting, always
from newscrawler.items import Entry, EntryKind
from newscrawler.store import Database, transaction
from newscrawler.store.frontier import (
    Mark,
    State,
    given_up,
    met,
    oldest_queued,
    queued_counts,
    take_over,
    write_marks,
)
from newscrawler.urls import host_of

MOST_UNWRITTEN = 5_000
"""Marks that may wait for a page to be stored; a walk over ids queues 40,000 before its first."""


class Frontier:
    """Entries of one site: waiting, leased, settled; each address once in a cycle."""

    def __init__(
        self, db: Database, site: str, *, run_id: int, cycle: int, now: Callable[[], str], window: int = WINDOW
    ) -> None:
        """:param now: gives the present moment as the table writes it: UTC, ISO 8601."""
        self.db, self.site, self.run_id, self.cycle = db, site, run_id, cycle
        self._now = now
        self._waiting = Waiting(self._read, window)
        # Hashes instead of addresses: a long run meets a hundred thousand of them.
        self._known: set[int] = set()
        self._tries: dict[int, int] = {}
        """Of addresses that earlier cycles have given up."""
        self._leased: dict[str, Entry] = {}
        self._of_hosts: Counter[str] = Counter()
        """Of the entries in hand."""
        self._finished: list[Entry] = []
        """Settled since the last write that was committed."""
        self._marks: dict[str, Mark] = {}
        self.unwritten_since: float | None = None
        """When the oldest mark was made that is not in the table, on the monotonic clock."""

    def load(self, *, adopt: bool, since: str = "") -> None:
        """Take over what earlier runs have left: leases of the dead, and what was queued.

        :param adopt: also what other cycles have left.
        :param since: pages that lead on and that the cycle was done with before this time (UTC, ISO 8601) may be asked
            for again; a cycle that was killed a month ago would otherwise never look at the site's start.
        :raises StoreError: and `DiskError`, as `transaction`.
        """
        take_over(self.db, self.site, cycle=self.cycle, adopt=adopt)
        self._known.update(map(hash, met(self.db, self.site, self.cycle, since=since)))
        self._tries = {hash(entry.url): entry.tries for entry in given_up(self.db, self.site)}
        for kind, priority, number in queued_counts(self.db, self.site, self.cycle):
            self._waiting.expect(kind, priority, number)

    def knows(self, url: str) -> bool:
        """Whether the cycle has met an address."""
        return hash(url) in self._known

    def add(self, entry: Entry) -> bool:
        """Queue an entry; False if the cycle has met its address already. Tries of earlier cycles that gave it up go
        on counting."""
        key = hash(entry.url)
        if key in self._known:
            return False
        self._known.add(key)
        if key in self._tries:
            entry = replace(entry, tries=max(entry.tries, self._tries[key]))
        self._mark(entry, "queued")
        self._waiting.push(entry)
        if len(self._marks) >= MOST_UNWRITTEN:
            self.flush()
        return True

    def lease(self, may: May = always) -> Entry | None:
        """The entry to fetch next, of the groups that may; None if there is none."""
        entry = self._waiting.pop(may)
        if entry is None:
            return None
        entry = replace(entry, tries=entry.tries + 1)
        self._take(entry)
        return entry

    def has_waiting(self, may: May = always) -> bool:
        """Whether `lease` would give an entry."""
        return self._waiting.has(may)

    def holds(self, entry: Entry) -> bool:
        """Whether this is the very entry that the run has in hand, and not a second one of its address."""
        return self._leased.get(entry.url) == entry

    def finish(self, url: str, state: State, reason: str | None) -> None:
        """An entry in hand is settled; an address that is not in hand is passed over."""
        entry = self._take_back(url)
        if entry is not None:
            self._mark(entry, state, reason)
            self._finished.append(entry)

    def release(self, url: str, reason: str | None = None) -> None:
        """An entry goes back to the queue, as if it had not been asked for."""
        entry = self._take_back(url)
        if entry is not None:
            entry = replace(entry, tries=entry.tries - 1)
            self._mark(entry, "queued", reason)
            self._waiting.push(entry)

    def release_all(self) -> None:
        """The run ends: what it has in hand was cut off, and goes back to the queue."""
        for url in list(self._leased):
            self.release(url)

    def settle(self, entry: Entry, state: State, reason: str) -> bool:
        """An address is settled without being asked for; False if the cycle has met it already."""
        if self.knows(entry.url):
            return False
        self._known.add(hash(entry.url))
        self._mark(entry, state, reason)
        return True

    def forget(self, url: str) -> None:
        """An address that was settled without being asked for may be added after all."""
        self._known.discard(hash(url))

    @property
    def waiting(self) -> int:
        """Entries in the queue."""
        return len(self._waiting)

    @property
    def leased(self) -> int:
        """Entries in hand."""
        return len(self._leased)

    @property
    def in_hands(self) -> tuple[Entry, ...]:
        """The entries in hand."""
        return tuple(self._leased.values())

    def in_hand(self, kind: str) -> int:
        """Entries of a kind that are in hand."""
        return sum(entry.kind == kind for entry in self._leased.values())

    def in_hand_of(self, host: str) -> int:
        """Entries of a host that are in hand."""
        return self._of_hosts[host]

    def write(self) -> None:
        """Write what has changed; within the transaction that stores a page. `clear` it once that is committed."""
        if self._marks:
            write_marks(self.db, self.site, self._marks.values(), run_id=self.run_id, cycle=self.cycle)

    def clear(self) -> None:
        """What was to be written is written."""
        self._marks.clear()
        self._finished.clear()
        self.unwritten_since = None

    def undo(self) -> None:
        """What was settled since the last write could not be stored, and is in hand again."""
        for entry in self._finished:
            self._take(entry)
        self._finished.clear()

    def flush(self) -> None:
        """Write what has changed in a transaction of its own; within another one, it is written once more with that.

        :raises StoreError: and `DiskError`, as `transaction`.
        """
        alone = not self.db.conn.in_transaction
        with transaction(self.db):
            self.write()
        if alone:
            self.clear()

    def _read(self, kind: EntryKind, priority: int, limit: int) -> Iterator[Entry]:
        self.flush()
        return oldest_queued(self.db, self.site, self.cycle, kind=kind, priority=priority, limit=limit)

    def _take(self, entry: Entry) -> None:
        self._leased[entry.url] = entry
        self._of_hosts[host_of(entry.url)] += 1
        self._mark(entry, "leased")

    def _take_back(self, url: str) -> Entry | None:
        entry = self._leased.pop(url, None)
        if entry is not None:
            host = host_of(url)
            self._of_hosts[host] -= 1
            if not self._of_hosts[host]:
                del self._of_hosts[host]
        return entry

    def _mark(self, entry: Entry, state: State, reason: str | None = None) -> None:
        if self.unwritten_since is None:
            self.unwritten_since = time.monotonic()
        before, at = self._marks.get(entry.url), self._now()
        added_at = before.added_at if before is not None else at
        self._marks[entry.url] = Mark(entry=entry, state=state, reason=reason, at=at, added_at=added_at)
