"""A crawl that is stopped at random moments, and begun anew until it is done, ends as one that was not stopped."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from newscrawler.demo import SampleServer
from tests.big_site import BigSite
from tests.conftest import times
from tests.crawl_kills import MANNERS, Kept, Trial, kept
from tests.kill_tally import HEAD

LONG = dict(zip(MANNERS, (100, 50, 50), strict=True))
BOUNDED = 8
"""Stops of each manner in the long form of crawls with arguments."""
PER_CRAWL = 4
ARTICLES = times(40, 362)


@dataclass(frozen=True)
class Undisturbed:
    """A crawl that nobody has stopped."""

    data: Path
    rows: Kept
    requests: int


@pytest.fixture(scope="module")
def trial(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Trial]:
    with SampleServer(BigSite(ARTICLES)) as server:  # type: ignore[arg-type]
        yield Trial(server, tmp_path_factory.mktemp("kills"), random.randrange(2**32))


@pytest.fixture(scope="module")
def whole(trial: Trial) -> Undisturbed:
    shell, requests = trial.unstopped()
    rows = kept(shell.data)
    assert {(url, title) for url, title, _hash in rows["articles"]} == set(BigSite(ARTICLES).truth().items())
    return Undisturbed(shell.data, rows, requests)


def shown(trial: Trial, wanted: Kept, requests: int, short: Sequence[str], long: Mapping[str, int]) -> None:
    """Stop crawls, compare each with an undisturbed one, and print what that has cost."""
    print(f"\n{' '.join(trial.words) or 'crawl'}: {requests} requests, seed {trial.seed}\n{HEAD}")
    if times(0, 1):
        for manner, stops in long.items():
            print(trial.table_row(manner, stops, PER_CRAWL, wanted, requests))
    else:
        print(trial.stopped(short, wanted, requests).line("in turn", "newscrawler"))


def test_a_crawl(trial: Trial, whole: Undisturbed) -> None:
    shown(trial, whole.rows, whole.requests, tuple(MANNERS), LONG)


def test_a_crawl_with_a_limit_goes_on_where_it_was(trial: Trial, whole: Undisturbed) -> None:
    limited = replace(trial, words=("--limit", str(ARTICLES * 5 // 8)))
    shown(limited, whole.rows, whole.requests // 2, ["kill -9"], dict.fromkeys(MANNERS, BOUNDED))


def test_a_walk_over_article_ids_goes_on_where_it_was(trial: Trial) -> None:
    walk = replace(trial, words=("--ids", f"20001-{20001 + ARTICLES}"))
    shell, requests = walk.unstopped()
    shown(walk, kept(shell.data), requests, ["kill -9"], dict.fromkeys(MANNERS, BOUNDED))


def test_a_second_crawl_of_everything_goes_on_where_it_was(trial: Trial, whole: Undisturbed) -> None:
    again = replace(trial, words=("--full",), begun=whole.data)
    shown(again, whole.rows, whole.requests, ["kill -9"], dict.fromkeys(MANNERS, BOUNDED))
