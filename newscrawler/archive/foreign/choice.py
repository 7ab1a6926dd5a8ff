"""What of a foreign file is taken over: requests, answers and notes on web addresses; all else is counted."""

from __future__ import annotations

from newscrawler.archive.foreign.headers import Headers

KINDS = ("response", "request", "revisit", "metadata")
"""Kinds of records that are taken over; a warcinfo record is read for what it says of the maker."""
ANSWERS = ("response", "revisit")

_OTHER_KINDS = ("resource", "conversion", "continuation")
_SCHEMES = ("dns", "urn", "file", "javascript", "data", "about", "ftp", "whois", "screenshot", "blob", "metadata")


def left_out(headers: Headers) -> str:
    """Why a record is left out, as words under which it is counted; empty if it is taken."""
    kind = headers.kind
    if kind == "warcinfo":
        return ""
    if kind not in KINDS:
        return f"{kind} records" if kind in _OTHER_KINDS else "records of other kinds"
    if headers.first("warc-segment-number"):
        return "records in segments"
    scheme = headers.target.partition(":")[0].lower()
    if scheme in ("http", "https"):
        return ""
    return f"{scheme}: targets" if scheme in _SCHEMES else "targets of other kinds"
