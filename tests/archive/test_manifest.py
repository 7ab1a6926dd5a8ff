"""What was removed from, or altered in, a closed archive shows, and a crash while the manifest is written costs nothing."""

from __future__ import annotations

import hashlib
import json
import os
import random
from pathlib import Path

import pytest

from newscrawler.archive import manifest as module
from newscrawler.archive.manifest import NO_LINE, Fault, Manifest
from newscrawler.errors import DiskError
from tests.conftest import times

NAMES = ("a", "b", "c", "d")


@pytest.fixture
def manifest(tmp_path: Path) -> Manifest:
    """An archive of four closed files, each with its line."""
    (tmp_path / "warc").mkdir()
    manifest = Manifest(tmp_path)
    for number, name in enumerate(NAMES, 1):
        path = tmp_path / "warc" / f"{name}.warc.gz"
        path.write_bytes(name.encode() * 1000 * number)
        manifest.add(path, "closed")
    return manifest


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def lines(manifest: Manifest) -> list[bytes]:
    return manifest.path.read_bytes().splitlines(keepends=True)


def told(manifest: Manifest) -> list[tuple[str, str | None, int | None]]:
    for fault in manifest.check():
        assert "\n" not in fault.message
    return [(fault.kind, fault.file, fault.line) for fault in manifest.check()]


def test_an_archive_without_files_has_no_lines_and_no_faults(tmp_path: Path) -> None:
    manifest = Manifest(tmp_path)
    assert (manifest.entries(), manifest.add_missing(), manifest.check()) == ([], [], [])
    assert manifest.head() == NO_LINE
    assert not manifest.path.exists()


def test_a_line_says_what_the_file_was_and_names_the_line_before_it(manifest: Manifest) -> None:
    found = [json.loads(line) for line in lines(manifest)]
    assert [(each["file"], each["size"], each["how"]) for each in found] == [
        ("warc/a.warc.gz", 1000, "closed"),
        ("warc/b.warc.gz", 2000, "closed"),
        ("warc/c.warc.gz", 3000, "closed"),
        ("warc/d.warc.gz", 4000, "closed"),
    ]
    assert found[1]["sha256"] == sha256(b"b" * 2000)
    assert found[1]["closed_at"].endswith("Z")
    assert [each["previous"] for each in found] == [NO_LINE] + [sha256(line[:-1]) for line in lines(manifest)[:-1]]
    assert manifest.head() == sha256(lines(manifest)[-1][:-1]) == list(manifest.digests())[-1]


def test_an_untouched_archive_has_no_faults_and_all_of_it_was_read(manifest: Manifest) -> None:
    read: list[int] = []
    assert manifest.check(read.append) == []
    assert sum(read) == 10_000


def test_a_file_gets_one_line_only_unless_it_has_changed(manifest: Manifest) -> None:
    path = manifest.folder / "warc" / "a.warc.gz"
    before = lines(manifest)
    assert manifest.add(path, "closed") == manifest.entries()[0]
    assert lines(manifest) == before
    path.write_bytes(b"another")
    manifest.add(path, "imported", records=7)
    assert manifest.entries()[-1].records == 7
    assert told(manifest) == [("cut", "warc/a.warc.gz", 1)]


def test_closed_files_without_a_line_get_one_and_open_ones_do_not(manifest: Manifest) -> None:
    for name in ("e.warc.gz", "f.warc.gz.open", "e.warc.gz.torn-12", "g.warc.gz.part"):
        (manifest.folder / "warc" / name).write_bytes(b"e")
    assert told(manifest) == [("unlisted", "warc/e.warc.gz", None)]
    assert manifest.add_missing() == [manifest.folder / "warc" / "e.warc.gz"]
    assert (manifest.entries()[-1].file, manifest.entries()[-1].how) == ("warc/e.warc.gz", "found")
    assert manifest.add_missing() == []
    assert manifest.check() == []


