"""The WARC files of an export: all that are closed, as they are, or the records of a choice."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from itertools import chain
from pathlib import Path

from newscrawler.archive.captures import capture_of
from newscrawler.archive.cdxj import cdxj_line
from newscrawler.archive.manifest import Manifest
from newscrawler.archive.one_exchange import raw_bytes
from newscrawler.archive.reader import records
from newscrawler.archive.sorting import sorted_lines
from newscrawler.archive.wacz.excerpt import Excerpt
from newscrawler.archive.wacz.package import WaczWriter
from newscrawler.errors import DamagedRecordError
from newscrawler.items import Capture

EXCERPT = "selection"
"""Name of the WARC files that hold a choice, in front of their serial number."""

Advance = Callable[[int], object]
"""Told of so many more bytes that are done."""


def add_everything(package: WaczWriter, folder: Path, closed: Sequence[Path], advance: Advance) -> Iterator[bytes]:
    """Index WARC files, record by record, and copy them as they are; gives the lines of the index in order.

    :param folder: the data folder.
    :raises DamagedRecordError: if a record is not whole, or a file not as the manifest has it.
    """
    lines = sorted_lines(chain.from_iterable(_indexed(path, advance) for path in closed), folder)
    known = {entry.file: entry.sha256 for entry in Manifest(folder).entries()}
    for path in closed:
        copied = _copy(package, path, advance)
        if known.get(f"warc/{path.name}", copied) != copied:
            raise DamagedRecordError(f"{path} was altered since it was closed; restore it from a copy", path)
    return lines


def _indexed(path: Path, advance: Advance) -> Iterator[bytes]:
    for record in records(path):
        advance(record.length)
        if capture := capture_of(record, path.name):
            yield cdxj_line(capture).encode() + b"\n"


def _copy(package: WaczWriter, path: Path, advance: Advance) -> str:
    """Copy a file as it is; gives the SHA-256 of what was read, in hex."""
    size = path.stat().st_size
    with package.member(f"archive/{path.name}", size=size) as sink:
        for piece in raw_bytes(path, 0, size):
            sink.write(piece)
            advance(len(piece))
    return package.resources[-1].hash.removeprefix("sha256:")


def add_chosen(
    package: WaczWriter, folder: Path, captures: Sequence[Capture], software: str, advance: Advance
) -> Iterator[bytes]:
    """Copy the records of captures into new WARC files; gives the lines of their index in order.

    :param captures: in the order of filename and offset.
    :raises DamagedRecordError: if a record is not where it should be, or not whole.
    """
    if not captures:
        return iter(())
    latest = datetime.fromisoformat(max(capture.timestamp for capture in captures))
    info = {
        "software": software,
        "format": "WARC File Format 1.1",
        "conformsTo": "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
        "description": f"{len(captures)} captures copied unchanged out of a larger archive, each stretch behind the "
        "warcinfo record of the file that it comes from",
    }
    excerpt = Excerpt(folder / "warc", lambda name, size: package.member(f"archive/{name}", size=size), EXCERPT)
    return sorted_lines(excerpt.copy(_told(captures, advance), info, latest), folder)


def _told(captures: Iterable[Capture], advance: Advance) -> Iterator[Capture]:
    for capture in captures:
        yield capture
        advance(capture.length)
