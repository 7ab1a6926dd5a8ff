"""What the reading of one page may cost, and how a process is kept from going over it."""

from __future__ import annotations

import re
import resource
import signal
import struct
import time
from dataclasses import dataclass
from enum import IntEnum
from typing import Self

CPU_SECONDS = 2.0
"""Processor time for one page (facts: reliability §4); a page of 40 KB takes about 0.02."""
WALL_SECONDS = 60.0
"""Time by the clock after which a reader is taken for stuck: it may have been stopped, or the machine be overloaded."""
MEMORY_BYTES = 170_000_000
"""What a reader may have of its own beside its programs; a fresh one has about 30 MB."""
GROWN_BYTES = 35_000_000
"""A reader that has ever taken so much more than at its start is replaced after that page, since memory seldom goes
back to the system; pages up to a few megabytes take less. What it begins with depends on what is beside us."""

_HEAD = struct.Struct("!BdQ")
_HELD = re.compile(rb"VmHWM:\s*(\d+) kB.*VmRSS:\s*(\d+) kB", re.DOTALL)


class State(IntEnum):
    """What a process is good for after a page."""

    FIT = 0
    BLOATED = 1
    EXHAUSTED = 2
    """It had too little memory for the page, perhaps for the sake of pages before."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a page has cost the process that read it."""

    state: State
    cpu: float
    """Seconds of processor time."""
    peak: int
    """Bytes of memory that the process held at most, since its start."""

    SIZE = _HEAD.size

    def __bytes__(self) -> bytes:
        return _HEAD.pack(self.state, self.cpu, self.peak)

    @classmethod
    def of(cls, head: bytes | memoryview) -> Self:
        """From the bytes that it was sent as."""
        state, cpu, peak = _HEAD.unpack(head)
        return cls(State(state), cpu, peak)


def bound_memory() -> None:
    """Let this process have MEMORY_BYTES at most; what goes over raises MemoryError, or ends it."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY_BYTES, hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def start_clock() -> float:
    """From now on this process may use CPU_SECONDS of processor time; SIGPROF then ends it, in C code as well.

    :returns: what `stop_clock` wants.
    """
    signal.setitimer(signal.ITIMER_PROF, CPU_SECONDS)
    return time.process_time()


def stop_clock(started: float) -> float:
    """The page is read; gives the processor time that it took."""
    signal.setitimer(signal.ITIMER_PROF, 0)
    return time.process_time() - started


def memory() -> tuple[int, int]:
    """Bytes that this process holds, and held at most; zeros where the system does not tell."""
    try:
        with open("/proc/self/status", "rb") as file:
            held = _HELD.search(file.read())
    except OSError:
        held = None
    return (int(held[2]) * 1024, int(held[1]) * 1024) if held else (0, 0)
