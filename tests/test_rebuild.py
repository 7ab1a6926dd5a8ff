"""Rebuild equals crawl: whatever of the database is lost, the WARC files give it back."""

from __future__ import annotations

import gzip
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from newscrawler.archive.lock import ArchiveLock
from newscrawler.archive.message import Message
from newscrawler.archive.writer import WarcWriter
from newscrawler.demo import SampleServer, SampleSite
from newscrawler.items import Exchange
from newscrawler.rebuild import Restored, catch_up, rebuild, restore_file, restore_files
from newscrawler.rebuild.payload import entity_of
from newscrawler.rebuild.readers import readers
from newscrawler.rebuild.renewal import warc_files
from newscrawler.store import close_database, open_database, start_run
from newscrawler.store.captures import find_original
from newscrawler.store.dump import dump_hash
from newscrawler.tape import Tape
from tests.conftest import ROOT, Shell, times
from tests.test_crawl import query
from tests.test_pages import ARTICLE, OTHER, TEXT
from tests.test_pages import HTML as PAGE

SEED = 11


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of two crawls, one article edited between them, and one address without an article."""
    site = SampleSite.load()
    with SampleServer(site) as server:
        shell = Shell(server.url, tmp_path_factory.mktemp("crawled"))
        assert shell.crawl().returncode == 0
        truth = next(truth for truth in site.truth() if truth.listed and truth.generation == "E")
        site.edit(truth.id, paragraphs=[f"{truth.paragraphs[0]} Nhất trí.", *truth.paragraphs[1:]])
        assert shell.crawl("--full").returncode == 0
        assert shell.crawl("--ids", "31190-31191").returncode == 0
    return shell.data


@pytest.fixture
def shell(crawled: Path, tmp_path: Path) -> Shell:
    """A shell with a copy of that archive, and nothing to crawl."""
    shutil.copytree(crawled, tmp_path / "data")
    return Shell("", tmp_path)


def hash_of(data: Path) -> str:
    db = open_database(data / "news.db")
    try:
        return dump_hash(db)
    finally:
        close_database(db)


def change(data: Path, sql: str) -> None:
    with sqlite3.connect(data / "news.db") as db:
        db.execute(sql)
    db.close()


def forget(data: Path) -> None:
    for path in (*data.glob("news.db*"), data / "index.cdxj"):
        path.unlink(missing_ok=True)


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_lost_database_and_index_come_back_the_same(shell: Shell, jobs: str) -> None:
    before = hash_of(shell.data)
    assert (
        query(shell.data, "SELECT count(*) FROM versions")[0][0]
        > query(shell.data, "SELECT count(*) FROM articles")[0][0]
    )
    assert query(shell.data, "SELECT count(*) FROM captures WHERE record_type = 'revisit'")[0][0] > 60
    forget(shell.data)
    done = shell("newscrawler", "rebuild", "--jobs", jobs)
    assert done.returncode == 0, done.stderr
    assert "3 WARC files" in done.stdout
    assert hash_of(shell.data) == before
    assert query(shell.data, "PRAGMA integrity_check") == [("ok",)]
    lines = (shell.data / "index.cdxj").read_text().splitlines()
    assert len(lines) == query(shell.data, "SELECT count(*) FROM captures")[0][0]
    assert query(shell.data, "SELECT count(*) FROM runs WHERE finished_at IS NULL") == [(0,)]
    hits = query(shell.data, 'SELECT count(*) FROM articles_fts WHERE articles_fts MATCH \'"doan" "thanh" "nien"\'')
    assert hits[0][0] > 0


def test_what_only_the_database_knew_is_taken_over(shell: Shell) -> None:
    told = {
        "runs": "SELECT * FROM runs ORDER BY id",
        "frontier": "SELECT * FROM frontier ORDER BY site, url",
        "problems": """
            SELECT p.run_id, p.url, p.stage, p.kind, p.message, p.seen_at, c.filename, c.offset
            FROM problems p LEFT JOIN captures c ON c.id = p.capture_id ORDER BY p.id
        """,
    }
    before = {table: query(shell.data, sql) for table, sql in told.items()}
    assert all(before.values())
    assert shell("newscrawler", "rebuild").returncode == 0
    assert {table: query(shell.data, sql) for table, sql in told.items()} == before


def test_articles_keep_their_ids(shell: Shell) -> None:
    """As if they had been stored in another order than that of the files."""
    found = "SELECT url FROM articles WHERE id IN (SELECT rowid FROM articles_fts WHERE articles_fts MATCH 'doan') ORDER BY url"
    sql = "SELECT id, url, (SELECT count(*) FROM sightings WHERE article_id = articles.id) FROM articles ORDER BY id"
    urls = query(shell.data, found)
    columns = {"articles": "id"} | dict.fromkeys(("versions", "sightings", "links", "media"), "article_id")
    with sqlite3.connect(shell.data / "news.db") as db:
        for table, column in columns.items():
            db.execute(f"UPDATE {table} SET {column} = -(45 - {column}) WHERE {column} IS NOT NULL")
            db.execute(f"UPDATE {table} SET {column} = -{column} WHERE {column} IS NOT NULL")
    db.close()
    before, hash_before = query(shell.data, sql), hash_of(shell.data)
    assert shell("newscrawler", "rebuild").returncode == 0
    assert query(shell.data, sql) == before
    assert hash_of(shell.data) == hash_before
    assert query(shell.data, "PRAGMA foreign_key_check") == []
    assert query(shell.data, found) == urls != []


def test_check_says_that_all_is_well_and_changes_nothing(shell: Shell) -> None:
    files = contents(shell.data)
    done = shell("newscrawler", "rebuild", "--check")
    assert done.returncode == 0, done.stdout
    assert "the database says what the WARC files say" in done.stdout
    assert contents(shell.data) == files


def contents(folder: Path) -> dict[Path, bytes]:
    """All files but those that SQLite and the lock leave beside."""
    passed_over = ("-wal", "-shm", ".lock")
    files = (path for path in folder.rglob("*") if path.is_file() and not path.name.endswith(passed_over))
    return {path: path.read_bytes() for path in files}


@pytest.mark.parametrize(
    ("sql", "words"),
    [
        ("UPDATE articles SET title = 'Bịa đặt' WHERE id = 3", ["articles thanhdoan ", ", title: database “Bịa đặt”, WARC files “"]),
        ("UPDATE captures SET offset = 'x', digest = x'00ff' WHERE id = 4", ["captures thanhdoan-", " x: only in the database"]),
        ("DELETE FROM articles WHERE id = 2", ["articles thanhdoan ", "only in the WARC files"]),
        ("DELETE FROM links WHERE id = 5", ["links http", "only in the WARC files"]),
        ("UPDATE captures SET status = 404 WHERE id = 9", ["captures thanhdoan-", "status: database 404, WARC files 200"]),
        (
            "INSERT INTO versions SELECT NULL, article_id, '2001-01-01T00:00:00.000000Z', 'x', NULL, 'giả', NULL, NULL, 'x', 'x' FROM versions LIMIT 1",
            ["versions thanhdoan ", "2001-01-01T00:00:00.000000Z: only in the database"],
        ),
    ],
)  # fmt: skip
def test_check_names_a_row_that_was_tampered_with(shell: Shell, sql: str, words: list[str]) -> None:
    change(shell.data, sql)
    done = shell("newscrawler", "rebuild", "--check")
    assert done.returncode == 5
    assert "Traceback" not in done.stderr
    assert all(word in done.stdout for word in words), done.stdout


def test_a_rebuild_undoes_what_was_tampered_with(shell: Shell) -> None:
    expected = hash_of(shell.data)
    change(shell.data, "UPDATE articles SET title = 'Bịa đặt', published = '1999'")
    assert shell("newscrawler", "rebuild").returncode == 0
    assert hash_of(shell.data) == expected


def test_rows_read_by_older_rules_are_told_apart_from_altered_ones(shell: Shell) -> None:
    change(shell.data, "UPDATE articles SET extractor = 'newscrawler-0 nested', title = 'cũ'")
    done = shell("newscrawler", "rebuild", "--check")
    assert done.returncode == 0
    assert "38 rows were read by the rules of another version" in done.stdout


def test_files_read_in_any_order_give_the_same_rows(crawled: Path, tmp_path: Path) -> None:
    expected = hash_of(crawled)
    random = Random(SEED)
    files = warc_files(crawled)
    for turn in range(times(3, 12)):
        order = random.sample(files, len(files)) if turn else files[::-1]
        db = open_database(tmp_path / f"{turn}.db", write=True)
        with readers() as read:
            counts = restore_files(db, crawled, order, readers=read)
        assert not counts.unresolved
        assert dump_hash(db) == expected, f"seed {SEED}, order {[path.name for path in order]}"
        close_database(db)


def test_a_file_read_twice_adds_nothing(crawled: Path, tmp_path: Path) -> None:
    db = open_database(tmp_path / "news.db", write=True)
    with readers() as read:
        for _turn in range(2):
            restore_files(db, crawled, warc_files(crawled), readers=read)
    assert dump_hash(db) == hash_of(crawled)
    close_database(db)


def test_catching_up_reads_what_was_not_stored_and_no_more(shell: Shell) -> None:
    expected = hash_of(shell.data)
    change(shell.data, "PRAGMA foreign_keys = OFF")
    lost = query(shell.data, "SELECT article_id FROM sightings ORDER BY seen_at DESC LIMIT 1")[0][0]
    with sqlite3.connect(shell.data / "news.db") as db:
        for table in ("links", "media", "versions", "sightings"):
            db.execute(f"DELETE FROM {table} WHERE article_id = {lost}")
        db.execute(f"DELETE FROM articles WHERE id = {lost}")
    db.close()
    assert hash_of(shell.data) != expected
    archive = open_database(shell.data / "news.db", write=True)
    counts = catch_up(archive, shell.data, warc_files(shell.data))
    close_database(archive)
    assert hash_of(shell.data) == expected
    readings = counts.pages["new"] + counts.pages["changed"] + counts.pages["unchanged"]  # type: ignore[index]
    assert 1 <= readings <= 3


@pytest.mark.parametrize("where", [0.3, 0.6])
def test_damage_is_named_and_passed_over_and_the_rest_comes_back(shell: Shell, where: float) -> None:
    (path, *_others) = warc_files(shell.data)
    data = bytearray(path.read_bytes())
    place = int(len(data) * where)
    data[place : place + 8] = b"\xff" * 8
    path.write_bytes(data)
    before = query(shell.data, "SELECT filename, offset FROM captures")
    forget(shell.data)
    done = shell("newscrawler", "rebuild")
    assert done.returncode == 5
    assert path.name in done.stderr
    assert "bytes were passed over" in done.stderr
    assert "Traceback" not in done.stderr
    left = query(shell.data, "SELECT filename, offset FROM captures")
    assert set(left) < set(before)
    assert len(before) - 2 <= len(left)


def test_a_file_that_a_crash_left_open_is_repaired_first(shell: Shell) -> None:
    expected = hash_of(shell.data)
    path = warc_files(shell.data)[-1]
    torn = path.with_name(path.name + ".open")
    torn.write_bytes(path.read_bytes() + gzip.compress(b"WARC/1.1\r\n" * 50)[:30])
    path.unlink()
    assert shell("newscrawler", "rebuild").returncode == 0
    assert hash_of(shell.data) == expected
    assert path.exists()
    assert not torn.exists()


def test_a_damaged_database_is_kept_aside_and_made_again(shell: Shell) -> None:
    expected = hash_of(shell.data)
    (shell.data / "news.db").write_bytes(b"no database at all" * 500)
    done = shell("newscrawler", "rebuild")
    assert done.returncode == 0, done.stderr
    assert "news.db.damaged" in done.stderr
    assert (shell.data / "news.db.damaged").read_bytes().startswith(b"no database")
    assert hash_of(shell.data) == expected


def test_where_warc_files_are_away_the_database_which_is_all_there_is_stays(shell: Shell) -> None:
    before = hash_of(shell.data)
    (shell.data / "warc").rename(shell.data / "elsewhere")
    done = shell("newscrawler", "rebuild")
    assert (done.returncode, done.stdout) == (5, "")
    assert "(and 2 more) is missing" in done.stderr
    assert "restore it from a copy, or move" in done.stderr
    assert hash_of(shell.data) == before


def test_killed_at_any_moment_it_leaves_the_old_database(shell: Shell) -> None:
    expected = hash_of(shell.data)
    random = Random(SEED)
    env = {**os.environ, "NEWSCRAWLER_DATA": str(shell.data)}
    for turn in range(times(3, 60)):
        process = subprocess.Popen([sys.executable, "-m", "newscrawler", "rebuild", "--jobs", "2"], cwd=ROOT, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # fmt: skip
        try:
            process.wait(timeout=random.uniform(0.2, 3))
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
        assert hash_of(shell.data) == expected, f"seed {SEED}, turn {turn}"
        assert query(shell.data, "PRAGMA quick_check") == [("ok",)]
    done = shell("newscrawler", "rebuild", "--check")
    assert done.returncode == 0, done.stdout + done.stderr
    assert shell("newscrawler", "rebuild").returncode == 0
    assert {path.name for path in shell.data.glob("news.db*")} == {"news.db"}


def test_a_reader_that_has_the_old_database_open_is_not_disturbed(shell: Shell) -> None:
    reader = open_database(shell.data / "news.db")
    before = dump_hash(reader)
    done = shell("newscrawler", "rebuild")
    assert done.returncode == 0, done.stderr
    assert dump_hash(reader) == before == hash_of(shell.data)
    close_database(reader)


def test_an_empty_archive_gives_an_empty_database(tmp_path: Path) -> None:
    shell = Shell("", tmp_path)
    shell.data.mkdir()
    done = shell("newscrawler", "rebuild")
    assert done.returncode == 0, done.stderr
    assert query(shell.data, "SELECT count(*) FROM articles") == [(0,)]
    assert shell("newscrawler", "rebuild", "--check").returncode == 0


def test_a_folder_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    shell = Shell("", tmp_path)
    done = shell("newscrawler", "rebuild")
    assert (done.returncode, shell.data.exists()) == (2, False)
    assert "--data" in done.stderr


@pytest.mark.parametrize("words", [["rebuild"], ["rebuild", "--check"]])
def test_while_a_run_writes_it_is_refused(shell: Shell, words: list[str]) -> None:
    lock = ArchiveLock(shell.data)
    try:
        assert shell("newscrawler", *words).returncode == 7
    finally:
        lock.release()


def write(folder: Path, name: str, info: dict[str, str], answers: dict[str, bytes], at: datetime) -> Path:
    """A WARC file with one page per address."""
    writer = WarcWriter(folder / "warc", name, info, now=lambda: at)
    for number, (url, body) in enumerate(answers.items()):
        response = Tape(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + body)
        writer.write(
            Exchange(url=url, method="GET", request=Tape(b"GET / HTTP/1.1\r\n\r\n"), response=response, started_at=at + timedelta(seconds=number))
        )  # fmt: skip
    writer.close()
    return next((folder / "warc").glob(f"{name}-*.warc.gz"))


AT = datetime(2026, 1, 2, tzinfo=UTC)
STRANGE = "http://tinh-doan.example/tin/mua-he-xanh.html"


def restored(folder: Path, *paths: Path) -> tuple[Restored, list[tuple[str]]]:
    db = open_database(folder / "news.db", write=True)
    try:
        counts = restore_files(db, folder, paths)
        return counts, db.conn.execute("SELECT url FROM articles ORDER BY url").fetchall()
    finally:
        close_database(db)


def test_a_file_of_another_crawler_may_hold_articles_of_any_host(tmp_path: Path) -> None:
    path = write(tmp_path, "foreign", {"software": "Heritrix/3"}, {ARTICLE: PAGE.encode(), STRANGE: OTHER.encode()}, AT)
    assert restored(tmp_path, path)[1] == [(ARTICLE,), (STRANGE,)]


def test_a_run_of_ours_has_read_its_site_s_pages_and_none_else(tmp_path: Path) -> None:
    """A page that an article embeds from elsewhere is a file of that article, not an article."""
    ours = {"software": "newscrawler/1", "isPartOf": "thanhdoan", "run-started": "2026-01-02T00:00:00.000000Z"}
    path = write(tmp_path, "thanhdoan", ours, {ARTICLE: PAGE.encode(), STRANGE: OTHER.encode()}, AT)
    assert restored(tmp_path, path)[1] == [(ARTICLE,)]
    assert query(tmp_path, "SELECT site, started_at, reason FROM runs") == [
        ("thanhdoan", "2026-01-02T00:00:00.000000Z", "unknown")
    ]


def test_what_was_imported_is_as_others_recorded_it_and_its_run_comes_back(tmp_path: Path) -> None:
    info = {"software": "newscrawler/1", "isPartOf": "import", "run-started": "2026-01-02T00:00:00.000000Z"}
    info |= {"run-reason": "import", "source-file": "old.warc.gz"}
    path = write(tmp_path, "import", info, {STRANGE: OTHER.encode()}, AT)
    assert restored(tmp_path, path)[1] == [(STRANGE,)]
    assert query(tmp_path, "SELECT site, reason FROM runs WHERE id = (SELECT run_id FROM captures)") == [
        ("import", "import")
    ]


def test_a_run_named_for_the_caller_is_used_where_the_file_names_none(tmp_path: Path) -> None:
    path = write(tmp_path, "foreign", {"software": "Heritrix/3"}, {ARTICLE: PAGE.encode()}, AT)
    db = open_database(tmp_path / "news.db", write=True)
    run_id = start_run(db, "thanhdoan", "import", "2026-01-03T00:00:00.000000Z")
    restore_file(db, tmp_path, path, run_id=run_id)
    restore_file(db, tmp_path, path)
    assert db.conn.execute("SELECT DISTINCT run_id FROM captures").fetchall() == [(run_id,)]
    close_database(db)


def test_what_follows_the_stated_length_was_not_read_by_a_run_of_ours() -> None:
    message = Message.of(b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabcdef")
    assert entity_of(message, ours=True) == b"abc"
    assert entity_of(message, ours=False) == b"abcdef"


def test_a_revisit_is_read_once_its_payload_is_there(tmp_path: Path) -> None:
    """The file with the payload is read later, and the article is seen at both times."""
    first = write(tmp_path, "first", {"software": "Heritrix/3"}, {ARTICLE: PAGE.encode()}, AT)
    db = open_database(tmp_path / "scratch.db", write=True)
    restore_file(db, tmp_path, first)
    (digest,) = db.conn.execute("SELECT digest FROM captures").fetchone()
    original = find_original(db, digest, ARTICLE)
    close_database(db)
    writer = WarcWriter(tmp_path / "warc", "second", {"software": "Heritrix/3"})
    response = Tape(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + PAGE.encode())
    later = AT + timedelta(days=1)
    writer.write(Exchange(url=ARTICLE, method="GET", request=Tape(b"x"), response=response, started_at=later), original)
    writer.close()
    second = next((tmp_path / "warc").glob("second-*"))
    counts, _urls = restored(tmp_path, second)
    assert len(counts.unresolved) == 1
    (tmp_path / "news.db").unlink()
    counts, urls = restored(tmp_path, second, first)
    assert (counts.unresolved, urls) == ([], [(ARTICLE,)])
    assert query(tmp_path, "SELECT first_seen, last_seen FROM articles") == [
        ("2026-01-02T00:00:00.000000Z", "2026-01-03T00:00:00.000000Z")
    ]
    assert TEXT.strip() in query(tmp_path, "SELECT body_text FROM articles")[0][0]


def test_progress_goes_up_to_the_size_of_the_files(crawled: Path, tmp_path: Path) -> None:
    shutil.copytree(crawled, tmp_path / "data")
    seen: list[tuple[int, int]] = []
    rebuild(tmp_path / "data", lambda counts: seen.append((counts.records, counts.bytes)))
    assert seen == sorted(seen)
    assert seen[-1][1] == sum(path.stat().st_size for path in warc_files(crawled))


def test_a_crawl_beside_a_lost_database_says_what_to_do(shell: Shell) -> None:
    forget(shell.data)
    assert "run `newscrawler rebuild`" in shell.crawl("--limit", "1").stderr
    assert shell("newscrawler", "rebuild").returncode == 0
    assert "run `newscrawler rebuild`" not in shell.crawl("--limit", "1").stderr
