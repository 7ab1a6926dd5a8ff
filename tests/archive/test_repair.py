"""After a crash at any moment the archive is closed with every whole record in it, and nothing is thrown away."""

from __future__ import annotations

import errno
import gzip
import logging
import os
import random
import shutil
import signal
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawler.archive import durable
from newscrawler.archive import repair as module
from newscrawler.archive.reader import read_at, records
from newscrawler.archive.repair import Repair, repair
from newscrawler.archive.salvage import Gap, salvage
from newscrawler.errors import DiskError
from newscrawler.items import Capture
from tests.archive.disks import largest_file
from tests.archive.exchanges import exchange, members, writer
from tests.conftest import times

NAME = "thanhdoan-20260102030405-00001.warc.gz"
BODIES = (b"one", b"two" * 50, os.urandom(500), b"")


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A file with a warcinfo record and four exchanges."""
    folder = tmp_path_factory.mktemp("content")
    warc = writer(folder)
    for body in BODIES:
        warc.write(exchange(body))
    warc.close()
    return (folder / NAME).read_bytes()


@pytest.fixture(scope="module")
def ends(content: bytes, tmp_path_factory: pytest.TempPathFactory) -> list[int]:
    """Where the records of `content` end, and 0."""
    path = tmp_path_factory.mktemp("ends") / NAME
    path.write_bytes(content)
    return [offset for offset, _content in members(path)] + [len(content)]


def left_open(folder: Path, content: bytes) -> Path:
    """An archive whose writer was killed."""
    warc = folder / "warc"
    warc.mkdir(parents=True, exist_ok=True)
    (warc / f"{NAME}.open").write_bytes(content)
    return warc


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def expected(content: bytes, end: int) -> dict[str, bytes]:
    """What a repair leaves of one open file whose last whole record ends at `end`."""
    whole = {f"warc/{NAME}": content[:end]} if end else {}
    torn = {f"warc/{NAME}.torn-{end}": content[end:]} if content[end:] else {}
    return whole | torn


def test_an_archive_without_open_files_is_left_alone(tmp_path: Path) -> None:
    assert repair(tmp_path) == []
    left_open(tmp_path, b"x").joinpath(f"{NAME}.open").rename(tmp_path / "warc" / NAME)
    assert repair(tmp_path) == []
    assert files(tmp_path) == {f"warc/{NAME}": b"x"}


def test_a_whole_file_gets_its_name_and_nothing_else(tmp_path: Path, content: bytes) -> None:
    warc = left_open(tmp_path, content)
    assert repair(tmp_path) == [Repair(warc / NAME, len(content), 0, None)]
    assert files(tmp_path) == {f"warc/{NAME}": content}


def test_a_file_cut_at_any_byte_keeps_its_whole_records_and_what_is_torn_lies_beside_it(
    tmp_path: Path, content: bytes, ends: list[int]
) -> None:
    borders = {end + more for end in ends[:-1] for more in (0, 1, 9, 10, 11)} | {end - 1 for end in ends[1:]}
    for size in sorted(borders | set(range(0, len(content), times(23, 1)))):
        folder = tmp_path / str(size)
        warc = left_open(folder, content[:size])
        kept = max(end for end in ends if end <= size)
        torn = warc / f"{NAME}.torn-{kept}" if size > kept else None
        assert repair(folder) == [Repair(warc / NAME if kept else None, kept, size - kept, torn)]
        assert files(folder) == expected(content[:size], kept)
        shutil.rmtree(folder)


@pytest.mark.parametrize("size", [1, 9, 4096, 3_000_000])
def test_a_tail_of_zeros_is_cut(tmp_path: Path, content: bytes, size: int) -> None:
    left_open(tmp_path, content + bytes(size))
    repair(tmp_path)
    assert files(tmp_path) == expected(content + bytes(size), len(content))
    members(tmp_path / "warc" / NAME)


def test_an_empty_file_goes(tmp_path: Path) -> None:
    left_open(tmp_path, b"")
    assert repair(tmp_path) == [Repair(None, 0, 0, None)]
    assert files(tmp_path) == {}


def test_a_second_repair_finds_nothing_to_do(tmp_path: Path, content: bytes) -> None:
    left_open(tmp_path, content[:-3])
    repair(tmp_path)
    before = files(tmp_path)
    assert repair(tmp_path) == []
    assert files(tmp_path) == before


def test_several_files_are_repaired_in_the_order_of_their_names_and_each_is_told_of(
    tmp_path: Path, content: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    warc = left_open(tmp_path, content[:-3])
    for name in ("c", "a"):
        (warc / f"{name}.warc.gz.open").write_bytes(content)
    with caplog.at_level(logging.WARNING):
        done = repair(tmp_path)
    assert [each.path.name for each in done if each.path] == ["a.warc.gz", "c.warc.gz", NAME]
    assert len(caplog.messages) == 3
    assert f"{NAME}.torn-" in caplog.messages[2]


def test_a_closed_file_of_the_same_name_is_never_written_over(tmp_path: Path, content: bytes, ends: list[int]) -> None:
    warc = left_open(tmp_path, content)
    (warc / NAME).write_bytes(content[: ends[2]])
    other = warc / NAME.replace(".warc.gz", "-2.warc.gz")
    assert repair(tmp_path) == [Repair(other, len(content), 0, None)]
    assert files(tmp_path) == {f"warc/{NAME}": content[: ends[2]], f"warc/{other.name}": content}


def test_records_that_a_closed_file_of_the_same_name_holds_are_not_kept_twice(
    tmp_path: Path, content: bytes, ends: list[int]
) -> None:
    warc = left_open(tmp_path, content[: ends[2] + 5])
    (warc / NAME).write_bytes(content)
    torn = warc / f"{NAME}.torn-{ends[2]}"
    assert repair(tmp_path) == [Repair(None, ends[2], 5, torn)]
    assert files(tmp_path) == {f"warc/{NAME}": content, f"warc/{torn.name}": content[ends[2] :][:5]}


def test_another_side_file_of_the_same_name_is_never_written_over(tmp_path: Path) -> None:
    names = [f"{NAME}.torn-0", *(NAME.replace(".warc", f"-{each}.warc") + ".torn-0" for each in (2, 3))]
    for torn, name in zip((b"first", b"other", b"longer", b"other"), [*names, names[1]], strict=True):
        warc = left_open(tmp_path, torn)
        assert repair(tmp_path) == [Repair(None, 0, len(torn), warc / name)]
    assert files(warc) == dict(zip(names, (b"first", b"other", b"longer"), strict=True))


def test_damage_between_whole_records_hides_none_of_those_behind_it(
    tmp_path: Path, content: bytes, ends: list[int]
) -> None:
    for number in range(len(ends) - 2):
        folder = tmp_path / str(number)
        damaged = bytearray(content + b"torn")
        damaged[ends[number] + 40 : ends[number + 1]] = bytes(ends[number + 1] - ends[number] - 40)
        left_open(folder, bytes(damaged))
        repair(folder)
        assert files(folder) == expected(bytes(damaged), len(content))
        found = list(salvage(folder / "warc" / NAME))
        assert [part.offset for part in found] == ends[:-1]
        assert [(part.offset, part.length) for part in found if isinstance(part, Gap)] == [
            (ends[number], ends[number + 1] - ends[number])
        ]


def test_records_that_a_server_put_into_a_torn_body_are_none_of_ours(tmp_path: Path) -> None:
    """A body that does not shrink lies in the file as it is, and so do the gzip members within it."""
    warc = writer(tmp_path / "other")
    warc.write(exchange(b"forged"))
    warc.close()
    forged = (tmp_path / "other" / NAME).read_bytes()
    warc = writer(tmp_path / "warc")
    warc.write(exchange(b"ours"))
    (opened,) = (tmp_path / "warc").iterdir()
    end = opened.stat().st_size
    warc.write(exchange(os.urandom(30_000) + forged + os.urandom(30_000)))
    torn = opened.read_bytes()[:-2000]
    assert forged in torn, "the test needs a body that was stored, not deflated"
    opened.write_bytes(torn)
    repair(tmp_path)
    assert files(tmp_path / "warc") == {NAME: torn[:end], f"{NAME}.torn-{end}": torn[end:]}


def test_bytes_that_look_like_beginnings_of_records_are_none(tmp_path: Path, content: bytes) -> None:
    cut = gzip.compress(b"WARC/1.1\r\nWARC-Type: response\r\n\r\n")
    torn = (
        b"".join(b"\x1f\x8b\x08" + os.urandom(5) for _ in range(300)) + cut[:-5] + cut + b"\x1f\x8b\x08" + b"\x1f\x8b"
    )
    left_open(tmp_path, content + torn)
    repair(tmp_path)
    assert files(tmp_path) == expected(content + torn, len(content))


def test_what_is_no_gzip_at_all_is_set_aside(tmp_path: Path) -> None:
    for number, content in enumerate(
        (b"text\n" * 100, gzip.compress(b"no record"), gzip.compress(b"WARC/1.1\r\n\r\n"))
    ):
        left_open(tmp_path / str(number), content)
        repair(tmp_path / str(number))
        assert files(tmp_path / str(number)) == {f"warc/{NAME}.torn-0": content}


class Stop(BaseException):
    """The process ends here."""


def counting(monkeypatch: pytest.MonkeyPatch, wanted: int, what: Callable[[], None]) -> list[str]:
    """Let `what` happen in place of the call number `wanted` that a repair makes to the system."""
    made: list[str] = []

    def counted(name: str, real: Callable[..., object]) -> Callable[..., object]:
        def call(*arguments: object) -> object:
            made.append(name)
            if len(made) == wanted:
                what()
            return real(*arguments)

        return call

    names = ("open", "fsync", "rename", "unlink", "ftruncate", "fstat", "close")
    system = SimpleNamespace(**{**vars(os), **{name: counted(name, getattr(os, name)) for name in names}})
    for each in (module, durable):
        monkeypatch.setattr(each, "os", system)
    monkeypatch.setattr(
        module, "shutil", SimpleNamespace(copyfileobj=counted("copyfileobj", half_a_copy(what, wanted, made)))
    )
    return made


def half_a_copy(what: Callable[[], None], wanted: int, made: list[str]) -> Callable[..., object]:
    """Copying, which may also be ended when half of it is on disk."""

    def copy(source: object, target: object, size: int) -> None:
        data = source.read()  # type: ignore[attr-defined]
        target.write(data[: len(data) // 2])  # type: ignore[attr-defined]
        target.flush()  # type: ignore[attr-defined]
        made.append("half a copy")
        if len(made) == wanted:
            what()
        target.write(data[len(data) // 2 :])  # type: ignore[attr-defined]

    return copy


def left_by_crashes(folder: Path, content: bytes, ends: list[int]) -> dict[str, bytes]:
    """An archive with an open file of each kind, and what a repair makes of it."""
    warc = left_open(folder, content[: ends[3] + 7])
    for name, torn in {"empty": b"", "nothing": content[:9], "whole": content, "double": content[: ends[2]]}.items():
        (warc / f"{name}.warc.gz.open").write_bytes(torn)
    (warc / "double.warc.gz").write_bytes(content)
    return {
        **expected(content[: ends[3] + 7], ends[3]),
        "warc/nothing.warc.gz.torn-0": content[:9],
        "warc/whole.warc.gz": content,
        "warc/double.warc.gz": content,
    }


def calls(monkeypatch: pytest.MonkeyPatch, folder: Path, content: bytes, ends: list[int]) -> list[str]:
    with monkeypatch.context() as patch:
        left_by_crashes(folder, content, ends)
        made = counting(patch, -1, lambda: None)
        repair(folder)
    return made


def test_a_repair_killed_at_any_call_to_the_system_and_begun_anew_gives_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes, ends: list[int]
) -> None:
    made = calls(monkeypatch, tmp_path / "all", content, ends)
    assert set(made) == {
        "open",
        "fsync",
        "rename",
        "unlink",
        "ftruncate",
        "fstat",
        "close",
        "copyfileobj",
        "half a copy",
    }
    for wanted in range(1, len(made) + 1):
        folder = tmp_path / str(wanted)
        after = left_by_crashes(folder, content, ends)
        if not (child := os.fork()):
            try:
                signal.alarm(60)
                counting(monkeypatch, wanted, lambda: os.kill(os.getpid(), 9))
                repair(folder)
            finally:
                os._exit(0)
        assert os.waitpid(child, 0)[1] == 9, f"call {wanted} was not reached"
        repair(folder)
        assert files(folder) == after, f"after a kill at call {wanted}, {made[wanted - 1]}"


def test_a_repair_that_the_disk_refuses_at_any_call_is_one_sentence_and_can_be_begun_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes, ends: list[int]
) -> None:
    def refuse() -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    made = calls(monkeypatch, tmp_path / "all", content, ends)
    for wanted in range(1, len(made) + 1):
        folder = tmp_path / str(wanted)
        after = left_by_crashes(folder, content, ends)
        with monkeypatch.context() as patch:
            counting(patch, wanted, refuse)
            with pytest.raises(DiskError, match=r"^cannot repair .*\.open: Input/output error; see to the disk"):
                repair(folder)
        repair(folder)
        assert files(folder) == after, f"after a refusal of call {wanted}, {made[wanted - 1]}"


def test_no_room_for_the_side_file_leaves_all_as_it_was(tmp_path: Path, content: bytes) -> None:
    torn = content + bytes(5000)
    left_open(tmp_path, torn)
    with largest_file(3000), pytest.raises(DiskError, match="File too large"):
        repair(tmp_path)
    assert files(tmp_path) == {f"warc/{NAME}.open": torn}
    repair(tmp_path)
    assert files(tmp_path) == expected(torn, len(content))


def test_a_file_that_cannot_be_read_is_not_cut(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    def refuse(*_arguments: object, **_more: object) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    left_open(tmp_path, content)
    with monkeypatch.context() as patch:
        patch.setattr(Path, "open", refuse)
        with pytest.raises(DiskError, match="Input/output error"):
            repair(tmp_path)
    assert files(tmp_path) == {f"warc/{NAME}.open": content}


def test_the_writer_goes_on_beside_a_repaired_file_and_every_record_is_read(tmp_path: Path, content: bytes) -> None:
    left_open(tmp_path, content[:-3])
    repair(tmp_path)
    warc = writer(tmp_path / "warc")
    capture = warc.write(exchange(b"after"))
    warc.close()
    assert isinstance(capture, Capture)
    assert capture.filename != NAME
    assert read_at(tmp_path / "warc" / capture.filename, capture.offset).body == b"after"
    kinds = [record.kind for record in records(tmp_path / "warc" / NAME)]
    assert kinds == ["warcinfo", *["response", "request"] * 3, "response"]


@given(st.data())
def test_any_bytes_behind_whole_records_are_cut_and_kept(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, ends: list[int], data: st.DataObject
) -> None:
    end = data.draw(st.sampled_from(ends))
    torn = content[:end] + data.draw(st.binary(max_size=200))
    folder = tmp_path_factory.mktemp("any")
    left_open(folder, torn)
    repair(folder)
    assert files(folder) == expected(torn, end)


def test_flipped_bytes_never_cost_another_record(tmp_path: Path, content: bytes, ends: list[int]) -> None:
    seed = random.randrange(2**32)
    chance = random.Random(seed)
    rounds = times(100, 5000)
    print(f"{rounds} flips, seed {seed}")
    for number in range(rounds):
        place = chance.randrange(ends[1], len(content))
        damaged = bytearray(content)
        damaged[place] ^= 1 << chance.randrange(8)
        folder = tmp_path / str(number)
        left_open(folder, bytes(damaged))
        repair(folder)
        hurt = max(end for end in ends if end <= place)
        held = [part.offset for part in salvage(folder / "warc" / NAME) if not isinstance(part, Gap)]
        assert set(ends[:-1]) - {hurt} <= set(held)
        assert b"".join(files(folder)[name] for name in sorted(files(folder))) == bytes(damaged)
        shutil.rmtree(folder)
