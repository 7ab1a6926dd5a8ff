"""On a terminal people get tables, colours and their pager; a pipe gets plain lines."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from newscrawler.items import Link
from newscrawler.store import close_database, open_database, store_article
from tests.cli.terminal import on_a_terminal
from tests.store.conftest import PAGE, article, day

_COLOUR = re.compile(r"\x1b\[[0-9;]*3[0-7]m")
_ESCAPE = re.compile(r"\x1b\[[0-9;]*m")


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("terminal")
    db = open_database(folder / "news.db", write=True)
    hot = (Link(block="hot", position=3, url=f"{PAGE}9", title="[red]Nóng[/red]"),)
    store_article(db, article(1, "Sáng 26/7, Đoàn xã ra quân.", links=hot), run_id=None, seen_at=day(1))
    store_article(db, article(1, "Sáng 27/7, Đoàn xã ra quân.", links=hot), run_id=None, seen_at=day(4))
    for number in range(2, 25):
        told = {"title": f"[bold]Bài {number}", "category": "Tin tức > Đoàn", "published": f"2018-05-{number:02}"}
        store_article(db, article(number, "Thanh niên \x1b[2J [b]xung phong[/b]", **told), run_id=None, seen_at=day(2))
    close_database(db)
    return str(folder)


def test_hits_are_a_table_that_says_how_to_go_on(data: str) -> None:
    shown = on_a_terminal("search", "thanh niên", "--section", "tin tuc", "--data", data, lines=200)
    assert _COLOUR.search(shown)
    assert "\x1b[2J" not in shown
    plain = _ESCAPE.sub("", shown)
    assert "published" in plain.splitlines()[0]
    assert "[bold]Bài 5\n" in re.sub(r" +\n", "\n", plain)
    assert "Thanh niên [2J [b]xung phong[/b]" in plain
    assert "thanhdoan · Tin tức > Đoàn" in plain
    end = " ".join(plain.split()[-16:])
    assert end.startswith("hits 1-20 of 23; next: newscrawler search 'thanh niên' --data ")
    assert end.endswith("--section 'tin tuc' --page 2")


def test_the_last_page_says_that_it_is_the_last(data: str) -> None:
    shown = on_a_terminal("search", "--section", "tin tuc", "--page", "2", "--data", data)
    assert _ESCAPE.sub("", shown).strip().endswith("hits 21-23 of 23")


@pytest.mark.parametrize("words", [["search", "doan"], ["hot"], ["history", "1"]])
def test_no_color_is_honoured_and_markup_of_a_page_is_only_text(data: str, words: list[str]) -> None:
    shown = on_a_terminal(*words, "--data", data, NO_COLOR="1")
    assert not _COLOUR.search(shown)
    if words == ["hot"]:
        assert "[red]Nóng[/red]" in shown


def test_history_is_red_and_green_on_a_terminal(data: str) -> None:
    shown = on_a_terminal("history", "1", "--data", data)
    assert "2627/7" in _ESCAPE.sub("", shown)
    assert "{+27+}" not in shown
    assert "[-26-]{+27+}/7" in on_a_terminal("history", "1", "--data", data, NO_COLOR="1")


def test_hot_tells_days_and_place(data: str) -> None:
    rows = _ESCAPE.sub("", on_a_terminal("hot", "--data", data)).splitlines()
    assert rows[0].split() == "first seen (UTC) last seen (UTC) days place pages site item".split()
    assert rows[1].split()[:7] == ["2026-01-01", "00:00", "2026-01-04", "00:00", "4", "3", "1"]


@pytest.mark.parametrize("words", [["search", "thanh niên"], ["show", "1"], ["history", "1"]])
def test_what_is_longer_than_the_screen_goes_through_the_pager(data: str, tmp_path: Path, words: list[str]) -> None:
    pager = tmp_path / "pager"
    pager.write_text("#!/bin/sh\necho leafing\nexec cat\n")
    pager.chmod(0o755)
    paged = on_a_terminal(*words, "--data", data, lines=3, PAGER=str(pager))
    assert paged.startswith("leafing\n")
    more = ("--no-pager",) if words[0] == "search" else ()
    assert "leafing" not in on_a_terminal(*words, "--data", data, *more, lines=3 if more else 300, PAGER=str(pager))


def test_a_pipe_gets_plain_lines(data: str) -> None:
    command = [sys.executable, "-m", "newscrawler", "search", "thanh niên", "--limit", "2", "--data", data]
    shown = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    assert "\x1b" not in shown.stdout
    assert shown.stdout.count(PAGE) == 2
    assert shown.stderr == ""
