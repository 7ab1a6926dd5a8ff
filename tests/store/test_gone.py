"""Articles that their server has no more: since when, and that nothing of them is lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from newscrawler.store import Database, add_capture, search, store_article
from tests.store.conftest import PAGE, article, capture, day

Rows = Callable[..., list[tuple[Any, ...]]]


def seen(db: Database, at: int) -> None:
    capture_id = add_capture(db, capture(at, timestamp=day(at)), None)
    store_article(db, article(capture_id=capture_id), run_id=None, seen_at=day(at))


def missing(db: Database, at: int, status: int = 404, **values: Any) -> None:
    add_capture(db, capture(at, status=status, timestamp=day(at), **values), None)


@pytest.mark.parametrize("status", [404, 410])
def test_it_is_gone_since_the_first_such_answer_after_it_was_seen(db: Database, rows: Rows, status: int) -> None:
    missing(db, 1)
    seen(db, 2)
    assert rows("SELECT gone_at FROM articles") == [(None,)]
    missing(db, 3, status)
    missing(db, 4, status)
    assert rows("SELECT gone_at, last_seen FROM articles") == [(day(3), day(2))]
    assert len(search(db, "Tin vắn")) == 1


def test_it_is_there_again_as_soon_as_it_is_seen(db: Database, rows: Rows) -> None:
    seen(db, 1)
    missing(db, 2)
    seen(db, 3)
    assert rows("SELECT gone_at, last_seen FROM articles") == [(None, day(3))]
    missing(db, 4)
    assert rows("SELECT gone_at FROM articles") == [(day(4),)]


@pytest.mark.parametrize("status", [200, 301, 403, 500, 503])
def test_no_other_answer_says_so(db: Database, rows: Rows, status: int) -> None:
    seen(db, 1)
    missing(db, 2, status)
    assert rows("SELECT gone_at FROM articles") == [(None,)]


def test_another_address_says_nothing_of_it(db: Database, rows: Rows) -> None:
    seen(db, 1)
    missing(db, 2, url=f"{PAGE}12", urlkey="vn,gov,hochiminhcity,thanhdoan)/thanhdoan/webtd/news/12")
    assert rows("SELECT gone_at FROM articles") == [(None,)]
