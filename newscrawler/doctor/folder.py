"""The archive's folder: whether it can be written, who holds it, what lies about in it, how much room there is."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from newscrawler.archive.lock import FILE, is_held
from newscrawler.archive.openfile import MOST_RESERVE
from newscrawler.archive.reader import OPEN_SUFFIX
from newscrawler.doctor.finding import Finding

_SOON_FULL = 1_000_000_000
_LARGE_WAL = 64_000_000
"""A log so large means that a reader has kept an old state for long (facts: reliability §5.20)."""


def folder(data: Path) -> Iterator[Finding]:
    """Findings on the folder `data`, which may not be there yet."""
    yield _writable(data)
    yield _room(data)
    if not data.is_dir():
        return
    held = is_held(data)
    yield _lock(data, held)
    yield from _left_open(data, held)
    yield from _log(data, held)


def _writable(data: Path) -> Finding:
    place = _nearest(data)
    try:
        with tempfile.TemporaryFile(dir=place) as file:
            file.write(b"newscrawler")
    except OSError as error:
        says = f"{place} cannot be written ({error.strerror or error}); reading works, crawling does not"
        return Finding("bad", "folder", says, "look at its owner and permissions, or choose another --data folder")
    if place != data:
        return Finding("ok", "folder", f"{data} is not there yet; the first crawl makes it")
    return Finding("ok", "folder", f"{data} can be written")


def _room(data: Path) -> Finding:
    disk = os.statvfs(_nearest(data))
    free, reserve = disk.f_bavail * disk.f_frsize, min(MOST_RESERVE, disk.f_blocks * disk.f_frsize // 20)
    says = f"{free // 1_000_000:,} MB are free, of which {reserve // 1_000_000:,} MB are never touched"
    if disk.f_files and not disk.f_favail:
        return Finding("bad", "disk", "the disk has room for bytes, but for no more files", "remove small files")
    if free <= reserve:
        return Finding("bad", "disk", says, "make room, or choose a --data folder on another disk")
    if free < reserve + _SOON_FULL:
        return Finding("warn", "disk", says, "make room soon; a crawl stops in good order before the disk is full")
    return Finding("ok", "disk", says)


def _lock(data: Path, held: bool) -> Finding:
    if not held:
        return Finding("ok", "lock", "free; nothing writes to the archive just now")
    return Finding("ok", "lock", f"a run is writing to the archive (process {_holder(data)})")


def _holder(data: Path) -> str:
    try:
        holder = (data / FILE).read_bytes()[:20].decode("ascii", "replace").strip()
    except OSError:
        holder = ""
    return holder if holder.isdigit() else "unknown"


def _left_open(data: Path, held: bool) -> Iterator[Finding]:
    files = sorted(file.name for file in (data / "warc").glob(f"*{OPEN_SUFFIX}"))
    if not files:
        return
    told = files[0] if len(files) == 1 else f"{len(files)} files, the first {files[0]}"
    if held:
        yield Finding("ok", "open WARC", f"{told}, which the run that writes just now has in hand")
    else:
        says = f"{told}: a run was killed while it wrote"
        yield Finding("warn", "open WARC", says, "run the same crawl again: it cuts off what is torn, and goes on")


def _log(data: Path, held: bool) -> Iterator[Finding]:
    try:
        size = (data / "news.db-wal").stat().st_size
    except OSError:
        return
    says = f"news.db-wal has {size / 1_000_000:,.1f} MB that wait to be moved into news.db"
    if size > _LARGE_WAL:
        yield Finding("warn", "log", says, "close programs that keep news.db open for long, then crawl once")
    elif size:
        advice = "" if held else "copy news.db together with its -wal, or after the next crawl"
        yield Finding("ok", "log", says, advice)


def _nearest(data: Path) -> Path:
    """The folder, or the one above it in which it would be made."""
    place = data.absolute()
    while not place.is_dir():
        place = place.parent
    return data if place == data.absolute() else place
