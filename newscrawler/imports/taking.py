"""One call of `import`: the archive's lock, its row in table `runs`, and one source behind another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from newscrawler.archive.cdxj import update_index
from newscrawler.archive.foreign.plan import Plan, plan
from newscrawler.archive.foreign.sources import Refused, Source, foreign_records, shown, sources
from newscrawler.archive.foreign.stream import GROWN
from newscrawler.archive.foreign.survey import Survey, survey
from newscrawler.archive.lock import ArchiveLock
from newscrawler.archive.manifest import Manifest
from newscrawler.archive.records import warc_date
from newscrawler.errors import ExitCode, ForeignFileError, NewsCrawlerError, UsageError
from newscrawler.imports.known import PREFIX, Known, companions
from newscrawler.imports.result import Imported, exit_code
from newscrawler.imports.writing import all_or_none, info_of, stamp, write
from newscrawler.rebuild import Restored, restore_files
from newscrawler.store import Database, close_database, open_database
from newscrawler.store.runs import finish_run, start_run
from newscrawler.upkeep import put_in_order

SITE = REASON = PREFIX
"""What stands in table `runs`."""
PASSES = 4
"""How often each byte of a source is read: for its digest, to look at, to write, and to read the pages."""

Progress = Callable[[int], object]
"""Told of so many more bytes; all sources come to about PASSES times their size, unless they hold nothing new."""


def import_files(folder: Path, paths: Iterable[Path], progress: Progress = lambda size: None) -> Iterator[Imported]:
    """Take over files one by one; give what became of each as soon as it is done.

    :param folder: the data folder; made if it is missing.
    :raises UsageError: before anything is done, if a path leads to no file.
    :raises ArchiveLockedError: if a run is writing to the archive.
    :raises DiskError: if the disk does not take it; of the file at hand nothing is left then, or it is whole and its
        rows follow with the next command. And as `open_database`.
    """
    paths = [_checked(path) for path in paths]
    lock = ArchiveLock(folder)
    try:
        db = open_database(folder / "news.db", write=True)
        try:
            put_in_order(folder, db)
            with _run(folder, db, progress) as run:
                for path in paths:
                    yield from run.take(path)
        finally:
            close_database(db)
    finally:
        lock.release()


def _checked(path: Path) -> Path:
    if path.is_dir():
        raise UsageError(f"{path} is a folder; name the WARC or WACZ files in it")
    if not path.exists():
        raise UsageError(f"there is no file {path}; name a WARC or WACZ file")
    if not path.is_file():
        raise UsageError(f"{path} is no ordinary file; name a WARC or WACZ file")
    return path


@contextmanager
def _run(folder: Path, db: Database, progress: Progress) -> Iterator[_Run]:
    run = _Run(folder, db, progress)
    try:
        yield run
    except BaseException as error:
        code = error.exit_code if isinstance(error, NewsCrawlerError) else ExitCode.STOPPED
        with suppress(NewsCrawlerError):
            run.finish(code)
        raise
    run.finish(exit_code(run.results))


class _Run:
    """It has a row in table `runs` as soon as there is something new."""

    def __init__(self, folder: Path, db: Database, progress: Progress) -> None:
        self.results: list[Imported] = []
        self._folder, self._db, self._progress = folder, db, progress
        self._started_at = warc_date(datetime.now(UTC))
        self._run_id: int | None = None
        self._ids: set[str] | None = None
        self._bytes = 0

    def take(self, path: Path) -> Iterator[Imported]:
        """A file; a WACZ gives one result for each WARC file in it."""
        for result in self._each(path):
            self.results.append(result)
            yield result

    def _each(self, path: Path) -> Iterator[Imported]:
        try:
            for each in sources(path, self._progress):
                yield Imported(each.name, refused=each.reason) if isinstance(each, Refused) else self._source(each)
        except ForeignFileError as error:
            yield Imported(shown(path.name), refused=str(error))

    def finish(self, code: ExitCode) -> None:
        """Note how the run ended."""
        if self._run_id is None:
            return
        pages = sum((each.pages for each in self.results), Counter[str]())
        counters = {
            "pages": sum(each.taken["response"] + each.taken["revisit"] for each in self.results),
            "bytes": self._bytes,
            "listings": pages["listing"],
            "unread": pages["unread"],
            "faults": sum(len(each.faults) for each in self.results),
            **{f"articles_{change}": pages[change] for change in ("new", "changed", "unchanged")},
        }
        finish_run(self._db, self._run_id, warc_date(datetime.now(UTC)), int(code), counters)

    def _source(self, source: Source) -> Imported:
        result = Imported(source.name, source.member_name, source.sha256, notes=list(source.notes))
        before = stamp(source.path)
        try:
            seen = survey(foreign_records(source, self._progress))
            decided = plan(seen, Known(self._db, seen), self._companions)
            paths = self._write(source, seen, decided, before) if decided.take else []
        except ForeignFileError as error:
            result.refused = str(error)
            return result
        result.taken, result.known, result.left_out = decided.taken, decided.known, seen.left_out
        result.faults, result.maker = [*source.faults, *seen.faults, *decided.faults], dict(seen.maker)
        result.files = [path.name for path in paths]
        if paths:
            result.pages = self._read(paths)
        return result

    def _companions(self) -> set[str]:
        """Ids of the requests and notes in the archive; looked for once."""
        if self._ids is None:
            self._ids = set(companions(self._db, self._folder))
        return self._ids

    def _write(self, source: Source, seen: Survey, decided: Plan, before: tuple[int, int]) -> list[Path]:
        if self._run_id is None:
            self._run_id = start_run(self._db, SITE, REASON, self._started_at)
        run = {
            "isPartOf": SITE,
            "run-started": self._started_at,
            "run-reason": REASON,
            "manifest-head": Manifest(self._folder).head(),
        }
        with all_or_none(self._folder / "warc", info_of(source, seen, run)) as (writer, closed):
            write(writer, source, decided, self._progress)
            if stamp(source.path) != before:
                raise ForeignFileError(GROWN)
        self._bytes += writer.bytes_written
        if self._ids is not None:
            self._ids.update(decided.companions)
        return closed

    def _read(self, paths: list[Path]) -> Counter[str]:
        """Rows, index and manifest. The manifest comes last: a file without a line is read again after a kill."""
        told = 0

        def tell(restored: Restored) -> None:
            nonlocal told
            self._progress(restored.bytes - told)
            told = restored.bytes

        restored = restore_files(self._db, self._folder, paths, run_id=self._run_id, progress=tell)
        update_index(self._folder, paths)
        manifest = Manifest(self._folder)
        for path in paths:
            manifest.add(path, "imported")
        return Counter({outcome.value: count for outcome, count in restored.pages.items()})
