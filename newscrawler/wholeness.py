"""Pages that may break off are fetched again, and every copy is kept: see `pages.cut`."""

from __future__ import annotations

from typing import Any

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from newscrawler.errors import DiskError, HostilePageError, StoreError
from newscrawler.items import Capture
from newscrawler.pages.cut import why_cut
from newscrawler.pages.door import page_of_body
from newscrawler.pages.keeping import store_reading
from newscrawler.run import ArchiveRun

MOST_TRIES = 2
"""How often a page that breaks off is fetched again in a run."""
TRIES = "cut_tries"
"""Key of `Request.meta`: how often it was."""


class Wholeness:
    """Downloader middleware behind `Decoding`: a cut copy is a row of table `problems`, and the page is fetched again.

    A copy that is not the last is stored here, as a rebuild would store it from its record; the last goes the way of
    all pages. The rules of `store.articles` see to it that none takes the place of a whole one.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Wholeness:
        """For Scrapy."""
        return cls(crawler)

    async def process_response(self, request: Request, response: Response, spider: Any = None) -> Request | Response:
        """Hand on what is whole, and what stays cut in spite of all tries."""
        entry = request.meta.get("entry")
        if entry is None or entry.kind == "file" or response.status != 200:
            return response
        run = ArchiveRun.of(self._crawler)
        capture: Capture = request.meta["capture"]
        why = why_cut(capture, request.meta["head"], request.meta["decoded"])
        if not why:
            return response
        tries = request.meta.get(TRIES, 0)
        if tries >= MOST_TRIES:
            run.give_up(capture.url, "cut", f"{why}, {tries + 1} times in a row", capture)
            return response
        await self._keep(request, capture)
        run.problem(capture.url, "fetching", "cut", f"{why}; it is fetched again", capture)
        return request.replace(meta={**request.meta, TRIES: tries + 1}, dont_filter=True)

    async def _keep(self, request: Request, capture: Capture) -> None:
        run = ArchiveRun.of(self._crawler)
        try:
            page = page_of_body(capture, request.meta["head"], request.meta["decoded"])
            if page is None or page.kind == "other":
                return
            reading = (await run.reading(page)).with_page(page).reading
            with run.rows(capture) as capture_id:
                store_reading(run.db, page, reading, capture_id=capture_id, run_id=run.run_id)
        except HostilePageError:
            return  # the last copy will say so
        except (DiskError, StoreError) as error:
            run.fail(error)
