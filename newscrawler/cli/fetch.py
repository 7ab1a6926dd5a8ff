"""One page over HTTP for verbs that only want to look: robots.txt obeyed, bounded, nothing archived."""

from __future__ import annotations

import time
from functools import cache
from http.client import HTTPException, HTTPResponse
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import Request

from protego import Protego

from newscrawler.archive.coding import undo
from newscrawler.cli.guarded import is_typed, opener
from newscrawler.errors import NewsCrawlerError, ReadingError, UsageError
from newscrawler.settings import DOWNLOAD_MAXSIZE, DOWNLOAD_TIMEOUT, USER_AGENT
from newscrawler.urls import absolute
from newscrawler.wire.addresses import refusal
from newscrawler.wire.location import REDIRECTS, location

MOST_HOPS = 10
"""Redirects from the address that was typed to the page."""

_ROBOTS_LIMIT = 500 * 1024


def fetch(url: str) -> bytes:
    """The body at an address, its Content-Encoding undone. Redirects are followed to any public http(s) address.

    :raises NewsCrawlerError: naming the address and the reason.
    """
    address = absolute(url, url)
    if address is None:
        raise UsageError(f"{url} is no address of a page; write it as http://host/path")
    return _Look(address).body()


class _Look:
    """One page, and the robots.txt of all hosts on the way to it.

    :param typed: the user's own choice of an address, which may lie in the own network.
    """

    def __init__(self, typed: str) -> None:
        self._typed = typed
        self._deadline = time.monotonic() + DOWNLOAD_TIMEOUT
        self._opener = opener(typed, self._deadline)
        self._rules = cache(self._read_rules)

    def body(self) -> bytes:
        """:raises NewsCrawlerError: see `fetch`."""
        url = self._typed
        for _hop in range(MOST_HOPS + 1):
            self._check_robots(url)
            found = self._ask(url, DOWNLOAD_MAXSIZE)
            if isinstance(found, bytes):
                return found
            url = self._onward(url, found)
        raise NewsCrawlerError(f"{self._typed} redirects more than {MOST_HOPS} times")

    def _check_robots(self, url: str) -> None:
        parts = urlsplit(url)
        rules = self._rules(f"{parts.scheme}://{parts.netloc}/robots.txt")
        if rules is not None and not rules.can_fetch(url, USER_AGENT):
            raise NewsCrawlerError(f"{url} is forbidden by the site's robots.txt")

    def _read_rules(self, robots_url: str) -> Protego | None:
        """None where all is allowed.

        :raises NewsCrawlerError: if it cannot be had (RFC 9309 §2.3.1.4).
        """
        url = robots_url
        for _hop in range(MOST_HOPS + 1):
            found = self._ask(url, _ROBOTS_LIMIT, cut=True)
            if isinstance(found, bytes):
                return Protego.parse(found.decode("utf-8", "replace"))
            if 400 <= found.code < 500:
                return None
            if found.code not in REDIRECTS:
                raise NewsCrawlerError(f"cannot reach {robots_url}: {found.code} {found.reason}")
            url = self._onward(url, found)
        raise NewsCrawlerError(f"cannot reach {robots_url}: it redirects more than {MOST_HOPS} times")

    def _onward(self, url: str, answer: HTTPError) -> str:
        """Where an answer sends us.

        :raises NewsCrawlerError: if that is nowhere, or no place to follow to.
        """
        if answer.code not in REDIRECTS:
            raise NewsCrawlerError(f"{url} answered {answer.code} {answer.reason}") from answer
        raw = (answer.headers.get("Location") or "").encode("latin-1", "replace")
        target, _scheme = location(url, raw)
        if target is None:
            raise NewsCrawlerError(
                f"{url} redirects to {raw[:200].decode('utf-8', 'replace')!r}, which is not followed"
            )
        reason = refusal(target)
        if reason and not is_typed(target, self._typed):
            raise NewsCrawlerError(f"{url} redirects to {target}, which is not followed: {reason}")
        return target

    def _ask(self, url: str, most: int, *, cut: bool = False) -> bytes | HTTPError:
        """The body of a good answer, or another answer.

        :param cut: whether the beginning of a longer body will do.
        :raises NewsCrawlerError: if there is no answer, or none that is whole.
        """
        left = self._deadline - time.monotonic()
        request = Request(url, headers={"User-Agent": USER_AGENT, "Accept-Encoding": "gzip"})
        try:
            if left <= 0:
                raise TimeoutError
            with self._opener.open(request, timeout=left) as response:
                body = self._read(response, most, cut=cut)
                return undo(body, _codings(response)).body
        except HTTPError as error:
            error.close()
            return error
        except ReadingError as error:
            raise NewsCrawlerError(f"cannot read {url}: {error}") from error
        except (URLError, HTTPException, OSError, ValueError) as error:
            raise NewsCrawlerError(f"cannot reach {url}: {self._why(error)}") from error

    def _read(self, response: HTTPResponse, most: int, *, cut: bool) -> bytes:
        body = response.read(most + 1)
        if time.monotonic() > self._deadline:
            raise TimeoutError  # what came was cut by us
        if len(body) > most and not cut:
            raise ValueError(f"the answer is longer than {most:,} bytes")
        return body[:most]

    def _why(self, error: Exception) -> str:
        if time.monotonic() > self._deadline:
            return f"it took longer than {DOWNLOAD_TIMEOUT} seconds"
        return str(getattr(error, "reason", None) or error) or type(error).__name__


def _codings(response: HTTPResponse) -> list[str]:
    named = ",".join(response.headers.get_all("Content-Encoding") or ()).lower().split(",")
    return [name for each in named if (name := each.strip()) and name != "identity"]
