"""`manifest.jsonl`: one line per closed file, each naming the line before it, so that a change anywhere shows."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal

from newscrawler.archive.durable import sync_folder
from newscrawler.archive.records import warc_date
from newscrawler.errors import DiskError

MANIFEST = "manifest.jsonl"
NO_LINE = "0" * 64
"""What the first line names as the one before it."""

How = Literal["closed", "repaired", "imported", "found"]
"""Closed by its writer; closed after a crash; brought from elsewhere; met without a line."""
Kind = Literal["missing", "cut", "grown", "altered", "unlisted", "chain", "unreadable", "torn"]

_PIECE = 1 << 20
_FILE = re.compile(rb"warc/[^/\0]+")
_LINE = 1 << 12
"""Bytes that hold the last line, unless somebody else wrote it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the manifest; the fields are the keys of its JSON object."""

    file: str
    """Relative to the data folder, with slashes: `warc/…`."""
    size: int
    sha256: str
    """Of the whole file, in hex."""
    closed_at: str
    """When the line was written, the file being closed: UTC with microseconds."""
    how: How
    previous: str
    """SHA-256 of the preceding line without its line break, in hex; zeros for the first line."""
    records: int | None = None
    """How many records the file holds, where that was known."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One disagreement between the manifest and what is on disk, or within the manifest."""

    kind: Kind
    message: str
    """One sentence."""
    file: str | None = None
    line: int | None = None
    """Counted from 1."""


