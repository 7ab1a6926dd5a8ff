"""`index.cdxj`: where to find the captures of an address, one line each, as cdxj-indexer and pywb write them."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterable, Iterator
from heapq import merge
from pathlib import Path

from newscrawler.archive.captures import capture_of
from newscrawler.archive.durable import replacing
from newscrawler.archive.manifest import closed_files
from newscrawler.archive.salvage import Gap, salvage
from newscrawler.archive.sorting import once, sorted_lines
from newscrawler.errors import DiskError
from newscrawler.items import Capture

logger = logging.getLogger(__name__)

INDEX = "index.cdxj"
_EARLIEST = "00000101000000"


class _NotInOrderError(Exception):
    """Somebody else has written to the index."""


def cdxj_line(capture: Capture) -> str:
    """A line of the index, without its line break: `urlkey YYYYMMDDHHMMSS {json}`, ASCII throughout.

    Keys, their order and their values, all texts, are those of cdxj-indexer 1.5, but for the mime type, which is in
    lower case here. What a record does not tell is left out; of a date, it is the earliest that the rest allows.
    """
    digits = re.sub("[^0-9]", "", capture.timestamp)[:14]
    moment = digits + _EARLIEST[len(digits) :]
    fields = {
        "url": capture.url,
        "mime": _mime(capture),
        "status": str(capture.status) if capture.status else "",
        "digest": capture.digest,
        "length": str(capture.length),
        "offset": str(capture.offset),
        "filename": capture.filename,
    }
    told = {name: value for name, value in fields.items() if value}
    return f"{capture.urlkey} {moment} {json.dumps(told)}"


def _mime(capture: Capture) -> str:
    if capture.record_type == "revisit":
        return "warc/revisit"
    return "" if capture.mime == "unk" else capture.mime


def index_lines(path: Path) -> Iterator[str]:
    """The lines of one WARC file, told from the file alone, in the order of its records.

    What is damaged has no line; the log says where it lies.

    :raises DamagedRecordError: if the file itself cannot be read.
    """
    for part in salvage(path):
        if isinstance(part, Gap):
            logger.warning("%s; %d bytes are left out of the index", part.reason, part.length)
        elif capture := capture_of(part, path.name):
            yield cdxj_line(capture)


def update_index(folder: Path, paths: Iterable[Path]) -> None:
    """Merge the lines of some WARC files into the index, which is replaced at one go.

    An index that is not in order, since somebody else has written to it, is made anew.

    :param folder: the data folder; the caller holds its lock.
    :raises DiskError: if the disk does not take it; the index is then as it was.
    :raises DamagedRecordError: if a file cannot be read.
    """
    _merge(folder, (line for path in paths for line in index_lines(path)))


def index_captures(folder: Path, captures: Iterable[Capture]) -> None:
    """The same for captures that are known already; raises as `update_index`."""
    _merge(folder, map(cdxj_line, captures))


def _merge(folder: Path, lines: Iterable[str]) -> None:
    try:
        with (folder / INDEX).open("rb") as present:
            _write(folder, lines, _in_order(present))
    except (OSError, _NotInOrderError):
        write_index(folder)


def write_index(folder: Path) -> None:
    """Make the index anew from all closed WARC files.

    :raises DiskError: as `update_index`; and so DamagedRecordError.
    """
    _write(folder, (line for path in closed_files(folder) for line in index_lines(path)), ())


def _write(folder: Path, lines: Iterable[str], present: Iterable[bytes]) -> None:
    told = (line.encode() + b"\n" for line in lines)
    try:
        with replacing(folder / INDEX) as stream:
            stream.writelines(once(merge(present, sorted_lines(told, folder))))
    except OSError as error:
        raise DiskError(f"cannot write {folder / INDEX}: {error.strerror or error}") from error


def _in_order(lines: Iterable[bytes]) -> Iterator[bytes]:
    previous = b""
    for line in lines:
        if line < previous or not line.endswith(b"\n"):
            raise _NotInOrderError
        yield line
        previous = line
