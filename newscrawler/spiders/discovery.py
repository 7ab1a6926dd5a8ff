"""The one place where addresses that were found become entries of the queue, or are put off, or refused."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from heapq import nsmallest
from typing import Any

from newscrawler.archive.records import warc_date
from newscrawler.items import Entry, EntryKind
from newscrawler.run import ArchiveRun
from newscrawler.sites import Site
from newscrawler.spiders.shapes import without_session
from newscrawler.spiders.traps import Found, Traps
from newscrawler.store.schedule import (
    Sighted,
    all_sighted,
    asked_in,
    given_up_before,
    nothing_at,
    number_of_articles,
    put_off,
    sighted,
)

PRIORITY: Mapping[EntryKind, int] = {"article": 10, "sitemap": 5, "feed": 5}
"""Articles over list pages: what a list has named is fetched before the list drifts on."""
UNNAMED = -10
"""Priority of articles that no list has named."""
LASTING = (
    *("NoArticleError", "HostilePageError", "ReadingError", "LeadsError", "no-page", "reading"),
    *("storing", "login", "robots", "refused", "other-site", "redirect-loop", "bad-location", "refused-scheme"),
    *("private-address", "too-large"),
)
"""Why pages are given up that will hardly be there in the next run."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Named:
    """An address, and where it was found."""

    url: str
    """Canonical, where it is an article's or a list page's."""
    kind: EntryKind
    found: Found
    at_once: bool = False
    """Whether it is asked for whatever the schedule says."""
    changed: datetime | None = None
    """When its page was changed last, as far as a sitemap or feed says; UTC."""
    priority: int | None = None
    carried: Mapping[str, Any] = field(default_factory=dict)


