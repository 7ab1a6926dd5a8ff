"""pywb as its users start it: `wb-manager`, then `wayback` on loopback."""

from __future__ import annotations

import contextlib
import os
import re
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

COLLECTION = "news"
_OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))


@dataclass(frozen=True)
class Pywb:
    """A folder with one collection."""

    folder: Path
    tool: Callable[[str], str]

    @property
    def index(self) -> Path:
        return self.folder / "collections" / COLLECTION / "indexes" / "index.cdxj"

    def manage(self, verb: str, *words: str) -> None:
        done = subprocess.run(
            [self.tool("wb-manager"), verb, *words],
            cwd=self.folder,
            env=_environment(),
            capture_output=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, done.stderr.decode()

    @contextlib.contextmanager
    def serving(self) -> Iterator[str]:
        """The address of the collection while the block runs."""
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        with (self.folder / "wayback.log").open("wb") as log:
            process = subprocess.Popen(
                [self.tool("wayback"), "-b", "127.0.0.1", "-p", str(port)],
                cwd=self.folder,
                env=_environment(),
                stdout=log,
                stderr=log,
            )
        try:
            _wait(port, process)
            yield f"http://127.0.0.1:{port}/{COLLECTION}"
        finally:
            process.terminate()
            process.wait(30)


def replayed(base: str, url: str, timestamp: str) -> str:
    """The page that pywb serves for an address at a time (ISO 8601, UTC), as text."""
    try:
        with _OPENER.open(f"{base}/{digits(timestamp)}mp_/{url}", timeout=60) as answer:
            return str(answer.read().decode("utf-8", "replace"))
    except urllib.error.HTTPError as archived:
        # A page that was “not found” when it was archived is replayed as that.
        return archived.read().decode("utf-8", "replace")


def digits(timestamp: str) -> str:
    """A moment as web archives write it in addresses: 14 digits."""
    return re.sub(r"\D", "", timestamp)[:14]


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    """Until the port answers; a loaded machine may take its time."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        assert process.poll() is None, "wayback has ended"
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(0.1)
    raise TimeoutError("wayback does not answer")


def _environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
