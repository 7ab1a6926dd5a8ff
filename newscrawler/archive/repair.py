"""After a crash: files that were being written are cut back to their last whole record, and closed."""

from __future__ import annotations

import logging
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path

from newscrawler.archive.durable import replacing, sync_folder
from newscrawler.archive.reader import OPEN_SUFFIX, StoredRecord
from newscrawler.archive.salvage import salvage
from newscrawler.errors import DamagedRecordError, DiskError

logger = logging.getLogger(__name__)

_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class Repair:
    """What became of one file that a crash had left open."""

    path: Path | None
    """The closed file; None where no record was whole, or a closed file already held all of them."""
    kept: int
    """Bytes up to the end of the last whole record."""
    cut: int
    """Bytes behind it."""
    side_file: Path | None
    """Where those bytes are kept; None where there were none."""


def repair(folder: Path) -> list[Repair]:
    """Close every `.open` file of an archive; a second time, or after a crash in between, it comes to the same.

    Nothing is thrown away: what lies behind the last whole record is on disk in a side file, `<name>.torn-<offset>`,
    before it is cut off. Damage between whole records stays where it is, since rows point behind it.

    :param folder: the data folder; the caller holds its lock.
    :raises DiskError: if a file cannot be read, written or renamed; what has been done till then stands.
    """
    return [_repaired(path) for path in sorted((folder / "warc").glob(f"*{OPEN_SUFFIX}")) if path.is_file()]


def _repaired(opened: Path) -> Repair:
    try:
        kept = _end_of_records(opened)
        cut = opened.stat().st_size - kept
        side_file = _set_aside(opened, kept) if cut else None
        done = Repair(_close(opened, kept), kept, cut, side_file)
    except (OSError, DamagedRecordError) as error:
        reason = error.strerror or error if isinstance(error, OSError) else error
        raise DiskError(f"cannot repair {opened}: {reason}; see to the disk, then run the command again") from error
    _tell(opened, done)
    return done


def _tell(opened: Path, done: Repair) -> None:
    what = f"{done.cut} bytes behind them are kept in {done.side_file}" if done.side_file else "nothing was torn"
    logger.warning("%s was left open by a crash: %d bytes of whole records; %s", opened, done.kept, what)


def _end_of_records(opened: Path) -> int:
    """Where the last whole record ends; 0 if there is none."""
    found = (part for part in salvage(opened) if isinstance(part, StoredRecord))
    return max((record.offset + record.length for record in found), default=0)


def _set_aside(opened: Path, start: int) -> Path:
    """Copy the end of a file into one of its own, unless a repair that was interrupted has done so."""
    size = opened.stat().st_size - start
    side_file = next(
        path
        for path in _names(opened, f".torn-{start}")
        if not path.exists() or (path.stat().st_size == size and _begins_with(path, opened, start, size))
    )
    if not side_file.exists():
        with opened.open("rb") as source, replacing(side_file) as copy:
            source.seek(start)
            shutil.copyfileobj(source, copy, _PIECE)
    return side_file


def _names(opened: Path, suffix: str = "") -> Iterator[Path]:
    """Names for what comes of an open file, the right one first; the others are for when that is taken, as when an old
    copy of the archive was laid over a newer."""
    stem = opened.name.removesuffix(OPEN_SUFFIX).removesuffix(".warc.gz")
    yield opened.with_name(f"{stem}.warc.gz{suffix}")
    for number in count(2):
        yield opened.with_name(f"{stem}-{number}.warc.gz{suffix}")


def _close(opened: Path, size: int) -> Path | None:
    """Cut a file, put it on disk and give it the name of a closed one."""
    final = _final_name(opened, size) if size else None
    if final is None:
        os.unlink(opened)
    else:
        _cut(opened, size)
        os.rename(opened, final)
    sync_folder(opened.parent)
    return final


def _cut(path: Path, size: int) -> None:
    descriptor = os.open(path, os.O_RDWR)
    try:
        if os.fstat(descriptor).st_size > size:
            os.ftruncate(descriptor, size)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _final_name(opened: Path, size: int) -> Path | None:
    """A name that no file bears; None if the file of that name holds the same records."""
    names = _names(opened)
    if (final := next(names)).exists() and _begins_with(final, opened, 0, size):
        return None
    return next(path for path in chain([final], names) if not path.exists())


def _begins_with(path: Path, other: Path, start: int, size: int) -> bool:
    """Whether a file begins with `size` bytes of another, taken from `start` on."""
    with path.open("rb") as one, other.open("rb") as two:
        two.seek(start)
        while size > 0:
            piece = one.read(min(_PIECE, size))
            if not piece or piece != two.read(len(piece)):
                return False
            size -= len(piece)
    return True
