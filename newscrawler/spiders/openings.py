"""Where a crawl begins, and what it goes on with when no page leads on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from newscrawler.items import Entry, EntryKind
from newscrawler.sites import Site
from newscrawler.spiders.discovery import Discovery, Named
from newscrawler.spiders.traps import Found

IDS_AT_A_TIME = 500
"""Of a walk over article ids, so that one over millions of them begins at once and takes no memory."""
_START = Found("start")


def named(site: Site, url: str, found: Found = _START) -> Named:
    """An address of a site, as the kind of page that it looks like."""
    kind = site.kind(url)
    return Named(url=url, kind="page" if kind == "other" else kind, found=found)


class Openings:
    """What a crawl asks for though no page of it has named it."""

    def __init__(self, site: Site, discovery: Discovery, *, ids: Iterable[int] | None, takes_overdue: bool) -> None:
        """:param ids: article ids to walk over, instead of the site's lists.

        :param takes_overdue: whether articles that are due are asked for, if no list names them.
        """
        self._site, self._discovery = site, discovery
        self._ids, self._takes_overdue = ids, takes_overdue
        self._more = self._unnamed()

    def first(self) -> Iterator[Entry]:
        """The first article ids; or the site's starting pages and lists of addresses, and articles that former runs
        could not have."""
        if self._ids is not None:
            yield from self.further()
            return
        yield from self._discovery.ask(self._discovery.given_up())
        lists: list[tuple[tuple[str, ...], EntryKind]] = [(self._site.sitemaps, "sitemap"), (self._site.feeds, "feed")]
        addresses = (Named(url=url, kind=kind, found=_START) for urls, kind in lists for url in urls)
        yield from self._discovery.ask([*(named(self._site, url) for url in self._site.start), *addresses])

    def further(self) -> Iterator[Entry]:
        """The next article ids that are worth asking for; or the articles that are due and that no list has named."""
        if self._ids is None:
            yield from self._discovery.ask(self._more)
            return
        while some := list(islice(self._more, IDS_AT_A_TIME)):
            entries = list(self._discovery.ask(some))
            if entries:
                yield from entries
                return

    def _unnamed(self) -> Iterator[Named]:
        if self._ids is not None:
            for each in self._ids:
                if url := self._site.address_of(str(each)):
                    yield named(self._site, url)
        elif self._takes_overdue:
            yield from self._discovery.overdue()
