"""A first look at a foreign file: what is in it, and what is not taken over, before anything is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from newscrawler.archive.foreign.choice import ANSWERS, left_out
from newscrawler.archive.foreign.headers import (
    HeaderError,
    Headers,
    bare,
    bracketed,
    canonical_digest,
    check_target,
    moment_of,
)
from newscrawler.archive.foreign.records import Fault, ForeignRecord
from newscrawler.archive.message import Message, payload_digest
from newscrawler.archive.records import Pairs, one_line, target_uri, warc_date
from newscrawler.tape import Tape

MOST_INFO = 1 << 16
"""Bytes of a warcinfo record that are read."""
MOST_INFO_FIELDS = 40
LONGEST_INFO = 1000
"""Characters of one of its values."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What has to be known of a record to decide on it; few words, for a file may hold a million of them."""

    number: int
    kind: str
    record_id: str
    url: str
    """As it will be written."""
    date: str
    """WARC-Date as it will be written: UTC with microseconds."""
    status: int
    digest: str
    """Payload digest by our rule; empty where there is none."""
    stated: str
    """Payload digest as the maker states it; see `canonical_digest`."""
    links: tuple[str, ...]
    """Ids of the records that it was recorded together with, or that it speaks of."""
    refers_to: tuple[str, str, str] = ("", "", "")
    """Of a revisit: record id, address and date of its original, as far as they are stated."""
    profile: str = ""
    truncated: bool = False


@dataclass
class Survey:
    """All that a file holds."""

    entries: list[Entry] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    """Why → how many."""
    faults: list[str] = field(default_factory=list)
    maker: Pairs = ()
    """Fields of the first warcinfo record."""
    warcinfos: int = 0


def survey(found: Iterable[ForeignRecord | Fault], now: datetime | None = None) -> Survey:
    """Look at all records.

    :param now: no record can be younger (UTC).
    """
    result, moment = Survey(), now or datetime.now(UTC)
    for each in found:
        if isinstance(each, Fault):
            result.faults.append(str(each))
        elif each.headers.kind == "warcinfo":
            result.maker = result.maker or maker_of(each.block)
            result.warcinfos += 1
        elif reason := left_out(each.headers):
            result.left_out[reason] += 1
        else:
            _look_at(each, result, moment)
        if isinstance(each, ForeignRecord):
            each.block.close()
    return result


def _look_at(record: ForeignRecord, result: Survey, now: datetime) -> None:
    try:
        result.entries.append(entry_of(record, now))
    except HeaderError as error:
        result.faults.append(str(Fault(record.number, str(error), record.headers.target)))


def entry_of(record: ForeignRecord, now: datetime) -> Entry:
    """What has to be known of a record.

    :raises HeaderError: if it lacks what every record must have, or states what cannot be.
    """
    headers = record.headers
    check_target(headers.target)
    if not headers.record_id:
        raise HeaderError("it has no WARC-Record-ID")
    answer = headers.kind in ANSWERS
    message = Message.of(record.block) if answer else None
    return Entry(
        number=record.number,
        kind=headers.kind,
        record_id=headers.record_id,
        url=target_uri(headers.target),
        date=warc_date(moment_of(headers.first("warc-date"), now)),
        status=message.head.status if message else 0,
        digest=digest_by_our_rule(message) if message and headers.kind == "response" else "",
        stated=canonical_digest(headers.first("warc-payload-digest")),
        links=_links(headers),
        refers_to=_original(headers, now) if headers.kind == "revisit" else ("", "", ""),
        profile=headers.first("warc-profile").rpartition("/")[2],
        truncated=bool(headers.first("warc-truncated")),
    )


def digest_by_our_rule(message: Message) -> str:
    """Payload digest of a response; empty where it is in doubt what the payload is."""
    return payload_digest(message) if message.head.status and message.digestible else ""


def _links(headers: Headers) -> tuple[str, ...]:
    named = headers.every("warc-concurrent-to")
    if headers.kind == "metadata":
        named += headers.every("warc-refers-to")
    return tuple(bracketed(each) for each in named)


def _original(headers: Headers, now: datetime) -> tuple[str, str, str]:
    date = headers.first("warc-refers-to-date")
    url = target_uri(bare(headers.first("warc-refers-to-target-uri")))
    return bracketed(headers.first("warc-refers-to")), url, warc_date(moment_of(date, now)) if date else ""


def maker_of(block: Tape) -> Pairs:
    """The fields of a warcinfo record, as far as they are texts of one line."""
    lines = block.read(0, MOST_INFO).decode("utf-8", "replace").splitlines()
    pairs = (line.partition(":") for line in lines if ":" in line)
    fields = ((one_line(name.strip()), one_line(value.strip())[:LONGEST_INFO]) for name, _colon, value in pairs)
    return tuple((name, value) for name, value in fields if name and value and " " not in name)[:MOST_INFO_FIELDS]