class Discovery:
    """What a run asks for."""

    def __init__(
        self,
        run: ArchiveRun,
        site: Site,
        *,
        full: bool,
        all_up_to: int = 0,
        now: Callable[[], datetime] | None = None,
    ) -> None:
        """:param full: whether articles are asked for that are not due, too.

        :param all_up_to: so many articles that the archive has at the beginning are all taken for due.
        """
        self.run, self.site, self.full = run, site, full
        self._all_due = number_of_articles(run.db, site.name) <= all_up_to
        self._now = now or (lambda: datetime.now(UTC))
        self.traps = Traps(site, self._report)
        self.traps.recall(asked_in(run.db, site.name, run.cycle))  # type: ignore[arg-type]
        self._put_off = set(map(hash, put_off(run.db, site.name, run.cycle)))

    def ask(self, named: Iterable[Named]) -> Iterator[Entry]:
        """Entries for addresses that the cycle has not met, that are worth a look, and that are no trap; an article
        that is not due is settled without a request."""
        fresh = self._fresh(named)
        dates = self._dates([each.url for each in fresh if each.kind == "article"])
        for each in fresh:
            again, reason, asked_at = dates.get(each.url, _NEVER)
            if self._is_put_off(each, again, reason, asked_at):
                self._settle(each, reason, asked_at)
            elif self.traps.admits(each.url, each.kind, each.found):
                self._reopen(each)
                yield entry_of(each)

    def is_known(self, url: str) -> bool:
        """Whether the cycle has met an address."""
        return self.run.frontier.knows(url)

    def of_site(self, url: str, found: Found, **more: Any) -> Named | None:
        """An address as the site knows it: an article, a page of a list, a page that leads on; else None."""
        if canonical := self.site.canonical(url):
            return Named(url=canonical, kind="article", found=found, **more)
        if list_page := self.site.list_page(url):
            return Named(url=list_page.url, kind="listing", found=found, **more)
        if self.site.leads_on(url):
            return Named(url=without_session(url), kind="page", found=found, **more)
        return None

    def overdue(self) -> list[Named]:
        """Articles that are due and that the cycle has not met, the longest overdue first."""
        now, most = self._now(), self.site.revisits.unnamed_per_run
        due = ((at, each.url) for each in all_sighted(self.run.db, self.site.name) if (at := self._due_at(each)) <= now)
        return [
            Named(url=url, kind="article", found=_START, at_once=True, priority=UNNAMED)
            for _at, url in nsmallest(most, (each for each in due if not self.is_known(each[1])))
        ]

    def given_up(self) -> list[Named]:
        """Articles that former cycles could not have."""
        revisits = self.site.revisits
        since = warc_date(self._now() - revisits.absent_again_after)
        urls = given_up_before(
            self.run.db, self.site.name, self.run.cycle, lasting=LASTING, since=since, limit=revisits.unnamed_per_run
        )
        return [Named(url=url, kind="article", found=_START, at_once=True) for url in urls]

    def _fresh(self, named: Iterable[Named]) -> Collection[Named]:
        """Each address once: as it was named first, or at once if it was named so anywhere."""
        fresh: dict[str, Named] = {}
        for each in named:
            known = self.is_known(each.url) and not (self._is_said_to_differ(each) and hash(each.url) in self._put_off)
            if not known and (each.url not in fresh or (each.at_once and not fresh[each.url].at_once)):
                fresh[each.url] = each
        return fresh.values()

    @staticmethod
    def _is_said_to_differ(each: Named) -> bool:
        return each.at_once or each.changed is not None

    def _dates(self, urls: list[str]) -> dict[str, _Date]:
        """When articles may be asked for again; those that nothing is known of are left out."""
        if self.full or not urls:
            return {}
        ids = {url: article_id for url in urls if (article_id := self.site.article_id(url))}
        articles = sighted(self.run.db, self.site.name, set(ids.values()))
        known = {url: articles[article_id] for url, article_id in ids.items() if article_id in articles}
        absent = nothing_at(self.run.db, self.site.name, [url for url in urls if url not in known])
        return {
            **{url: (self._due_at(each), "not-due", each.asked_at) for url, each in known.items()},
            **{url: (None, "known-absent", at) for url, at in absent.items()},
        }

    def _due_at(self, each: Sighted) -> datetime:
        if each.may_be_cut or self._all_due:
            return datetime.min.replace(tzinfo=UTC)
        return self.site.revisits.due_at(
            dated=each.dated, first_seen=each.first_seen, asked_at=each.asked_at, gone=each.gone
        )

    def _is_put_off(self, each: Named, again: datetime | None, reason: str, asked_at: str) -> bool:
        if each.at_once or not reason:
            return False
        asked = datetime.fromisoformat(asked_at)
        if each.changed is not None and each.changed > asked:
            return False
        if again is None:
            revisits = self.site.revisits
            listed = each.found.through == "list"
            again = asked + (revisits.listed_again_after if listed else revisits.absent_again_after)
        return again > self._now()

    def _settle(self, each: Named, reason: str, asked_at: str) -> None:
        carried = {"absent_at": asked_at} if reason == "known-absent" else {}
        entry = Entry(url=each.url, kind=each.kind, carried=carried)
        if self.run.frontier.settle(entry, "done", reason):
            self._put_off.add(hash(each.url))
            self.run.count(_COUNTER[reason])

    def _reopen(self, each: Named) -> None:
        """An address that was put off is asked for after all."""
        if hash(each.url) in self._put_off:
            self._put_off.discard(hash(each.url))
            self.run.frontier.forget(each.url)

    def _report(self, url: str, kind: str, message: str) -> None:
        self.run.problem(url, "discovery", kind, message)


def entry_of(each: Named) -> Entry:
    """The entry of the queue for an address."""
    carried = {**each.carried, "hops": each.found.hops} if each.found.hops else each.carried
    priority = PRIORITY.get(each.kind, 0) if each.priority is None else each.priority
    return Entry(url=each.url, kind=each.kind, priority=priority, carried=carried)


_Date = tuple[datetime | None, str, str]
"""When it may be asked for again (None: as the schedule says of what is not there); reason; when it was asked last."""
_NEVER: _Date = (None, "", "")
_START = Found("start")
_COUNTER = {"not-due": "not_due", "known-absent": "known_absent"}
