"""Which articles a run may still ask for: each once, and no more than the argument `limit` allows."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator


class Allowance:
    """Lets article addresses through up to the limit; the others wait, in case one of the first is not there.

    Requests are counted, not answers, so that no page is fetched and then left out of the database.
    """

    def __init__(self, limit: int | None) -> None:
        self.limit = limit
        self.stored = 0
        self._asked = 0
        self._known: set[str] = set()
        self._waiting: deque[Iterator[str]] = deque()

    def admit(self, urls: Iterable[str]) -> Iterator[str]:
        """Those addresses that may be asked for now.

        Every page of a site names the same forty again; Scrapy's own filter would cost 0.1 ms for each.
        """
        self._waiting.append(iter(urls))
        yield from self.release()

    def release(self) -> Iterator[str]:
        """Addresses that waited and may be asked for now."""
        while self._waiting and not self.used_up:
            url = next(self._waiting[0], None)
            if url is None:
                self._waiting.popleft()
            elif url not in self._known:
                self._known.add(url)
                self._asked += 1
                yield url

    def refund(self) -> None:
        """An article that was asked for was not there."""
        self._asked -= 1

    @property
    def used_up(self) -> bool:
        """Whether nothing more may be asked for."""
        return self.limit is not None and self._asked >= self.limit

    @property
    def reached(self) -> bool:
        """Whether as many articles as allowed were read."""
        return self.limit is not None and self.stored >= self.limit
