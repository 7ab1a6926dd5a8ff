"""What is remembered between two starts, and who may run."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawler.archive.lock import ArchiveLock, is_held
from newscrawler.errors import ArchiveLockedError, DiskError
from newscrawler.schedules.events import Event
from newscrawler.schedules.plan import VIETNAM, Plan, Schedule
from newscrawler.schedules.rhythm import every
from newscrawler.schedules.runner import Runner
from newscrawler.schedules.state import FILE, State

NOW = datetime(2026, 11, 23, 6, tzinfo=UTC)
PLAN = Plan(schedules=(Schedule(sites=("thanhdoan",), rhythm=every("2 h", VIETNAM)),))


def test_a_job_is_remembered_from_when_it_is_met_until_it_is_planned_no_more(tmp_path: Path) -> None:
    assert State(tmp_path).meet(["a", "b"], NOW) == ["a", "b"]
    later = State(tmp_path)
    assert later.meet(["b", "c"], NOW + timedelta(hours=1)) == ["c"]

    found = State(tmp_path).jobs
    assert {key: job.done_at for key, job in found.items()} == {"b": NOW, "c": NOW + timedelta(hours=1)}


def test_a_change_is_on_disk_and_nothing_else_lies_beside(tmp_path: Path) -> None:
    state = State(tmp_path)
    state.meet(["a"], NOW)
    state.change("a", due="2026-11-23T06:00:00Z", tries=1)

    assert State(tmp_path).jobs == state.jobs
    assert [path.name for path in tmp_path.iterdir()] == [FILE]


@given(
    st.one_of(
        st.binary(max_size=40), st.sampled_from((b"[]", b'{"jobs": {"a": {"done": "x"}}}', b'{"jobs": {"a": 5}}'))
    )
)
def test_a_file_that_cannot_be_read_is_as_good_as_none(tmp_path_factory: pytest.TempPathFactory, text: bytes) -> None:
    folder = tmp_path_factory.mktemp("state")
    (folder / FILE).write_bytes(text)

    state = State(folder)
    assert state.is_damaged
    assert state.meet(["a"], NOW) == ["a"]


def test_a_damaged_memory_is_told_and_the_plan_begins_anew(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("{")
    told: list[Event] = []
    Runner(tmp_path, PLAN, told.append).close()

    assert [event.kind for event in told] == ["damaged", "new"]
    assert json.loads(told[0].json_line)["event"] == "damaged"


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    state = State(tmp_path / "gone")

    with pytest.raises(DiskError, match=r"cannot write .*schedule\.json"):
        state.meet(["a"], NOW)


def test_the_archive_is_held_as_long_as_a_run_lasts_and_by_no_scheduler(tmp_path: Path) -> None:
    assert not is_held(tmp_path)
    runner = Runner(tmp_path, PLAN, lambda _event: None)
    assert not is_held(tmp_path)
    with pytest.raises(ArchiveLockedError, match="end that one first"):
        Runner(tmp_path, PLAN, lambda _event: None)
    lock = ArchiveLock(tmp_path)
    assert is_held(tmp_path)
    lock.release()
    assert not is_held(tmp_path)
    runner.close()
    Runner(tmp_path, PLAN, lambda _event: None).close()


def test_a_memory_nested_too_deep_is_as_good_as_none(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("[" * 100_000)
    assert State(tmp_path).is_damaged
