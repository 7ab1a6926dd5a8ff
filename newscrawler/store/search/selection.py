"""What is wanted of an archive: one value for the terminal, the exports, the web pages and the feeds."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Literal, get_args

from newscrawler.items import BlockName

Sort = Literal["relevance", "newest", "oldest"]
SORTS: tuple[Sort, ...] = get_args(Sort)
BLOCKS: tuple[BlockName, ...] = get_args(BlockName)


@dataclass(frozen=True, kw_only=True, slots=True)
class Selection:
    """What `search` would find; without any word or filter, every article. An empty text is as good as None."""

    words: str = ""
    site: str | None = None
    since: str | None = None
    """Year, month or day of publication, included; so is `until`."""
    until: str | None = None
    category: str | None = None
    """A section, or the beginning of its path (`Tin tức`, `Tin tức > Tình nguyện`); case and marks do not count."""
    byline: str | None = None
    """Part of a byline; case and marks do not count."""
    block: BlockName | None = None
    """Only articles whose address has stood in such a block of some page."""
    sort: Sort = "relevance"
    """By date of publication, or else of the event; those without any come last. Where there are no words, relevance is
    the newest first."""
    limit: int | None = None

    @property
    def is_everything(self) -> bool:
        """Whether nothing is left out."""
        return not any(value for name, value in asdict(self).items() if name != "sort")

    @property
    def is_filtered(self) -> bool:
        """Whether anything but words, or a number of articles, leaves some out."""
        return any((self.site, self.since, self.until, self.category, self.byline, self.block))