@pytest.mark.parametrize(
    ("content", "kind"),
    [(None, "missing"), (b"c" * 2999, "cut"), (b"c" * 3001, "grown"), (b"c" * 2999 + b"d", "altered"), (b"", "cut")],
)
def test_what_has_become_of_a_file_is_told(manifest: Manifest, content: bytes | None, kind: str) -> None:
    path = manifest.folder / "warc" / "c.warc.gz"
    path.unlink()
    if content is not None:
        path.write_bytes(content)
    (fault,) = manifest.check()
    assert (fault.kind, fault.file, fault.line) == (kind, "warc/c.warc.gz", 3)
    assert str(path) in fault.message


def test_a_file_that_is_a_folder_now_cannot_be_read(manifest: Manifest) -> None:
    path = manifest.folder / "warc" / "c.warc.gz"
    path.unlink()
    path.mkdir()
    assert told(manifest) == [("unreadable", "warc/c.warc.gz", 3)]


def test_a_removed_line_breaks_the_chain_and_leaves_its_file_without_one(manifest: Manifest) -> None:
    whole = lines(manifest)
    for number in range(len(NAMES) - 1):
        manifest.path.write_bytes(b"".join(whole[:number] + whole[number + 1 :]))
        assert told(manifest) == [
            ("chain", None, number + 1),
            ("unlisted", f"warc/{NAMES[number]}.warc.gz", None),
        ]


def test_a_file_removed_together_with_its_line_shows(manifest: Manifest) -> None:
    whole = lines(manifest)
    (manifest.folder / "warc" / "b.warc.gz").unlink()
    manifest.path.write_bytes(b"".join(whole[:1] + whole[2:]))
    assert told(manifest) == [("chain", None, 2)]


def test_last_lines_that_were_removed_are_missed_by_whoever_noted_the_head(manifest: Manifest) -> None:
    noted = manifest.head()
    assert noted in manifest.digests()
    manifest.path.write_bytes(b"".join(lines(manifest)[:-1]))
    (manifest.folder / "warc" / "d.warc.gz").unlink()
    assert manifest.check() == []
    assert noted not in manifest.digests()


def test_lines_that_changed_places_break_the_chain(manifest: Manifest) -> None:
    one, two, three, four = lines(manifest)
    manifest.path.write_bytes(one + three + two + four)
    assert told(manifest) == [("chain", None, 2), ("chain", None, 3), ("chain", None, 4)]


def test_a_line_that_was_made_to_fit_an_altered_file_breaks_the_chain(manifest: Manifest) -> None:
    (manifest.folder / "warc" / "b.warc.gz").write_bytes(b"x" * 2000)
    manifest.path.write_bytes(
        manifest.path.read_bytes().replace(sha256(b"b" * 2000).encode(), sha256(b"x" * 2000).encode())
    )
    assert told(manifest) == [("chain", None, 3)]


@pytest.mark.parametrize(
    "line",
    [
        b"no JSON",
        b"",
        b"[1]",
        b"{}",
        b"null",
        b"\0" * 300,
        b"[" * 100_000,
        b"\xff\xfe",
        b'{"file": 1, "size": 1, "sha256": "", "closed_at": "", "how": "closed", "previous": ""}',
        b'{"file": "../x", "size": 1, "sha256": "", "closed_at": "", "how": "closed", "previous": ""}',
        b'{"file": "/etc/passwd", "size": 1, "sha256": "", "closed_at": "", "how": "closed", "previous": ""}',
        b'{"file": "\\u0000", "size": 1, "sha256": "", "closed_at": "", "how": "closed", "previous": ""}',
        b'{"file": "\\ud800", "size": 1, "sha256": "", "closed_at": "", "how": "closed", "previous": ""}',
    ],
)
def test_a_line_that_is_none_is_told_with_its_number_and_can_be_followed(manifest: Manifest, line: bytes) -> None:
    with manifest.path.open("ab") as stream:
        stream.write(line + b"\n")
    (manifest.folder / "warc" / "e.warc.gz").write_bytes(b"e")
    manifest.add_missing()
    assert told(manifest) == [("unreadable", None, 5)]
    assert manifest.entries()[-1].previous == sha256(line)


