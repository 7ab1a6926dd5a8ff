"""What runs tell each other of hosts that want to be left alone: rows of table `problems`."""

from __future__ import annotations

import logging
import time

from scrapy.crawler import Crawler

from newscrawler.politeness.closing import HOST_CLOSED, Closing, seconds_left
from newscrawler.run import ArchiveRun
from newscrawler.store.hosts import last_message

logger = logging.getLogger(__name__)

_STAGE = "politeness"


def remembered(crawler: Crawler, host: str) -> Closing | None:
    """Why a host was left alone by a run before, if its time has not come yet: a restart is no way round it."""
    message = last_message(ArchiveRun.of(crawler).db, _url(host), _STAGE, HOST_CLOSED)
    left = seconds_left(message) if message is not None else 0.0
    if message is None or left <= 0:
        return None
    return Closing(host=host, kind=HOST_CLOSED, message=message, until=time.monotonic() + left)


def write_down(crawler: Crawler, closing: Closing) -> None:
    """One row for each time that a host is left alone."""
    logger.warning("%s is left alone: %s", closing.host, closing.message)
    ArchiveRun.of(crawler).leave(_url(closing.host), closing.kind, closing.message)


def _url(host: str) -> str:
    return f"http://{host}/"
