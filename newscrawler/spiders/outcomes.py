"""What becomes of entries that brought no page to store: a row that says why, and the end of their lease."""

from __future__ import annotations

from newscrawler.errors import ReadingError, RefusalPageError
from newscrawler.items import Capture, Entry
from newscrawler.politeness import HostClosedError
from newscrawler.redirects import RedirectedError
from newscrawler.run import ArchiveRun
from newscrawler.spiders.failures import is_absent, kind_of, sentence_of
from newscrawler.spiders.lists import Arrival

PROBE = "probe"
"""What the entry of an article carries that cannot be, and is asked for to hear what the site says then."""


class Outcomes:
    """Settles entries without a page, and counts them."""

    def __init__(self, run: ArchiveRun, *, tells_absent: bool) -> None:
        """:param tells_absent: whether what is not there is a row of its own; a walk over ids meets thousands."""
        self.run, self.tells_absent = run, tells_absent

    def failed(self, url: str, entry: Entry, error: BaseException, capture: Capture | None) -> None:
        """The entry's request has failed."""
        match error:
            case HostClosedError():
                self.run.frontier.release(entry.url, error.kind)  # the gate has written down why
            case ReadingError():
                self.unread(url, error, capture, entry)
            case RedirectedError(reason="redirected"):
                self.run.count("pages")
                self.run.count("redirected")
                self.run.finish(entry.url, "done", "redirected", capture)
            case _ if is_absent(error):
                self.run.count("pages")
                self.absent(url, entry, "absent", sentence_of(error), capture)
            case _:
                self.run.give_up(url, kind_of(error), sentence_of(error), capture, entry=entry.url)

    def unread(self, url: str, error: ReadingError, capture: Capture | None, entry: Entry) -> None:
        """The entry's page cannot be read, or only refuses us."""
        if isinstance(error, RefusalPageError) and error.kind == "soft-404":
            self.absent(url, entry, error.kind, str(error), capture)
            return
        self.run.problem(url, "reading", error.kind, str(error), capture, entry=entry.url)
        self.run.count("unread")

    def absent(self, url: str, entry: Entry, kind: str, message: str, capture: Capture | None) -> None:
        """The server says that there is nothing at the entry's address."""
        self.run.count("absent")
        if self.tells_absent and not entry.carried.get(PROBE):
            self.run.problem(url, "fetching", kind, message, capture, entry=entry.url, state="done")
        else:
            self.run.finish(entry.url, "done", kind, capture)


def arrival_of(error: BaseException) -> Arrival:
    """What a failure means for a list whose page it is."""
    if isinstance(error, RefusalPageError):
        return "absent" if error.kind == "soft-404" else "failed"
    if is_absent(error) or (isinstance(error, RedirectedError) and error.reason == "redirected"):
        return "absent"
    refused = ("robots", "refused", "other-site", "private-address", "refused-scheme")
    return "refused" if kind_of(error) in refused else "failed"
