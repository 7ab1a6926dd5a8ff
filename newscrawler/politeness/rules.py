"""What a robots.txt says to us (RFC 9309 §2.2), read in bounded time whatever stands in it.

Only the groups that are meant for us are handed to Protego: it keeps every rule once for every agent of its group,
which 500 KiB of agents and rules turn into hundreds of millions of them.
"""

from __future__ import annotations

import codecs
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from protego import Protego

ROBOTS_LIMIT = 500 * 1024
"""Bytes of a robots.txt that are read (RFC 9309 §2.5)."""
LONGEST_CRAWL_DELAY = 120.0
"""Seconds."""

_TOKEN = re.compile(r"[a-z_-]+")
_FIELDS = {
    "user-agent": "agent",
    "user agent": "agent",
    "useragent": "agent",
    "allow": "allow",
    "disallow": "disallow",
    "dissallow": "disallow",
    "dissalow": "disallow",
    "disalow": "disallow",
    "diasllow": "disallow",
    "disallaw": "disallow",
    "crawl-delay": "delay",
    "crawl delay": "delay",
}
"""Fields of a group, with the misspellings that Google's and Protego's parsers know."""


@dataclass
class _Group:
    """All rules for one agent, wherever they stand (RFC 9309 §2.2.1)."""

    named: bool = False
    rules: dict[str, None] = field(default_factory=dict)
    """As lines, each once, in order."""
    delay: float | None = None


class Rules:
    """The rules of one robots.txt for one crawler."""

    def __init__(self, lines: list[str], crawl_delay: float | None) -> None:
        self.crawl_delay = crawl_delay
        """Seconds, at most LONGEST_CRAWL_DELAY; None where none is asked for."""
        self._rules = Protego.parse("\n".join(["User-agent: *", *lines])) if lines else None

    @classmethod
    def parse(cls, body: bytes, agent: str, *, cut: bool = False) -> Rules:
        """Read a robots.txt, of which the first ROBOTS_LIMIT bytes count.

        :param agent: our User-Agent; its first word, up to what is no letter, `-` or `_`, is what groups are named by.
        :param cut: whether the body is only the beginning of the file; a line that broke off says nothing.
        """
        lines = text_of(body[:ROBOTS_LIMIT]).splitlines()
        if cut or len(body) > ROBOTS_LIMIT:
            lines = lines[:-1]
        token = _TOKEN.match(agent.lower())
        ours, others = _groups(lines, token[0] if token else "")
        delay = ours.delay if ours.delay is not None else others.delay
        return cls([*(ours if ours.named else others).rules], delay)

    def allow(self, url: str) -> bool:
        """Whether an address may be asked for."""
        return self._rules is None or bool(self._rules.can_fetch(url, "newscrawler"))


def text_of(body: bytes) -> str:
    """A robots.txt as text: UTF-8, with or without its mark; UTF-16, with or without. NULs say nothing.

    >>> text_of("Disallow: /".encode("utf-16")), text_of("Disallow: /".encode("utf-16-le"))
    ('Disallow: /', 'Disallow: /')
    """
    if body.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return body.decode("utf-16", "ignore").replace("\0", "")
    return body.decode("utf-8-sig", "ignore").replace("\0", "")


def _groups(lines: list[str], token: str) -> tuple[_Group, _Group]:
    """What is said to us by name, and to everybody."""
    ours, everybody = _Group(), _Group()
    meant: list[_Group] = []
    naming = False
    for name, value in _directives(lines):
        if name == "agent":
            meant = meant if naming else []
            meant += [group for group in _meant(value, token, ours, everybody) if group not in meant]
        for group in meant:
            _put(group, name, value)
        naming = name == "agent"
    return ours, everybody


def _directives(lines: list[str]) -> Iterator[tuple[str, str]]:
    """Lines of groups. Others, such as Sitemap, do not part a group."""
    for line in lines:
        text = line.partition("#")[0].strip()
        name, colon, value = text.partition(":")
        if not colon:
            name, _blank, value = text.partition(" ")
        known = _FIELDS.get(name.strip().lower())
        if known is not None:
            yield known, value.strip()


def _meant(value: str, token: str, ours: _Group, everybody: _Group) -> list[_Group]:
    if value.split(maxsplit=1)[:1] == ["*"]:
        return [everybody]
    named = _TOKEN.match(value.lower())
    return [ours] if named is not None and named[0] == token else []


def _put(group: _Group, name: str, value: str) -> None:
    match name:
        case "agent":
            group.named = True
        case "delay":
            asked = [each for each in (group.delay, _seconds(value)) if each is not None]
            group.delay = max(asked, default=None)
        case _ if value:
            group.rules[f"{name}: {value}"] = None


def _seconds(value: str) -> float | None:
    """A delay as it is written, fractions with point or comma; None where it is none."""
    try:
        seconds = float(value.replace(",", "."))
    except ValueError:
        return None
    return min(seconds, LONGEST_CRAWL_DELAY) if math.isfinite(seconds) and seconds >= 0 else None
