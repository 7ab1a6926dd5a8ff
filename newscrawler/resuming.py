"""What an earlier run of the cycle has fetched, and could not store before it was killed, is read out of the archive
instead of being fetched again."""

from __future__ import annotations

from typing import Any

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from newscrawler.archive.reader import locate, read_at
from newscrawler.conditional import as_it_came
from newscrawler.errors import DamagedRecordError
from newscrawler.items import Capture, Entry
from newscrawler.rebuild.payload import original_of
from newscrawler.run import ArchiveRun
from newscrawler.store.captures import find_fetched
from newscrawler.wholeness import TRIES

_SECOND_TRIES = ("retry_times", "redirect_times", TRIES)
"""Keys of `Request.meta` that tell of a fetch by this run, which is not to be answered by the one before."""


class TakenUp:
    """Downloader middleware, the last before the network. An entry comes up a second time in a cycle only if a run was
    stopped while it had it in hand; its answer may be in the archive by then."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> TakenUp:
        """For Scrapy."""
        return cls(crawler)

    def process_request(self, request: Request, spider: Any = None) -> Response | None:
        """The whole answer that the cycle has got to a request, or None."""
        entry, run = request.meta.get("entry"), ArchiveRun.of(self._crawler)
        if not isinstance(entry, Entry) or entry.tries < 2 or run.cycle == run.run_id:
            return None
        if any(request.meta.get(key) for key in _SECOND_TRIES):
            return None
        capture = find_fetched(run.db, request.url, run.cycle)
        response = self._response(run, request, capture) if capture is not None else None
        if response is not None:
            run.count("taken_up")
        return response

    def _response(self, run: ArchiveRun, request: Request, capture: Capture) -> Response | None:
        try:
            message = read_at(locate(run.folder / "warc", capture.filename), capture.offset).message
        except DamagedRecordError:
            return None
        payload = message if capture.record_type == "response" else original_of(run.db, run.folder, capture)
        if payload is None:
            return None
        request.meta["capture"], request.meta["head"] = capture, message.head
        if request.meta.get("archive_only"):
            return Response(request.url, status=message.head.status)
        return as_it_came(Response(request.url), payload)
