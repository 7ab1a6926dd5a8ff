"""Why a request failed, in one word for programs and one sentence for people."""

from __future__ import annotations

from scrapy.exceptions import DownloadCancelledError, DownloadTimeoutError, IgnoreRequest
from scrapy.spidermiddlewares.httperror import HttpError

from newscrawler.politeness import RobotsUnreachableError

ABSENT = (404, 410)


def is_absent(error: BaseException) -> bool:
    """Whether the server says that there is nothing at this address."""
    return isinstance(error, HttpError) and error.response.status in ABSENT


def kind_of(error: BaseException) -> str:
    """The word for column `problems.kind`."""
    if isinstance(error, HttpError):
        return f"http-{error.response.status}"
    if isinstance(error, IgnoreRequest) and not isinstance(error, RobotsUnreachableError):
        return "robots" if "robots.txt" in str(error) else "refused"
    return type(error).__name__


def short_kind_of(error: BaseException) -> str:
    """The same for a file of a page, whose commonest failures have words of their own."""
    if is_absent(error):
        return "absent"
    match error:
        case DownloadTimeoutError():
            return "timeout"
        case DownloadCancelledError():
            return "too-large"
    return kind_of(error)


def sentence_of(error: BaseException) -> str:
    """The sentence for column `problems.message`."""
    return (
        f"the server answered {error.response.status}"
        if isinstance(error, HttpError)
        else str(error) or type(error).__name__
    )
