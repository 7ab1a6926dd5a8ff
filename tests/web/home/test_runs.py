"""Runs and health: how each run ended, what went wrong in it, and what somebody should look at."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from newscrawler.archive.lock import ArchiveLock
from newscrawler.store import close_database, open_database
from newscrawler.store.runs import start_crawl
from tests.web.conftest import Archive, Get, asking

EN = {"headers": {"accept-language": "en"}}


def test_every_run_bears_a_word_and_a_colour_for_its_end(see: Get) -> None:
    told = re.findall(
        r'row"><a href="/run/(\d)">.*?<span class="tag (\w+)">([^<]+)</span>', see("/runs", **EN).text, re.DOTALL
    )
    assert told == [
        ("5", "warn", "killed"),
        ("4", "bad", "failed"),
        ("3", "warn", "stopped"),
        ("2", "warn", "incomplete"),
        ("1", "good", "complete"),
    ]


def test_a_run_goes_on_while_the_lock_is_held(filled: Path, see: Get) -> None:
    lock = ArchiveLock(filled)
    try:
        assert "going on" in see("/run/5", **EN).text
        assert "A run is going on right now" in see("/runs", **EN).text
    finally:
        lock.release()
    assert "killed" in see("/run/5", **EN).text


def test_runs_can_be_those_of_one_site(see: Get) -> None:
    assert set(re.findall(r'<th scope="row"><a href="/run/(\d)"', see("/runs?site=tuoitre").text)) == {"5"}
    assert see("/runs?site=no-such-site").status_code == 200


def test_runs_as_json_have_all_counters_and_the_address_of_the_next_page(see: Get) -> None:
    answer = see("/runs.json?site=thanhdoan")
    told = answer.json()
    assert answer.headers["content-type"].startswith("application/json")
    assert [run["id"] for run in told["runs"]] == [4, 3, 2, 1]
    assert told["runs"][2]["counters"]["given_up"] == 12
    assert (told["total"], told["next"]) == (4, None)
    assert [alarm["kind"] for alarm in told["alarms"]] == ["failed"]


def test_problems_stand_in_groups_of_which_the_first_are_shown(see: Get) -> None:
    html = see("/run/2", **EN).text
    assert "Fetching: no answer in time" in html
    assert html.count("http://a.vn/") == 2 * 8
    assert "See all 12" in html
    everything = see("/run/2?stage=fetching&kind=timeout", **EN).text
    assert everything.count("http://a.vn/") == 2 * 12


def test_counters_are_told_in_plain_words(see: Get) -> None:
    assert 'Pages given up</th><td class="number">12' in see("/run/2", **EN).text
    assert 'Trang đành bỏ</th><td class="number">12' in see("/run/2").text


def test_a_real_run_names_the_captures_it_made_and_what_the_archive_grew_by(get: Get, archive: Archive) -> None:
    html = get("/run/1", **EN).text
    sizes = sum(file.stat().st_size for file in (archive.data / "warc").iterdir())
    assert "robots.txt" in html
    assert "in 1 WARC file" in html
    assert sizes > 100_000
    assert "Archive grew by" in get("/run/2", **EN).text


@pytest.mark.parametrize("id", ["0", "77", "9223372036854775808", "9" * 19])
def test_a_run_that_there_is_not_is_not_found(see: Get, id: str) -> None:
    assert see(f"/run/{id}").status_code == 404


@pytest.mark.parametrize("page", ["0", "-5", "999999999", "x", "1e9", "'"])
def test_odd_page_numbers_do_no_harm(see: Get, page: str) -> None:
    for path in ("/runs", "/runs.json", "/run/2", "/gaps/thanhdoan"):
        assert see(f"{path}?page={page}").status_code == 200


def test_the_weeks_of_the_plot_are_in_the_table_too(see: Get) -> None:
    html = see("/runs", **EN).text
    assert "New and changed articles per week" in html
    numbers = re.findall(
        r'<td class="number">(\d+)</td><td class="number">(\d+)</td><td class="number">0</td></tr>', html
    )
    assert sum(int(runs) for runs, _new in numbers) == 5
    assert sum(int(new) for _runs, new in numbers) == 1 + 2 + 3 + 4


def test_the_room_sees_a_run_that_comes_later(tmp_path_factory: pytest.TempPathFactory) -> None:
    data = tmp_path_factory.mktemp("later")
    db = open_database(data / "news.db", write=True)
    try:
        ask = asking(data)
        assert "There has been no run yet" in ask("/runs", **EN).text
        start_crawl(db, "thanhdoan", "by hand", "2026-11-01T00:00:00.000000Z", {})
        assert '/run/1"' in ask("/runs", **EN).text
    finally:
        close_database(db)


PLAN = 'contact = "kho@example.vn"\n[[schedule]]\nsites = ["thanhdoan", "tuoitre"]\nevery = "2 h"\n'


@pytest.mark.parametrize(
    ("plan", "told"),
    [
        (PLAN, "<li>tuoitre: "),
        ("", "Nothing is planned"),
        ("contact = 5 5", "newscrawler.toml"),
    ],
)
def test_what_is_planned_is_told_and_a_wrong_plan_is_an_alarm(tmp_path: Path, plan: str, told: str) -> None:
    close_database(open_database(tmp_path / "news.db", write=True))
    if plan:
        (tmp_path / "newscrawler.toml").write_text(plan, "utf-8")
    answer = asking(tmp_path)("/runs", **EN)
    assert answer.status_code == 200
    assert told in answer.text
