"""Where an export is written: nowhere that harms the archive, over nothing unasked, and whole or not at all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

from newscrawler.archive.durable import PART_SUFFIX, replacing, sync_folder
from newscrawler.errors import DiskError, NewsCrawlerError, UsageError

DICTIONARY = "datapackage.json"
"""Behind the name of a file, and in a folder: what describes it."""
MARK = "SHA256SUMS"
"""In a folder: the sum of each of its other files; it is there from the beginning."""
_OWN = (
    *("news.db", "news.db-wal", "news.db-shm", "index.cdxj", "manifest.jsonl", ".lock"),
    *("newscrawler.toml", "schedule.json", "schedule.log"),
)


def dictionary_of(out: Path) -> Path:
    """Where the dictionary of a file lies: beside it."""
    return out.with_name(f"{out.name}.{DICTIONARY}")


def refuse_file(data: Path, out: Path, *, force: bool) -> None:
    """Complain of a place where no file should be written.

    :raises UsageError: if it is the archive's own, or a folder.
    :raises NewsCrawlerError: if something is there, and not to be replaced.
    """
    _refuse_own(data, out)
    if out.is_dir():
        raise UsageError(f"{out} is a folder; name a file in it")
    for path in (out, dictionary_of(out)):
        if os.path.lexists(path) and not (force and path.is_file()):
            raise NewsCrawlerError(f"{path} is there already; choose another name, or replace it with --force")


def refuse_folder(data: Path, out: Path, *, force: bool) -> None:
    """The same of a folder; one is replaced only if an export has made it.

    :raises UsageError: as above.
    :raises NewsCrawlerError: as above.
    """
    _refuse_own(data, out)
    if not os.path.lexists(out):
        return
    if not force:
        raise NewsCrawlerError(f"{out} is there already; choose another name, or replace it with --force")
    if out.is_symlink() or not out.is_dir() or (any(out.iterdir()) and not (out / DICTIONARY).is_file()):
        raise NewsCrawlerError(f"{out} is no folder that an export has made, and is not replaced; choose another name")


def _refuse_own(data: Path, out: Path) -> None:
    place, archive = out.resolve(), data.resolve()
    if place == archive or place in archive.parents or place.is_relative_to(archive / "warc"):
        raise UsageError(f"{out} lies among the files of the archive; choose another place")
    if any(place == archive / name or _is_same(out, data / name) for name in _OWN):
        raise UsageError(f"{out} is a file of the archive itself; choose another name")


def _is_same(out: Path, own: Path) -> bool:
    try:
        return out.samefile(own)
    except OSError:
        return False


@contextmanager
def telling(out: Path | str) -> Iterator[None]:
    """What the disk refuses within, told as an error of ours.

    :raises DiskError: naming `out`.
    """
    try:
        yield
    except BrokenPipeError:
        raise  # who reads our output has had enough
    except OSError as error:
        raise DiskError(f"cannot write {out}: {error.strerror or error}") from error


@contextmanager
def new_folder(out: Path) -> Iterator[Path]:
    """A folder that becomes the one at `out`, in place of any that is there, when the block ends well.

    Killed between its last two steps it leaves what was there under another name; every moment else, under its own.

    :raises NewsCrawlerError: if another folder is in the way of its making.
    :raises OSError: if the disk does not take it.
    """
    part = out.with_name(out.name + PART_SUFFIX)
    _clear(part)
    part.mkdir()
    try:
        (part / MARK).touch()
        yield part
        os.sync()
        before = _set_aside(out)
        part.rename(out)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise
    sync_folder(out.parent)
    if before is not None:
        shutil.rmtree(before)


def _clear(part: Path) -> None:
    """Remove what a killed export has left."""
    if not os.path.lexists(part):
        return
    if part.is_symlink() or not (part / MARK).is_file():
        raise NewsCrawlerError(f"{part} is in the way and was not made by an export; remove it, or choose another name")
    shutil.rmtree(part)


def _set_aside(out: Path) -> Path | None:
    if not out.exists():
        return None
    before = Path(mkdtemp(prefix=f"{out.name}.", suffix=".before", dir=out.parent))
    return out.rename(before)


def write_text(path: Path, text: str) -> None:
    """Write a small file, whole or not at all.

    :raises OSError: if the disk does not take it.
    """
    with replacing(path) as stream:
        stream.write(text.encode("utf-8"))
