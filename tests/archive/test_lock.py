"""One writer to an archive at a time, and none left behind by a process that is gone."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from newscrawler.archive.lock import ArchiveLock
from newscrawler.errors import ArchiveLockedError, DiskError, ExitCode
from tests.conftest import ROOT

HOLD = """
import sys
from pathlib import Path
from newscrawler.archive.lock import ArchiveLock
lock = ArchiveLock(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""


@contextmanager
def holding(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds the lock until its input ends."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        try:
            yield process
        finally:
            process.kill()


def test_a_second_lock_is_refused_and_names_the_process_that_holds_the_first(tmp_path: Path) -> None:
    with holding(tmp_path) as holder, pytest.raises(ArchiveLockedError) as refused:
        ArchiveLock(tmp_path)
    assert f"(process {holder.pid})" in str(refused.value)
    assert str(tmp_path) in str(refused.value)
    assert refused.value.exit_code is ExitCode.LOCKED


def test_one_process_cannot_lock_twice_either(tmp_path: Path) -> None:
    lock = ArchiveLock(tmp_path)
    with pytest.raises(ArchiveLockedError, match=f"process {os.getpid()}"):
        ArchiveLock(tmp_path)
    lock.release()


def test_the_lock_is_free_again_after_its_release(tmp_path: Path) -> None:
    lock = ArchiveLock(tmp_path)
    lock.release()
    lock.release()
    ArchiveLock(tmp_path).release()


def test_a_second_release_does_not_free_the_lock_of_somebody_else(tmp_path: Path) -> None:
    first = ArchiveLock(tmp_path)
    first.release()
    second = ArchiveLock(tmp_path)
    first.release()
    with pytest.raises(ArchiveLockedError):
        ArchiveLock(tmp_path)
    second.release()


def test_the_lock_is_free_again_when_its_holder_was_killed(tmp_path: Path) -> None:
    with holding(tmp_path) as holder:
        holder.send_signal(signal.SIGKILL)
        assert holder.wait(30) == -signal.SIGKILL
        lock = ArchiveLock(tmp_path)
    assert (tmp_path / ".lock").read_text() == str(os.getpid())
    lock.release()


def test_a_refused_lock_leaves_the_name_of_the_holder(tmp_path: Path) -> None:
    with holding(tmp_path) as holder:
        for _ in range(2):
            with pytest.raises(ArchiveLockedError, match=f"process {holder.pid}"):
                ArchiveLock(tmp_path)


def test_the_name_of_an_earlier_holder_leaves_no_digits_behind(tmp_path: Path) -> None:
    (tmp_path / ".lock").write_text("99999999999999")
    lock = ArchiveLock(tmp_path)
    with pytest.raises(ArchiveLockedError, match=rf"process {os.getpid()}\)"):
        ArchiveLock(tmp_path)
    lock.release()


def test_children_of_the_holder_do_not_keep_the_lock(tmp_path: Path) -> None:
    lock = ArchiveLock(tmp_path)
    words = [sys.executable, "-c", "print('up', flush=True); input()"]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, close_fds=False) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "up\n"
        lock.release()
        ArchiveLock(tmp_path).release()
        child.kill()


@pytest.mark.parametrize("missing", ["data", "a/b/c"])
def test_a_missing_folder_is_made(tmp_path: Path, missing: str) -> None:
    ArchiveLock(tmp_path / missing).release()
    assert (tmp_path / missing / ".lock").exists()


def test_a_folder_that_is_a_file_is_told_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(DiskError, match="cannot write to the archive folder"):
        ArchiveLock(tmp_path / "file")


def test_a_full_disk_is_told_in_one_sentence_and_leaves_the_lock_free(tmp_path: Path) -> None:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, before[1]))
    try:
        with pytest.raises(DiskError, match="cannot write to the archive folder"):
            ArchiveLock(tmp_path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    ArchiveLock(tmp_path).release()
