"""Hosts that a run leaves alone for a while: why, and until when. Their pages stay in the queue."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from scrapy.exceptions import IgnoreRequest

HOST_CLOSED = "host-closed"
"""The kind of closing that the host has asked for."""
_UNTIL = re.compile(r" before (\S+Z)$")


@dataclass(frozen=True, kw_only=True, slots=True)
class Closing:
    """Why no request goes to a host."""

    host: str
    kind: str
    """`robots-unreachable`: its robots.txt cannot be had, or `tls-expired` and the like, where a broken certificate is
    why; `host-closed`: it has asked for it; `budget`: its budget is used up."""
    message: str
    """One sentence for people."""
    until: float
    """On the monotonic clock; infinite where nobody knows."""


class HostClosedError(IgnoreRequest):
    """Raised instead of a request to a host that is left alone: the page was not asked for, so its lease goes back to
    the queue."""

    def __init__(self, closing: Closing) -> None:
        super().__init__(closing.message)
        self.closing = closing
        self.kind: str = closing.kind
        """The word for `problems.kind` and `frontier.reason`."""


class RobotsUnreachableError(HostClosedError):
    """Raised where robots.txt answers 5xx or 429, or not at all: the host is closed for now (RFC 9309 §2.3.1.4)."""


class OriginClosedError(IgnoreRequest):
    """Raised where the robots.txt of an origin cannot be had, but its host goes on under another: https beside http,
    say. Its pages are given up, for the queue cannot leave them alone and take others of the host."""

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind


class RobotsForbiddenError(IgnoreRequest):
    """Raised where robots.txt forbids an address."""

    kind = "robots"


def error_of(closing: Closing) -> HostClosedError:
    """The error to raise over a closed host."""
    return (HostClosedError if closing.kind in ("host-closed", "budget") else RobotsUnreachableError)(closing)


def until(sentence: str, seconds: float) -> str:
    """A sentence that says until when, so many seconds from now, rounded up to the second (UTC)."""
    return f"{sentence} before {datetime.now(UTC) + timedelta(seconds=seconds + 1):%Y-%m-%dT%H:%M:%SZ}"


def seconds_left(sentence: str) -> float:
    """Seconds until the time that `until` has put at the end of a sentence; none where it is past, or not there."""
    match = _UNTIL.search(sentence)
    return (datetime.fromisoformat(match[1]) - datetime.now(UTC)).total_seconds() if match else 0.0
