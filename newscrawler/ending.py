"""The rules by which a run ends with one exit code and no other."""

from __future__ import annotations

from collections.abc import Callable

from newscrawler.errors import ExitCode
from newscrawler.stopping import REASON
from newscrawler.store.report import Completeness

_STOPPED = (REASON, "blocked", "cancelled", "memusage_exceeded")
"""Reasons for which a crawl ends with work left, beside its own limits."""
_KEPT = ("articles_new", "articles_changed", "articles_unchanged", "listings", "requisites", "absent")
_INCOMPLETE = ("given_up", "unread", "incomplete")
_FAILED = ("given_up", "refused", "unread", "robots_unreachable")


def exit_code(reason: str, counted: Callable[[str], int], *, is_work_left: bool) -> ExitCode:
    """The code of a run by itself.

    :param reason: why Scrapy has closed the spider; `finished` if nothing was left to do.
    :param counted: value of a counter of the run.
    :param is_work_left: whether anything is queued or in hand.
    """
    if reason == "disk":
        return ExitCode.DISK
    if reason in _STOPPED or is_own_limit(reason):
        return ExitCode.STOPPED
    if reason != "finished" or (any(map(counted, _FAILED)) and not any(map(counted, _KEPT))):
        return ExitCode.ERROR
    if is_work_left:
        return ExitCode.STOPPED
    return ExitCode.GIVEN_UP if any(map(counted, _INCOMPLETE)) else ExitCode.COMPLETE


def is_own_limit(reason: str) -> bool:
    """Whether a crawl was closed by a limit that it was begun with: `limit`, or a CLOSESPIDER setting of Scrapy."""
    return reason == "limit" or reason.startswith("closespider_")


def exit_code_of_cycle(own: ExitCode, report: Completeness) -> ExitCode:
    """What the run itself has not met counts too: what earlier runs of its cycle have given up, and whatever the table
    says is left."""
    if own in (ExitCode.COMPLETE, ExitCode.GIVEN_UP) and report.count("left"):
        return ExitCode.STOPPED
    return ExitCode.GIVEN_UP if own is ExitCode.COMPLETE and report.is_torn else own


def nothing_kept(pages: int) -> str:
    """What is to be said of a run that failed over everything, though it has fetched so many pages."""
    return f"none of {pages:,} pages could be read or stored" if pages else "nothing could be fetched"
