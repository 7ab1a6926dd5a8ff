"""The most memory that a process and its children ever took together (Linux)."""

from __future__ import annotations

import re
from pathlib import Path

_PEAK = re.compile(r"^VmHWM:\s+(\d+) kB", re.MULTILINE)


class Peak:
    """Sampled from outside while a process runs; in kilobytes.

    Of each process counts the most that it ever took; pages that two share count twice.
    """

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.together = 0
        self.alone = 0

    def sample(self) -> None:
        own = _peak_of(self.pid)
        self.alone = max(self.alone, own)
        self.together = max(self.together, own + sum(map(_peak_of, self._workers())))

    def _workers(self) -> list[int]:
        """Its children, without those that are about to become another program: they still share its memory."""
        program = _program_of(self.pid)
        return [pid for pid in _descendants(self.pid) if _program_of(pid) != program]


def _program_of(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:  # it has ended
        return b""


def _peak_of(pid: int) -> int:
    try:
        match = _PEAK.search(Path(f"/proc/{pid}/status").read_text())
    except OSError:  # it has ended
        return 0
    return int(match[1]) if match else 0


def _descendants(pid: int) -> list[int]:
    try:
        texts = [path.read_text() for path in Path(f"/proc/{pid}/task").glob("*/children")]
    except OSError:
        return []
    children = [int(word) for text in texts for word in text.split()]
    return [*children, *(each for child in children for each in _descendants(child))]
