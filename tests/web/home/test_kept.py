"""What is kept is given at once; what is old is found again, and nobody waits for it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path
from threading import Event

import pytest

from newscrawler.errors import SlowQueryError, StoreError
from newscrawler.store import Database, close_database, open_database
from newscrawler.web import kept as room
from newscrawler.web.kept import keep_ready, kept, ready, settle


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    db = open_database(tmp_path / "news.db", write=True)
    yield db
    settle()
    close_database(db)


def test_an_answer_is_found_once_and_given_often(db: Database) -> None:
    asked = count(1)
    assert [kept(db, "number", lambda _db: next(asked)) for _ in range(3)] == [1, 1, 1]


def test_two_archives_and_two_questions_are_not_mixed_up(db: Database, tmp_path: Path) -> None:
    other = open_database(tmp_path / "other" / "news.db", write=True)
    try:
        assert (kept(db, "a", lambda _db: 1), kept(db, "b", lambda _db: 2), kept(other, "a", lambda _db: 3)) == (
            1,
            2,
            3,
        )
    finally:
        close_database(other)


def test_an_old_answer_is_given_once_more_and_then_a_new_one(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = count(1)
    assert kept(db, "number", lambda _db: next(asked)) == 1
    monkeypatch.setattr(room, "LAST", 0.0)
    assert kept(db, "number", lambda _db: next(asked), fresh=0.0) == 1
    settle()
    monkeypatch.undo()
    assert kept(db, "number", lambda _db: next(asked)) == 2


def test_what_was_written_since_is_seen_when_the_answer_is_no_longer_fresh(db: Database) -> None:
    def runs(db: Database) -> int:
        return int(db.conn.execute("SELECT count(*) FROM runs").fetchone()[0])

    assert kept(db, "runs", runs, fresh=0.0) == 0
    db.conn.execute("INSERT INTO runs (site, started_at, reason) VALUES ('a', '2026', 'by hand')")
    assert kept(db, "runs", runs, fresh=3600.0) == 0
    kept(db, "runs", runs, fresh=0.0)
    settle()
    assert kept(db, "runs", runs, fresh=0.0) == 1


def test_what_takes_too_long_is_there_for_the_next_reader(db: Database, tmp_path: Path) -> None:
    go = Event()

    def find(_db: Database) -> str:
        assert go.wait(30)
        return "found"

    with pytest.raises(SlowQueryError, match="ask again in a moment"):
        kept(db, "slow", find)
    assert ready(db, {"slow": find, "quick": lambda _db: 7}, seconds=0.3) == {"quick": 7}
    go.set()
    settle()
    assert kept(db, "slow", find) == "found"


def test_what_nobody_has_asked_for_yet_can_be_made_ready(db: Database, tmp_path: Path) -> None:
    keep_ready(tmp_path / "news.db", "before", lambda _db: 9)
    settle()
    assert kept(db, "before", lambda _db: 10) == 9


def test_what_fails_in_the_background_is_told_and_asked_for_again(db: Database) -> None:
    failing = iter([StoreError("the file is damaged; run `newscrawler rebuild`")])

    def find(_db: Database) -> str:
        if error := next(failing, None):
            raise error
        return "found"

    with pytest.raises(StoreError, match="damaged"):
        kept(db, "fails", find)
    assert kept(db, "fails", find) == "found"


def test_no_more_questions_than_a_few_are_looked_into_at_a_time(db: Database) -> None:
    """Visitors choose what is asked, and each question has a thread and a connection of its own."""
    held = Event()
    finds = {f"question {number}": lambda _db: held.wait(60) for number in range(100)}
    assert ready(db, finds, seconds=0.0) == {}
    assert 0 < len(room._renewals) <= 16
    held.set()
    settle()
    assert kept(db, "question 99", lambda _db: "found") == "found"


def test_a_thread_that_cannot_be_begun_leaves_the_question_open(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_thread: object) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(room.Thread, "start", refuse)
    with pytest.raises(SlowQueryError):
        kept(db, "number", lambda _db: 1)
    monkeypatch.undo()
    assert kept(db, "number", lambda _db: 1) == 1


def test_what_is_asked_for_again_and_again_outlives_what_was_asked_for_once(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "_MOST", 2)
    for name in ("home", "once"):
        kept(db, name, lambda _db: 1)
    monkeypatch.setattr(room, "LAST", 0.0)
    ready(db, {"home": lambda _db: 2}, fresh=0.0)  # found again
    settle()
    monkeypatch.setattr(room, "LAST", 600.0)
    kept(db, "another", lambda _db: 1)
    assert {name for _path, name in room._answers} >= {"home", "another"}
