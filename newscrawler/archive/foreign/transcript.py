"""A foreign record as one of ours: its block byte for byte, its own id, date and address; what we state of it is
checked and in the form of the rest of the archive, and what its maker stated otherwise stands beside it."""

from __future__ import annotations

from datetime import datetime
from ipaddress import ip_address

from newscrawler.archive.exchanges import PROFILES
from newscrawler.archive.foreign.headers import Headers, bracketed, canonical_digest, moment_of
from newscrawler.archive.foreign.plan import Original
from newscrawler.archive.foreign.records import ForeignRecord
from newscrawler.archive.foreign.survey import digest_by_our_rule
from newscrawler.archive.message import Message
from newscrawler.archive.records import Pairs, Record, warc_date
from newscrawler.items import Truncated

SOURCE = "Source-"
"""Before the name of a header whose value the maker stated otherwise than we do: `Source-Payload-Digest`, …"""
MOST_KEPT = 1 << 16
"""Characters of the headers that are kept as they are."""

_OURS = {
    "warc-type",
    "warc-record-id",
    "warc-date",
    "warc-target-uri",
    "warc-warcinfo-id",
    "warc-ip-address",
    "warc-block-digest",
    "warc-payload-digest",
    "warc-truncated",
    "warc-filename",
    "content-type",
    "content-length",
}
_OF_REVISITS = {"warc-profile", "warc-refers-to", "warc-refers-to-target-uri", "warc-refers-to-date"}
_IDS = {"warc-concurrent-to", "warc-refers-to"}
_REASONS: tuple[Truncated, ...] = ("length", "time", "disconnect", "unspecified")
_TYPES = {
    "request": "application/http; msgtype=request",
    "response": "application/http; msgtype=response",
    "revisit": "application/http; msgtype=response",
}


def transcript(record: ForeignRecord, original: Original | None, warcinfo_id: str, now: datetime) -> Record:
    """The record as it is written.

    :param original: of a revisit.
    :param warcinfo_id: id of the warcinfo record of the file that it is written to.
    """
    headers = record.headers
    at = moment_of(headers.first("warc-date"), now)
    named = (*_address(headers), *_kept(headers), *_date(headers, at), *_cut(headers))
    more = (("WARC-Warcinfo-ID", warcinfo_id), *named)
    more += _revisit(headers, original) if original else _payload(record)
    more += _stated(headers, "block", "")
    kind = headers.first("content-type") or _type(record)
    return Record(headers.kind, headers.record_id, at, headers.target, more, kind, record.block)


def _type(record: ForeignRecord) -> str:
    status = Message.of(record.block).head.status
    plain = record.headers.kind == "response" and not status
    return "application/octet-stream" if plain else _TYPES.get(record.headers.kind, "application/octet-stream")


def _kept(headers: Headers) -> Pairs:
    """All headers that we do not state ourselves, while they are not too many."""
    left, kept = MOST_KEPT, []
    for name, value in headers.fields:
        lower = name.lower()
        if lower in _OURS or (headers.kind == "revisit" and lower in _OF_REVISITS):
            continue
        left -= len(name) + len(value)
        if left >= 0:
            kept.append((name, bracketed(value) if lower in _IDS else value))
    return tuple(kept)


def _address(headers: Headers) -> Pairs:
    """warcprox names the host here when it goes through another proxy."""
    stated = headers.first("warc-ip-address")
    try:
        ip_address(stated)
    except ValueError:
        return ((SOURCE + "IP-Address", stated),) if stated else ()
    return (("WARC-IP-Address", stated),)


def _date(headers: Headers, at: datetime) -> Pairs:
    """The date as it was stated, where ours does not begin with it."""
    stated = headers.first("warc-date")
    exact = warc_date(at).startswith(stated.removesuffix("Z")) and len(stated) >= len("2018-05-16T07:30:00Z")
    return () if exact else ((SOURCE + "Date", stated),)


def _cut(headers: Headers) -> Pairs:
    """Only the reasons that the standard knows."""
    stated = headers.first("warc-truncated").lower()
    reason = stated if stated in _REASONS else "unspecified"
    return (("WARC-Truncated", reason),) if stated else ()


def _payload(record: ForeignRecord) -> Pairs:
    ours = digest_by_our_rule(Message.of(record.block)) if record.headers.kind == "response" else ""
    return ((("WARC-Payload-Digest", ours),) if ours else ()) + _stated(record.headers, "payload", ours)


def _revisit(headers: Headers, original: Original) -> Pairs:
    """Named in all ways that readers look for it: by id, and by address and date (facts: archiving §5)."""
    profile = headers.first("warc-profile").rpartition("/")[2] or "identical-payload-digest"
    digest = (("WARC-Payload-Digest", original.digest),) if original.digest else ()
    return (
        *digest,
        *_stated(headers, "payload", original.digest),
        ("WARC-Profile", PROFILES + profile),
        ("WARC-Refers-To", original.record_id),
        ("WARC-Refers-To-Target-URI", original.url),
        ("WARC-Refers-To-Date", original.date),
    )


def _stated(headers: Headers, what: str, ours: str) -> Pairs:
    """A digest that the maker stated and we do not; a block digest in SHA-1 was found to be the one we state."""
    stated = headers.first(f"warc-{what}-digest")
    canonical = canonical_digest(stated)
    same = canonical == ours if what == "payload" else canonical.startswith("sha1:")
    return () if same or not stated else ((f"{SOURCE}{what.capitalize()}-Digest", stated),)
