"""Addresses of a site that no file knows: what is expected at them, and whether another writing of them was met."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from newscrawler.items import Entry
from newscrawler.run import ArchiveRun
from newscrawler.sites.any_addresses import key_of
from newscrawler.sites.any_site import AnySite
from newscrawler.spiders.discovery import Discovery, Named
from newscrawler.spiders.traps import Found
from newscrawler.store.readings import read_elsewhere
from newscrawler.store.schedule import asked_in, known_ids, sighted

MOST_DEPTH = 5
"""Links between a page that only leads on and the page that the crawl began at, or the list that names what it was
reached by; articles may lie further (`traps.MOST_HOPS`)."""
NO_ARTICLES = 100
"""Pages that looked like articles and were none, behind which no more such are asked for; one for each article that
was read comes on top."""
_TRAP = "trap-no-articles"
AS_IS = "as-is"
"""What the entry of a redirect's target carries: it is asked for, though another writing of it was."""


class AnyDiscovery(Discovery):
    """What a run over such a site asks for.

    An address is taken for an article's where it looks like one, where a list shows it as one, and where the archive
    knows it as one; the schedule of revisits holds for these.
    """

    site: AnySite

    def __init__(self, run: ArchiveRun, site: AnySite, *, full: bool, all_up_to: int = 0) -> None:
        super().__init__(run, site, full=full, all_up_to=all_up_to)
        self._keys = {hash(key_of(url)) for url, _kind in asked_in(run.db, site.name, run.cycle)}
        """Hashes of the keys of what the cycle has asked for."""
        self.articles, self.no_articles = 0, 0
        """Of the pages that looked like articles, how many were some, and how many were none."""
        self._elsewhere = {key_of(url): article_id for url, article_id in read_elsewhere(run.db, site.name)}

    def of_site(self, url: str, found: Found, **more: Any) -> Named | None:
        """As what an address of the site is asked for; None for what is not."""
        expected = self.site.expected(url)
        if expected is None or (expected[0] == "other" and found.hops > MOST_DEPTH):
            return None
        kind, written = expected
        return Named(url=written, kind="page" if kind == "other" else kind, found=found, **more)

    def as_article(self, url: str, found: Found, **more: Any) -> Named | None:
        """The same of what a list shows, or a feed names: articles, whatever their addresses look like."""
        expected = self.site.expected(url)
        if expected is None or expected[0] == "listing":
            return None
        return Named(url=expected[1], kind="article", found=found, **more)

    def ask(self, named: Iterable[Named]) -> Iterator[Entry]:
        """See `Discovery.ask`; what was asked for under another writing is passed over."""
        for entry in super().ask(named):
            self._keys.add(hash(key_of(entry.url)))
            yield entry

    def _fresh(self, named: Iterable[Named]) -> Collection[Named]:
        met: set[int] = set()
        fresh: list[Named] = []
        for each in super()._fresh(named):
            key = hash(key_of(each.url))
            is_twin = key in met or key in self._keys
            if each.kind in ("sitemap", "feed") or AS_IS in each.carried or not is_twin:
                met.add(key)
                fresh.append(each)
        return self._as_known([each for each in fresh if not self._is_hopeless(each)])

    def _is_hopeless(self, each: Named) -> bool:
        """Whether what looks like articles here has turned out not to be any too often."""
        if each.kind != "article" or each.at_once or self.no_articles < NO_ARTICLES + self.articles:
            return False
        if not self.traps.refused[_TRAP]:
            message = f"{self.no_articles} pages that look like articles were none; no more of them are asked for"
            self._report(each.url[:2_000], _TRAP, message)
        self.traps.refused[_TRAP] += 1
        return True

    def _as_known(self, fresh: list[Named]) -> list[Named]:
        """What the archive holds as an article is asked for as one."""
        ids = {each.url: key_of(each.url) for each in fresh if each.kind == "page"}
        known = known_ids(self.run.db, self.site.name, set(ids.values())) if ids else set()
        return [replace(each, kind="article") if ids.get(each.url) in known else each for each in fresh]

    def _dates(self, urls: list[str]) -> dict[str, tuple[datetime | None, str, str]]:
        """Also of articles whose pages state another address as their own."""
        dates = super()._dates(urls)
        if not self._elsewhere or self.full:
            return dates
        elsewhere = {url: article_id for url in urls if (article_id := self._elsewhere.get(key_of(url)))}
        if elsewhere:
            articles = sighted(self.run.db, self.site.name, set(elsewhere.values()))
            for url, article_id in elsewhere.items():
                if (each := articles.get(article_id)) is not None:
                    dates[url] = (self._due_at(each), "not-due", each.asked_at)
        return dates
