"""A record read again and held against what was written down of it, for a visitor who wants to see that it is so."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path
from typing import Literal

from newscrawler.archive.captures import capture_of
from newscrawler.archive.fixity import payload_agrees
from newscrawler.archive.manifest import Entry, Manifest, len_and_digest
from newscrawler.archive.message import payload_digest
from newscrawler.archive.reader import OPEN_SUFFIX, StoredRecord, locate
from newscrawler.errors import ArchiveError
from newscrawler.items import Capture
from newscrawler.store import Database
from newscrawler.web.captures.archived import original_of, record_of

_MOST_HASHED = 64_000_000
"""Bytes of a file that are read while a visitor waits: a fifth of a second."""
_ROW = tuple(field.name for field in fields(Capture) if field.name != "id")
Outcome = Literal["good", "bad", "unknown"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Check:
    """One thing that was looked at."""

    name: str
    """Of its words: `proof.<name>`, and `proof.<name>_<outcome>` for what came of it."""
    outcome: Outcome
    detail: str = ""
    """Figures, or the sentence of an error."""


def prove(db: Database, folder: Path, capture: Capture) -> list[Check]:
    """Read the record of a capture again: is it whole, is it what its digests say, what the row says, and is its file
    what the manifest says?

    :param folder: the data folder.
    :returns: what was checked, in order; nothing is raised over damage.
    """
    try:
        record = record_of(folder, capture)
    except (ArchiveError, OSError) as error:
        return [Check(name="record", outcome="bad", detail=_plain(folder, error)), *_file(folder, capture)]
    whole = Check(name="record", outcome="good", detail=f"{record.length} B")
    return [
        whole,
        _block(record),
        _payload(db, folder, capture, record),
        _row(capture, record),
        *_file(folder, capture),
    ]


def _block(record: StoredRecord) -> Check:
    """The reader has compared it already; a record without this digest is not vouched for by it."""
    digest = record.headers.get("WARC-Block-Digest", "")
    return Check(name="block", outcome="good" if digest else "unknown", detail=digest)


def _payload(db: Database, folder: Path, capture: Capture, record: StoredRecord) -> Check:
    """Of a revisit the payload lies in the record that it refers to."""
    if capture.record_type == "response":
        if not payload_agrees(record, strictly=False):
            return Check(name="payload", outcome="bad", detail=capture.digest)
        stated = bool(record.headers.get("WARC-Payload-Digest"))
        return Check(name="payload", outcome="good" if stated else "unknown", detail=capture.digest)
    holder = original_of(db, capture)
    if holder is None:
        return Check(name="original", outcome="bad", detail=capture.digest)
    try:
        digest = payload_digest(record_of(folder, holder).message)
    except (ArchiveError, OSError) as error:
        return Check(name="original", outcome="bad", detail=_plain(folder, error))
    return Check(name="original", outcome="good" if digest == capture.digest else "bad", detail=digest)


def _row(capture: Capture, record: StoredRecord) -> Check:
    again = capture_of(record, capture.filename)
    differing = [name for name in _ROW if again is None or getattr(again, name) != getattr(capture, name)]
    return Check(name="row", outcome="bad" if differing else "good", detail=", ".join(differing))


def _file(folder: Path, capture: Capture) -> list[Check]:
    try:
        path = locate(folder / "warc", capture.filename)
        if path.name.endswith(OPEN_SUFFIX):
            return [Check(name="file_open", outcome="unknown", detail=capture.filename)]
        entry, size = _entry(folder, capture.filename), path.stat().st_size
        if entry is None:
            return [Check(name="listed", outcome="bad", detail=capture.filename)]
        if size != entry.size:
            return [Check(name="file", outcome="bad", detail=f"{size} ≠ {entry.size} B")]
        if size > _MOST_HASHED:
            return [Check(name="file_long", outcome="unknown", detail=f"{size} B")]
        digest = len_and_digest(path)[1]
        return [Check(name="file", outcome="good" if digest == entry.sha256 else "bad", detail=f"sha256:{digest}")]
    except (ArchiveError, OSError) as error:
        return [Check(name="file", outcome="bad", detail=_plain(folder, error))]


def _entry(folder: Path, filename: str) -> Entry | None:
    """The last line that the manifest has of a file."""
    lines = (entry for entry in Manifest(folder).entries() if entry.file == f"warc/{filename}")
    return max(lines, key=lambda entry: entry.closed_at, default=None)


def _plain(folder: Path, error: Exception) -> str:
    return str(error).replace(f"{folder}/", "")
