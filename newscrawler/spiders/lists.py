"""How far a list is walked: the memory of one series of list pages during a run."""

from __future__ import annotations

from dataclasses import dataclass, field

from newscrawler.sites import ListPage

KNOWN_PAGES = 20
"""So many barren pages are walked through if the site itself links to pages behind them."""


@dataclass
class ListWalk:
    """One list. Page numbers drift and pages are not in order of date (facts: sites §1.4), so a walk ends only
    behind several pages in a row that bring nothing new to it."""

    patience: int
    seen: set[str] = field(default_factory=set)
    barren: int = 0
    before: set[str] = field(default_factory=set)
    """Articles of the page before, which have been fetched by the time the next one is read."""
    old: int = 0
    last_known: int = 0
    """Highest page number that the site has linked to."""

    def next_page(self, page: ListPage, articles: set[str], *, old: bool = False) -> ListPage | None:
        """The page to fetch after one was read (or failed, with no articles); None at the end of the list.

        :param old: whether the page before held only articles that are older than wanted.
        """
        self.before = articles
        self.old = self.old + 1 if old else 0
        if self.old >= self.patience:
            return None
        new = articles - self.seen
        self.seen |= articles
        self.barren = 0 if new else self.barren + 1
        patience = KNOWN_PAGES if page.number < self.last_known else self.patience
        return page.turn(page.number + 1) if self.barren < patience else None
