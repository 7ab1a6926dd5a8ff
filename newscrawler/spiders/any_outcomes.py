"""What becomes of entries of a site that no file knows, where they brought no page."""

from __future__ import annotations

from newscrawler.errors import NoPageError, ReadingError, RefusalPageError
from newscrawler.items import Capture, Entry
from newscrawler.politeness import HostClosedError
from newscrawler.redirects import RedirectedError
from newscrawler.spiders.failures import is_absent
from newscrawler.spiders.outcomes import PROBE, Outcomes


class AnyOutcomes(Outcomes):
    """What was only guessed, and what turns out to be no page of news, is no gap of the archive."""

    def failed(self, url: str, entry: Entry, error: BaseException, capture: Capture | None) -> None:
        """See `Outcomes.failed`; a guessed address that leads to nothing leaves no row."""
        if entry.carried.get(PROBE) and (is_absent(error) or isinstance(error, RedirectedError)):
            self.run.finish(entry.url, "done", "absent", capture)
        elif isinstance(error, HostClosedError) or not self._is_no_page(error, entry):
            super().failed(url, entry, error, capture)
        else:
            self.run.finish(entry.url, "done", "page", capture)

    def unread(self, url: str, error: ReadingError, capture: Capture | None, entry: Entry) -> None:
        """See `Outcomes.unread`."""
        if entry.carried.get(PROBE):
            self.run.finish(entry.url, "done", "absent", capture)
        elif self._is_no_page(error, entry):
            self.run.finish(entry.url, "done", "page", capture)
        else:
            super().unread(url, error, capture, entry)

    @staticmethod
    def _is_no_page(error: BaseException, entry: Entry) -> bool:
        """A file under an address that does not say so; a page for members. Redirects off the site are an answer too:
        what lies there is not this site's."""
        if isinstance(error, RedirectedError):
            return error.reason == "other-site" and entry.kind == "page"
        is_login = isinstance(error, RefusalPageError) and error.kind == "login"
        return isinstance(error, NoPageError) or (is_login and entry.kind == "page")
