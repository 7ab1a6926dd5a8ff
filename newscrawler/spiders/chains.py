"""Lists whose pages are known only because each names the next one: how far they are followed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from newscrawler.items import Entry
from newscrawler.run import ArchiveRun
from newscrawler.sites.any_addresses import key_of, numbered, page_number, series_of
from newscrawler.sites.any_site import AnySite
from newscrawler.spiders.discovery import Named
from newscrawler.spiders.traps import Found
from newscrawler.store.articles import dates_of
from newscrawler.store.schedule import known_ids, nothing_at
from newscrawler.store.walks import list_ends

BARREN, OLD = "barren", "old"
"""Where the entry of a list page carries how many pages before it, in a row, have brought nothing new; none but older
articles than wanted."""


class Chains:
    """All lists of an unknown site during a run.

    A list is followed from page to page until one names no next one, or until `Site.empty_pages` pages in a row have
    brought nothing new: to the list itself, where it is followed for the first time or in a full crawl, else to the
    archive. With `since`, also until so many pages in a row show none but older articles.
    """

    def __init__(self, run: ArchiveRun, site: AnySite, *, full: bool, since: date | None) -> None:
        self.run, self.site, self.full, self.since = run, site, full, since
        self._ended = {series_of(url) for url, _carried in list_ends(run.db, site.name)}
        self._seen: defaultdict[str, set[int]] = defaultdict(set)
        self._before: dict[str, Collection[str]] = {}
        """What the page before has shown; it has been read by now."""

    def following(self, url: str, entry: Entry, hrefs: Iterable[str], articles: Collection[str]) -> Named | None:
        """The next page of the list that a page is a page of; None where it is none, or the list ends.

        :param hrefs: all addresses that the page names.
        :param articles: those that it shows as its list.
        """
        series, number = series_of(url), page_number(url) or 0
        later = {page_number(href): href for href in hrefs if self._is_later(href, series, number)}
        to_the_end = self.full or series not in self._ended
        barren = 0 if self._has_new(series, articles, to_the_end=to_the_end) else _count(entry, BARREN) + 1
        old = _count(entry, OLD) + 1 if self._is_old(self._before.get(series, ())) else 0
        self._before[series] = articles
        following = later[min(later, key=lambda each: each or 0)] if later else None
        if following is None or barren >= self.site.empty_pages or old >= self.site.empty_pages:
            self._note_end(following or numbered(url, number + 1), "end" if to_the_end and not old else "known")
            return None
        found = Found("link", int(entry.carried.get("hops", 0)))
        counts: Mapping[str, Any] = {name: count for name, count in ((BARREN, barren), (OLD, old)) if count}
        return Named(url=self.site.plain(following), kind="listing", found=found, carried=counts)

    def _is_later(self, href: str, series: str, number: int) -> bool:
        other = page_number(href) if self.site.owns(href) else None
        return other is not None and other > number and series_of(href) == series and self.site.is_wanted(href)

    def _has_new(self, series: str, articles: Collection[str], *, to_the_end: bool) -> bool:
        keys = {url: key_of(url) for url in articles}
        if to_the_end:
            seen, hashes = self._seen[series], {hash(key) for key in keys.values()}
            is_new = not hashes <= seen
            seen |= hashes
            return is_new
        known = known_ids(self.run.db, self.site.name, set(keys.values()))
        unknown = [url for url, key in keys.items() if key not in known]
        return len(nothing_at(self.run.db, self.site.name, unknown)) < len(unknown)

    def _is_old(self, articles: Collection[str]) -> bool:
        """Whether a page has shown only articles that are older than wanted: some of them dated, and all of those
        so."""
        if self.since is None:
            return False
        dates = dates_of(self.run.db, articles)
        return bool(dates) and all(each < self.since.isoformat()[: len(each)] for each in dates)

    def _note_end(self, url: str | None, reason: str) -> None:
        """The page that is not asked for any more says in later crawls that the list was followed to its end."""
        if url is not None:
            self.run.frontier.settle(Entry(url=self.site.plain(url), kind="listing"), "done", reason)


def _count(entry: Entry, name: str) -> int:
    return int(entry.carried.get(name, 0))
