"""What a page, a sitemap or a feed leads to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import urlsplit

from newscrawler.items import Blocks, Entry
from newscrawler.reading.leads.feeds import read_feed
from newscrawler.reading.leads.refresh import refresh_target
from newscrawler.reading.leads.sitemaps import Lead, Sitemap, read_sitemap, sitemaps_of_robots
from newscrawler.run import ArchiveRun
from newscrawler.sites import Site
from newscrawler.spiders.changes import changed
from newscrawler.spiders.discovery import Discovery, Named
from newscrawler.spiders.lists import Arrival
from newscrawler.spiders.traps import Found
from newscrawler.spiders.walking import Walks
from newscrawler.store.walks import shown

MOST_LEVELS = 3
"""Of indexes of sitemaps within indexes."""
MOST_SITEMAPS = 500
"""That an index may name."""


class Leads:
    """Finds the addresses that lie behind what has come, and names them to `Discovery`."""

    def __init__(self, run: ArchiveRun, site: Site, discovery: Discovery, walks: Walks) -> None:
        self.run, self.site, self.discovery, self.walks = run, site, discovery, walks

    def of_page(self, blocks: Blocks, entry: Entry) -> Iterator[Entry]:
        """Articles that any part of a page leads to; lists that it names; the next page of the list that it is."""
        page, hops = blocks.page, int(entry.carried.get("hops", 0))
        current = self.site.list_page(page.url)
        is_start = current is None and page.kind == "listing"
        listed = self._listed(blocks) if page.kind == "listing" else []
        behind = Found("link", 0 if is_start else hops + 1)
        others = [each for url in _links(blocks) if (each := self.discovery.of_site(url, behind))]
        self._judge(entry, listed, others)
        yield from self.discovery.ask([*listed, *(each for each in others if each.kind != "listing")])
        yield from self._lists(others)
        if current is not None:
            ids = {found: each.url for each in listed if (found := self.site.article_id(each.url))}
            yield from self.next_page(entry, ids, "read", at=page.capture.timestamp if page.capture else "")

    def next_page(self, entry: Entry, articles: Mapping[str, str], arrival: Arrival, *, at: str) -> Iterator[Entry]:
        """The page of a list behind one that has come, or has not."""
        current = self.site.list_page(entry.url)
        following = self.walks.turn(current, entry, articles, arrival, at=at) if current is not None else None
        if following is not None:
            yield from self.discovery.ask([following])

    def of_sitemap(self, body: bytes, entry: Entry) -> Iterator[Entry]:
        """The pages and sitemaps that a sitemap names.

        :raises LeadsError: if it is none.
        """
        level = int(entry.carried.get("level", 0))
        if urlsplit(entry.url).path == "/robots.txt":
            named = sitemaps_of_robots(body, entry.url)
            found = Sitemap(sitemaps=tuple(Lead(url=url) for url in named))
        else:
            found = read_sitemap(body, entry.url)
        if level < MOST_LEVELS:
            yield from self.discovery.ask(self._sitemaps(found.sitemaps[:MOST_SITEMAPS], level + 1))
        yield from self._of_leads(found.pages)

    def of_feed(self, body: bytes, entry: Entry) -> Iterator[Entry]:
        """The pages that a feed names.

        :raises LeadsError: if it is none.
        """
        yield from self._of_leads(read_feed(body, entry.url))

    def _of_leads(self, leads: Iterable[Lead]) -> Iterator[Entry]:
        found = Found("list", 0)
        pages = (self.discovery.of_site(each.url, found, changed=each.changed) for each in leads)
        named = [each for each in pages if each is not None]
        yield from self.discovery.ask(each for each in named if each.kind != "listing")
        yield from self._lists(named)

    def _sitemaps(self, leads: Iterable[Lead], level: int) -> Iterator[Named]:
        for each in leads:
            if self.site.owns(each.url):
                yield Named(url=each.url, kind="sitemap", found=Found("list", 0), carried={"level": level})

    def _listed(self, blocks: Blocks) -> list[Named]:
        """The articles of a list, in its order; one that is shown otherwise than before is asked for at once."""
        links = [link for link in blocks.links if link.block == "main" and link.url]
        current = self.site.list_page(blocks.page.url)

        def is_same_list(page_url: str) -> bool:
            other = self.site.list_page(page_url)
            return page_url == blocks.page.url or (
                current is not None and other is not None and other.turn(0) == current.turn(0)
            )

        urls = [link.url for link in links if link.url]
        anew = changed(links, shown(self.run.db, urls), is_same_list)
        articles = ((url, self.site.canonical(url)) for url in urls)
        return [
            Named(url=canonical, kind="article", found=Found("list", 0), at_once=url in anew)
            for url, canonical in articles
            if canonical
        ]

    def _lists(self, named: Iterable[Named]) -> Iterator[Entry]:
        """A list is walked from its first page, wherever the link led into it."""
        for each in named:
            if each.kind == "listing" and (page := self.site.list_page(each.url)) is not None:
                if not each.found.hops:
                    self.discovery.traps.show(each.url)
                first = self.walks.begin(page)
                if first is not None:
                    yield from self.discovery.ask([Named(url=first.url, kind="listing", found=each.found)])

    def _judge(self, entry: Entry, listed: list[Named], others: list[Named]) -> None:
        """Tell the budgets what the page has brought."""
        traps, is_known = self.discovery.traps, self.discovery.is_known
        if entry.kind == "listing":
            urls = dict.fromkeys(each.url for each in listed)
            traps.named(entry.url, urls, sum(not is_known(url) for url in urls))
        elif entry.kind == "page":
            urls = dict.fromkeys(each.url for each in others if each.kind == "article")
            traps.led_to(entry.url, sum(not is_known(url) for url in urls))


def _links(blocks: Blocks) -> list[str]:
    """All addresses that a page names, each once: those of its blocks first; where it sends its readers, and what it
    says its own address is, last."""
    named = (link.url for link in blocks.links)
    own = (refresh_target(blocks.page.html, blocks.page.url), blocks.metadata.canonical_url)
    return [url for url in dict.fromkeys([*named, *blocks.hrefs, *own]) if url]
