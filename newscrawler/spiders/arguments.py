"""What a crawl is asked to do: the spider arguments `full`, `since`, `ids`, `url` and `limit`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from newscrawler.errors import UsageError

_IDS = re.compile(r"^\s*(\d{1,18})\s*(?:-\s*(\d{1,18})\s*)?$")
_LIMIT = re.compile(r"^\s*\d{1,18}\s*$")
_TRUE = frozenset({"1", "true", "yes", "on"})
_FALSE = frozenset({"0", "false", "no", "off", ""})


@dataclass(frozen=True, kw_only=True)
class CrawlArguments:
    """The arguments, checked; as given on a command line they are all texts."""

    full: bool = False
    since: date | None = None
    ids: range | None = None
    url: str | None = None
    limit: int | None = None

    @classmethod
    def parse(
        cls, full: str | bool = False, since: str = "", ids: str = "", url: str = "", limit: str | int = ""
    ) -> CrawlArguments:
        """Read the texts.

        :raises UsageError: naming the argument, its value and the form that is understood.
        """
        return cls(
            full=_flag(full),
            since=_day(since) if since else None,
            ids=_range(ids) if ids else None,
            url=url or None,
            limit=_limit(limit),
        )

    @property
    def asked(self) -> dict[str, object]:
        """What tells one cycle of crawls from another; a limit only says how far a run goes in it."""
        return {
            "full": self.full,
            "since": self.since.isoformat() if self.since else None,
            "ids": f"{self.ids.start}-{self.ids.stop - 1}" if self.ids else None,
            "url": self.url,
        }


def _flag(value: str | bool) -> bool:
    text = str(value).strip().lower()
    if text in _TRUE | _FALSE:
        return text in _TRUE
    raise UsageError(f"full={value}: say full=1 or full=0")


def _day(value: str) -> date:
    try:
        return date.fromisoformat(value.strip())
    except ValueError:
        raise UsageError(f"since={value}: a day is written as 2018-05-16") from None


def _range(value: str) -> range:
    match = _IDS.match(value)
    first, last = (int(match[1]), int(match[2] or match[1])) if match else (1, 0)
    if first > last:
        raise UsageError(f"ids={value}: article ids are written as 2754-2800, the smaller first")
    return range(first, last + 1)


def _limit(value: str | int) -> int | None:
    if value == "":
        return None
    limit = int(value) if _LIMIT.match(str(value)) else 0
    if limit < 1:
        raise UsageError(f"limit={value}: a limit is a whole number above 0")
    return limit
