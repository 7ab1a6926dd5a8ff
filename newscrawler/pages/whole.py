"""A page read once, with all that a crawl wants of it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from newscrawler.errors import ReadingError
from newscrawler.items import Article, Blocks, Page
from newscrawler.pages.reading import READ, Reading, clean, split
from newscrawler.reading.leads.requisites import Requisite, requisites


@dataclass(frozen=True, kw_only=True)
class ReadPage:
    """What came of a page."""

    page: Page
    """With what was left out of it; `page.cache` holds this, so that nothing reads it again."""
    blocks: Blocks | None
    """None where the page cannot be split, or only says that there is nothing to be had."""
    reading: Reading
    needed: tuple[Requisite, ...] = ()
    """Files that an article's page needs, each once."""

    def without_page(self) -> ReadPage:
        """The same, light enough to travel between processes: no source, no trees."""
        return self._of(replace(self.page, html="", cache={}))

    def with_page(self, page: Page) -> ReadPage:
        """The same, of a page that did not travel."""
        known = self._of(replace(page, left_out=self.page.left_out, cache={}))
        known.page.cache[READ] = known
        page.cache[READ] = known
        return known

    def _of(self, page: Page) -> ReadPage:
        blocks = None if self.blocks is None else replace(self.blocks, page=page)
        if isinstance(self.reading, ReadingError):
            return replace(self, page=page, blocks=blocks)
        reading = blocks if self.reading is self.blocks and blocks else replace(self.reading, page=page)
        return replace(self, page=page, blocks=blocks, reading=reading)


def read_whole(page: Page) -> ReadPage:
    """Read a page; what it refuses is given, not raised."""
    try:
        blocks = split(page)
    except ReadingError as error:
        return ReadPage(page=page, blocks=None, reading=error)
    try:
        reading = clean(blocks)
    except ReadingError as error:
        return ReadPage(page=blocks.page, blocks=blocks, reading=error)
    media = reading.media if isinstance(reading, Article) else ()
    needed = requisites(blocks, media) if isinstance(reading, Article) else []
    return ReadPage(page=blocks.page, blocks=blocks, reading=reading, needed=tuple(needed))
