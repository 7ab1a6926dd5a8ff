"""The headers of a foreign record: read leniently where makers are careless, refused where they contradict each
other."""

from __future__ import annotations

import re
from base64 import b32encode
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property

from newscrawler.archive.records import Pairs
from newscrawler.urls import host_of

VERSION = re.compile(rb"WARC/(0\.17|0\.18|1\.0|1\.1)[ \t]{0,8}\r?\n")
"""The forms that are read; 0.9 and before are laid out otherwise."""
MAY_REPEAT = {"warc-concurrent-to", "warc-protocol", "warc-cipher-suite"}

_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_LENGTH = re.compile(r"[0-9]{1,18}")
_DATE = re.compile(
    r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[Tt ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?)?)?)?(Z|z|[+-]\d\d:?\d\d)?"
)
_HEX_SHA1 = re.compile(r"[0-9a-fA-F]{40}")
_FIRST_YEAR = 1990
_LONGEST_TARGET = 1 << 15


class HeaderError(ValueError):
    """What is wrong with a record's headers, as the end of a sentence."""


@dataclass(frozen=True)
class Headers:
    """Names and values in their order; folded lines are joined."""

    fields: Pairs

    @cached_property
    def _named(self) -> dict[str, str]:
        return {name.lower(): value for name, value in reversed(self.fields)}

    def first(self, name: str) -> str:
        """Value of the first header of that name (lower case), or an empty text."""
        return self._named.get(name, "")

    def every(self, name: str) -> list[str]:
        """Values of all headers of that name (lower case)."""
        return [value for key, value in self.fields if key.lower() == name]

    @property
    def kind(self) -> str:
        """WARC-Type in lower case."""
        return self.first("warc-type").lower()

    @property
    def target(self) -> str:
        """WARC-Target-URI without the angle brackets that WARC 1.0's grammar had by mistake, and wget writes."""
        return bare(self.first("warc-target-uri"))

    @property
    def record_id(self) -> str:
        """WARC-Record-ID within angle brackets."""
        return bracketed(self.first("warc-record-id"))

    def length(self) -> int:
        """Content-Length.

        :raises HeaderError: if it is missing, negative or no number, or stated twice and not alike.
        """
        value = self.first("content-length")
        if not _LENGTH.fullmatch(value):
            raise HeaderError(f"its Content-Length is no length: {value[:40]!r}")
        return int(value)


def bare(uri: str) -> str:
    """A URI without angle brackets around it."""
    return uri[1:-1] if uri.startswith("<") and uri.endswith(">") else uri


def bracketed(uri: str) -> str:
    """A URI within angle brackets, as record ids are written; nothing stays nothing."""
    return f"<{bare(uri)}>" if bare(uri) else ""


def parse_headers(block: bytes) -> Headers:
    """The headers behind the version line. Bytes that are no UTF-8 are read as Latin-1.

    :raises HeaderError: if a header that may stand once stands there with two values.
    """
    lines: list[bytes] = []
    for line in block.replace(b"\r\n", b"\n").split(b"\n")[1:]:
        if line[:1] in (b" ", b"\t") and lines:
            lines[-1] += line
        elif line:
            lines.append(line)
    pairs = (_text(line).partition(":") for line in lines)
    fields = tuple((name.strip(), value.strip()) for name, _colon, value in pairs if _NAME.fullmatch(name.strip()))
    _refuse_contradictions(fields)
    return Headers(fields)


def _refuse_contradictions(fields: Pairs) -> None:
    seen: dict[str, str] = {}
    for name, value in fields:
        if name.lower() not in MAY_REPEAT and seen.setdefault(name.lower(), value) != value:
            raise HeaderError(f"it states {name} twice and not alike")


def _text(line: bytes) -> str:
    try:
        return line.decode()
    except UnicodeDecodeError:
        return line.decode("latin-1")


def canonical_digest(digest: str) -> str:
    """A digest as the archive writes it, if it is SHA-1: in base 32, where warcprox has hex; others in lower case.

    >>> canonical_digest("SHA1:da39a3ee5e6b4b0d3255bfef95601890afd80709")
    'sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ'
    """
    label, _colon, value = digest.partition(":")
    if label.lower() not in ("sha1", "sha-1"):
        return digest.lower()
    if _HEX_SHA1.fullmatch(value):
        value = b32encode(bytes.fromhex(value)).decode()
    return f"sha1:{value.upper()}"


def check_target(target: str) -> None:
    """Only what can be the address of a web page is one.

    :raises HeaderError: if it holds control characters or blanks, has no host, or is longer than any address.
    """
    if any(character.isspace() or not character.isprintable() for character in target):
        raise HeaderError("its target holds blanks or control characters")
    if len(target) > _LONGEST_TARGET or not host_of(target):
        raise HeaderError("its target is no address")


def moment_of(date: str, now: datetime) -> datetime:
    """WARC-Date as a moment in UTC; where it is less exact than seconds, the beginning of what it names.

    :raises HeaderError: if it is no date, or one that no crawl of the web can have.

    >>> moment_of("2018-05-16T14:30:00.123456789+07:00", datetime(2026, 1, 1, tzinfo=UTC)).isoformat()
    '2018-05-16T07:30:00.123456+00:00'
    """
    match = _DATE.fullmatch(date)
    try:
        if match is None:
            raise ValueError
        year, month, day, hour, minute, second, fraction, zone = match.groups()
        microsecond = int((fraction or "0")[:6].ljust(6, "0"))
        numbers = (int(part or least) for part, least in ((month, 1), (day, 1), (hour, 0), (minute, 0), (second, 0)))
        moment = datetime(int(year), *numbers, microsecond, tzinfo=UTC) - _offset(zone)  # type: ignore[misc,arg-type]
    except (ValueError, OverflowError):
        raise HeaderError(f"its WARC-Date is no date: {date[:40]!r}") from None
    if moment.year < _FIRST_YEAR or moment > now + timedelta(days=1):
        raise HeaderError(f"its WARC-Date cannot be: {date[:40]!r}")
    return moment


def _offset(zone: str | None) -> timedelta:
    if not zone or zone in "Zz":
        return timedelta()
    sign = -1 if zone.startswith("-") else 1
    return sign * timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:]))
