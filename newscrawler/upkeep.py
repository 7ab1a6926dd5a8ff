"""An archive put in order before a run writes to it, and each file that a run closes written down."""

from __future__ import annotations

import logging
from pathlib import Path

from newscrawler.archive.cdxj import INDEX, index_captures, update_index, write_index
from newscrawler.archive.manifest import NO_LINE, Manifest
from newscrawler.archive.repair import repair
from newscrawler.rebuild import catch_up
from newscrawler.store import Database
from newscrawler.store.captures import captures_in, has_captures
from newscrawler.store.runs import end_unfinished, unfinished_files

logger = logging.getLogger(__name__)


def put_in_order(folder: Path, db: Database) -> None:
    """Finish what a run that was killed has left: torn files are cut back and closed, files without a line in the
    manifest get theirs, and records without rows are read as the run would have read them.

    The caller holds the archive's lock. A kill in the midst of this is no harm: it begins anew.

    :raises DiskError: if there is no room for it.
    """
    manifest = Manifest(folder)
    repaired = {each.path for each in repair(folder)}
    closed = manifest.unlisted()
    left = sorted({*closed, *(folder / "warc" / name for name in unfinished_files(db))})
    if left:
        logger.warning("%d WARC files were left unfinished, as by a kill; what is not stored is read now", len(left))
        catch_up(db, folder, left)
        update_index(folder, left)
    # Last, since a line also says that rows and index are there: a kill in the midst of this leaves the file without.
    for path in closed:
        manifest.add(path, "repaired" if path in repaired else "found")
    end_unfinished(db)
    if manifest.head() != NO_LINE and not has_captures(db):
        logger.warning("the database knows nothing of the WARC files in %s; run `newscrawler rebuild`", folder)
    if not (folder / INDEX).exists():
        write_index(folder)


class ClosedFiles:
    """What becomes of a WARC file when it is closed: a line in the manifest, and at the end of the run its lines in the
    index."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.paths: list[Path] = []
        self._manifest = Manifest(folder)

    def add(self, path: Path) -> None:
        """A file was closed and bears its final name."""
        self._manifest.add(path, "closed")
        self.paths.append(path)

    @property
    def anchor(self) -> dict[str, str]:
        """The field by which the next file's first record holds the manifest fast: lines cut off its end show."""
        return {"manifest-head": self._manifest.head()}

    def index(self, db: Database) -> None:
        """Put their records into the index, as the rows have them: reading a full file again takes half a minute."""
        if self.paths:
            index_captures(self.folder, (capture for path in self.paths for capture in captures_in(db, path.name)))
            self.paths.clear()
