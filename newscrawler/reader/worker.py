"""One reading process as its parent sees it: started when there is a page, replaced when one has ended it."""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
import socket
import struct
import subprocess
import sys
import threading
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path

import newscrawler
from newscrawler.errors import HostilePageError, MemoryPageError, NewsCrawlerError, ReadingError
from newscrawler.items import Page
from newscrawler.pages.whole import ReadPage
from newscrawler.reader.limits import CPU_SECONDS, WALL_SECONDS, Cost, State

_PROGRAM = "from newscrawler.reader.child import main; main()"
_SOURCES = str(Path(newscrawler.__file__).parents[1])
_BY_MEMORY = frozenset({-signal.SIGSEGV, -signal.SIGABRT, -signal.SIGBUS})
"""How libraries end that get no memory and do not look."""


class WorkerClosedError(NewsCrawlerError):
    """Raised when a page is to be read after `close`, or while it happens."""


class Worker:
    """Reads one page at a time; may be used from any thread, by one at a time."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._connection: Connection | None = None
        self._closed = False
        self.cost: Cost | None = None
        """Of the last page that was answered."""
        self._served = 0
        """Pages that the process has answered."""
        self._lock = threading.Lock()

    @property
    def pid(self) -> int | None:
        """Of the process, while there is one."""
        return self._process.pid if self._process else None

    def read(self, page: Page) -> ReadPage:
        """Read a page. One that costs more than the limits allow is refused, and so is one that ends two processes.

        :raises WorkerClosedError: if this was closed.
        """
        for _attempt in range(2):
            try:
                return self._ask(page)
            except (EOFError, OSError):
                error = self._post_mortem(page)
                if error is not None:
                    return ReadPage(page=page, blocks=None, reading=error)
        message = f"reading {page.url} ended two processes"
        return ReadPage(page=page, blocks=None, reading=HostilePageError(message))

    def _ask(self, page: Page) -> ReadPage:
        connection = self._connected()
        connection.send_bytes(pickle.dumps(replace(page, cache={}), pickle.HIGHEST_PROTOCOL))
        answer = memoryview(connection.recv_bytes())
        read: ReadPage = pickle.loads(answer[Cost.SIZE :])
        self.cost = Cost.of(answer[: Cost.SIZE])
        first, self._served = not self._served, self._served + 1
        if self.cost.state is not State.FIT:
            self._end()
        if self.cost.state is State.EXHAUSTED and not first:
            return self._ask(page)  # the pages before may have left too little memory
        return read.with_page(page)

    def _connected(self) -> Connection:
        with self._lock:
            if self._closed:
                raise WorkerClosedError("the reading of pages was stopped")
            if self._connection is None:
                self._start()
            assert self._connection is not None
            return self._connection

    def _start(self) -> None:
        """A program of its own: nothing of ours is inherited, no lock, no open file, no signal handler."""
        ours, theirs = socket.socketpair()
        with theirs:
            for option in (socket.SO_RCVTIMEO, socket.SO_SNDTIMEO):
                ours.setsockopt(socket.SOL_SOCKET, option, struct.pack("ll", int(WALL_SECONDS), 0))
            path = os.pathsep.join(filter(None, (_SOURCES, os.environ.get("PYTHONPATH"))))
            self._process = subprocess.Popen(
                [sys.executable, "-c", _PROGRAM],
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                env={**os.environ, "PYTHONPATH": path},
                start_new_session=True,  # Ctrl-C in a terminal is for the parent alone
            )
        self._connection = Connection(ours.detach())
        self._served = 0

    def _post_mortem(self, page: Page) -> ReadingError | None:
        """Why a process did not answer; None where the page is not to blame, as far as can be told."""
        if self._closed:
            raise WorkerClosedError(f"{page.url} was not read, the reading of pages was stopped")
        stuck = self._process is not None and self._connection is not None and not _ended(self._process)
        code = self._end()
        if stuck:
            return HostilePageError(f"reading {page.url} did not end within {WALL_SECONDS:.0f} s")
        if code == -signal.SIGPROF:
            return HostilePageError(f"reading {page.url} took longer than {CPU_SECONDS:.0f} s of processor time")
        if code in _BY_MEMORY and not self._served:
            return MemoryPageError(page.url)
        return None

    def _end(self) -> int | None:
        """End the process; gives its exit code, negative for a signal."""
        with self._lock:
            process, connection = self._process, self._connection
            self._process = self._connection = None
        if connection is not None:
            with contextlib.suppress(OSError):
                connection.close()
        if process is None:
            return None
        process.kill()  # does nothing to one that has ended
        return process.wait()

    def close(self) -> None:
        """End the process, whatever it is doing; a `read` under way in another thread raises WorkerClosedError."""
        self._closed = True
        with self._lock:
            process = self._process
        if process is not None:
            process.kill()
        # A thread that waits for the answer sees the end of it, and closes the connection itself.


def _ended(process: subprocess.Popen[bytes]) -> bool:
    """Whether it ends by itself: its connection closes a moment before it is gone."""
    try:
        process.wait(1)
    except subprocess.TimeoutExpired:
        return False
    return True
