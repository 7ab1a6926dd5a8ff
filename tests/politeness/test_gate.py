"""The gate: how often, how far apart, how many, and when not at all."""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy.http import Response

from newscrawler.archive.records import warc_date
from newscrawler.items import Capture
from newscrawler.politeness import Closing, HostClosedError, HostGate
from newscrawler.politeness.backoff import LONGEST_BACKOFF, MOST_REFUSALS, Backoff
from newscrawler.politeness.budget import Budget, Window
from newscrawler.politeness.closing import seconds_left, until
from newscrawler.politeness.gate import LONGEST_CLOSING
from newscrawler.store import Database
from newscrawler.store.captures import add_capture
from newscrawler.store.database import close_database, open_database
from newscrawler.store.hosts import times_of_host
from newscrawler.urls import urlkey

HOST = "a.vn"


def answer(status: int, wait: str | None = None) -> Response:
    return Response(f"http://{HOST}/", status=status, headers={"Retry-After": wait} if wait else {})


def asked(gate: HostGate, *answers: Response) -> list[float]:
    """Ask the host until all of these were answered; gives the seconds between the requests."""
    times = []

    async def ask() -> None:
        for each in answers:
            async with gate.passage(HOST):
                times.append(time.monotonic())
                gate.sent(HOST)
                gate.heard(HOST, each)

    asyncio.run(ask())
    return [later - earlier for earlier, later in itertools.pairwise(times)]


def test_a_pause_holds_for_all_who_wait() -> None:
    gate = HostGate(at_a_time=3)
    times: list[float] = []

    async def ask(status: int) -> None:
        async with gate.passage(HOST):
            times.append(time.monotonic())
            gate.heard(HOST, answer(status, "1" if status == 503 else None))

    async def ask_all() -> None:
        await ask(503)
        await asyncio.gather(*(ask(200) for _ in range(3)))

    asyncio.run(ask_all())
    assert all(each - times[0] >= 1 for each in times[1:])


def test_other_hosts_do_not_wait() -> None:
    gate = HostGate(at_a_time=1)
    gate.pause(HOST, 500)

    async def ask() -> bool:
        async with gate.passage("b.vn"):
            return True

    assert asyncio.run(ask())


@pytest.mark.parametrize("status", [200, 204])
def test_a_good_answer_asks_for_nothing(status: int) -> None:
    gate = HostGate(at_a_time=1)
    asked(gate, answer(status, "9999"))
    assert gate.may_leave(HOST)


@pytest.mark.parametrize("status", [301, 403, 413, 429, 500, 503])
@pytest.mark.parametrize("wait", ["601", "9" * 400, "Fri, 31 Dec 9999 23:59:59 GMT"])
def test_a_host_that_asks_for_more_than_a_run_waits_is_left_alone(status: int, wait: str) -> None:
    told: list[Closing] = []
    gate = HostGate(at_a_time=1, on_closing=told.append)
    with pytest.raises(HostClosedError, match=r"a\.vn answered \d+ and is not to be asked before"):
        asked(gate, answer(status, wait), answer(200))
    assert not gate.may_leave(HOST)
    assert gate.may_leave("b.vn")
    assert gate.outcome == "host-closed"
    assert [each.kind for each in told] == ["host-closed"]
    assert 600 < seconds_left(told[0].message) <= LONGEST_CLOSING + 1


@given(st.floats(0, 1e6))
def test_the_end_of_a_sentence_says_until_when(seconds: float) -> None:
    assert seconds - 5 < seconds_left(until("a.vn is not to be asked", seconds)) <= seconds + 1
    assert seconds_left("a.vn is not to be asked") == 0


def test_a_host_opens_again_when_its_time_has_come() -> None:
    gate = HostGate(at_a_time=1, longest_pause=0.0)
    gate.pause(HOST, 0.05)
    assert not gate.may_leave(HOST)

    async def wait() -> None:
        while not gate.may_leave(HOST):
            await asyncio.sleep(0)

    asyncio.run(asyncio.wait_for(wait(), 10))
    assert gate.outcome is None


