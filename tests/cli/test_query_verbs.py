"""`search`, `show`, `history` and `hot`, as a user calls them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from newscrawler.cli import history as history_verb
from newscrawler.cli import hot as hot_verb
from newscrawler.cli import search as search_verb
from newscrawler.cli import show as show_verb
from newscrawler.errors import ExitCode, NewsCrawlerError, NoSuchArticleError, StoreError, UsageError
from newscrawler.items import Link, Media
from newscrawler.store import close_database, open_database, store_article
from tests.store.conftest import PAGE, article, day

VERBS = {"search": search_verb, "show": show_verb, "history": history_verb, "hot": hot_verb}
BODY = "<h2>Ra quân</h2><p>Sáng <strong>26/7</strong>, <a href='http://a.vn/b'>Đoàn xã</a> ra quân.</p>"
Run = Callable[..., Result]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    db = open_database(tmp_path / "news.db", write=True)
    hot = (Link(block="hot", position=1, url=f"{PAGE}9", title="[red]Nóng[/red]"),)
    picture = (Media(position=1, kind="image", url=None, original_src="a.jpg", caption="Ảnh: Lê Anh"),)
    first = article(
        body="Sáng 26/7, Đoàn xã ra quân.", body_html=BODY, links=hot, media=picture, published="2018-07-26"
    )
    store_article(db, first, run_id=None, seen_at=day(1))
    store_article(db, article(body="Sáng 27/7, Đoàn xã ra quân."), run_id=None, seen_at=day(2))
    store_article(db, article(2, "Thanh niên [bold]\x1b[2J xung phong", title="Bài hai"), run_id=None, seen_at=day(2))
    close_database(db)
    return tmp_path


@pytest.fixture
def run(data: Path) -> Run:
    def run(verb: str, *words: str) -> Result:
        return CliRunner().invoke(VERBS[verb].command, [*words, "--data", str(data)], catch_exceptions=False)

    return run


@pytest.mark.parametrize("verb", VERBS)
def test_help_has_an_example(verb):
    text = CliRunner().invoke(VERBS[verb].command, ["--help"]).output
    assert f"newscrawler {verb}" in text.split("Example:")[1]
    assert "NEWSCRAWLER_DATA" in text


@pytest.mark.parametrize("verb", VERBS)
def test_a_missing_archive_names_the_file(verb, tmp_path):
    with pytest.raises(StoreError, match=r"no database at .*news\.db; run `newscrawler crawl"):
        CliRunner().invoke(VERBS[verb].command, ["1", "--data", str(tmp_path)], catch_exceptions=False)


def test_the_archive_may_be_named_by_the_environment(data, monkeypatch):
    monkeypatch.setenv("NEWSCRAWLER_DATA", str(data))
    assert "Đoàn" in CliRunner().invoke(search_verb.command, ["doan"]).output


def test_search_prints_what_was_found(run):
    lines = run("search", "doan", "xa").output.splitlines()
    assert lines == ["1  undated  Tin vắn", "    Sáng 27/7, [Đoàn] [xã] ra quân.", f"    {PAGE}1", ""]


def test_search_as_json_keeps_its_letters(run):
    output = run("search", "doan", "--json").output
    assert "Đoàn" in output
    (hit,) = json.loads(output)
    assert list(hit)[:5] == ["id", "url", "title", "published", "snippet"]
    assert hit["site"] == "thanhdoan"


def test_search_without_hit_says_so_and_is_no_error(run):
    result = run("search", "qwerty")
    assert (result.exit_code, result.output) == (0, "no article has all of: qwerty\n")
    assert json.loads(run("search", "qwerty", "--json").output) == []


def test_search_between_dates(run):
    assert "no article" in run("search", "doan", "--from", "2018-07", "--to", "2018").output
    with pytest.raises(UsageError, match="--from 16/5/2018: give a year"):
        run("search", "doan", "--from", "16/5/2018")


def test_show_as_text(run):
    output = run("show", "1").output
    assert output.startswith("Tin vắn\n\nundated")
    assert "Sáng 27/7, Đoàn xã ra quân." in output


def test_show_an_old_version_as_markdown(run):
    output = run("show", f"{PAGE}1", "--format", "md", "--version", "1").output
    assert output.startswith("# Tin vắn\n")
    assert "## Ra quân\n\nSáng **26/7**, [Đoàn xã](http://a.vn/b) ra quân.\n" in output


def test_show_as_json_has_all_columns_links_and_media(run):
    found = json.loads(run("show", "1", "--format", "json").output)
    assert {"id", "content_hash", "last_changed", "extractor"} < set(found)
    assert [link["title"] for link in found["links"]] == ["[red]Nóng[/red]"]
    assert found["media"] == []
    assert json.loads(run("show", "1", "--json").output) == found


def test_show_as_html_is_a_page_of_its_own(run):
    output = run("show", "2", "--format", "html").output
    assert "<h1>Bài hai</h1>\n<p>Thanh niên" in output
    assert '<meta charset="utf-8">' in output


def test_show_what_is_not_there(run):
    with pytest.raises(NoSuchArticleError, match="no article 99"):
        run("show", "99")
    with pytest.raises(NoSuchArticleError, match="no version 7; it has 2"):
        run("show", "1", "--version", "7")


def test_words_of_a_page_do_not_steer_the_terminal(run):
    assert "\x1b" not in run("show", "2").output + run("search", "xung phong").output


def test_history_tells_the_difference(run):
    output = run("history", "1").output
    assert f"{PAGE}1: 2 versions" in output
    assert "  body: Sáng [-26-]{+27+}/7, Đoàn xã ra quân." in output
    assert [version["number"] for version in json.loads(run("history", "1", "--json").output)] == [1, 2]


def test_history_of_one_version(run):
    assert f"{PAGE}2: 1 version\n" in run("history", "2").output


def test_hot_tells_from_when_to_when(run):
    assert run("hot").output == f"2026-01-01T00:00\t2026-01-01T00:00\t1\tthanhdoan\t[red]Nóng[/red]\t{PAGE}9\n"
    assert json.loads(run("hot", "thanhdoan", "--json").output)[0]["title"] == "[red]Nóng[/red]"
    assert run("hot", "tuoitre").output == "nothing hot was seen on tuoitre\n"


def test_history_as_json_tells_the_difference(run):
    first, second = json.loads(run("history", "1", "--json").output)
    assert first["changes"] == []
    pieces = [["=", "Sáng "], ["-", "26"], ["+", "27"], ["=", "/7, Đoàn xã ra quân."]]
    assert second["changes"] == [{"field": "body_text", "pieces": pieces}]


def test_hot_of_a_site_that_nobody_knows_names_those_that_are_known(run):
    with pytest.raises(NewsCrawlerError, match=r"unknown site “nosite”; known sites: ") as told:
        run("hot", "nosite")
    assert told.value.exit_code == ExitCode.USAGE
    assert run("hot", "tuoitre").output == "nothing hot was seen on tuoitre\n"


def test_hot_between_dates_with_days_and_place(run):
    (item,) = json.loads(run("hot", "--from", "2025", "--to", "2026-01", "--json").output)
    assert (item["days"], item["position"]) == (1, 1)
    assert run("hot", "--from", "2026-02").output == "nothing hot was seen from 2026-02\n"
    assert run("hot", "--to", "2025-12-31").output == "nothing hot was seen to 2025-12-31\n"


def test_search_by_filters_alone_is_the_newest_first(run):
    assert [hit["id"] for hit in json.loads(run("search", "--site", "thanhdoan", "--json").output)] == [1, 2]
    with pytest.raises(UsageError, match="search for what"):
        run("search")


def test_pages_of_a_search_follow_one_another(run):
    pages = [
        json.loads(run("search", "--site", "thanhdoan", "--limit", "1", "--page", n, "--json").output) for n in "123"
    ]
    assert [[hit["id"] for hit in page] for page in pages] == [[1], [2], []]
    assert json.loads(run("search", "--site", "thanhdoan", "--offset", "1", "--json").output) == pages[1]
    assert run("search", "--site", "thanhdoan", "--page", "3").output == "there is no such page; 2 in all\n"


def test_what_was_not_found_is_told_with_its_options(run):
    assert (
        run("search", "doan", "--section", "Thể thao").output
        == "no article has all of: doan with --section 'Thể thao'\n"
    )


def test_show_tells_the_capture_of_a_page(run):
    assert json.loads(run("show", "1", "--json").output)["capture"] is None
    assert run("show", "1", "--explain").output.endswith("captured: no record of its page is known\n")
