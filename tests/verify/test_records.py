"""Removed, renamed, forged, damaged: each is found in the WARC files and named."""

from __future__ import annotations

import gzip
import shutil

from newscrawler.archive.manifest import Manifest
from newscrawler.verify import verify
from tests.small_archive import SmallArchive
from tests.verify.changes import kinds, listed_again, of_kind, rewritten


def test_a_removed_file_is_named_by_manifest_and_rows(archive: SmallArchive) -> None:
    gone = archive.paths[1]
    gone.unlink()
    found = verify(archive.folder)
    assert f"{gone} is missing; restore it from a copy" in [fault.sentence for fault in of_kind(found, "manifest")]
    (fault,) = of_kind(found, "file")
    first = next(number for number, each in enumerate(archive.captures, 1) if each.filename == gone.name)
    assert (fault.file, fault.row) == (f"warc/{gone.name}", first)
    assert f"{len(archive.captures) - first + 1} rows of news.db point into it; restore it" in fault.sentence
    assert found.rows == len(archive.captures)


def test_a_revisit_whose_original_was_deleted_is_named(archive: SmallArchive) -> None:
    archive.paths[0].unlink()
    found = of_kind(verify(archive.folder), "revisit")
    assert [(fault.offset, fault.url) for fault in found] == [(each.offset, each.url) for each in archive.revisits()]
    assert all("whose original is not there" in fault.sentence for fault in found)


def test_a_revisit_of_another_payload_is_named(archive: SmallArchive) -> None:
    revisit = archive.revisits()[0]

    def other(parts: list[bytes]) -> list[bytes]:
        place = next(number for number, part in enumerate(parts) if revisit.record_id.encode() in gzip.decompress(part))
        text = gzip.decompress(parts[place]).replace(revisit.digest.encode(), b"sha1:" + b"A" * 32)
        return [*parts[:place], gzip.compress(text), *parts[place + 1 :]]

    rewritten(archive.paths[1], other)
    assert [fault.url for fault in of_kind(verify(archive.folder), "revisit")] == [revisit.url]


def test_files_that_have_changed_names_are_named(archive: SmallArchive) -> None:
    one, two = archive.paths
    one.rename(one.with_name("aside"))
    two.rename(one)
    one.with_name("aside").rename(two)
    listed_again(archive)
    found = of_kind(verify(archive.folder), "record")
    assert [fault.file for fault in found] == [f"warc/{one.name}", f"warc/{two.name}"]
    assert f"{one} at offset 0 says that its name is {two.name}" in found[0].sentence


def test_records_that_have_changed_places_are_named_whatever_the_manifest_says(archive: SmallArchive) -> None:
    def swap(parts: list[bytes]) -> list[bytes]:
        return [*parts[:1], *parts[3:5], *parts[1:3], *parts[5:]]

    rewritten(archive.paths[0], swap)
    assert "manifest" in kinds(verify(archive.folder))
    listed_again(archive)
    rows = {fault.row for fault in of_kind(verify(archive.folder), "row")}
    assert {1, 2} <= rows


def test_a_removed_record_is_named_by_its_row_its_partner_and_the_index(archive: SmallArchive) -> None:
    rewritten(archive.paths[1], lambda parts: parts[:-3] + parts[-2:])
    listed_again(archive)
    found = verify(archive.folder)
    assert {"row", "index"} <= kinds(found)


def test_a_lost_range_is_told_and_what_follows_is_checked(archive: SmallArchive) -> None:
    path, hit = archive.paths[0], archive.captures[3]
    data = bytearray(path.read_bytes())
    data[hit.offset + 40 : hit.offset + 60] = bytes(20)
    path.write_bytes(data)
    found = verify(archive.folder)
    (lost,) = of_kind(found, "lost")
    assert (lost.file, lost.offset) == (f"warc/{path.name}", hit.offset)
    assert f"no readable record in {hit.length} bytes from offset {hit.offset} on" in lost.sentence
    assert [(fault.row, fault.url) for fault in of_kind(found, "row")] == [(4, hit.url)]
    assert found.records == 50 - 1


def test_a_record_with_another_payload_digest_is_told(archive: SmallArchive) -> None:
    capture = archive.captures[0]

    def forged(parts: list[bytes]) -> list[bytes]:
        text = gzip.decompress(parts[1]).replace(capture.digest.encode(), b"sha1:" + b"A" * 32)
        return [parts[0], gzip.compress(text), *parts[2:]]

    rewritten(archive.paths[0], forged)
    listed_again(archive)
    found = verify(archive.folder)
    assert [fault.url for fault in of_kind(found, "payload")] == [capture.url]
    assert [fault.url for fault in of_kind(found, "bits")] == [capture.url]


def test_an_extra_file_is_named(archive: SmallArchive) -> None:
    shutil.copy(archive.paths[0], archive.paths[0].with_name("copy.warc.gz"))
    found = verify(archive.folder)
    (fault,) = of_kind(found, "manifest")
    assert (fault.file, "move it away" in fault.sentence) == ("warc/copy.warc.gz", True)
    assert {"duplicate", "unindexed", "record", "index"} <= kinds(found)


def test_a_file_of_anothers_making_need_not_be_like_ours(archive: SmallArchive) -> None:
    foreign = gzip.compress(
        b"WARC/1.0\r\nWARC-Type: resource\r\nWARC-Date: 2026-01-02T00:00:00Z\r\nWARC-Record-ID: <urn:x>\r\n"
        b"Content-Length: 3\r\n\r\nabc\r\n\r\n",
        mtime=1,
    )
    path = archive.folder / "warc" / "foreign.warc.gz"
    path.write_bytes(foreign)
    Manifest(archive.folder).add(path, "imported")
    assert verify(archive.folder).faults == ()


def test_what_others_made_need_not_bring_the_other_halves_of_its_records(archive: SmallArchive) -> None:
    rewritten(archive.paths[1], lambda parts: [parts[0], *parts[2:]])
    listed_again(archive, "imported")
    found = verify(archive.folder)
    assert of_kind(found, "pointer") == []
    assert f"{archive.paths[1]} was imported with 1 records whose other halves are not there" in found.notes
    listed_again(archive)
    assert [fault.file for fault in of_kind(verify(archive.folder), "pointer")] == [f"warc/{archive.paths[1].name}"]
