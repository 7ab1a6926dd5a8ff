"""When to stop hammering at a closed door, and when to ask a site what it says of articles that it has not."""

from __future__ import annotations

from collections import Counter

from newscrawler.errors import RefusalPageError
from newscrawler.items import Article
from newscrawler.pages.keeping import probe_address
from newscrawler.pages.whole import ReadPage
from newscrawler.sites import Site

MOST_BLOCKS = 5
"""Block pages, captchas and login walls in a row, behind which a site is left alone."""
ALIKE = 10
"""Articles of different ids that hold the same, behind which a site is asked what it says of one that cannot be."""
_CLOSED = frozenset({"block", "captcha", "login"})


class ClosedDoor:
    """Counts pages in a row that only say that the site does not let us in."""

    def __init__(self) -> None:
        self.in_a_row = 0

    def saw(self, read: ReadPage) -> bool:
        """Tell it of each page that was read; gives whether it is time to stop."""
        refused = isinstance(read.reading, RefusalPageError) and read.reading.kind in _CLOSED
        self.in_a_row = self.in_a_row + 1 if refused else 0
        return self.in_a_row >= MOST_BLOCKS


class AbsenceProbe:
    """Asks once a run for an article that cannot be, when articles of many ids hold the same.

    The answer goes the way of all pages; `pages.keep` then knows it for what it is. A healthy site is never asked: two
    copies of one article under two ids are nothing unusual.
    """

    def __init__(self, site: Site) -> None:
        self._url = probe_address(site)
        self._asked = False
        # Hashes instead of texts: a long run meets a hundred thousand. A run reads each article once.
        self._alike: Counter[int] = Counter()

    def address(self, read: ReadPage) -> str | None:
        """Address to ask for, or None; to be told of each page that was read."""
        article = read.reading
        if self._asked or self._url is None or not isinstance(article, Article) or article.site_article_id is None:
            return None
        content = hash(article.content_hash)
        self._alike[content] += 1
        self._asked = self._alike[content] >= ALIKE
        if not self._asked:
            return None
        self._alike.clear()
        return self._url
