"""A whole crawl whose disk fills up: it says so, ends with exit code 6, and all that it reported is in whole files."""

from __future__ import annotations

import os
import random
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from newscrawler.archive.reader import locate, read_at, records
from newscrawler.errors import ExitCode
from tests.archive.exchanges import members
from tests.conftest import FAST, ROOT, Shell, times

# The disk takes so many bytes of WARC files, the last of them by a short write, and then no more; so it is with all
# files alike where the system itself sets the limit.
RUNNER = """
import errno, os, resource, sys
way, room = sys.argv[1], int(sys.argv[2])
if way == "system":
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
else:
    real = os.write
    def write(file, data):
        global room
        if os.readlink(f"/proc/self/fd/{file}").endswith(".warc.gz.open"):
            if not room:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            data = data[:room]
            room -= len(data)
        return real(file, data)
    os.write = write
sys.argv = ["newscrawler", *sys.argv[3:]]
from newscrawler.cli import main
main()
"""


def crawl(shell: Shell, data: Path, way: str, room: int) -> subprocess.CompletedProcess[str]:
    env = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    env |= {"http_proxy": shell.proxy, "NEWSCRAWLER_DATA": str(data)}
    words = [sys.executable, "-c", RUNNER, way, str(room), "crawl", "thanhdoan", *FAST]
    return subprocess.run(words, cwd=ROOT, env=env, capture_output=True, text=True, timeout=120, check=False)


def captures(data: Path) -> list[tuple[str, int, str]]:
    if not (data / "news.db").exists() or not (data / "news.db").stat().st_size:
        return []
    with closing(sqlite3.connect(f"file:{data / 'news.db'}?mode=ro", uri=True)) as db:
        if not db.execute("SELECT 1 FROM sqlite_master WHERE name = 'captures'").fetchone():
            return []
        return db.execute("SELECT filename, offset, record_id FROM captures").fetchall()


def check(data: Path) -> tuple[int, int]:
    """Rows and records, after a look at each of them."""
    found = 0
    for path in (data / "warc").glob("*"):
        members(path)
        found += sum(record.kind in ("response", "revisit") for record in records(path))
    rows = captures(data)
    for filename, offset, record_id in rows:
        assert read_at(locate(data / "warc", filename), offset).record_id == record_id
    return len(rows), found


def test_a_crawl_whose_archive_takes_no_more_ends_in_order(shell: Shell) -> None:
    total = sum(path.stat().st_size for path in whole_crawl(shell).glob("*"))
    # Not the very last bytes: another crawl of the same site may need a few less.
    places = [0, *random.Random(6).sample(range(1, total * 9 // 10), times(4, 99))]
    fewest = []
    for place in places:
        data = shell.folder / str(place)
        done = crawl(shell, data, "calls", place)
        assert done.returncode == ExitCode.DISK, (place, done.stderr)
        assert "Traceback" not in done.stderr + done.stdout
        assert "No space left on device" in done.stderr
        rows, found = check(data)
        assert rows <= found
        fewest.append((rows, found))
    print(f"{len(places)} crawls on a full disk (seed 6): exit code 6, no damaged file; rows and records {fewest}")


def whole_crawl(shell: Shell) -> Path:
    assert crawl(shell, shell.folder / "whole", "calls", 1 << 40).returncode == ExitCode.COMPLETE
    rows, found = check(shell.folder / "whole")
    assert rows == found > 0
    return shell.folder / "whole" / "warc"


def test_a_crawl_that_the_system_lets_write_no_more_ends_in_order(shell: Shell) -> None:
    places = random.Random(7).sample(range(1_000_000), times(2, 40))
    for place in places:
        data = shell.folder / str(place)
        done = crawl(shell, data, "system", place)
        assert done.returncode == ExitCode.DISK, (place, done.returncode, done.stderr)
        assert "Traceback" not in done.stderr + done.stdout
        rows, found = check(data)
        assert rows <= found
    print(f"{len(places)} crawls whose files may not grow (seed 7): exit code 6, no damaged file")
