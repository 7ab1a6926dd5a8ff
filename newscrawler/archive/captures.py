"""From a record to the row that says where it lies: the one place that makes captures, live and from an archive."""

from __future__ import annotations

from newscrawler.archive.digest import digest_of
from newscrawler.archive.message import payload_digest
from newscrawler.archive.reader import StoredRecord
from newscrawler.items import Capture
from newscrawler.urls import urlkey


def capture_of(record: StoredRecord, filename: str) -> Capture | None:
    """The capture that a response or revisit record gives; None for records of other kinds.

    :param filename: name of the closed file, without its folder.
    """
    if record.kind not in ("response", "revisit"):
        return None
    head, url = record.message.head, record.url or ""
    return Capture(
        url=url,
        urlkey=urlkey(url),
        timestamp=record.date,
        status=head.status,
        mime=head.mime,
        digest=record.headers.get("WARC-Payload-Digest") or _digest(record),
        filename=filename,
        offset=record.offset,
        length=record.length,
        record_id=record.record_id,
        record_type="revisit" if record.kind == "revisit" else "response",
        truncated=record.headers.get("WARC-Truncated"),
        refers_to=record.headers.get("WARC-Refers-To"),
    )


def _digest(record: StoredRecord) -> str:
    """Where the record states none: of the entity, or of the whole block if it is no HTTP; what a revisit brought is
    not in it."""
    if record.kind == "revisit":
        return ""
    return payload_digest(record.message) if record.message.head.status else digest_of(record.block.pieces())
