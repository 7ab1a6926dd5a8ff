"""The lists that a run walks: where each walk begins, goes on and ends, and which of them turn out not to be whole."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from newscrawler.items import Entry
from newscrawler.run import ArchiveRun
from newscrawler.sites import ListPage, Site
from newscrawler.spiders.discovery import Named
from newscrawler.spiders.lists import Arrival, Cursor, ListWalk, Turn
from newscrawler.spiders.traps import Found
from newscrawler.store.articles import dates_of
from newscrawler.store.schedule import known_ids, nothing_at
from newscrawler.store.walks import list_ends, on_page, shown_since

WALK = "walk"
"""Where the entry of a list page carries its `Cursor`."""
SHRUNK = 0.9
"""A list that has less than this part of the articles that it had before has shrunk, if that is MISSED fewer."""
MISSED = 10


class Walks:
    """All lists of a site during a run."""

    def __init__(self, run: ArchiveRun, site: Site, *, full: bool, since: date | None) -> None:
        self.run, self.site, self.full, self.since = run, site, full, since
        self._walks: dict[tuple[str, str], ListWalk] = {}
        """By list and by when the walk began: a cycle that goes on after hours begins at the first page once more,
        while the walk that it has found in the queue goes on where it was."""
        self._begun: set[str] = set()
        self._linked: defaultdict[str, int] = defaultdict(int)
        self._before: dict[str, Mapping[str, str]] = {}
        self._met_since: dict[str, dict[str, set[tuple[int, str]]]] = {}
        self._ends: dict[str, Mapping[str, Any]] = {}
        for url, carried in list_ends(run.db, site.name):
            if (page := site.list_page(url)) is not None:
                self._ends[_key(page)] = carried

    def begin(self, named: ListPage) -> ListPage | None:
        """The first page of a list that a link leads into, wherever that is; None if the run has begun it."""
        key = _key(named)
        self._linked[key] = max(self._linked[key], named.number)
        if key in self._begun:
            return None
        self._begun.add(key)
        return named.turn(named.listing.first)

    def turn(
        self, page: ListPage, entry: Entry, articles: Mapping[str, str], arrival: Arrival = "read", *, at: str
    ) -> Named | None:
        """The next page of a list; None behind the last one.

        :param entry: of the page.
        :param articles: id → canonical address of the articles that the page lists.
        :param at: when it was fetched; UTC, ISO 8601.
        """
        key = _key(page)
        self._begun.add(key)
        if page.is_only:
            return None
        cursor = Cursor.of(entry.carried.get(WALK, {}))
        cursor = replace(
            cursor,
            began=cursor.began or at,
            last_known=max(cursor.last_known, self._linked[key]),
        )
        walk = self._walk(page, cursor)
        known = set() if walk.to_the_end else self._known(articles)
        old = self._is_old(page)
        turn = walk.turn(page, set(articles), cursor, known=known, old=old, arrival=arrival)
        self._before[key] = articles
        self._tell(page, walk, turn)
        if turn.ending is not None:
            return None
        hops = int(entry.carried.get("hops", 0))
        return Named(
            url=turn.following.url,
            kind="listing",
            found=Found("link", hops),
            carried={WALK: turn.cursor.carried()},
        )

    def _walk(self, page: ListPage, cursor: Cursor) -> ListWalk:
        key = _key(page)
        if (key, cursor.began) not in self._walks:
            walk = ListWalk(self.site.empty_pages, to_the_end=self.full or key not in self._ends)
            if page.number != page.listing.first:
                walk.seen |= self._met(page, cursor.began)
            self._walks[key, cursor.began] = walk
        return self._walks[key, cursor.began]

    def _met(self, before: ListPage, since: str) -> set[str]:
        """What a walk has met in former runs, before it came to a page: that one may have been fetched by a run that
        was killed over it, and is no poorer for being fetched again."""
        if since not in self._met_since:
            met: defaultdict[str, set[tuple[int, str]]] = defaultdict(set)
            for page_url, url in shown_since(self.run.db, self.site.name, since):
                page, article_id = self.site.list_page(page_url), self.site.article_id(url)
                if page is not None and article_id is not None:
                    met[_key(page)].add((page.number, article_id))
            self._met_since[since] = met
        found = self._met_since[since].get(_key(before), set())
        return {article_id for number, article_id in found if number < before.number}

    def _known(self, articles: Mapping[str, str]) -> set[str]:
        """Those that the archive has, or knows not to be there."""
        known = known_ids(self.run.db, self.site.name, set(articles))
        urls = {url: each for each, url in articles.items() if each not in known}
        return known | {urls[url] for url in nothing_at(self.run.db, self.site.name, urls)}

    def _is_old(self, page: ListPage) -> bool:
        """Whether the page before, whose articles have been fetched by now, listed only articles that are older than
        wanted: some of them dated, and all of those so."""
        if self.since is None:
            return False
        since = self.since.isoformat()
        dates = dates_of(self.run.db, self._listed_before(page).values())
        return bool(dates) and all(date < since[: len(date)] for date in dates)

    def _listed_before(self, page: ListPage) -> Mapping[str, str]:
        key = _key(page)
        if key not in self._before and page.number != page.listing.first:
            urls = on_page(self.run.db, page.turn(page.number - 1).url)
            self._before[key] = {found: url for url in urls if (found := self.site.article_id(url))}
        return self._before.get(key, {})

    def _tell(self, page: ListPage, walk: ListWalk, turn: Turn) -> None:
        for number in turn.broken:
            url = page.turn(number).url
            self.run.incomplete(url, "broken-chain", "this page of the list gave nothing, though there are later ones")
        if turn.ending == "broken" and not turn.broken:
            self._tell_torn(page, turn)
        if turn.ending in ("end", "known"):
            self._note_end(page, walk, turn)

    def _tell_torn(self, page: ListPage, turn: Turn) -> None:
        if turn.cursor.holes:
            message = "the last pages of the list that were asked for could not be had, so its end is not known"
            self.run.incomplete(page.turn(turn.cursor.holes[0]).url, "broken-chain", message)

    def _note_end(self, page: ListPage, walk: ListWalk, turn: Turn) -> None:
        """The page that is not asked for any more keeps what is known of the list, for later crawls."""
        key, count = _key(page), len(walk.seen)
        noted = self._ends.get(key, {})
        if turn.ending == "end":
            self._tell_shrunk(page, int(noted.get("articles", 0)), count)
            noted = {"articles": count, "last": turn.cursor.last}
        entry = Entry(url=turn.following.url, kind="listing", carried=noted)
        self.run.frontier.settle(entry, "done", turn.ending or "end")

    def _tell_shrunk(self, page: ListPage, before: int, now: int) -> None:
        if now < SHRUNK * before and before - now >= MISSED:
            message = f"the list names {now:,} articles, {before:,} when it was walked to its end before"
            self.run.incomplete(page.turn(page.listing.first).url, "shrunk", message)


def _key(page: ListPage) -> str:
    return page.turn(0).url
