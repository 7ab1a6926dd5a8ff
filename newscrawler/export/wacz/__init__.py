"""The archive handed on: one WACZ file that others can open, check and replay without us."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from newscrawler import __version__
from newscrawler.archive.durable import replacing
from newscrawler.archive.manifest import closed_files
from newscrawler.archive.reader import OPEN_SUFFIX, locate
from newscrawler.archive.wacz.index import add_index
from newscrawler.archive.wacz.package import WaczWriter
from newscrawler.archive.wacz.signature import SigningKey
from newscrawler.errors import DiskError, NewsCrawlerError, UsageError
from newscrawler.export.choice import nothing
from newscrawler.export.wacz.contents import Advance, add_chosen, add_everything
from newscrawler.export.wacz.pages import Listed, add_pages
from newscrawler.export.wacz.words import described
from newscrawler.store import Database, close_database, open_database
from newscrawler.store.selection import Selection, captures_of, files_of, pages_of, select, snapshot

SUFFIX = ".wacz"
SOFTWARE = f"newscrawler/{__version__}"

Progress = Callable[[int, int], object]
"""Told of the bytes done and of all."""


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export holds."""

    path: Path
    size: int
    """Bytes of the file."""
    articles: int
    captures: int
    """Lines of the index."""
    left_out: tuple[str, ...]
    """Names of WARC files that are not closed yet."""
    listed: Listed
    """What is told of its pages."""


def export_wacz(
    folder: Path,
    out: Path,
    selection: Selection | None = None,
    *,
    force: bool = False,
    key: Path | None = None,
    progress: Progress = lambda done, total: None,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Exported:
    """Write the WACZ of an archive, or of a choice of its articles.

    Without a choice, the closed WARC files go in as they are. With one, the records of the chosen articles, of what
    their pages show, and the originals that revisits point at are copied into new WARC files. The database is only
    read; a crawl may go on meanwhile, and what it has not closed yet is left out.

    :param folder: the data folder.
    :param out: ends in `.wacz`; it is there only when it is whole.
    :param force: replace a file that is there.
    :param key: file of the key to sign with; made if it is missing.
    :raises UsageError: if `out` is no place for an export.
    :raises NewsCrawlerError: if `out` is there already, or if there is nothing to export.
    :raises DamagedRecordError: if a WARC file is missing, damaged, or not as it was when it was closed.
    :raises DiskError: if `out` cannot be written.
    """
    _refuse(folder, out, force)
    closed = closed_files(folder)
    left_out = tuple(sorted(path.name for path in (folder / "warc").glob(f"*{OPEN_SUFFIX}")))
    db = open_database(folder / "news.db")
    try:
        signing = SigningKey.of(key) if key is not None else None
        with snapshot(db), replacing(out) as stream, WaczWriter(stream) as package:
            listed, captures = _write(package, folder, db, closed, selection or Selection(), progress, left_out)
            created = f"{now().astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
            words = described(listed, selection or Selection(), created, SOFTWARE)
            package.finish(words, partial(signing.sign, created=created, software=SOFTWARE) if signing else None)
        return Exported(out, out.stat().st_size, listed.articles, captures, left_out, listed)
    except OSError as error:
        raise DiskError(f"cannot write {out}: {error.strerror or error}") from error
    finally:
        close_database(db)


def _refuse(folder: Path, out: Path, force: bool) -> None:
    if out.suffix != SUFFIX:
        raise UsageError(f"{out}: the name of a WACZ file must end in {SUFFIX}")
    if out.resolve().is_relative_to((folder / "warc").resolve()):
        raise UsageError(f"{out} lies among the WARC files of the archive; choose another folder")
    if out.exists() and not (force and out.is_file()):
        raise NewsCrawlerError(f"{out} is there already; choose another name, or replace it with --force")


def _write(
    package: WaczWriter,
    folder: Path,
    db: Database,
    closed: list[Path],
    selection: Selection,
    progress: Progress,
    left_out: tuple[str, ...],
) -> tuple[Listed, int]:
    """WARC files, index and pages; gives what the pages tell, and the number of captures."""
    for name in files_of(db):
        locate(folder / "warc", name)
    names = {path.name for path in closed}
    ids = select(db, selection)
    if selection.is_everything:
        total = 2 * sum(path.stat().st_size for path in closed)
        lines = add_everything(package, folder, closed, _advance(progress, total))
    else:
        captures = [capture for capture in captures_of(db, ids) if capture.filename in names]
        total = sum(capture.length for capture in captures)
        lines = add_chosen(package, folder, captures, SOFTWARE, _advance(progress, total))
    count = add_index(package, lines)
    if not count:
        raise NewsCrawlerError(nothing(folder, selection, left_out))
    pages = (page for page in pages_of(db, ids) if page.filename in names)
    return add_pages(package, pages), count


def _advance(progress: Progress, total: int) -> Advance:
    done = 0

    def advance(size: int) -> None:
        nonlocal done
        done += size
        progress(min(done, total), total)

    return advance
