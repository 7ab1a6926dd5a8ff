"""Manifest and index are compared with what is there."""

from __future__ import annotations

from newscrawler.archive.cdxj import INDEX
from newscrawler.archive.manifest import MANIFEST
from newscrawler.verify import verify
from tests.small_archive import SmallArchive
from tests.verify.changes import kinds, of_kind


def test_an_altered_line_of_the_manifest_is_named(archive: SmallArchive) -> None:
    path = archive.folder / MANIFEST
    path.write_text(path.read_text().replace('"closed"', '"repaired"', 1))
    found = verify(archive.folder)
    assert kinds(found) == {"manifest"}
    assert [fault.row for fault in found.faults] == [2, None]
    assert "restore it from a copy" in found.faults[0].sentence


def test_a_file_and_its_last_line_taken_away_together_show_in_the_rows(archive: SmallArchive) -> None:
    path = archive.folder / MANIFEST
    path.write_text(path.read_text().splitlines(keepends=True)[0])
    archive.paths[1].unlink()
    assert "file" in kinds(verify(archive.folder))


def test_a_manifest_that_lost_its_first_lines_is_not_believed(archive: SmallArchive) -> None:
    (archive.folder / MANIFEST).write_text("")
    sentences = [fault.sentence for fault in of_kind(verify(archive.folder), "manifest")]
    assert any("lines were taken away" in sentence for sentence in sentences)
    (archive.folder / MANIFEST).unlink()
    (fault,) = verify(archive.folder).faults
    assert (fault.kind, "manifest.jsonl is missing" in fault.sentence) == ("manifest", True)


def test_the_index_is_compared_line_by_line(archive: SmallArchive) -> None:
    path = archive.folder / INDEX
    lines = path.read_text().splitlines(keepends=True)
    path.write_text("".join([*lines[1:5], lines[4], "vn,a)/ 20260102030405 {}\n", *lines[5:]]))
    found = verify(archive.folder)
    assert kinds(found) == {"index"}
    told = sorted(fault.sentence.split("index.cdxj ")[1].split(";")[0].split(" at ")[0] for fault in found.faults)
    assert told[0] == "has no line for the record"
    assert "line 5 is out of order" in told
    assert "line 6 belongs to no record" in told


def test_an_index_that_is_not_there_is_a_note(archive: SmallArchive) -> None:
    (archive.folder / INDEX).unlink()
    found = verify(archive.folder)
    assert found.ok
    assert "`newscrawler rebuild` makes it" in found.notes[0]
