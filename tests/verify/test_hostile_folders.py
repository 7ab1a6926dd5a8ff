"""Whatever lies in the folder of the WARC files, each fault is one sentence."""

from __future__ import annotations

import gzip
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from newscrawler.errors import DiskError
from newscrawler.store.ledger import Ledger
from newscrawler.verify import report, verify
from tests.small_archive import SmallArchive, small_archive
from tests.verify.changes import edit, of_kind


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no gzip at all" * 1000,
        gzip.compress(b"no record" * 1000),
        b"\x1f\x8b\x08" * 5000,
        gzip.compress(b"WARC/1.1\r\nContent-Length: 99999999999999\r\n\r\n"),
        gzip.compress(bytes(50_000_000)),
    ],
    ids=["empty", "junk", "gzip", "magics", "huge", "bomb"],
)
def test_a_file_of_anything_is_one_fault_of_its_own(archive: SmallArchive, content: bytes) -> None:
    (archive.folder / "warc" / "x.warc.gz").write_bytes(content)
    found = verify(archive.folder)
    assert {fault.file for fault in found.faults} == {"warc/x.warc.gz"}
    assert [fault.kind for fault in found.faults if fault.kind != "manifest"] == ["lost" if content else "file"]
    assert found.records == 50


def test_a_folder_that_is_called_a_file_is_told(archive: SmallArchive) -> None:
    (archive.folder / "warc" / "x.warc.gz").mkdir()
    (fault,) = verify(archive.folder).faults
    assert (fault.kind, "is a folder" in fault.sentence) == ("file", True)


def test_a_file_that_leads_to_itself_is_told(archive: SmallArchive) -> None:
    (archive.folder / "warc" / "x.warc.gz").symlink_to("x.warc.gz")
    assert [(fault.kind, fault.file) for fault in verify(archive.folder).faults] == [("file", "warc/x.warc.gz")]


@pytest.fixture
def nobody() -> Iterator[Path]:
    """A folder of an archive, looked at by a user to whom not all is readable, even where the tests run as root."""
    with tempfile.TemporaryDirectory() as name:
        folder, user = Path(name), os.geteuid()
        os.chmod(folder, 0o755)
        yield folder
        os.seteuid(user)


def test_a_file_that_may_not_be_read_is_told(nobody: Path) -> None:
    archive = small_archive(nobody)
    closed = archive.paths[0]
    closed.chmod(0)
    if os.geteuid() == 0:
        os.seteuid(65534)
    found = of_kind(verify(nobody), "file")
    assert [fault.sentence.split("; ")[0] for fault in found] == [f"{closed} cannot be read: Permission denied"]


def test_other_files_among_the_warcs_are_noted(archive: SmallArchive) -> None:
    (archive.folder / "warc" / "README").write_text("mine")
    (archive.folder / "warc" / f"{archive.paths[0].name}.torn-17").write_bytes(b"x")
    found = verify(archive.folder)
    assert found.ok
    assert "holds 1 file of other kinds, such as README" in found.notes[0]
    assert "keeps 1 torn ends" in found.notes[1]


def test_of_endless_faults_the_first_are_told_and_the_others_counted(
    archive: SmallArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(report, "MOST_FAULTS", 3)
    edit(archive, "UPDATE captures SET status = 999")
    found = verify(archive.folder)
    assert len(found.faults) == 3
    assert f"{len(archive.captures) - 3} more faults of kind row are not listed" in found.notes


def test_no_room_for_temporary_files_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    ledger = Ledger()
    ledger._conn.execute("PRAGMA max_page_count = 20")
    rows = (ledger.add_record(f"<urn:{number}>", "a.warc.gz", number) for number in range(100_000))
    with pytest.raises(DiskError, match="no room for temporary files"):
        list(rows)
