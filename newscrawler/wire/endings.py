"""How an attempt at a request ended: whether its response is whole, and one sentence where it is not."""

from __future__ import annotations

import asyncio
import zlib
from collections.abc import Iterable

from scrapy.exceptions import (
    DownloadCancelledError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
)
from twisted.internet.error import ConnectionDone, ConnectionLost
from twisted.python.failure import Failure

from newscrawler.archive.message import Message
from newscrawler.items import Truncated
from newscrawler.wire.recording import Attempt

MOST_INFLATED = 1 << 26
"""Bytes up to which a gzip body is read to find its end."""

_GZIP = b"\x1f\x8b"
_GZIP_WINDOW = 31


def ending(attempt: Attempt, error: BaseException | None) -> tuple[Truncated | None, str]:
    """Why a response is not whole, in the words of WARC-Truncated (WARC 1.1 §5.13), and in one sentence.

    :param error: what Scrapy made of it; None if it handed a response on.
    :returns: no word where the response is whole or nothing of it came.
    """
    if attempt.whole:
        return _whole(attempt)
    if not len(attempt.received):
        return None, sentence(attempt, error)
    return _word(attempt, error), sentence(attempt, error)


def _whole(attempt: Attempt) -> tuple[Truncated | None, str]:
    """The parser was content. A body that ends with its connection cannot be told from a cut one where that ended
    in good order, but a reset says so, and so does the gzip trailer (facts: reliability §0.3, §0.4)."""
    if attempt.lost is not None and not isinstance(attempt.lost, ConnectionDone):
        return "disconnect", f"the connection broke: {attempt.lost}"
    message = Message.of(attempt.received)
    if message.head.codings in (["gzip"], ["x-gzip"]) and gzip_is_cut(message.entity()):
        return "disconnect", "the gzip body is cut or damaged"
    return None, ""


def _word(attempt: Attempt, error: BaseException | None) -> Truncated:
    if attempt.head_too_long:
        return "length"
    match error:
        case DownloadTimeoutError():
            return "time"
        case DownloadCancelledError():
            return "length"
    lost = isinstance(_first_reason(error, attempt), ConnectionDone | ConnectionLost)
    return "disconnect" if lost and not attempt.left else "unspecified"


def sentence(attempt: Attempt | None, error: BaseException | None) -> str:
    """What ended an attempt, or kept it from beginning."""
    if attempt is not None and attempt.head_too_long:
        return "the response head does not end"
    if isinstance(error, asyncio.CancelledError):
        return "the crawl was stopped"
    if isinstance(error, DownloadCancelledError) and not str(error):
        return "the response is longer than the limit"
    reason = _first_reason(error, attempt)
    return " ".join(str(reason).split()) or type(reason).__name__


def _first_reason(error: BaseException | None, attempt: Attempt | None) -> BaseException | None:
    """The failure at the bottom: Twisted and Scrapy wrap it in failures of their own."""
    if error is None:
        return attempt.lost if attempt is not None else None
    inner = error.__cause__ if isinstance(error, DownloadFailedError | ResponseDataLossError) else error
    reasons = getattr(inner, "reasons", None)
    if reasons and isinstance(reasons[0], Failure):
        return _first_reason(reasons[0].value, attempt)
    return inner


def gzip_is_cut(pieces: Iterable[bytes]) -> bool:
    """Whether gzip data end before their trailer, or differ from it. Other bytes behind a whole member are let pass,
    as browsers do; what does not begin like gzip is under a wrong label, which is another matter.

    >>> import gzip
    >>> data = gzip.compress(b"b" * 100)
    >>> gzip_is_cut([data]), gzip_is_cut([data[:-1]]), gzip_is_cut([data + data[:9]]), gzip_is_cut([b"plain text"])
    (False, True, True, False)
    """
    inflater = None
    inflated = 0
    for piece in pieces:
        data = piece
        while data and inflated < MOST_INFLATED:
            if inflater is None:
                if not data.startswith(_GZIP[: len(data)]):
                    return False
                inflater = zlib.decompressobj(wbits=_GZIP_WINDOW)
            try:
                inflated += len(inflater.decompress(data, MOST_INFLATED))
            except zlib.error:
                return True
            data = inflater.unused_data if inflater.eof else inflater.unconsumed_tail
            inflater = None if inflater.eof else inflater
    return inflater is not None and inflated < MOST_INFLATED
