"""What a check walks over, and what it carries along."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from newscrawler.archive.reader import OPEN_SUFFIX, locate
from newscrawler.errors import DamagedRecordError
from newscrawler.store import Database
from newscrawler.store.ledger import Ledger
from newscrawler.text import counted
from newscrawler.verify.report import Findings, Progress

CLOSED_SUFFIX = ".warc.gz"
_TORN = CLOSED_SUFFIX + ".torn-"


@dataclass(frozen=True, slots=True)
class WarcFile:
    """One WARC file of an archive."""

    name: str
    """As it is, or will be, when it is closed; as rows have it."""
    path: Path
    is_open: bool
    size: int


@dataclass
class Meter:
    """Counts bytes that have been read."""

    progress: Progress
    total: int
    done: int = 0

    def add(self, size: int) -> None:
        """So many more."""
        self.done += size
        self.progress(min(self.done, self.total), self.total)


@dataclass
class Archive:
    """An archive while it is checked."""

    folder: Path
    findings: Findings
    ledger: Ledger
    meter: Meter
    files: list[WarcFile]
    is_written: bool
    """Whether a crawl writes to it now."""
    db: Database | None = None
    """None where rows cannot be compared; a fault says why."""
    pending: Collection[str] = ()
    """Names of files that a crawl writes, or that one which was killed has left: what they lack yet is no fault."""
    crashed: Collection[str] = ()
    """Names of files that were closed after a crash: the last exchange may lack a half, and the name be another one
    than they were begun under."""
    imported: set[str] = field(default_factory=set)
    """Names of files that were brought from elsewhere."""
    heads: list[tuple[str, str]] = field(default_factory=list)
    """Files, and the manifest's head that each one's first record names."""

    @cached_property
    def names(self) -> frozenset[str]:
        """Of all its WARC files."""
        return frozenset(file.name for file in self.files)

    @property
    def who(self) -> str:
        """Who brings up what is not done yet."""
        return "the crawl that is running" if self.is_written else "the next crawl"

    def is_younger(self, name: str) -> bool:
        """Whether a WARC file has come since the folder was read, so that nothing here can be compared with it."""
        try:
            return name not in self.names and locate(self.folder / "warc", name).is_file()
        except DamagedRecordError:
            return False

    def shown(self, name: str) -> str:
        """A WARC file as sentences name it."""
        return str(self.folder / "warc" / name)


def warc_files(folder: Path, findings: Findings) -> list[WarcFile]:
    """The WARC files of an archive in the order of their names; what else lies among them is told."""
    found: dict[str, WarcFile] = {}
    others, torn = [], 0
    for path in sorted((folder / "warc").iterdir() if (folder / "warc").is_dir() else ()):
        name = path.name.removesuffix(OPEN_SUFFIX)
        if not name.endswith(CLOSED_SUFFIX):
            torn += _TORN in name
            others += [] if _TORN in name else [name]
        elif path.is_dir():
            findings.fault("file", f"warc/{path.name}", f"{path} is a folder, not a WARC file; move it away")
        elif name in found:
            findings.note(f"{path} lies beside the closed file of that name; the next crawl sees to it")
        else:
            found[name] = WarcFile(name, path, path.name != name, _size(path))
    if others:
        files = counted(len(others), "file")
        findings.note(f"{folder / 'warc'} holds {files} of other kinds, such as {others[0]}")
    if torn:
        findings.note(f"{folder / 'warc'} keeps {torn} torn ends that were cut off after crashes")
    return list(found.values())


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