def test_a_host_that_only_refuses_is_left_alone_for_the_rest_of_the_run() -> None:
    gate = HostGate(at_a_time=1)
    asked(
        gate,
        *[answer(503) for _ in range(MOST_REFUSALS - 1)],
        answer(200),
        *[answer(429) for _ in range(MOST_REFUSALS - 1)],
    )
    assert gate.may_leave(HOST)
    with pytest.raises(HostClosedError, match="has refused the last 12 requests"):
        asked(gate, answer(503), answer(200))


def test_delays_that_several_ask_for_are_kept_by_the_longest() -> None:
    gate = HostGate(at_a_time=1, apart=0.02)
    gate.hold_apart(HOST, 0.2, "http")
    gate.hold_apart(HOST, 0.1, "https")
    assert min(asked(gate, answer(200), answer(200))) >= 0.2
    gate.hold_apart(HOST, 0.0, "http")
    assert min(asked(gate, answer(200), answer(200))) >= 0.1


STATUSES = st.lists(st.sampled_from([200, 301, 403, 404, 429, 500, 503]), max_size=40)


@given(STATUSES, st.floats(0, 120))
def test_backing_off_is_bounded_and_ends_with_a_good_answer(statuses: list[int], apart: float) -> None:
    backoff = Backoff()
    assert all(0 <= backoff.after(status, apart) <= LONGEST_BACKOFF for status in statuses)
    assert backoff.after(200, apart) == 0
    assert backoff.after(503, apart) == apart


@given(st.integers(1, 8), st.lists(st.floats(0, 30), max_size=60))
def test_no_stretch_of_time_holds_more_than_its_budget(most: int, gaps: list[float]) -> None:
    window, now, taken = Window(most, 60.0), 1000.0, []
    for gap in gaps:
        now += gap
        now += window.wait(now)
        window.take(now)
        taken.append(now)
    assert all(last - first >= 60.0 - 1e-6 for first, last in zip(taken, taken[most:], strict=False))


def test_a_clock_that_was_set_back_closes_nobody_for_longer_than_the_window() -> None:
    assert Window(1, 60.0, [9_000.0]).wait(1000.0) == 60.0


def test_a_used_up_budget_leaves_the_host_alone() -> None:
    gate = HostGate(at_a_time=1, budget=lambda _host: Budget((Window(2, 3600.0),)))
    with pytest.raises(HostClosedError, match="gets no other before"):
        asked(gate, *[answer(200)] * 3)
    assert gate.outcome == "budget"


def test_a_short_rest_of_the_hour_is_waited_for() -> None:
    gate = HostGate(at_a_time=1, budget=lambda _host: Budget((Window(1, 0.2),)))
    assert min(asked(gate, answer(200), answer(200))) >= 0.2


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    db = open_database(tmp_path / "news.db", write=True)
    yield db
    close_database(db)


def test_requests_of_runs_before_are_found_by_their_host(db: Database) -> None:
    db.conn.execute("INSERT INTO runs (id, site, started_at, reason) VALUES (1, 'a', '2026-01-01', 'test')")
    urls = [
        "http://a.vn/1",
        "https://www.a.vn/2",
        "http://a.vn:8080/3",
        "http://b.a.vn/4",
        "http://a.vn.com/5",
        "http://xa.vn/6",
    ]
    moment = warc_date(datetime(2026, 1, 1, tzinfo=UTC))
    for number, url in enumerate([*urls, "http://a.vn/old", "http://a.vn/imported"]):
        capture = Capture(
            url=url,
            urlkey=urlkey(url),
            timestamp="2025-12-31T23:59:59.000000Z" if url.endswith("old") else moment,
            status=200,
            mime="text/html",
            digest="sha256:00",
            filename="a.warc.gz",
            offset=number,
            length=1,
            record_id=f"<urn:uuid:{number}>",
        )
        add_capture(db, capture, None if url.endswith("imported") else 1)
    assert times_of_host(db, "a.vn", moment) == [moment] * 3
    assert times_of_host(db, "b.a.vn", moment) == [moment]