def test_a_last_line_torn_at_any_byte_is_told_and_mended_by_the_next(manifest: Manifest) -> None:
    whole = manifest.path.read_bytes()
    start = len(b"".join(lines(manifest)[:-1]))
    for size in range(start, len(whole)):
        manifest.path.write_bytes(whole[:size])
        torn = [("torn", None, 4)] if size > start else []
        assert told(manifest) == [*torn, ("unlisted", "warc/d.warc.gz", None)]
        manifest.add_missing()
        assert manifest.check() == []
        assert [entry.file for entry in manifest.entries()] == [f"warc/{name}.warc.gz" for name in NAMES]


@pytest.mark.parametrize("size", [1, 300, 5000, 20_000])
def test_zeros_or_long_garbage_at_the_end_are_cut_off(manifest: Manifest, size: int) -> None:
    whole = manifest.path.read_bytes()
    manifest.path.write_bytes(whole + bytes(size))
    (manifest.folder / "warc" / "e.warc.gz").write_bytes(b"e")
    manifest.add_missing()
    assert manifest.path.read_bytes().startswith(whole + b'{"file": "warc/e')
    assert manifest.check() == []


def test_the_line_of_a_file_of_many_pieces_is_right(tmp_path: Path) -> None:
    (tmp_path / "warc").mkdir()
    path = tmp_path / "warc" / "a.warc.gz"
    path.write_bytes(os.urandom(3 * module._PIECE + 1))
    entry = Manifest(tmp_path).add(path, "repaired")
    assert (entry.size, entry.sha256) == (path.stat().st_size, sha256(path.read_bytes()))


@pytest.mark.parametrize("name", ["đoàn thể", "line\nbreak", "caf\udce9", '"'])
def test_any_name_that_a_file_can_bear_is_written_down(tmp_path: Path, name: str) -> None:
    (tmp_path / "warc").mkdir()
    path = tmp_path / "warc" / f"{name}.warc.gz"
    path.write_bytes(b"x")
    assert Manifest(tmp_path).add_missing() == [path]
    assert [entry.file for entry in Manifest(tmp_path).entries()] == [f"warc/{name}.warc.gz"]
    assert Manifest(tmp_path).check() == []


def test_a_manifest_that_cannot_be_written_is_one_sentence(manifest: Manifest) -> None:
    (manifest.folder / "warc" / "e.warc.gz").write_bytes(b"e")
    manifest.path.unlink()
    manifest.path.mkdir()
    with pytest.raises(DiskError, match=r"cannot write .*e\.warc\.gz into .*manifest\.jsonl: Is a directory"):
        manifest.add(manifest.folder / "warc" / "e.warc.gz", "closed")


def test_any_flipped_bit_shows(manifest: Manifest) -> None:
    seed = random.randrange(2**32)
    chance = random.Random(seed)
    rounds = times(300, 5000)
    print(f"{rounds} flips, seed {seed}")
    paths = [manifest.path, *(manifest.folder / "warc" / f"{name}.warc.gz" for name in NAMES)]
    noted = manifest.head()
    for _ in range(rounds):
        path = chance.choice(paths)
        whole = path.read_bytes()
        damaged = bytearray(whole)
        damaged[chance.randrange(len(whole))] ^= 1 << chance.randrange(8)
        path.write_bytes(damaged)
        assert manifest.check() or noted not in manifest.digests()
        path.write_bytes(whole)
    assert manifest.check() == []


def test_a_fault_is_a_sentence_and_its_parts(manifest: Manifest) -> None:
    (manifest.folder / "warc" / "a.warc.gz").unlink()
    path = manifest.folder / "warc" / "a.warc.gz"
    assert manifest.check() == [Fault("missing", f"{path} is missing; restore it from a copy", "warc/a.warc.gz", 1)]
