"""`gaps`, as a user calls it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from rich.console import Console

from newscrawler.cli import gaps as verb
from newscrawler.errors import StoreError, UnknownSiteError
from newscrawler.items import Entry, EntryKind, Media
from newscrawler.store import add_problem, close_database, finish_run, open_database, start_run, store_article
from newscrawler.store.frontier import Mark, State, write_marks
from newscrawler.store.runs import start_crawl
from tests.store.conftest import PAGE, SITE, article, day

PICTURE = "http://a.vn/1.jpg"
Run = Callable[..., Result]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    db = open_database(tmp_path / "news.db", write=True)
    run = start_run(db, SITE, "by hand", day(1))
    media = (Media(position=1, kind="image", url=PICTURE, original_src=PICTURE),)
    store_article(db, article(3, title="Bài [bold]ba\x1b[2J", media=media), run_id=run, seen_at=day(1))
    store_article(db, article(9), run_id=run, seen_at=day(1))
    add_problem(db, run, PICTURE, "requisite", "absent", "the server answered 404", day(1))
    add_problem(db, run, f"{PAGE}5", "fetching", "http-503", "the server answered 503", day(1))
    close_database(db)
    return tmp_path


@pytest.fixture
def run(data: Path) -> Run:
    def run(*words: str) -> Result:
        return CliRunner().invoke(verb.command, [*words, "--data", str(data)], catch_exceptions=False)

    return run


def test_each_gap_is_a_line_and_the_last_line_adds_up(run):
    result = run(SITE)
    assert result.exit_code == 0
    assert [line.split("\t")[:4] for line in result.output.splitlines()[:-1]] == [
        ["media", "absent", PICTURE, "the server answered 404"],
        ["page", "http-503", f"{PAGE}5", "the server answered 503"],
        ["ids", "unknown", "4 to 8 (5)", "of 5 nothing is known"],
    ]
    assert (
        result.output.splitlines()[-1] == "thanhdoan: 3 gaps: 1 file of articles, 1 page, 1 row of ids (5 article ids)"
    )


def test_a_limit_says_what_it_leaves_out(run):
    lines = run(SITE, "--limit", "1").output.splitlines()
    assert len(lines) == 2
    assert lines[-1].endswith("; 1 of 3 are shown, --limit 3 shows all")


def test_only_the_kinds_that_are_asked_for_are_told(run):
    lines = run(SITE, "--kind", "ids", "--kind", "page").output.splitlines()
    assert [line.split("\t")[0] for line in lines[:-1]] == ["page", "ids"]
    assert lines[-1] == "thanhdoan: 2 gaps: 1 page, 1 row of ids (5 article ids)"
    assert run(SITE, "--kind", "months").output == "thanhdoan: nothing is known to be missing\n"


def test_json_has_totals_and_all_that_is_known_of_a_gap(run):
    told = json.loads(run(SITE, "--json").output)
    assert (told["site"], told["total"], len(told["gaps"])) == (SITE, 3, 3)
    assert told["totals"]["ids"] == {"gaps": 1, "missing": 5, "absent": 0}
    assert sum(each["gaps"] for each in told["totals"].values()) == told["total"]
    assert told["gaps"][0]["article_url"] == f"{PAGE}3"
    assert len(json.loads(run(SITE, "--json", "--limit", "1").output)["gaps"]) == 1


@pytest.fixture
def crawled(data: Path) -> Path:
    """The same behind a crawl that has met six addresses."""
    db = open_database(data / "news.db", write=True)
    begun = start_crawl(db, SITE, "by hand", day(2), {})
    places: list[tuple[EntryKind, State, str | None]] = [
        ("article", "done", "new"),
        ("article", "done", "unchanged"),
        ("listing", "done", "listing"),
        ("file", "given-up", "absent"),
        ("article", "given-up", "http-503"),
        ("article", "queued", None),
    ]
    for number, (kind, state, reason) in enumerate(places, 3):
        entry = Entry(url=f"{PAGE}{number}", kind=kind)
        mark = Mark(entry=entry, state=state, reason=reason, at=day(2), added_at=day(2))
        write_marks(db, SITE, [mark], run_id=begun.run_id, cycle=begun.cycle)
    finish_run(db, begun.run_id, day(3), 4, {})
    close_database(db)
    return data


def test_above_the_gaps_stands_what_became_of_each_address(crawled, run):
    assert run(SITE, "--kind", "queued").output.splitlines() == [
        "thanhdoan: last crawl stopped, 2026-01-03 00:00 UTC",
        "                        all     articles  other pages        files",
        "  fetched                 3            2            1            0  listing 1, new 1, unchanged 1",
        "  absent                  1            0            0            1  absent 1",
        "  failed                  1            1            0            0  http-503 1",
        "  left                    1            1            0            0  queued 1",
        "  listed                  6            4            1            1",
        "",
        f"queued\tqueued\t{PAGE}8\tit waits for the next run\t",
        "thanhdoan: 1 gap: 1 page or file that waits",
    ]


def test_json_has_what_became_of_each_address_and_it_adds_up(crawled, run):
    told = json.loads(run(SITE, "--json").output)["last_crawl"]
    assert (told["outcome"], told["exit_code"], told["listed"]) == ("stopped", 4, 6)
    assert sum(each["count"] for each in told["classes"].values()) == told["listed"]
    assert told["classes"]["failed"] == {"count": 1, "reasons": {"http-503": 1}}


def test_json_of_an_archive_without_a_crawl_says_so(run):
    assert json.loads(run(SITE, "--json").output)["last_crawl"] is None


def test_an_unknown_site_is_wrong_usage(run):
    with pytest.raises(UnknownSiteError, match=r"unknown site “nowhere”; known sites: .*thanhdoan"):
        run("nowhere")
    assert int(UnknownSiteError.exit_code) == 2


def test_a_missing_archive_names_the_file(tmp_path):
    with pytest.raises(StoreError, match=r"no database at .*news\.db; run `newscrawler crawl"):
        CliRunner().invoke(verb.command, [SITE, "--data", str(tmp_path)], catch_exceptions=False)


def test_help_has_an_example():
    text = CliRunner().invoke(verb.command, ["--help"]).output
    assert "newscrawler gaps thanhdoan" in text.split("Example:")[1]


def test_on_a_terminal_words_of_a_page_are_only_text(run, monkeypatch):
    screen = Console(force_terminal=True, width=120, record=True, highlight=False, markup=False)
    monkeypatch.setattr(verb, "console", lambda: screen)
    monkeypatch.setattr(verb, "on_terminal", lambda: True)
    assert "\x1b[2J" not in run(SITE).output
    assert "Bài [bold]ba" in screen.export_text()
