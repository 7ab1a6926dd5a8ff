"""A crawl among faults: real articles beside them, the real spider, an archive, and how it went."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from tests.conftest import FAST, ROOT
from tests.faults.case import Fault
from tests.faults.memory import Peak
from tests.faults.replies import Script, fine, listing, missing, whole

PATIENCE = 3
"""Seconds of DOWNLOAD_TIMEOUT, and so of each request's time limit."""
SETTINGS = {"DOWNLOAD_TIMEOUT": PATIENCE, "RETRY_TIMES": 1, "CONCURRENT_REQUESTS_PER_DOMAIN": 4, "LOG_LEVEL": "INFO"}
HOME = "/ThanhDoan/webtd"
ROBOTS = b"User-agent: *\nDisallow: /never\n"
GOOD = range(1, 21)
"""Ids of the real articles beside the faults."""
LONGEST = 240
"""Seconds that a crawl may take before it is ended."""


@dataclass(frozen=True)
class Run:
    """A crawl that has ended."""

    code: int
    log: str
    seconds: float
    kilobytes: int
    """The most memory that crawl and reading worker took together."""
    alone: int
    """The most that the crawl took without its worker."""


def crawl(
    folder: Path,
    words: Sequence[str],
    proxy: str = "",
    settings: Mapping[str, object] | None = None,
    **environment: str,
) -> Run:
    """Run one crawl to its end in a process of its own, and watch its memory."""
    folder.mkdir(parents=True, exist_ok=True)
    env = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    env |= {"NEWSCRAWLER_DATA": str(folder / "data"), "NEWSCRAWLER_CONTACT": "test@example.org", **environment}
    env |= {"http_proxy": proxy, "https_proxy": proxy} if proxy else {}
    options = [part for name, value in {**SETTINGS, **(settings or {})}.items() for part in ("-s", f"{name}={value}")]
    log = folder / "crawl.log"
    began = time.monotonic()
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", *words, *FAST, *options], cwd=ROOT, env=env, stdout=out, stderr=out
        )
    peak = Peak(process.pid)
    while process.poll() is None and time.monotonic() < began + LONGEST:
        peak.sample()
        time.sleep(0.02)
    if process.poll() is None:
        process.kill()
        process.wait()
    if not (folder / "data" / "news.db").exists():
        raise AssertionError(f"the crawl did not begin: {log.read_text('utf-8', 'replace')[-1500:]}")
    return Run(
        process.returncode, log.read_text("utf-8", "replace"), time.monotonic() - began, peak.together, peak.alone
    )


@dataclass
class Stage:
    """The site with its faults, as a server acts it."""

    faults: Sequence[Fault]
    good: Sequence[int] = GOOD
    healed: bool = False
    """Whether the faults are gone."""
    doors: str = ""
    """More links on the front page."""
    more: Callable[[str], Script | None] = lambda _path: None
    """Further paths."""

    def __post_init__(self) -> None:
        self._by_address = {fault.url: fault for fault in self.faults}
        self._by_host = {urlsplit(fault.url).netloc: fault for fault in self.faults if fault.host}

    def answer(self, url: str, time: int) -> Script:
        parts = urlsplit(url)
        if parts.path == "/robots.txt":
            fault = self._by_host.get(parts.netloc)
            return (fault.robots if fault and not self.healed else ()) or (whole(ROBOTS, "Content-Type: text/plain"),)
        fault = self._by_address.get(url.partition("?")[0])
        if fault is not None and fault.scripts[0] and not self.healed:
            return fault.scripts[min(time, len(fault.scripts)) - 1]
        script = self.more(parts.path + (f"?{parts.query}" if parts.query else ""))
        return script or self._page(parts.path, parts.query, fault)

    def _page(self, path: str, query: str, fault: Fault | None) -> Script:
        if path == HOME or (path, query) == (f"{HOME}/Category", "page=1"):
            return (listing(self._listed(), self.doors),)
        if path.startswith(f"{HOME}/Category"):
            return (listing([]),)
        number = path.rpartition("/")[2]
        if "/News/" in path and number.isdigit() and (fault is not None or int(number) in self.good):
            return (fine(int(number)),)
        return (missing(),)

    def _listed(self) -> list[int]:
        """Every other one is a real article, as long as there are any."""
        bad = [fault.number for fault in self.faults if not (fault.host or fault.path)]
        good = list(self.good)
        mixed = [number for pair in zip(good, bad, strict=False) for number in pair]
        return [*mixed, *good[len(bad) :], *bad[len(good) :]]


def sound(folder: Path) -> list[str]:
    """Complaints of `rebuild --check` and of `verify` over the archive of a crawl."""
    data = str(folder / "data")
    words = (["rebuild", "--check", "--data", data], ["verify", "--data", data])
    done = [
        subprocess.run(
            [sys.executable, "-m", "newscrawler", *each], cwd=ROOT, capture_output=True, text=True, check=False
        )
        for each in words
    ]
    return [f"{each.args[3]}: {each.stdout[-300:]}{each.stderr[-300:]}" for each in done if each.returncode]
