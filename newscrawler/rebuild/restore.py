"""WARC files read again: a row for each capture, and for each page what reading it gives."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from newscrawler.archive.captures import capture_of
from newscrawler.archive.reader import OPEN_SUFFIX, StoredRecord, locate, read_at
from newscrawler.archive.salvage import Gap, salvage
from newscrawler.dating import date_undated
from newscrawler.errors import DamagedRecordError, ReadingError
from newscrawler.items import Capture, Page
from newscrawler.pages.keeping import Outcome, report, store_reading
from newscrawler.pages.reading import Reading
from newscrawler.rebuild.origin import IMPORT, Origin, origin_of
from newscrawler.rebuild.payload import NoOriginalError, is_wanted, page_in
from newscrawler.rebuild.readers import Readers, read_here
from newscrawler.rebuild.readers import readers as one_reader
from newscrawler.rebuild.restored import Restored, Tell, Unresolved, quietly
from newscrawler.store import Database, transaction
from newscrawler.store.captures import add_capture, find_capture
from newscrawler.store.history import Outdated, outdated
from newscrawler.store.media import relink_media
from newscrawler.store.renewal import settled_offsets
from newscrawler.store.runs import add_problem

RECORDS_AT_ONCE = 500
"""Records that one transaction stores."""
LETTERS_AT_ONCE = 8_000_000
"""Letters of pages that wait to be read, at most, before they are."""


def restore_file(
    db: Database,
    folder: Path,
    path: Path,
    *,
    run_id: int | None = None,
    progress: Tell = quietly,
    skip_settled: bool = False,
    readers: Readers = read_here,
    restored: Restored | None = None,
) -> Restored:
    """Store the captures and pages of one WARC file; done twice, it comes to the same rows.

    :param folder: the data folder; `path` lies in its `warc/`.
    :param run_id: for captures of files that do not tell their run.
    :param skip_settled: pass over records whose pages have been read before.
    :param restored: counts to go on with, from the file before.
    :returns: counts, damaged stretches, and revisits whose payload was not found (`resolve` tries again).
    :raises DamagedRecordError: if the file itself cannot be read. Raises as `transaction` does, too.
    """
    counts = restored or Restored()
    run = _Restoring(db, folder, path, Origin(run_id), counts, readers)
    run.skipped = settled_offsets(db, run.filename) if skip_settled else set()
    parts = salvage(path)
    before = counts.bytes
    while run.take_some(parts):
        counts.bytes = before + run.passed
        progress(counts)
    counts.files += 1
    counts.bytes = before + path.stat().st_size
    progress(counts)
    return counts


def restore_files(
    db: Database,
    folder: Path,
    paths: Iterable[Path],
    *,
    run_id: int | None = None,
    progress: Tell = quietly,
    skip_settled: bool = False,
    readers: Readers | None = None,
) -> Restored:
    """The same for several files, in any order; at the end the revisits between them are resolved, media linked, and
    undated articles dated by their neighbours.

    :param readers: who reads the pages of all files; one process where nobody is named.
    """
    if readers is None:
        with one_reader() as read:
            return restore_files(
                db, folder, paths, run_id=run_id, progress=progress, skip_settled=skip_settled, readers=read
            )
    counts = Restored()
    for path in paths:
        restore_file(
            db,
            folder,
            path,
            run_id=run_id,
            progress=progress,
            skip_settled=skip_settled,
            readers=readers,
            restored=counts,
        )
    resolve(db, folder, counts, readers)
    read_outdated(db, folder, readers)
    relink_media(db)
    date_undated(db)
    return counts


def catch_up(db: Database, folder: Path, paths: Iterable[Path], progress: Tell = quietly) -> Restored:
    """Read what a run that was killed has archived, but not stored; what it has stored is not read again.

    A file that is gone is passed over: to miss it is the task of `verify`.
    """
    present = [path for path in paths if path.exists()]
    return restore_files(db, folder, present, progress=progress, skip_settled=True)


def resolve(db: Database, folder: Path, counts: Restored, readers: Readers) -> None:
    """Read those revisits whose payload has been found since; the others stay in `counts.unresolved`."""
    waiting, counts.unresolved = counts.unresolved, []
    for each in waiting:
        run = _Restoring(db, folder, each.path, Origin(each.run_id, each.ours), counts, readers)
        with transaction(db):
            run.again(each)
            run.store_pages()


def read_outdated(db: Database, folder: Path, readers: Readers) -> None:
    """Read those captures again whose text is told in the words of another reading, as happens where files were not
    read in the order of time. Afterwards all rows are as if they had been; what cannot be read stays as it is."""
    tried: set[int] = set()
    while waiting := [each for each in outdated(db) if each.capture_id not in tried]:
        for each in waiting:
            tried.add(each.capture_id)
            with suppress(DamagedRecordError), transaction(db):
                _read_again(db, folder, each, readers)


def _read_again(db: Database, folder: Path, each: Outdated, readers: Readers) -> None:
    # Without a run it is of other people, or of our first version: there the body is taken as it came.
    path, ours = locate(folder / "warc", each.filename), each.reason not in ("", IMPORT)
    run = _Restoring(db, folder, path, Origin(each.run_id, ours), Restored(), readers)
    run.again(Unresolved(path, each.offset, ours, each.capture_id, each.run_id))
    run.store_pages()


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A page that waits to be read."""

    page: Page
    capture_id: int
    run_id: int | None


