"""What the tests share: the sample site, served on loopback, and the command line in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from newscrawler.demo import SampleServer, SampleSite
from tests import forked

FAST = ("-s", "DOWNLOAD_DELAY=0", "-s", "AUTOTHROTTLE_ENABLED=False", "-s", "REVISIT_ALL_UP_TO=0")
ROOT = Path(__file__).parents[1]


def times(short: int, long: int) -> int:
    """How often a bounded loop runs: `make test` runs the short form, `make test-long` the long one."""
    return long if os.environ.get("NEWSCRAWLER_LONG") else short


def pytest_xdist_auto_num_workers() -> int:
    """Two more than there are cores: some tests always wait for servers, polite pauses, or what is killed."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return cores + 2


@dataclass
class Shell:
    """Runs commands as a user would, with a proxy that answers for the real site."""

    proxy: str
    folder: Path

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def environment(self) -> dict[str, str]:
        env = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
        env |= {"NEWSCRAWLER_DATA": str(self.data), "COLUMNS": "200"}
        return env | ({"http_proxy": self.proxy} if self.proxy else {})

    def __call__(self, *words: str, timeout: float = 120) -> subprocess.CompletedProcess[str]:
        if forked.can_be_forked(words, self.environment):
            return forked.run(words, cwd=ROOT, env=self.environment, timeout=timeout)
        return subprocess.run(
            [sys.executable, "-m", *words],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
        )

    def start(self, *words: str) -> subprocess.Popen[bytes]:
        """The same without waiting for its end; what it prints is dropped."""
        quiet = subprocess.DEVNULL
        return subprocess.Popen(
            [sys.executable, "-m", *words], cwd=ROOT, env=self.environment, stdout=quiet, stderr=quiet
        )

    def crawl(self, *words: str) -> subprocess.CompletedProcess[str]:
        return self("newscrawler", "crawl", "thanhdoan", *FAST, *words)


@pytest.fixture
def site() -> SampleSite:
    return SampleSite.load()


@pytest.fixture
def server(site: SampleSite) -> Iterator[SampleServer]:
    with SampleServer(site) as server:
        yield server


@pytest.fixture
def shell(server: SampleServer, tmp_path: Path) -> Shell:
    return Shell(server.url, tmp_path)


@pytest.fixture
def lonely_shell(tmp_path: Path) -> Shell:
    """A shell without any server."""
    return Shell("", tmp_path)


@pytest.fixture(scope="session")
def samples() -> Path:
    """Real pages and captures; other people's words, so the project does not carry them."""
    folder = Path(os.environ.get("NEWSCRAWLER_SAMPLES") or ROOT.parent / "shared" / "samples")
    if not folder.is_dir():
        pytest.skip(f"no sample pages at {folder}; NEWSCRAWLER_SAMPLES names their folder")
    return folder
