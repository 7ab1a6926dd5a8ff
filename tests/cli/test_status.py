"""Verbs `status` and `schedule show`: what was, what comes, and what somebody should look at."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from newscrawler.store import Database, close_database, finish_run, open_database, store_article
from newscrawler.store.runs import start_crawl
from tests.conftest import Shell
from tests.store.conftest import SITE, article

PLAN = '[[schedule]]\nsites = ["thanhdoan", "haiphong"]\nevery = "2 h"\nlimit = 50\n'


def ago(hours: float) -> str:
    return (datetime.now(UTC) - timedelta(hours=hours)).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def crawl(db: Database, hours_ago: float, code: int = 0) -> int:
    run_id = start_crawl(db, SITE, "schedule", ago(hours_ago), {}).run_id
    finish_run(db, run_id, ago(hours_ago - 0.1), code, {"pages": 80, "articles_new": 1, "cycle_listed": 80})
    return run_id


@pytest.fixture
def db(lonely_shell: Shell) -> Iterator[Database]:
    db = open_database(lonely_shell.data / "news.db", write=True)
    store_article(db, article(1, published="2026-01-02"), run_id=None, seen_at=ago(1))
    crawl(db, 1)
    yield db
    close_database(db)


def plan(data: Path) -> None:
    (data / "newscrawler.toml").write_text(PLAN, "utf-8")


def test_status_tells_last_and_next_runs(lonely_shell: Shell, db: Database) -> None:
    plan(lonely_shell.data)
    done = lonely_shell("newscrawler", "status", "--json")

    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    (site,) = told["sites"]
    assert (site["site"], site["articles"], site["last_run"]["outcome"]) == (SITE, 1, "finished")
    assert datetime.fromisoformat(site["next_run"]) > datetime.now(UTC)
    assert [each["site"] for each in told["planned"]] == ["thanhdoan", "haiphong"]
    assert told["alarms"] == []
    words = lonely_shell("newscrawler", "status").stdout
    assert f"{SITE}\t1\t2026-01-02\t" in words
    assert "haiphong: never crawled; begins at" in words


def test_check_ends_with_3_where_somebody_should_look(lonely_shell: Shell, db: Database) -> None:
    assert lonely_shell("newscrawler", "status", "--check").returncode == 0
    crawl(db, 0.5, code=1)

    done = lonely_shell("newscrawler", "status", "--check")
    assert done.returncode == 3
    assert f"alarm: {SITE}: run 2 failed with exit code 1" in done.stdout
    assert lonely_shell("newscrawler", "status").returncode == 0


def test_a_plan_that_nobody_runs_is_an_alarm(lonely_shell: Shell, db: Database) -> None:
    plan(lonely_shell.data)
    db.conn.execute("UPDATE runs SET started_at = ?, finished_at = ?", (ago(9), ago(8.9)))

    done = lonely_shell("newscrawler", "status", "--check")
    assert done.returncode == 3
    assert "no run has succeeded for 8 h" in done.stdout
    assert "though one was expected every 4 h" in done.stdout


def test_of_one_site_its_last_runs_are_told(lonely_shell: Shell, db: Database) -> None:
    crawl(db, 0.5, code=3)

    runs = json.loads(lonely_shell("newscrawler", "status", SITE, "--json").stdout)["runs"]
    assert [(run["id"], run["outcome"]) for run in runs] == [(2, "incomplete"), (1, "finished")]
    assert lonely_shell("newscrawler", "status", "nowhere").returncode == 2


def test_metrics_are_in_the_format_of_prometheus(lonely_shell: Shell, db: Database) -> None:
    plan(lonely_shell.data)
    lines = lonely_shell("newscrawler", "status", "--prometheus").stdout.splitlines()

    samples = dict(line.rsplit(" ", 1) for line in lines if not line.startswith("#"))
    assert samples[f'newscrawler_articles{{site="{SITE}"}}'] == "1"
    assert samples[f'newscrawler_last_run_exit_code{{site="{SITE}"}}'] == "0"
    assert float(samples[f'newscrawler_newest_article_timestamp_seconds{{site="{SITE}"}}']) == 1767286800
    assert float(samples['newscrawler_next_run_timestamp_seconds{site="haiphong"}']) > datetime.now(UTC).timestamp()
    names = {name.partition("{")[0] for name in samples}
    assert names == {line.split()[2] for line in lines if line.startswith("# TYPE")}
    assert lonely_shell("newscrawler", "status", "--prometheus", "--json").returncode == 2


def test_show_tells_the_plan_or_how_to_make_one(lonely_shell: Shell) -> None:
    without = lonely_shell("newscrawler", "schedule", "show")
    assert "nothing is planned; `newscrawler schedule init SITE…` writes" in without.stdout

    refused = lonely_shell("newscrawler", "schedule", "init", "thanhdoann")
    assert refused.returncode == 2
    assert not (lonely_shell.data / "newscrawler.toml").exists()
    assert lonely_shell("newscrawler", "schedule", "init", "haiphong", "--contact", "a@example.vn").returncode == 0
    shown = lonely_shell("newscrawler", "schedule", "show")
    assert shown.stdout.startswith("haiphong: every 2 h\n  last: never;")
    told = json.loads(lonely_shell("newscrawler", "schedule", "show", "--next", "5", "--json").stdout)
    assert (told["contact"], told["timezone"], len(told["schedules"][0]["next"])) == (
        "a@example.vn",
        "Asia/Ho_Chi_Minh",
        5,
    )
    again = lonely_shell("newscrawler", "schedule", "init", "haiphong")
    assert again.returncode == 2
    assert "is there already" in again.stderr


def test_a_plan_that_cannot_be_understood_is_told_in_one_sentence(lonely_shell: Shell) -> None:
    lonely_shell.data.mkdir()
    (lonely_shell.data / "newscrawler.toml").write_text(PLAN.replace("every", "evry"), "utf-8")

    for words in (("schedule", "show"), ("schedule", "run"), ("schedule", "install", "--cron")):
        done = lonely_shell("newscrawler", *words)
        assert done.returncode == 2
        assert done.stderr.count("\n") == 1
        assert "line 3: evry is no key here: write every" in done.stderr


def test_status_of_an_empty_archive_is_one_sentence(lonely_shell: Shell) -> None:
    close_database(open_database(lonely_shell.data / "news.db", write=True))
    done = lonely_shell("newscrawler", "status")
    assert done.stdout == "nothing is planned; `newscrawler schedule init SITE…` begins a plan\n"
