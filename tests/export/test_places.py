"""OUT is there when it is whole, and nothing else is ever there; the archive itself is never written over."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from newscrawler.cli.export_formats import FORMATS as ALL
from newscrawler.errors import DiskError, ExitCode, NewsCrawlerError, UsageError
from newscrawler.export.order import Order
from newscrawler.export.places import telling
from tests.conftest import ROOT

FORMATS = {name: form for name, form in ALL.items() if name != "site"}
"""Those of this room; the static copy has tests of its own."""
ENDINGS = {form: f"out.{form}" for form in FORMATS}


def there(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir() if path.name.startswith("out")}


def hit_in_the_middle(form: str, data: Path, out: Path, number: int) -> int:
    """Exit code of a process that sends itself a signal when half of an export is written."""

    def progress(done: int, total: int) -> None:
        if done and 2 * done >= total:
            assert os.path.lexists(f"{out}.part"), "nothing is half written"
            os.kill(os.getpid(), number)

    child = os.fork()
    if not child:
        # As at a terminal: who starts the tests in the background has them, and all below, ignore it.
        signal.signal(signal.SIGINT, signal.default_int_handler)
        try:
            FORMATS[form].write(Order(data=data, out=out, force=True, progress=progress))
        except KeyboardInterrupt:
            os._exit(ExitCode.STOPPED)
        finally:
            os._exit(ExitCode.ERROR)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


@pytest.mark.parametrize("form", FORMATS)
def test_killed_in_the_middle_it_leaves_no_out_and_the_next_one_ends_well(export, crawled, tmp_path, form):
    name = ENDINGS[form]
    assert hit_in_the_middle(form, crawled, tmp_path / name, signal.SIGKILL) == -signal.SIGKILL
    assert there(tmp_path) == {f"{name}.part"}
    export(form, crawled, name)
    beside = set() if form == "markdown" else {f"{name}.datapackage.json"}
    assert there(tmp_path) == {name, *beside}


@pytest.mark.parametrize("form", ["jsonl", "markdown"])
def test_interrupted_in_the_middle_it_leaves_nothing(crawled, tmp_path, form):
    assert hit_in_the_middle(form, crawled, tmp_path / ENDINGS[form], signal.SIGINT) == ExitCode.STOPPED
    assert there(tmp_path) == set()


@pytest.mark.parametrize("form", ["csv", "markdown"])
def test_interrupted_it_leaves_what_was_there_before(export, crawled, tmp_path, form):
    name = ENDINGS[form]
    export(form, crawled, name)
    before = there(tmp_path)
    assert hit_in_the_middle(form, crawled, tmp_path / name, signal.SIGINT) == ExitCode.STOPPED
    assert there(tmp_path) == before


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize("form", ["jsonl", "csv", "parquet", "atom", "wacz"])
def test_a_full_disk_is_told_and_nothing_is_left(export, crawled, tmp_path, form):
    (tmp_path / f"{ENDINGS[form]}.part").symlink_to("/dev/full")
    with pytest.raises(DiskError, match=r"cannot write .*: No space left on device") as told:
        export(form, crawled, ENDINGS[form])
    assert told.value.exit_code == ExitCode.DISK
    assert there(tmp_path) == set()


def test_a_file_that_grows_too_large_is_told_and_no_folder_is_left(crawled, tmp_path):
    words = [sys.executable, "-m", "newscrawler", "export", "markdown", str(tmp_path / "out"), "--data", str(crawled)]
    ended = subprocess.run(
        words, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False, preexec_fn=_small_files
    )
    assert ended.returncode == ExitCode.DISK
    assert ended.stderr == f"newscrawler: cannot write {tmp_path / 'out'}: File too large\n"
    assert there(tmp_path) == set()


def _small_files() -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000))


@pytest.mark.parametrize("form", FORMATS)
def test_what_is_there_is_replaced_only_by_force(crawled, tmp_path, form):
    out = tmp_path / ENDINGS[form]
    out.write_text("dear")
    with pytest.raises(NewsCrawlerError, match="is there already; choose another name, or replace it with --force"):
        FORMATS[form].write(Order(data=crawled, out=out))
    assert out.read_text() == "dear"


def test_a_dictionary_of_something_else_is_not_written_over(crawled, tmp_path):
    (tmp_path / "out.csv.datapackage.json").write_text("dear")
    with pytest.raises(NewsCrawlerError, match=r"out\.csv\.datapackage\.json is there already"):
        FORMATS["csv"].write(Order(data=crawled, out=tmp_path / "out.csv"))
    assert there(tmp_path) == {"out.csv.datapackage.json"}


@pytest.mark.parametrize("form", ["jsonl", "markdown"])
@pytest.mark.parametrize(
    "name",
    [
        "news.db",
        "news.db-wal",
        "index.cdxj",
        "manifest.jsonl",
        ".lock",
        "newscrawler.toml",
        "warc",
        "warc/out",
        ".",
        "..",
    ],
)
def test_no_file_of_the_archive_is_written_over_even_by_force(made, form, name):
    before = (made / "news.db").read_bytes()
    with pytest.raises(UsageError, match="the archive"):
        FORMATS[form].write(Order(data=made, out=made / name, force=True))
    assert (made / "news.db").read_bytes() == before


@pytest.mark.parametrize("form", [form for form in FORMATS if form not in ("markdown", "wacz")])
@pytest.mark.parametrize("name", [".", "", "folder"])
def test_a_folder_is_no_place_for_a_file(made, tmp_path, monkeypatch, form, name):
    (tmp_path / "elsewhere" / "folder").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "elsewhere")
    with pytest.raises(UsageError, match="is a folder; name a file in it"):
        FORMATS[form].write(Order(data=made, out=Path(name), force=True))


def test_another_name_of_the_database_is_seen_through(made, tmp_path):
    os.link(made / "news.db", tmp_path / "hard")
    (tmp_path / "soft").symlink_to(made / "news.db")
    for name in ("hard", "soft"):
        with pytest.raises(UsageError, match="is a file of the archive itself"):
            FORMATS["csv"].write(Order(data=made, out=tmp_path / name, force=True))


def test_a_folder_that_is_not_there_is_told(made, tmp_path):
    for form in ("csv", "markdown"):
        with pytest.raises(DiskError, match=r"cannot write .*nowhere/out: No such file or directory"):
            FORMATS[form].write(Order(data=made, out=tmp_path / "nowhere" / "out"))


def test_who_has_read_enough_is_no_full_disk():
    with pytest.raises(BrokenPipeError), telling("out"):
        raise BrokenPipeError


def test_an_empty_archive_has_nothing_to_export(tmp_path):
    from newscrawler.store import close_database, open_database

    close_database(open_database(tmp_path / "data" / "news.db", write=True))
    for form in ("csv", "markdown", "atom"):
        with pytest.raises(NewsCrawlerError, match="there is nothing to export in"):
            FORMATS[form].write(Order(data=tmp_path / "data", out=tmp_path / "out"))
    assert there(tmp_path) == set()


@pytest.mark.parametrize("link", [os.symlink, os.link])
def test_a_link_beside_out_leads_to_no_other_file(export, crawled, tmp_path, link):
    """In a folder of many, somebody may put one where the half-written file is to be."""
    precious = tmp_path / "precious"
    precious.write_text("mine")
    link(precious, tmp_path / "out.jsonl.part")
    export("jsonl", crawled, "out.jsonl")
    assert precious.read_text() == "mine"
    assert not (tmp_path / "out.jsonl").is_symlink()
