"""Each row is compared with its record, and a database that is none does not stop the check."""

from __future__ import annotations

import sqlite3

import pytest

from newscrawler.verify import verify
from tests.small_archive import SmallArchive
from tests.verify.changes import edit, kinds, of_kind


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("url", "'http://a.vn/'"),
        ("timestamp", "'2026'"),
        ("status", "404"),
        ("mime", "'text/plain'"),
        ("digest", "'sha1:A'"),
        ("length", "length + 1"),
        ("record_id", "'<urn:x>'"),
        ("truncated", "'time'"),
        ("refers_to", "'<urn:x>'"),
        ("url", "CAST(x'ff' AS TEXT)"),
        ("url", "x'00'"),
    ],
)
def test_an_edited_row_is_named_with_its_column(archive: SmallArchive, column: str, value: str) -> None:
    edit(archive, f"UPDATE captures SET {column} = {value} WHERE id = 3")
    (fault,) = verify(archive.folder).faults
    assert (fault.kind, fault.row, fault.file) == ("row", 3, "news.db")
    assert f"({column})" in fault.sentence
    assert "`newscrawler rebuild`" in fault.sentence


@pytest.mark.parametrize("offset", ["offset + 1", "offset - 1", "99999999", "'text'", "-1", "x'00'", "1e300"])
def test_a_row_that_points_elsewhere_is_named_and_its_record_has_none(archive: SmallArchive, offset: str) -> None:
    edit(archive, f"UPDATE captures SET offset = {offset} WHERE id = 3")
    found = verify(archive.folder)
    assert [fault.row for fault in of_kind(found, "row")] == [3]
    assert [fault.url for fault in of_kind(found, "unindexed")] == [archive.captures[2].url]


def test_a_removed_row_leaves_its_record_without(archive: SmallArchive) -> None:
    edit(archive, "PRAGMA foreign_keys = OFF", "DELETE FROM captures WHERE id = 3")
    (fault,) = verify(archive.folder).faults
    assert (fault.kind, fault.offset) == ("unindexed", archive.captures[2].offset)
    assert "`newscrawler rebuild`" in fault.sentence


def test_a_row_of_a_file_that_never_was_is_named(archive: SmallArchive) -> None:
    for name in ("'../../etc/passwd'", "'a\n'", "x'2f00'", "CAST(x'ff' AS TEXT)", "printf('%9999s', 'a')"):
        edit(archive, f"UPDATE captures SET filename = {name} WHERE id = 3")
        assert {"file", "unindexed"} == kinds(verify(archive.folder))


def test_rows_of_other_tables_that_point_at_nothing_are_named(archive: SmallArchive) -> None:
    edit(
        archive,
        "INSERT INTO links (site, page_url, block, position, first_seen, last_seen, link_key, capture_id)"
        " VALUES ('a', 'b', 'hot', 1, 'x', 'x', 'k', 4711)",
        "INSERT INTO sightings (article_id, seen_at, content_hash, capture_id) VALUES (815, '2026', 'h', 1)",
    )
    found = verify(archive.folder)
    told = sorted(fault.sentence.split(" of ")[0] + fault.sentence.split("db: ")[1] for fault in found.faults)
    assert [words.split(";")[0] for words in told] == [
        "links row 1capture_id points at no row of captures",
        "sightingsarticle_id points at no row of articles",
    ]


@pytest.mark.parametrize("damage", [b"", b"SQLite format 3\0" + b"x" * 4096, b"no database"])
def test_a_database_that_is_none_is_told_and_the_records_are_still_checked(
    archive: SmallArchive, damage: bytes
) -> None:
    (archive.folder / "news.db").write_bytes(damage)
    found = verify(archive.folder)
    assert kinds(found) == {"database"}
    assert (len(found.faults), found.records, found.rows) == (1, 50, 0)


def test_a_database_with_a_damaged_page_is_told(archive: SmallArchive) -> None:
    path = archive.folder / "news.db"
    data = bytearray(path.read_bytes())
    db = sqlite3.connect(path)
    (page,) = db.execute("SELECT rootpage FROM sqlite_master WHERE name = 'captures'").fetchone()
    (size,) = db.execute("PRAGMA page_size").fetchone()
    db.close()
    data[(page - 1) * size : (page - 1) * size + 200] = bytes(200)
    path.write_bytes(data)
    found = verify(archive.folder)
    assert kinds(found) == {"database"}
    assert "`newscrawler rebuild`" in found.faults[0].sentence


def test_a_missing_database_is_told(archive: SmallArchive) -> None:
    (archive.folder / "news.db").unlink()
    (fault,) = verify(archive.folder).faults
    assert (fault.kind, "`newscrawler rebuild`" in fault.sentence) == ("database", True)