class _Restoring:
    """The reading of one file."""

    def __init__(
        self, db: Database, folder: Path, path: Path, origin: Origin, counts: Restored, readers: Readers
    ) -> None:
        self.db, self.folder, self.path, self.origin = db, folder, path, origin
        self.filename = path.name.removesuffix(OPEN_SUFFIX)
        self.skipped: set[int] = set()
        self.passed = 0
        """Bytes of the file that have been read."""
        self._told_run = origin.run_id
        self._counts, self._readers = counts, readers
        self._pages: list[_Waiting] = []

    def take_some(self, parts: Iterator[StoredRecord | Gap]) -> bool:
        """One transaction; gives whether there may be more."""
        letters = 0
        with transaction(self.db):
            for number, part in enumerate(parts, start=1):
                page = self._take(part)
                letters += len(page.html) if page else 0
                if number >= RECORDS_AT_ONCE or letters >= LETTERS_AT_ONCE:
                    self.store_pages()
                    return True
            self.store_pages()
        return False

    def _take(self, part: StoredRecord | Gap) -> Page | None:
        self.passed = part.offset + part.length
        if isinstance(part, Gap):
            self._counts.gaps.append(part)
            return None
        self._counts.records += 1
        if part.kind == "warcinfo":
            self.origin = origin_of(self.db, part, self._told_run)
        capture = capture_of(part, self.filename)
        if capture is None or part.offset in self.skipped:
            return None
        capture_id = add_capture(self.db, capture, self.origin.run_id)
        self._counts.captures += 1
        return self._page(part, capture, capture_id) if is_wanted(capture, self.origin) else None

    def again(self, revisit: Unresolved) -> None:
        """A revisit that could not be resolved before."""
        capture = find_capture(self.db, revisit.capture_id)
        if capture is not None:
            self._page(read_at(revisit.path, revisit.offset), capture, revisit.capture_id)

    def _page(self, record: StoredRecord, capture: Capture, capture_id: int) -> Page | None:
        run_id, ours = self.origin.run_id, self.origin.ours
        try:
            page = page_in(self.db, self.folder, record, capture, ours=ours)
        except NoOriginalError:
            self._counts.unresolved.append(Unresolved(self.path, record.offset, ours, capture_id, run_id))
            return None
        except ReadingError as error:
            report(self.db, capture.url, error, seen_at=capture.timestamp, capture_id=capture_id, run_id=run_id)
            self._counts.pages[Outcome.UNREAD] += 1
            return None
        if page is not None:
            self._pages.append(_Waiting(page, capture_id, run_id))
        return page

    def store_pages(self) -> None:
        """Read and store the pages that wait."""
        waiting, self._pages = self._pages, []
        for each, reading in zip(waiting, self._readers([each.page for each in waiting]), strict=True):
            self._store(each, reading)

    def _store(self, waiting: _Waiting, reading: Reading) -> None:
        if waiting.page.cut:
            self._note_cut(waiting)
        outcome = store_reading(self.db, waiting.page, reading, capture_id=waiting.capture_id, run_id=waiting.run_id)
        self._counts.pages[outcome] += 1
        waiting.page.cache.clear()  # the tree of a parsed page takes many times its letters

    def _note_cut(self, waiting: _Waiting) -> None:
        page = waiting.page
        if page.capture is not None:
            add_problem(
                self.db,
                waiting.run_id,
                page.url,
                "fetching",
                "cut",
                page.cut,
                page.capture.timestamp,
                waiting.capture_id,
            )
