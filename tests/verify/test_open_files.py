"""What a crawl is writing, or one that was killed has left, is no fault."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from newscrawler.archive.cdxj import update_index
from newscrawler.archive.lock import ArchiveLock
from newscrawler.archive.manifest import Manifest
from newscrawler.archive.writer import WarcWriter
from newscrawler.store import add_capture, close_database, finish_run, open_database, start_run
from newscrawler.upkeep import put_in_order
from newscrawler.verify import verify
from tests.archive.exchanges import exchange, members, writer
from tests.conftest import times
from tests.small_archive import START, SmallArchive
from tests.verify.changes import edit, kinds

TORN = b"\x1f\x8b\x08\0\0torn"


def opened(archive: SmallArchive) -> Path:
    """A third file that was begun, with a torn end, in a run without an end."""
    edit(archive, "INSERT INTO runs (site, reason, started_at) VALUES ('thanhdoan', 'test', '2026')")
    warc = writer(archive.folder / "warc", now=lambda: START, reserve=0)
    warc.write(exchange(b"new", url="http://a.vn/new"))
    (path,) = (archive.folder / "warc").glob("*.open")
    with path.open("ab") as stream:
        stream.write(TORN)
    return path


def test_a_torn_end_that_a_killed_run_left_is_a_note(archive: SmallArchive) -> None:
    path = opened(archive)
    found = verify(archive.folder)
    assert found.faults == ()
    told = " ".join(found.notes)
    assert f"{path} was left open by a run that was killed; the next crawl repairs it" in told
    assert f"{path} ends in 9 bytes that are no whole record" in told
    assert f"{path} holds 1 record without row yet" in told


def test_an_exchange_that_a_crash_tore_in_two_is_a_note_before_and_after_the_repair(archive: SmallArchive) -> None:
    path = opened(archive)
    path.write_bytes(path.read_bytes().removesuffix(TORN))
    request, _content = members(path)[-1]
    path.write_bytes(path.read_bytes()[:request] + TORN)
    before = verify(archive.folder)
    db = open_database(archive.folder / "news.db", write=True)
    put_in_order(archive.folder, db)
    close_database(db)
    after = verify(archive.folder)
    for found in (before, after):
        assert found.faults == ()
        assert any("with 1 records whose other halves are not there" in note for note in found.notes)
    assert after.files == 3


def test_beside_a_crawl_its_open_file_is_a_note(archive: SmallArchive) -> None:
    path = opened(archive)
    lock = ArchiveLock(archive.folder)
    found = verify(archive.folder)
    lock.release()
    assert found.faults == ()
    assert f"a crawl is writing to {archive.folder} now" in found.notes[0]
    assert f"{path} ends in 9 bytes that are no whole record; a record is being written" in found.notes


def crawl(folder: Path, pages: int) -> None:
    """Writes as a crawl does: records first, rows behind them, each file into the manifest, the index before the end of the run."""
    lock, db = ArchiveLock(folder), open_database(folder / "news.db", write=True)
    run, manifest, paths = start_run(db, "thanhdoan", "test", "2027"), Manifest(folder), []

    def closed(path: Path) -> None:
        manifest.add(path, "closed")
        paths.append(path)

    info = {"software": "newscrawler/0", "manifest-head": manifest.head()}
    warc = WarcWriter(folder / "warc", "thanhdoan", info, roll_over=5000, reserve=0, on_close=closed)
    for number in range(pages):
        capture = warc.write(exchange(b"page %d" % number * 50, url=f"http://a.vn/{number}"))
        assert capture is not None
        add_capture(db, capture, run)
    warc.close()
    update_index(folder, paths)
    finish_run(db, run, "2028", 0, {})
    close_database(db)
    lock.release()


def test_beside_a_crawl_that_goes_on_nothing_is_a_fault(archive: SmallArchive) -> None:
    with ThreadPoolExecutor(1) as pool:
        writing, looked = pool.submit(crawl, archive.folder, times(100, 2000)), 0
        while not writing.done():
            assert verify(archive.folder).faults == ()
            looked += 1
        writing.result()
    assert looked > 1
    found = verify(archive.folder)
    assert (found.faults, found.notes) == ((), ())
    print(f"\nlooked {looked} times while {found.files - 2} files were written")


def test_a_check_holds_no_lock(archive: SmallArchive) -> None:
    verify(archive.folder)
    ArchiveLock(archive.folder).release()


def test_damage_before_the_end_of_an_open_file_is_a_fault(archive: SmallArchive) -> None:
    path = opened(archive)
    data = bytearray(path.read_bytes())
    data[20] ^= 255
    path.write_bytes(data)
    assert kinds(verify(archive.folder)) >= {"lost"}
