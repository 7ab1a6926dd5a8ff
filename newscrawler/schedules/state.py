"""What is remembered of planned runs between two starts: `schedule.json` in the archive's folder.

It is small, and written as a whole beside itself before it takes its own place, so that a kill leaves the old one or
the new one.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path

from newscrawler.errors import DiskError

FILE = "schedule.json"


@dataclass(frozen=True, kw_only=True, slots=True)
class Memory:
    """Of one job; moments are ISO 8601 with their zone."""

    done: str
    """The last due moment whose run was brought to its end; at first, when the job was met."""
    due: str | None = None
    """The due moment of the last run that was begun."""
    started_at: str | None = None
    ended_at: str | None = None
    """None while it runs; also after a kill."""
    exit_code: int | None = None
    tries: int = 0
    """How often the run of `due` was begun and killed."""

    @property
    def done_at(self) -> datetime:
        """`done` as a value."""
        return datetime.fromisoformat(self.done)


class State:
    """The memory of all jobs by their keys, and the file it lies in."""

    def __init__(self, folder: Path) -> None:
        """Read it; a file that cannot be read is as good as none, since table `runs` knows what was run."""
        self._path = folder / FILE
        self.jobs: dict[str, Memory] = {}
        try:
            found = json.loads(self._path.read_text("utf-8"))
            self.jobs = {str(key): _memory(values) for key, values in found["jobs"].items()}
        except FileNotFoundError:
            pass
        except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
            self.is_damaged = True
            return
        self.is_damaged = False

    def meet(self, keys: Iterable[str], now: datetime) -> list[str]:
        """Remember jobs from now on, and forget those that are planned no more; gives the new ones."""
        wanted = list(keys)
        new = [key for key in wanted if key not in self.jobs]
        kept = {key: self.jobs.get(key) or Memory(done=now.isoformat()) for key in wanted}
        if kept != self.jobs:
            self.jobs = kept
            self._write()
        return new

    def change(self, key: str, **values: object) -> None:
        """Remember something else of one job.

        :raises DiskError: if the file cannot be written.
        """
        self.jobs[key] = replace(self.jobs[key], **values)  # type: ignore[arg-type]
        self._write()

    def _write(self) -> None:
        beside = self._path.with_name(f".{FILE}.new")
        text = json.dumps({"version": 1, "jobs": {key: asdict(job) for key, job in self.jobs.items()}}, indent=1)
        try:
            with beside.open("w", encoding="utf-8") as file:
                file.write(text + "\n")
                file.flush()
                os.fsync(file.fileno())
            beside.replace(self._path)
        except OSError as error:
            raise DiskError(f"cannot write {self._path}: {error.strerror or error}; look at the disk") from error


def _memory(values: dict[str, object]) -> Memory:
    made = Memory(**values)  # type: ignore[arg-type]
    if made.done_at.tzinfo is None:
        raise ValueError
    return made
