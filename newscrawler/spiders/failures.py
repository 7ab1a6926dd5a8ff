"""Why a request failed, in one word for programs and one sentence for people.

The words of `problems.kind` and `frontier.reason` at stage `fetching`; a file's, at stage `requisite`, are the same:

- the server's answer: `absent` (404, 410), `http-NNN` (any other status that is no success, 999 among them);
- no connection: `bad-address` (it cannot be asked for at all), `dns` (the name leads nowhere), `private-address` (it
  leads into the own machine or network), `unreachable` (no route, or no answer to the call), `connection-refused`,
  `proxy` (it opens no tunnel), `tls-expired` and its like (see `wire.certificates`), `tls` (any other failure of the
  encryption);
- no whole answer: `timeout`, `no-answer` (closed without a byte), `reset` (broken in the head, or before it), `cut`
  (a body that ends before its announced length, or before its last chunk), `too-large`, `too-long-head`;
- no HTTP: `not-http` (garbage, HTTP/0.9, a head that does not end), `bad-length` (two lengths, or no number),
  `bad-chunks`, `bad-coding` (a transfer coding that nobody knows);
- a redirect that is not followed (`redirects.RedirectReason`): `redirected`, `other-site`, `redirect-loop`,
  `bad-location`, `refused-scheme`, `private-address`;
- not asked: `robots`, `robots-unreachable`, `host-closed`, `budget`, `stopping`, and `refused` for all else that a
  station has kept back.

An error that has no word here is written with the name of its class.
"""

from __future__ import annotations

from OpenSSL.SSL import Error as TlsError
from scrapy.core.downloader.handlers.http11 import TunnelError
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.internet.error import ConnectError, ConnectionAborted, ConnectionDone, ConnectionLost
from twisted.web._newclient import ParseError, RequestTransmissionFailed, ResponseNeverReceived
from twisted.web.http import _MalformedChunkedDataError

from newscrawler.redirects import RedirectedError
from newscrawler.wire.careless import HeadLimitError
from newscrawler.wire.certificates import fault_of
from newscrawler.wire.endings import LongHeadError, first_reason
from newscrawler.wire.resolver import PrivateAddressError

ABSENT = (404, 410)


def is_absent(error: BaseException) -> bool:
    """Whether the server says that there is nothing at this address."""
    return isinstance(error, HttpError) and error.response.status in ABSENT


def kind_of(error: BaseException) -> str:
    """The word for column `problems.kind`; see above."""
    match error:
        case HttpError():
            return f"http-{error.response.status}"
        case RedirectedError():
            return error.reason
        case PrivateAddressError():
            return "private-address"
        case IgnoreRequest():
            return str(getattr(error, "kind", "refused"))
    return _kind_of_download(error) or _kind_of_reason(error) or type(error).__name__


def short_kind_of(error: BaseException) -> str:
    """The same for a file of a page, where 404 and 410 have a word of their own."""
    return "absent" if is_absent(error) else kind_of(error)


def sentence_of(error: BaseException) -> str:
    """The sentence for column `problems.message`."""
    if isinstance(error, HttpError):
        return f"the server answered {error.response.status}"
    reason = first_reason(error)
    return " ".join(str(reason).split()) or type(reason).__name__


def _kind_of_download(error: BaseException) -> str | None:
    """By what Scrapy made of it."""
    match error:
        case LongHeadError():
            return "too-long-head"
        case DownloadTimeoutError():
            return "timeout"
        case DownloadCancelledError():
            return "too-large"
        case CannotResolveHostError():
            return "dns"
        case DownloadConnectionRefusedError():
            return "connection-refused"
        case TunnelError():
            return "proxy"
    fault = fault_of(error)
    return None if fault is None else f"tls-{fault}"


def _kind_of_reason(error: BaseException) -> str | None:
    """By what went wrong at the bottom."""
    reason = first_reason(error)
    match reason:
        case HeadLimitError():
            return "too-long-head"
        case _MalformedChunkedDataError():
            return "bad-chunks"
        case ParseError():
            return "not-http"
        case ValueError():
            return "bad-address" if reason is error else "bad-length"
        case KeyError():
            return "bad-coding"
        case TlsError():
            return "tls"
        case ConnectionDone() | ConnectionLost() | ConnectionAborted():
            return _kind_of_end(error, reason)
        case ConnectError():
            return "unreachable"
    return None


def _kind_of_end(error: BaseException, reason: BaseException) -> str:
    if isinstance(error, ResponseDataLossError):
        return "cut"
    nothing_came = isinstance(error.__cause__, ResponseNeverReceived | RequestTransmissionFailed)
    return "no-answer" if nothing_came and isinstance(reason, ConnectionDone) else "reset"
