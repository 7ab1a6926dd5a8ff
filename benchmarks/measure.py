"""One program run to its end, and what it cost."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, kw_only=True)
class Cost:
    """What the kernel says of a finished process."""

    exit_code: int
    wall: float
    """Seconds from start to end, start-up and closing included."""
    cpu: float
    """Seconds in user and system mode, children that it waited for included."""
    peak_mb: float


def run(command: Sequence[str], *, cwd: Path, env: Mapping[str, str], log: Path, limit: float) -> Cost:
    """Run a program with its output in a file; killed behind `limit` seconds, which shows as exit code -9."""
    with log.open("wb") as stream:
        begun = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=cwd, env=env, stdin=subprocess.DEVNULL, stdout=stream, stderr=subprocess.STDOUT
        )
        guard = threading.Timer(limit, os.kill, (process.pid, signal.SIGKILL))
        guard.start()
        try:
            _pid, status, usage = os.wait4(process.pid, 0)
        except BaseException:
            process.kill()
            raise
        finally:
            guard.cancel()
        wall = time.perf_counter() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    cpu = usage.ru_utime + usage.ru_stime
    return Cost(exit_code=process.returncode, wall=wall, cpu=cpu, peak_mb=usage.ru_maxrss / 1024)
