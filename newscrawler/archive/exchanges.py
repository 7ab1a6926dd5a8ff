"""Which records an exchange gives, and what stands in their headers (WARC 1.1 §5 and §6)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime

from newscrawler.archive.message import Message, payload_digest
from newscrawler.archive.records import Pairs, Record, fields_block, new_record_ids
from newscrawler.items import Capture, Exchange
from newscrawler.tape import Tape

PROFILES = "http://netpreserve.org/warc/1.1/revisit/"
"""Where the revisit profiles of WARC 1.1 §6.7 are named."""

CERTIFICATE = "WARC-Certificate-Digest"
"""Ours, for the standard has none: `sha256:` and the hex digest of the server's certificate in DER."""
CERTIFICATE_FAULT = "WARC-Certificate-Fault"
"""Ours: what is wrong with that certificate, in one word, where it was accepted all the same."""

_REQUEST = "application/http; msgtype=request"
_RESPONSE = "application/http; msgtype=response"
_NO_HTTP = "application/octet-stream"
_FIELDS = "application/warc-fields"
_TLS = {"TLSv1.3": "tls/1.3", "TLSv1.2": "tls/1.2", "TLSv1.1": "tls/1.1", "TLSv1": "tls/1.0", "SSLv3": "ssl/3"}
_CIPHER = re.compile(r"((?:ECDHE|DHE)-(?:RSA|ECDSA))-(AES(?:128|256)-GCM|CHACHA20-POLY1305)(?:-(SHA\d+))?")


def warcinfo_record(filename: str, fields: Mapping[str, str], at: datetime) -> Record:
    """The first record of a file: who wrote it, with what, under which policy."""
    (record_id,) = new_record_ids(1)
    return Record("warcinfo", record_id, at, None, (("WARC-Filename", filename),), _FIELDS, fields_block(fields))


def records_of(exchange: Exchange, warcinfo_id: str, original: Capture | None = None) -> list[Record]:
    """What is written of an exchange: first what came back, then the request, then what stood before the answer.

    What came back is a response record; a revisit record, if `original` holds the same payload or the answer is a 304
    to it; a metadata record with the reason, if nothing came. Where nothing was sent, there is no request record. The
    1xx heads are kept in a metadata record, for replay tools take the first head of a response for the answer (facts:
    archiving §4).
    """
    answer_id, request_id, interim_id = new_record_ids(3)
    common = (("WARC-Warcinfo-ID", warcinfo_id), *_connection(exchange))
    to_answer = (*common, ("WARC-Concurrent-To", answer_id))
    others = []
    if len(exchange.request):
        others.append(_record(exchange, "request", request_id, to_answer, _REQUEST, exchange.request))
    if exchange.interim:
        # Under any other content type pywb and cdxj-indexer take the record for another capture of the address.
        others.append(_record(exchange, "metadata", interim_id, to_answer, _FIELDS, Tape(exchange.interim)))
    to_others = tuple(("WARC-Concurrent-To", other.record_id) for other in others)
    return [_answer(exchange, answer_id, (*common, *to_others), original), *others]


def _record(exchange: Exchange, kind: str, record_id: str, more: Pairs, content_type: str, block: Tape) -> Record:
    return Record(kind, record_id, exchange.started_at, exchange.url, more, content_type, block)


def _answer(exchange: Exchange, record_id: str, common: Pairs, original: Capture | None) -> Record:
    if not len(exchange.response):
        block = fields_block({"outcome": "no response", "reason": exchange.failure or "unknown"})
        return _record(exchange, "metadata", record_id, common, _FIELDS, block)
    message = Message.of(exchange.response)
    # A revisit holds the head alone: of what has other bytes than head and payload, some would be lost.
    if original is not None and not exchange.truncated and message.head.status and message.digestible:
        more, block = _revisit(message, original), Tape(message.raw_head)
        return _record(exchange, "revisit", record_id, (*common, *more), _RESPONSE, block)
    more, content_type = _response(exchange, message)
    return _record(exchange, "response", record_id, (*common, *more), content_type, exchange.response)


def _response(exchange: Exchange, message: Message) -> tuple[Pairs, str]:
    """What is no HTTP/1 (garbage, HTTP/0.9, a status line that is cut) is not called so: readers would look for a head
    and a payload in it, and find others than we do. It has a block digest alone."""
    more: Pairs = (("WARC-Truncated", exchange.truncated),) if exchange.truncated else ()
    if not message.head.status:
        return more, _NO_HTTP
    if message.digestible:
        more += (("WARC-Payload-Digest", payload_digest(message)),)
    return more, _RESPONSE


def _revisit(message: Message, original: Capture) -> Pairs:
    profile = "server-not-modified" if message.head.status == 304 else "identical-payload-digest"
    return (
        ("WARC-Payload-Digest", original.digest),
        ("WARC-Profile", PROFILES + profile),
        ("WARC-Refers-To", original.record_id),
        ("WARC-Refers-To-Target-URI", original.url),
        ("WARC-Refers-To-Date", original.timestamp),
    )


def _connection(exchange: Exchange) -> Pairs:
    """Over what the exchange went: WARC-Protocol, once for each layer (iipc/warc-specifications #42), and
    WARC-Cipher-Suite (#86)."""
    address = (("WARC-IP-Address", exchange.ip_address),) if exchange.ip_address else ()
    named = (*address, ("WARC-Protocol", exchange.protocol))
    if exchange.tls is None:
        return named
    tls = exchange.tls
    return (
        *named,
        ("WARC-Protocol", _TLS.get(tls.version, tls.version)),
        ("WARC-Cipher-Suite", _cipher_suite(tls.cipher)),
        (CERTIFICATE, tls.certificate),
        *(((CERTIFICATE_FAULT, tls.fault),) if tls.fault else ()),
    )


def _cipher_suite(name: str) -> str:
    """The registered name of a cipher suite that OpenSSL calls otherwise; names of TLS 1.3 are the same.

    >>> _cipher_suite("ECDHE-RSA-AES128-GCM-SHA256")
    'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256'
    """
    match = _CIPHER.fullmatch(name)
    if match is None:
        return name
    cipher = match[2].replace("AES", "AES_").replace("-", "_")
    return f"TLS_{match[1].replace('-', '_')}_WITH_{cipher}_{match[3] or 'SHA256'}"
