"""What the store finds for a search, a page at a time: the same for the page, for JSON and for the feed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from newscrawler.store import Database, Hit
from newscrawler.store.cards import Card, cards_of
from newscrawler.store.search import Page, search_page
from newscrawler.web.census import how_many
from newscrawler.web.finding.wanted import A_PAGE, DEEPEST, Wanted
from newscrawler.web.leafing import Leafing, leafing
from newscrawler.web.rendering import CLOSE, OPEN


@dataclass(frozen=True, kw_only=True, slots=True)
class Story:
    """A found article. Texts have `OPEN` and `CLOSE` around the words that were found."""

    hit: Hit
    card: Card
    title: str
    snippet: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """One page of what was found."""

    stories: list[Story]
    total: int
    is_about: bool
    """Whether there are more than `total`."""
    leafing: Leafing

    @property
    def is_cut(self) -> bool:
        """Whether there is more than can be leafed through."""
        return self.is_about or self.total > DEEPEST

    @property
    def reachable(self) -> int:
        """How many can be leafed through."""
        return min(self.total, DEEPEST)


def found(db: Database, wanted: Wanted, *, limit: int = A_PAGE) -> Found:
    """The page that is wanted, or the last one where there are not so many."""
    page = _page(db, wanted, wanted.page, limit)
    at = leafing(wanted.page, page.total, limit, DEEPEST)
    if at.page > at.pages:
        at = Leafing(at.pages, at.pages)
        page = _page(db, wanted, at.page, limit)
    cards = cards_of(db, [hit.id for hit in page.hits])
    return Found(
        stories=[_story(hit, cards) for hit in page.hits],
        total=page.total,
        is_about=page.is_more_than_total,
        leafing=at,
    )


def _page(db: Database, wanted: Wanted, number: int, limit: int) -> Page:
    selection = wanted.selection
    known = how_many(db, selection)
    return search_page(db, selection, offset=(number - 1) * limit, limit=limit, mark=(OPEN, CLOSE), how_many=known)


def plain(text: str) -> str:
    """A snippet without its marks."""
    return text.replace(OPEN, "").replace(CLOSE, "")


def _story(hit: Hit, cards: Mapping[int, Card]) -> Story:
    """Where words were found in the title alone, the snippet is the title: marks go there, and the lede below."""
    card, title = cards[hit.id], hit.title or ""
    if OPEN in hit.snippet and plain(hit.snippet) == " ".join(title.split()):
        return Story(hit=hit, card=card, title=hit.snippet, snippet=card.lede)
    return Story(hit=hit, card=card, title=title, snippet=hit.snippet)
