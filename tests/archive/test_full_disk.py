"""A disk that refuses at any call and any byte: what was reported is there, byte for byte, and nothing lies behind it."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from newscrawler.archive import durable, openfile
from newscrawler.archive.reader import locate, read_at, records
from newscrawler.archive.writer import WarcWriter
from newscrawler.errors import DamagedRecordError, DiskError, ExitCode
from newscrawler.items import Capture
from tests.archive.disks import FaultyDisk, largest_file
from tests.archive.exchanges import exchange, members, writer
from tests.conftest import ROOT, times

ROLL_OVER = 3000
BODIES = [random.Random(number).randbytes(100 + 150 * number) for number in range(9)]


@contextmanager
def disk(faulty: FaultyDisk) -> Iterator[FaultyDisk]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(openfile, "os", faulty)
        patch.setattr(durable, "os", faulty)
        yield faulty


def write_all(warc: WarcWriter) -> tuple[list[tuple[Capture, bytes]], int]:
    """What was reported, and how often the disk was said to refuse."""
    reported, refused = [], 0
    for body in BODIES:
        try:
            capture = warc.write(exchange(body))
        except DiskError:
            refused += 1
        else:
            assert capture is not None
            reported.append((capture, body))
    try:
        warc.close()
    except DiskError:
        refused += 1
    return reported, refused


def check_reported(folder: Path, reported: list[tuple[Capture, bytes]]) -> None:
    for capture, body in reported:
        record = read_at(locate(folder, capture.filename), capture.offset)
        assert (record.record_id, record.body) == (capture.record_id, body)


def check_whole(folder: Path, reported: list[tuple[Capture, bytes]]) -> None:
    """Every file is whole members, and holds the reported responses and no others."""
    check_reported(folder, reported)
    found = []
    for path in folder.iterdir():
        members(path)
        found += [record.record_id for record in records(path) if record.kind == "response"]
    assert sorted(found) == sorted(capture.record_id for capture, _body in reported)


def clean_run(folder: Path) -> FaultyDisk:
    with disk(FaultyDisk()) as counting:
        reported, refused = write_all(writer(folder, roll_over=ROLL_OVER))
    check_whole(folder, reported)
    assert (len(reported), refused) == (len(BODIES), 0)
    return counting


def test_any_one_call_may_fail_once_and_costs_at_most_its_own_exchange(tmp_path: Path) -> None:
    calls = clean_run(tmp_path / "clean").calls
    assert {"open", "write", "fdatasync", "fsync", "rename", "close", "fstat", "statvfs"} <= set(calls)
    for at, name in enumerate(calls):
        folder = tmp_path / str(at)
        with disk(FaultyDisk(at)) as faulty:
            reported, refused = write_all(writer(folder, roll_over=ROLL_OVER))
        assert (refused, faulty.failed) == (1, True), f"call {at}, {name}, failed without a word"
        assert len(reported) >= len(BODIES) - 1
        check_whole(folder, reported)
    print(f"{len(calls)} calls failed once each")
    assert len(calls) >= 100


def test_a_disk_that_dies_at_any_call_keeps_what_was_reported(tmp_path: Path) -> None:
    calls = clean_run(tmp_path / "clean").calls
    torn = 0
    for at in range(len(calls)):
        folder = tmp_path / str(at)
        with disk(FaultyDisk(at, dead=True)):
            reported, refused = write_all(writer(folder, roll_over=ROLL_OVER))
        assert refused, f"the disk died at call {at}, {calls[at]}, without a word"
        check_reported(folder, reported)
        torn += sum(not walks(path, reported) for path in folder.glob("*"))
    print(
        f"the disk died at {len(calls)} calls; {torn} files were left with a torn end, each behind all that was reported"
    )


def walks(path: Path, reported: list[tuple[Capture, bytes]]) -> bool:
    """Whether a file is whole; if it is not, the damage begins behind the last record that was reported."""
    ends = [c.offset + c.length for c, _body in reported if path.name.startswith(c.filename)]
    damage = damage_of(path)
    assert damage is None or damage.offset >= max(ends, default=0)
    return damage is None


def damage_of(path: Path) -> DamagedRecordError | None:
    try:
        list(records(path))
    except DamagedRecordError as error:
        return error
    return None


def test_a_disk_that_is_full_at_any_byte_leaves_whole_records(tmp_path: Path) -> None:
    total = clean_run(tmp_path / "clean").written
    places = random.Random(76).sample(range(total - 200), times(150, 2000))
    for place in places:
        folder = tmp_path / str(place)
        with disk(FaultyDisk(after=place, code=28)):
            reported, refused = write_all(writer(folder, roll_over=ROLL_OVER))
        assert refused == 1
        assert len(reported) == len(BODIES) - 1
        check_whole(folder, reported)
    print(f"the disk was full once at {len(places)} of {total} bytes (seed 76)")


def test_the_system_refusing_at_any_byte_leaves_whole_records(tmp_path: Path) -> None:
    places = random.Random(77).sample(range(ROLL_OVER), times(100, 1000))
    for place in places:
        folder = tmp_path / str(place)
        warc = writer(folder, roll_over=ROLL_OVER)
        with largest_file(place):
            reported, refused = write_all(warc)
        assert refused == len(BODIES) - len(reported)
        if folder.is_dir():
            check_whole(folder, reported)
    print(f"the system let files grow to {len(places)} different sizes (seed 77)")


def test_some_room_is_left_on_the_disk(tmp_path: Path) -> None:
    stat = os.statvfs(tmp_path)
    warc = writer(tmp_path, reserve=stat.f_blocks * stat.f_frsize)
    with pytest.raises(DiskError, match=r"the disk of .* has only [\d,]+ bytes left.*make room, then run") as refused:
        warc.write(exchange())
    assert str(tmp_path) in str(refused.value)
    assert refused.value.exit_code is ExitCode.DISK
    assert list(tmp_path.iterdir()) == []


SMALL_DISK = """
import sys
from pathlib import Path
from newscrawler.archive.reader import locate, read_at, records
from newscrawler.errors import DiskError
from tests.archive.exchanges import exchange, members, writer
import random
folder, reserve = Path(sys.argv[1]), int(sys.argv[2]) if sys.argv[2] else None
warc, kept, seed = writer(folder / "warc", reserve=reserve), [], random.Random(1)
try:
    while True:
        body = seed.randbytes(seed.randrange(9000))
        kept.append((warc.write(exchange(body)), body))
except DiskError as error:
    print(error)
warc.close()
for capture, body in kept:
    assert read_at(folder / "warc" / capture.filename, capture.offset).body == body
(path,) = (folder / "warc").iterdir()
members(path)
assert sum(record.kind == "response" for record in records(path)) == len(kept) > 10
print(len(kept))
"""


@pytest.mark.parametrize(("reserve", "words"), [("-1000000", "No space left on device"), ("", "bytes left")])
def test_a_small_disk_that_fills_up_holds_all_that_was_reported(tmp_path: Path, reserve: str, words: str) -> None:
    """A real one, in a name space of its own, so that nothing is mounted for anybody else."""
    mount = f'mount -t tmpfs -o size=512k tmpfs {tmp_path} && exec "$@"'
    alone = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", mount, "sh"]
    if subprocess.run([*alone, "true"], capture_output=True, check=False).returncode:
        pytest.skip("this machine does not let a process mount a small disk for itself")
    command = [sys.executable, "-c", SMALL_DISK, str(tmp_path), reserve]
    done = subprocess.run([*alone, *command], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    assert words in done.stdout
