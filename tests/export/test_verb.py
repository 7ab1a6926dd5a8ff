"""`newscrawler export` as a user calls it."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import re
import select
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from newscrawler.cli import main
from newscrawler.cli.export import command
from newscrawler.cli.export_formats import FORMATS
from tests.conftest import ROOT
from tests.export.conftest import rows_of
from tests.store.conftest import PAGE


def run(*words: str) -> int:
    with pytest.raises(SystemExit) as ended:
        main(["export", *words])
    return int(ended.value.code or 0)


@pytest.fixture
def here(made, tmp_path, monkeypatch) -> Path:
    monkeypatch.setenv("NEWSCRAWLER_DATA", str(made))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_it_says_what_it_has_written(here, capsys):
    assert run("csv", "news.csv") == 0
    told = capsys.readouterr()
    assert (told.out, told.err) == ("news.csv: 3 articles, 0.0 MB\n", "")
    assert run("markdown", "notes", "--limit", "1") == 0
    assert capsys.readouterr().out == "notes: 1 article, 0 pictures, 0.0 MB\n"


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ((), [2, 1, 3]),
        (("bai", "hai"), [2]),
        (("--from", "2019"), [2]),
        (("--to", "2018-05"), [1]),
        (("--limit", "2"), [2, 1]),
        (("--site", "thanhdoan"), [2, 1, 3]),
        (("--section", "tin tuc"), [1]),
        (("--byline", "le anh"), [1]),
        (("--sort", "oldest"), [1, 2, 3]),
    ],
)
def test_the_filters_of_search_choose(here, words, numbers):
    assert run("jsonl", "out", *words) == 0
    urls = [json.loads(line)["url"] for line in (here / "out").read_bytes().splitlines()]
    assert urls == [f"{PAGE}{number}" for number in numbers]


def test_words_that_begin_with_a_dash_stand_behind_two(here, capsys):
    assert run("jsonl", "out", "--", "-x", "hai") == 1
    assert "no article in" in capsys.readouterr().err


@pytest.mark.parametrize("form", [name for name, form in FORMATS.items() if form.streams])
def test_a_dash_is_standard_output_and_nothing_but_the_file_is_on_it(here, form, capfdbinary):
    assert run(form, "out") == 0
    capfdbinary.readouterr()
    assert run(form, "-") == 0
    told = capfdbinary.readouterr()
    assert told.out == (here / "out").read_bytes()
    assert told.err == b""
    assert not (here / "-").exists()


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("parquet", "-"), "parquet does not go to standard output, as jsonl, csv, atom do"),
        (("markdown", "-"), "markdown does not go to standard output"),
        (("jsonl", "out", "--bom"), "--bom means nothing for jsonl; it is for csv"),
        (("atom", "out", "--schema-org"), "--schema-org means nothing for atom; it is for jsonl, csv, parquet"),
        (("csv", "out", "--sign", "key"), "--sign means nothing for csv; it is for wacz"),
        (("markdown", "out", "--with", "media"), "--with means nothing for markdown"),
        (
            ("csv", "out", "--with", "media,films"),
            "films is none of links, media, comments, versions, twins, all or none",
        ),
        (("xlsx", "out"), "'xlsx' is not one of"),
        (("csv", "out", "--from", "yesterday"), "give a year, month or day"),
    ],
)
def test_a_wrong_call_is_told_in_a_sentence_and_writes_nothing(here, capsys, words, sentence):
    before = set(here.iterdir())
    assert run(*words) == 2
    assert sentence in capsys.readouterr().err
    assert set(here.iterdir()) == before


def test_parts_may_be_all_or_none(here):
    for words, there in ((("--with", "all"), True), (("--with", "none"), False), (("--with", "versions"), True)):
        assert run("jsonl", "out", "--force", *words) == 0
        assert ("versions" in json.loads((here / "out").read_bytes().splitlines()[0])) is there


def test_the_ending_of_a_name_means_nothing(here):
    assert run("csv", "news.jsonl.gz") == 0
    assert (here / "news.jsonl.gz").read_bytes().startswith(b'"id",')


def test_a_reader_that_goes_away_early_is_no_error(made):
    words = [sys.executable, "-m", "newscrawler", "export", "jsonl", "-", "--data", str(made)]
    process = subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.close()
    _out, told = process.communicate(timeout=60)
    assert (process.returncode, told) == (0, b"")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_in_the_middle_ends_it_with_code_4_and_leaves_nothing(crawled, tmp_path, number):
    half = tmp_path / "out.part"  # a pipe that is full soon, and then makes the export wait
    os.mkfifo(half)
    reader = os.open(half, os.O_RDONLY | os.O_NONBLOCK)
    words = [sys.executable, "-m", "newscrawler", "export", "jsonl", str(tmp_path / "out"), "--data", str(crawled)]
    process = subprocess.Popen(words, cwd=ROOT, stderr=subprocess.PIPE)
    select.select([reader], [], [], 60)
    process.send_signal(number)
    _out, told = process.communicate(timeout=60)
    os.close(reader)
    assert (process.returncode, told.strip()) == (4, b"newscrawler: stopped")
    assert not list(tmp_path.iterdir())


def test_on_a_terminal_words_of_pages_do_not_steer_it(rewritten):
    data = rewritten({"title": "\x1b[2JĐoàn\x9b2J"})
    ours, theirs = pty.openpty()
    words = [sys.executable, "-m", "newscrawler", "export", "csv", "-", "--data", str(data), "--raw"]
    process = subprocess.Popen(
        words, cwd=ROOT, stdout=theirs, stderr=subprocess.PIPE, env={**os.environ, "TERM": "xterm"}
    )
    os.close(theirs)
    told = b""
    try:
        while piece := os.read(ours, 1 << 16):
            told += piece
    except OSError:
        """So a terminal ends."""
    os.close(ours)
    process.communicate(timeout=60)
    assert process.returncode == 0
    assert "Đoàn" in told.decode()
    assert b"\x1b" not in told
    assert "\x9b" not in told.decode()


def test_a_bar_is_drawn_on_a_terminal_alone(made, tmp_path):
    ours, theirs = pty.openpty()
    words = [sys.executable, "-m", "newscrawler", "export", "csv", str(tmp_path / "out"), "--data", str(made)]
    told = subprocess.run(
        words,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=theirs,
        env={**os.environ, "TERM": "xterm"},
        timeout=60,
        check=True,
    )
    os.close(theirs)
    drawn = os.read(ours, 1 << 16)
    os.close(ours)
    assert b"exporting" in drawn
    assert told.stdout == f"{tmp_path / 'out'}: 3 articles, 0.0 MB\n".encode()


def test_without_a_database_the_folder_is_named(tmp_path, capsys):
    assert run("csv", str(tmp_path / "out"), "--data", str(tmp_path)) == 1
    assert "no database at" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_a_crawl_may_go_on_meanwhile(here, made):
    from newscrawler.store import close_database, open_database, store_article
    from tests.store.conftest import article, day

    db = open_database(made / "news.db", write=True)
    try:
        store_article(db, article(9, "Bài mới"), run_id=None, seen_at=day(9))
        assert run("csv", "out") == 0
    finally:
        close_database(db)
    rows = list(csv.DictReader(io.StringIO((here / "out").read_text("utf-8"), newline="")))
    assert len(rows) == len(rows_of(made)) == 4


def test_help_tells_all_formats_and_has_an_example():
    told = CliRunner().invoke(command, ["--help"]).output
    assert all(re.search(rf"^ +{name} ", told, re.MULTILINE) for name in FORMATS)
    assert "newscrawler export jsonl" in told.split("Example:")[1]


def test_each_format_is_loaded_only_when_it_is_asked_for():
    words = "import sys, newscrawler.cli.export; print(*[n for n in sys.modules if n.split('.')[0] in ('pyarrow', 'datasette', 'jinja2', 'scrapy')])"
    told = subprocess.run(
        [sys.executable, "-c", words], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True
    )
    assert told.stdout == "\n"
