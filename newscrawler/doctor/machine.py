"""What the machine gives: open files, memory, processors, time zones, and what the environment says."""

from __future__ import annotations

import os
import re
import resource
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from newscrawler.doctor.finding import Finding
from newscrawler.reader.limits import MEMORY_BYTES
from newscrawler.settings import CONTACT, CONTACT_IS_GUESSED, READING_WORKERS

_FEWEST_FILES = 256
_OF_A_CRAWL = 200_000_000
"""Bytes that a crawl itself takes at most, beside its readers."""
_LARGEST_FILE = 2 << 30
"""WARC files are begun anew at 1 GB; the database may be larger than that."""
_ZONE = "Asia/Ho_Chi_Minh"
_PROXIES = ("http_proxy", "https_proxy", "all_proxy")
_MEMORY_FILES = ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes")


def machine(environment: Mapping[str, str] | None = None) -> Iterator[Finding]:
    """Findings on the machine and the environment, which is that of this process unless another is given."""
    yield _open_files()
    yield from _file_size()
    yield _memory()
    yield _zones()
    yield _contact()
    yield _proxy(os.environ if environment is None else environment)


def _open_files() -> Finding:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    told = "any number of" if soft == resource.RLIM_INFINITY else f"{soft:,}"
    if soft == resource.RLIM_INFINITY or soft >= _FEWEST_FILES:
        return Finding("ok", "open files", f"{told} may be open at a time")
    advice = f"raise the limit: ulimit -n {min(hard, 1024) if hard > 0 else 1024}"
    return Finding("warn", "open files", f"only {told} may be open at a time", advice)


def _file_size() -> Iterator[Finding]:
    soft, _hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    if soft != resource.RLIM_INFINITY and soft < _LARGEST_FILE:
        says = f"no file may be larger than {soft:,} bytes, and the archive's will be"
        yield Finding("bad", "file size", says, "lift the limit: ulimit -f unlimited")


def _memory() -> Finding:
    wanted = _OF_A_CRAWL + READING_WORKERS * MEMORY_BYTES
    workers = f"{READING_WORKERS} process{'es' if READING_WORKERS != 1 else ''} for reading"
    told = (
        f"a crawl takes up to {wanted // 1_000_000} MB with {workers} (READING_WORKERS), on {os.cpu_count()} processors"
    )
    free = _free_memory()
    if free is None:
        return Finding("ok", "memory", told)
    says = f"{free // 1_000_000:,} MB are free; {told}"
    if free < wanted:
        return Finding("warn", "memory", says, "close other programs, or set READING_WORKERS to 0")
    return Finding("ok", "memory", says)


def _free_memory() -> int | None:
    """Bytes that are free, within the limit of a container where there is one."""
    try:
        match = re.search(r"MemAvailable:\s*(\d+) kB", Path("/proc/meminfo").read_text("ascii"))
    except OSError:
        return None
    limits = [int(text) for name in _MEMORY_FILES if (text := _text_of(name)).isdigit()]
    return min([int(match[1]) * 1024, *limits]) if match else None


def _text_of(name: str) -> str:
    try:
        return Path(name).read_text("ascii").strip()
    except OSError:
        return ""


def _zones() -> Finding:
    try:
        offset = ZoneInfo(_ZONE).utcoffset(datetime.now(UTC).replace(tzinfo=None))
    except ZoneInfoNotFoundError:
        return Finding("bad", "time zones", f"{_ZONE} is not known here", "pip install --upgrade tzdata")
    if offset != timedelta(hours=7):
        return Finding("bad", "time zones", f"{_ZONE} is told as {offset} from UTC", "pip install --upgrade tzdata")
    return Finding("ok", "time zones", f"{_ZONE} is known")


def _contact() -> Finding:
    if CONTACT_IS_GUESSED:
        says = f"site owners are told to write to {CONTACT}, which is a guess"
        return Finding("warn", "contact", says, "set NEWSCRAWLER_CONTACT to a mail address or page of yours")
    return Finding("ok", "contact", f"site owners can write to {CONTACT}")


def _proxy(environment: Mapping[str, str]) -> Finding:
    found = {name: value for name in _PROXIES if (value := environment.get(name) or environment.get(name.upper()))}
    if not found:
        return Finding("ok", "proxy", "none; sites are asked directly")
    told = ", ".join(f"{name} {_without_password(value)}" for name, value in found.items())
    but = environment.get("no_proxy") or environment.get("NO_PROXY")
    return Finding("ok", "proxy", told + (f", but not for {but}" if but else ""))


def _without_password(address: str) -> str:
    """Host and port of a proxy.

    >>> _without_password("http://me:secret@proxy.example:3128")
    'proxy.example:3128'
    """
    try:
        return urlsplit(address if "//" in address else f"//{address}").netloc.rpartition("@")[2] or "(unreadable)"
    except ValueError:
        return "(unreadable)"
