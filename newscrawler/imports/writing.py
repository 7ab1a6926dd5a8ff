"""The records of one source in WARC files of our own: all of them, or none."""

from __future__ import annotations

import os
import platform
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from newscrawler import __version__
from newscrawler.archive.foreign.plan import Original, Plan
from newscrawler.archive.foreign.records import ForeignRecord
from newscrawler.archive.foreign.sources import Source, foreign_records
from newscrawler.archive.foreign.survey import Survey
from newscrawler.archive.foreign.transcript import transcript
from newscrawler.archive.records import Record
from newscrawler.archive.writer import WarcWriter
from newscrawler.errors import ForeignFileError
from newscrawler.imports.known import PREFIX

_RECORDS_AT_ONCE = 64
_BYTES_AT_ONCE = 1 << 24
_Wanted = tuple[ForeignRecord, Original | None]


@contextmanager
def all_or_none(folder: Path, info: dict[str, str]) -> Iterator[tuple[WarcWriter, list[Path]]]:
    """A writer, and the files that it has closed; they and the open one are removed if the block fails.

    :param folder: where the WARC files lie.
    """
    closed: list[Path] = []
    writer = WarcWriter(folder, PREFIX, info, on_close=closed.append)
    try:
        yield writer, closed
        writer.close()
    except BaseException:
        writer.discard()
        for path in closed:
            with suppress(OSError):
                os.unlink(path)
        raise


def write(writer: WarcWriter, source: Source, decided: Plan, progress: Callable[[int], object]) -> None:
    """Write the records that were decided on.

    :raises ForeignFileError: if the source cannot be read any more.
    :raises DiskError: if the disk does not take them.
    """
    for batch in _batches(_wanted(source, decided, progress)):
        writer.append(lambda warcinfo_id, batch=batch: _transcripts(batch, warcinfo_id))  # type: ignore[misc]
        for record, _original in batch:
            record.block.close()


def _transcripts(batch: list[_Wanted], warcinfo_id: str) -> list[Record]:
    now = datetime.now(UTC)
    return [transcript(record, original, warcinfo_id, now) for record, original in batch]


def _wanted(source: Source, decided: Plan, progress: Callable[[int], object]) -> Iterator[_Wanted]:
    for each in foreign_records(source, progress):
        if isinstance(each, ForeignRecord) and each.number in decided.take:
            yield each, decided.take[each.number]


def _batches(found: Iterable[_Wanted]) -> Iterator[list[_Wanted]]:
    """What is put on disk together."""
    batch: list[_Wanted] = []
    size = 0
    for each in found:
        batch.append(each)
        size += len(each[0].block)
        if len(batch) >= _RECORDS_AT_ONCE or size >= _BYTES_AT_ONCE:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def info_of(source: Source, seen: Survey, run: dict[str, str]) -> dict[str, str]:
    """What the first record of a file says: who took over what from whom.

    :param run: fields of the run that imports.
    """
    return {
        "software": f"newscrawler/{__version__} Python/{platform.python_version()}",
        "format": "WARC File Format 1.1",
        "conformsTo": "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
        "description": "records that others made, taken over block for block; fields source-… tell of the file",
        **run,
        "source-file": source.name,
        **({"source-member": source.member_name} if source.member_name else {}),
        "source-size": str(source.size),
        "source-sha256": source.sha256,
        "source-warcinfo-records": str(seen.warcinfos),
        **{f"source-warcinfo-{name}": value for name, value in seen.maker},
    }


def stamp(path: Path) -> tuple[int, int]:
    """Size and time of change, by which a file that is written to while it is read shows.

    :raises ForeignFileError: if it is gone.
    """
    try:
        stat = path.stat()
    except OSError as error:
        raise ForeignFileError(f"cannot be read: {error.strerror or error}") from error
    return stat.st_size, stat.st_mtime_ns
