"""Retry-After: how long a host asks to be left alone (RFC 9110 §10.2.3)."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from scrapy.http import Response

_LONGEST_VALUE = 64
"""Characters; what is longer is neither a number of seconds that anybody waits for nor a date."""


def retry_after(response: Response) -> float | None:
    """Seconds that a Retry-After header asks for, in either of its forms; None without a readable one.

    A date counts from the answer's own Date, if it has one: the clock of the server is the one that it was read from.
    One that is past asks for nothing, so it gives 0.
    """
    value = _value(response, b"Retry-After")
    if value.isascii() and value.isdigit():
        return float(value)
    moment = _moment(value)
    if moment is None:
        return None
    since = _moment(_value(response, b"Date")) or datetime.now(UTC)
    return max(0.0, (moment - since).total_seconds())


def _value(response: Response, name: bytes) -> str:
    return (response.headers.get(name) or b"").decode("latin-1").strip()


def _moment(value: str) -> datetime | None:
    """A date as HTTP writes it, in UTC; without a zone it is taken for UTC."""
    if len(value) > _LONGEST_VALUE:
        return None
    # The parser of the standard library raises all of these over dates that are none.
    with suppress(ValueError, TypeError, IndexError, OverflowError):
        moment = parsedate_to_datetime(value)
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    return None
