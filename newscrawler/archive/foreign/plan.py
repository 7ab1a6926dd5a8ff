"""Which records of a foreign file are taken over: those that are not in the archive yet, and make sense in it.

A revisit is taken over only with its original: every revisit must resolve within the collection (facts: archiving §7).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from newscrawler.archive.foreign.choice import ANSWERS
from newscrawler.archive.foreign.survey import Entry, Survey
from newscrawler.items import Capture

UNMODIFIED = "server-not-modified"


@dataclass(frozen=True, slots=True)
class Original:
    """The response that holds the payload of a revisit."""

    record_id: str
    url: str
    date: str
    digest: str
    number: int = 0
    """Of the record in the file; 0 for one in the archive."""

    def same_as(self, entry: Entry) -> bool:
        """Whether a record says that it is this very one."""
        return (self.url, self.date) == (entry.url, entry.date) and _alike(self.digest, entry.digest)


class Archive(Protocol):
    """What is asked of the archive that the file is taken into."""

    @property
    def captures(self) -> Mapping[str, Capture]:
        """Those whose record id the file names: record id → capture."""

    def at(self, url: str, date: str) -> Capture | None:
        """The response of an address within the second of a date."""

    def with_digest(self, digest: str, url: str) -> Capture | None:
        """A whole response with a payload digest."""

    def latest(self, url: str) -> Capture | None:
        """The response that a 304 of an address speaks of."""


@dataclass
class Plan:
    """What is done with each record."""

    take: dict[int, Original | None] = field(default_factory=dict)
    """Number of the record → the original of a revisit, None for all others."""
    taken: Counter[str] = field(default_factory=Counter)
    """Kind → how many."""
    companions: list[str] = field(default_factory=list)
    """Ids of the requests and notes that are taken."""
    known: int = 0
    """Records that the archive holds already."""
    faults: list[str] = field(default_factory=list)


def plan(survey: Survey, archive: Archive, companions: Callable[[], Collection[str]] = tuple) -> Plan:
    """Decide on every record.

    :param companions: gives the ids of the archive's records that have no row; asked for only if it matters.
    """
    return _Planner(survey, archive).plan(companions)


class _Planner:
    def __init__(self, survey: Survey, archive: Archive) -> None:
        self._survey, self._archive = survey, archive
        self._plan = Plan()
        self._seen: dict[str, Original] = {}
        """The answers of the file, whatever became of them."""
        self._originals: dict[str, Original] = {}
        self._places: dict[tuple[str, str], list[Original]] = {}
        self._stated: dict[str, Original] = {}
        self._stated_of: dict[str, str] = {}
        self._fate: dict[str, bool] = {}
        """Id of an answer, or of a record it names → whether that answer is taken."""

    def plan(self, companions: Callable[[], Collection[str]]) -> Plan:
        entries = self._survey.entries
        for entry in (each for each in entries if each.kind == "response"):
            self._decide(entry, self._is_new(entry))
            self._remember(entry)
        for entry in (each for each in entries if each.kind == "revisit"):
            self._revisit(entry)
        for entry in (each for each in entries if each.kind not in ANSWERS):
            self._companion(entry, companions)
        return self._plan

    def _decide(self, entry: Entry, new: bool, original: Original | None = None) -> None:
        if new:
            self._plan.take[entry.number] = original
            self._plan.taken[entry.kind] += 1
        for each in (entry.record_id, *entry.links):
            self._fate.setdefault(each, new)
        self._fate.setdefault(_place(entry.url, entry.date), new)

    def _is_new(self, entry: Entry) -> bool:
        """Whether the archive does not hold it, and no other answer of the file bears its id."""
        twin, held = self._seen.setdefault(entry.record_id, _as_original(entry)), _of(self._held(entry))
        first = twin.number == entry.number
        if first and held is None:
            return True
        if (first or twin.same_as(entry)) and (held is None or held.same_as(entry)):
            self._plan.known += 1
        else:
            self._fault(entry, "it bears the WARC-Record-ID of another record")
        return False

    def _held(self, entry: Entry) -> Capture | None:
        return self._archive.captures.get(entry.record_id)

    def _remember(self, entry: Entry) -> None:
        """A response that may be the original of a revisit."""
        original = self._seen[entry.record_id]
        held = _whole(self._held(entry))
        there = entry.number in self._plan.take or (held is not None and held.same_as(entry))
        if original.number != entry.number or not there or entry.truncated or not entry.digest:
            return
        self._originals[entry.record_id] = original
        self._places.setdefault((entry.url, entry.date[:19]), []).append(original)
        if entry.stated:
            self._stated.setdefault(entry.stated, original)
            self._stated_of[entry.record_id] = entry.stated

    def _revisit(self, entry: Entry) -> None:
        if not self._is_new(entry):
            self._decide(entry, False)
            return
        original = self._original(entry)
        if original is None:
            self._fault(entry, "its original is neither in this file nor in the archive")
        elif self._contradicts(entry, original):
            self._fault(entry, "its payload digest differs from that of its original")
        else:
            self._decide(entry, True, original)
            return
        self._decide(entry, False)

    def _original(self, entry: Entry) -> Original | None:
        """The response that a revisit names by its id, by address and date, or by digest."""
        record_id, url, date = entry.refers_to
        named = self._originals.get(record_id) or _whole(self._archive.captures.get(record_id))
        if named is None and url and date:
            named = self._placed(entry, url, date) or _whole(self._archive.at(url, date))
        if named is not None:
            return named
        if entry.profile == UNMODIFIED:
            return _whole(self._archive.latest(entry.url))
        if not entry.stated:
            return None
        return self._stated.get(entry.stated) or _whole(self._archive.with_digest(entry.stated, entry.url))

    def _placed(self, entry: Entry, url: str, date: str) -> Original | None:
        """Of several that were recorded within one second, the one with the same digest."""
        found = self._places.get((url, date[:19]), [])
        alike = (each for each in found if self._stated_of.get(each.record_id) == entry.stated)
        return next(alike, next(iter(found), None))

    def _contradicts(self, entry: Entry, original: Original) -> bool:
        stated = self._stated_of.get(original.record_id, "")
        comparable = stated.partition(":")[0] == entry.stated.partition(":")[0]
        return entry.profile != UNMODIFIED and bool(stated) and comparable and stated != entry.stated

    def _companion(self, entry: Entry, companions: Callable[[], Collection[str]]) -> None:
        """A request or a note goes where its answer goes; one without an answer is taken once."""
        names = (entry.record_id, *entry.links, _place(entry.url, entry.date))
        fate = next((self._fate[name] for name in names if name in self._fate), None)
        twin = self._seen.setdefault(entry.record_id, _as_original(entry)).number != entry.number
        if twin or self._held(entry) is not None:
            self._fault(entry, "it bears the WARC-Record-ID of another record")
        elif fate is False or entry.record_id in companions():
            self._plan.known += 1
        else:
            self._plan.take[entry.number] = None
            self._plan.taken[entry.kind] += 1
            self._plan.companions.append(entry.record_id)

    def _fault(self, entry: Entry, reason: str) -> None:
        self._plan.faults.append(f"record {entry.number} of {entry.url[:200]}: {reason}")


def _place(url: str, date: str) -> str:
    return f"{date[:19]} {url}"


def _as_original(entry: Entry) -> Original:
    return Original(entry.record_id, entry.url, entry.date, entry.digest, entry.number)


def _of(capture: Capture | None) -> Original | None:
    if capture is None:
        return None
    return Original(capture.record_id, capture.url, capture.timestamp, capture.digest)


def _whole(capture: Capture | None) -> Original | None:
    """Only a whole response with a payload is an original."""
    if capture is None or capture.record_type != "response" or capture.truncated or not capture.digest:
        return None
    return _of(capture)


def _alike(digest: str, other: str) -> bool:
    return not digest or not other or digest == other