class Manifest:
    """The manifest of an archive; whoever adds to it holds the archive's lock.

    :param folder: the data folder.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / MANIFEST

    def add(self, path: Path, how: How, records: int | None = None) -> Entry:
        """Append the line of a closed file, on disk when this returns; a file whose line is there gets no second one.

        :param path: the closed file, within the data folder.
        :raises DiskError: if the file cannot be read or the line not be written.
        """
        try:
            size, digest = len_and_digest(path)
            file = self._relative(path)
            known = (entry for entry in self.entries() if (entry.file, entry.sha256) == (file, digest))
            return next(known, None) or self._append(file, size, digest, how, records)
        except OSError as error:
            raise DiskError(f"cannot write {path} into {self.path}: {error.strerror or error}") from error

    def add_missing(self) -> list[Path]:
        """Give their lines to closed files that have none, as after a crash between closing and adding.

        :returns: those files.
        :raises DiskError: as `add`.
        """
        unlisted = self.unlisted()
        for path in unlisted:
            try:
                self._append(self._relative(path), *len_and_digest(path), "found")
            except OSError as error:
                raise DiskError(f"cannot write {path} into {self.path}: {error.strerror or error}") from error
        return unlisted

    def unlisted(self) -> list[Path]:
        """Closed files that have no line, in the order of their names."""
        known = {entry.file for entry in self.entries()}
        return [path for path in closed_files(self.folder) if self._relative(path) not in known]

    def entries(self) -> list[Entry]:
        """All lines that can be read, in order; `check` tells of the others."""
        return [entry for line in self._lines() if (entry := _entry(line)) is not None]

    def head(self) -> str:
        """SHA-256 of the last line, as the next one will name it, in hex; zeros if there is none."""
        return self._end()[0]

    def digests(self) -> Iterator[str]:
        """SHA-256 of each line: a `head` that a warcinfo record names and that is not among them tells of lines that
        were taken away."""
        return (sha256(line).hexdigest() for line in self._lines())

    def check(self, progress: Callable[[int], object] = lambda size: None) -> list[Fault]:
        """Compare each line with the line before it and with its file; read all files.

        :param progress: told of so many more bytes that have been read.
        """
        return [*self._chain_faults(), *self._file_faults(progress), *self._unlisted_faults()]

    def _chain_faults(self) -> Iterator[Fault]:
        previous = NO_LINE
        for number, line in enumerate(self._lines(), 1):
            entry = _entry(line)
            if entry is None:
                yield Fault("unreadable", f"{self.path} line {number} is no line of a manifest", line=number)
            elif entry.previous != previous:
                words = f"{self.path} line {number} does not follow on the line before it: one was changed or removed"
                yield Fault("chain", words, line=number)
            previous = sha256(line).hexdigest()
        if self._end()[1]:
            words = f"{self.path} ends within a line; the next crawl mends it"
            yield Fault("torn", words, line=sum(1 for _ in self._lines()) + 1)

    def _file_faults(self, progress: Callable[[int], object]) -> Iterator[Fault]:
        for number, line in enumerate(self._lines(), 1):
            if (entry := _entry(line)) and (found := _difference(entry, self.folder / entry.file, progress)):
                kind, words = found
                yield Fault(kind, f"{self.folder / entry.file} {words}", entry.file, number)

    def _unlisted_faults(self) -> Iterator[Fault]:
        for path in self.unlisted():
            yield Fault("unlisted", f"{path} has no line in {self.path}", self._relative(path))

    def _relative(self, path: Path) -> str:
        return path.relative_to(self.folder).as_posix()

    def _lines(self) -> Iterator[bytes]:
        """The whole lines, without their line breaks."""
        if self.path.exists():
            with self.path.open("rb") as stream:
                yield from (line[:-1] for line in stream if line.endswith(b"\n"))

    def _end(self) -> tuple[str, int]:
        """SHA-256 of the last whole line, and how many bytes of a torn one follow it; read from the end."""
        if not self.path.exists():
            return NO_LINE, 0
        with self.path.open("rb") as stream:
            size = stream.seek(0, os.SEEK_END)
            window = _LINE
            while True:
                stream.seek(max(0, size - window))
                lines = stream.read().split(b"\n")
                if window >= size or len(lines) > 2:
                    break
                window *= 2
        return (sha256(lines[-2]).hexdigest() if len(lines) > 1 else NO_LINE), len(lines[-1])

    def _append(self, file: str, size: int, digest: str, how: How, records: int | None = None) -> Entry:
        """Add a line on disk; nothing may follow a torn one, so that is cut off first."""
        head, torn = self._end()
        entry = Entry(file, size, digest, warc_date(datetime.now(UTC)), how, head, records)
        with self.path.open("ab") as stream:
            if torn:
                stream.truncate(stream.tell() - torn)
            stream.write(json.dumps(asdict(entry)).encode() + b"\n")
            stream.flush()
            os.fsync(stream.fileno())
        sync_folder(self.folder)
        return entry


def closed_files(folder: Path) -> list[Path]:
    """The closed WARC files of an archive, in the order of their names.

    :param folder: the data folder.
    """
    return sorted(path for path in (folder / "warc").glob("*.warc.gz") if path.is_file())


def len_and_digest(path: Path, progress: Callable[[int], object] = lambda size: None) -> tuple[int, str]:
    """Size of a file and its SHA-256 in hex; the file is read piece by piece."""
    total, size = sha256(), 0
    with path.open("rb") as stream:
        while piece := stream.read(_PIECE):
            total.update(piece)
            size += len(piece)
            progress(len(piece))
    return size, total.hexdigest()


def _difference(entry: Entry, path: Path, progress: Callable[[int], object]) -> tuple[Kind, str] | None:
    """What has become of a file since its line was written, as kind and end of a sentence."""
    try:
        size, digest = len_and_digest(path, progress)
    except FileNotFoundError:
        return "missing", "is missing; restore it from a copy"
    except OSError as error:
        return "unreadable", f"cannot be read: {error.strerror or error}"
    if size < entry.size:
        return "cut", f"was cut from {entry.size} to {size} bytes; restore it from a copy"
    if size > entry.size:
        return "grown", f"has grown from {entry.size} to {size} bytes since it was closed; restore it from a copy"
    return None if digest == entry.sha256 else ("altered", "was altered since it was closed; restore it from a copy")


def _entry(line: bytes) -> Entry | None:
    try:
        fields: Any = json.loads(line)
        entry = Entry(**fields)
        is_one = bool(_FILE.fullmatch(os.fsencode(entry.file))) and isinstance(entry.size, int)
    except (ValueError, TypeError, RecursionError):
        return None
    return entry if is_one and isinstance(entry.sha256, str) and isinstance(entry.previous, str) else None
