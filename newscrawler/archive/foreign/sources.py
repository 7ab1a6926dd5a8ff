"""Files that others made (Browsertrix, wget, warcprox, Heritrix, Common Crawl, warcio, …): the WARC files in them.

Their names are shown and written down, never used as paths (facts: reliability, row 98).
"""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import IO, BinaryIO, cast

from newscrawler.archive.foreign.choice import left_out
from newscrawler.archive.foreign.records import Fault, ForeignRecord, ForeignRecords
from newscrawler.archive.foreign.stream import GROWN, ForeignStream
from newscrawler.archive.foreign.wacz import DAMAGE, MAGIC, Wacz, agrees_with, opened_wacz
from newscrawler.archive.records import one_line
from newscrawler.errors import DiskError, ForeignFileError

Progress = Callable[[int], object]
"""Told of so many more bytes that have been read."""

LONGEST_NAME = 200
_PIECE = 1 << 20
_FIRST = 1 << 10
_ARC = b"filedesc:"
_GZIP = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class Source:
    """One WARC file that others made, as it was when it was looked at."""

    path: Path
    member: int | None
    """Its place among the WARC files of a WACZ; None for a file of its own."""
    name: str
    """File name without folders, in which nothing steers a terminal."""
    member_name: str
    size: int
    """Bytes of the WARC file."""
    stored: int
    """Bytes that it takes where it lies."""
    sha256: str
    """Of the WARC file, in hex."""
    notes: tuple[str, ...] = ()
    """What could not be checked, a clause each."""
    faults: tuple[str, ...] = ()
    """What is wrong with the WACZ around it, a clause each."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A WARC file that is left as it is."""

    name: str
    reason: str
    """The end of a sentence."""


def sources(path: Path, progress: Progress = lambda size: None) -> Iterator[Source | Refused]:
    """The WARC files of a file, each read once for its digest; all in a WACZ that differ from their hash are refused.

    :raises ForeignFileError: if it is no WARC or WACZ, or cannot be read.
    """
    try:
        with path.open("rb") as file:
            start = file.read(len(MAGIC[0]))
        if not start:
            raise ForeignFileError("is empty")
        if start.startswith(MAGIC):
            yield from _of_wacz(path, progress)
        else:
            yield _of_warc(path, progress)
    except OSError as error:
        raise ForeignFileError(f"cannot be read: {error.strerror or error}") from error


def _of_warc(path: Path, progress: Progress) -> Source:
    size = path.stat().st_size
    with path.open("rb") as file:
        _check_form(ForeignStream(file, size, size))
        file.seek(0)
        digest = _digest(file, size, progress)
    return Source(path, None, shown(path.name), "", size, size, digest)


def _of_wacz(path: Path, progress: Progress) -> Iterator[Source | Refused]:
    with opened_wacz(path) as wacz:
        hashes, faults = wacz.hashes()
        for number in range(len(wacz.members)):
            found = _of_member(path, wacz, number, hashes, progress)
            yield replace(found, faults=faults) if isinstance(found, Source) else found


def _of_member(path: Path, wacz: Wacz, number: int, hashes: dict[str, str], progress: Progress) -> Source | Refused:
    info = wacz.members[number]
    name = shown(info.filename)
    try:
        with wacz.open(info) as file:
            _check_form(ForeignStream(cast("BinaryIO", file), info.file_size, info.compress_size))
        with wacz.open(info) as file:
            digest = _digest(file, info.file_size, progress)
    except ForeignFileError as error:
        return Refused(name, str(error))
    except DAMAGE:
        return Refused(name, "is damaged within the zip")
    if not agrees_with(hashes.get(info.filename, ""), digest):
        return Refused(name, "differs from its hash in datapackage.json")
    notes = () if info.filename in hashes else ("datapackage.json states no hash to compare it with",)
    return Source(path, number, shown(path.name), name, info.file_size, info.compress_size, digest, notes)


def _check_form(stream: ForeignStream) -> None:
    start = stream.peek(_FIRST).lstrip(b"\r\n")
    if start.startswith(b"WARC/"):
        return
    if start.startswith(_ARC):
        raise ForeignFileError("is an ARC file, the form before WARC; turn it into WARC first (`warcio recompress`)")
    if stream.packed and start.startswith(_GZIP):
        raise ForeignFileError("is compressed twice; unpack it once and import that")
    if stream.packed and not start:
        raise ForeignFileError("is damaged at its very beginning, or holds nothing")
    raise ForeignFileError("is neither WARC nor WACZ")


def _digest(file: IO[bytes], size: int, progress: Progress) -> str:
    total = sha256()
    while piece := file.read(_PIECE):
        size -= len(piece)
        if size < 0:
            raise ForeignFileError(GROWN)
        total.update(piece)
        progress(len(piece))
    return total.hexdigest()


def shown(name: str) -> str:
    """A name as it may be printed and written down: the part behind the last slash, in one line, not too long.

    >>> shown("../../etc/pass\\x1bwd.warc")
    'pass wd.warc'
    """
    return one_line(name.replace("\\", "/").rpartition("/")[2].encode("utf-8", "replace").decode())[:LONGEST_NAME]


def foreign_records(source: Source, progress: Progress = lambda size: None) -> Iterator[ForeignRecord | Fault]:
    """The records of a source, and what cannot be read; of what is not taken over the block is empty.

    :raises ForeignFileError: if it is a bomb, or cannot be read.
    :raises DiskError: if there is no room for a long block while it is looked at.
    """
    try:
        with _opened(source) as file:
            stream = ForeignStream(file, source.size, source.stored)
            told = 0
            for found in ForeignRecords(stream, lambda headers: not left_out(headers)):
                yield found
                progress(stream.consumed - told)
                told = stream.consumed
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DiskError("the disk for temporary files is full; free some space and import again") from error
        raise ForeignFileError(f"cannot be read: {error.strerror or error}") from error
    except DAMAGE as error:
        if source.member is None:
            raise
        raise ForeignFileError("is damaged within the zip") from error


@contextmanager
def _opened(source: Source) -> Iterator[BinaryIO]:
    if source.member is None:
        with source.path.open("rb") as file:
            yield file
        return
    with opened_wacz(source.path) as wacz, wacz.open(wacz.members[source.member]) as member:
        yield cast("BinaryIO", member)
