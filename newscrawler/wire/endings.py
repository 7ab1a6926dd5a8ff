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
MOST_MEMBERS = 1000
"""Members of a gzip body up to which it is read: a million of empty ones fit into 20 MB, and cost 8 s."""
_AT_ONCE = 1 << 20
"""Bytes that are inflated at once, so that a bomb takes no memory here."""

_GZIP = b"\x1f\x8b"
_GZIP_WINDOW = 31


class LongHeadError(DownloadCancelledError):
    """Raised when a response's head or trailers are longer than any honest ones; what came is in the archive."""


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
    if message.head.mime == "text/html" and _goes_on(message):
        return "disconnect", "the page goes on behind its Content-Length"
    return None, ""


def _goes_on(message: Message) -> bool:
    """Whether more than blanks came behind the stated length: servers that count letters instead of bytes cut their own
    pages (facts: reliability §2, row 9)."""
    stated = message.head.first("content-length").strip()
    if message.head.chunked or not (stated.isascii() and stated.isdigit()):
        return False
    return bool(message.tape.read(message.head_size + int(stated[:12]), 1 << 10).strip())


def _word(attempt: Attempt, error: BaseException | None) -> Truncated:
    if attempt.head_too_long:
        return "length"
    match error:
        case DownloadTimeoutError():
            return "time"
        case DownloadCancelledError():
            return "length"
    lost = isinstance(first_reason(error, attempt), ConnectionDone | ConnectionLost)
    return "disconnect" if lost and not attempt.left else "unspecified"


def sentence(attempt: Attempt | None, error: BaseException | None) -> str:
    """What ended an attempt, or kept it from beginning."""
    if isinstance(error, asyncio.CancelledError):
        return "the crawl was stopped"
    if isinstance(error, DownloadCancelledError) and not str(error):
        return "the response is longer than the limit"
    reason = first_reason(error, attempt)
    return " ".join(str(reason).split()) or type(reason).__name__


def first_reason(error: BaseException | None, attempt: Attempt | None = None) -> BaseException | None:
    """The failure at the bottom: Twisted and Scrapy wrap it in failures of their own.

    :param attempt: whose connection's end is taken where there is no error.
    """
    if error is None:
        return attempt.lost if attempt is not None else None
    inner = error.__cause__ if isinstance(error, DownloadFailedError | ResponseDataLossError) else error
    reasons = getattr(inner, "reasons", None)
    if reasons and isinstance(reasons[0], Failure):
        return first_reason(reasons[0].value, attempt)
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
    inflated = members = 0
    for piece in pieces:
        data, out = piece, 0
        # A call that was full may have more to give, though all its input is taken.
        while (data or out == _AT_ONCE) and inflated < MOST_INFLATED:
            if inflater is None:
                if not data.startswith(_GZIP[: len(data)]):
                    return False
                members += 1
                if members > MOST_MEMBERS:
                    return False
                inflater = zlib.decompressobj(wbits=_GZIP_WINDOW)
            try:
                out = len(inflater.decompress(data, _AT_ONCE))
            except zlib.error:
                return True
            inflated += out
            data = inflater.unused_data if inflater.eof else inflater.unconsumed_tail
            if inflater.eof:
                inflater, out = None, 0
    return inflater is not None and inflated < MOST_INFLATED
