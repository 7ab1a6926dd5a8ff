"""Bad input is answered in one clear sentence, with the documented exit code and without a traceback."""

from __future__ import annotations

import fcntl
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT, Shell
from tests.servers import answering, refusing, serving


def complaint(done: subprocess.CompletedProcess[str], code: int) -> str:
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    (sentence,) = [line for line in done.stderr.splitlines() if line.startswith("newscrawler: ")]
    return sentence


def test_an_unknown_site(lonely_shell: Shell) -> None:
    told = complaint(lonely_shell("newscrawler", "crawl", "thanhdaon"), 2)
    assert "unknown site “thanhdaon”; known sites: " in told
    assert "thanhdoan" in told


def test_an_unknown_spider_of_scrapy(lonely_shell: Shell) -> None:
    done = lonely_shell("scrapy", "crawl", "thanhdaon")
    assert done.returncode == 2
    assert "known spiders: " in done.stderr
    assert "thanhdoan" in done.stderr
    assert "Traceback" not in done.stderr


def test_no_site_at_all(lonely_shell: Shell) -> None:
    assert "name a site" in complaint(lonely_shell("newscrawler", "crawl"), 2)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_output_that_lies_on_a_full_disk() -> None:
    words = [sys.executable, "-m", "newscrawler", "sites"]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(words, cwd=ROOT, stdout=full, stderr=subprocess.PIPE, text=True, timeout=60, check=False)
    assert complaint(done, 6) == "newscrawler: cannot write the output: No space left on device"


def test_an_unreachable_host(lonely_shell: Shell) -> None:
    with refusing() as nobody:
        lonely_shell.proxy = nobody.url
        done = lonely_shell.crawl("-s", "RETRY_TIMES=0", "-s", "LOG_LEVEL=CRITICAL")
    assert "nothing could be fetched from thanhdoan" in complaint(done, 1)


def test_an_unreachable_host_from_scrapy(lonely_shell: Shell) -> None:
    with refusing() as nobody:
        lonely_shell.proxy = nobody.url
        done = lonely_shell(
            "scrapy", "crawl", "thanhdoan", "-s", f"ARCHIVE_DIR={lonely_shell.data}", "-s", "RETRY_TIMES=0"
        )
    assert done.returncode == 1
    assert "scrapy crawl: nothing could be fetched" in done.stderr


def test_a_server_that_only_fails(lonely_shell: Shell) -> None:
    with serving(lambda path: (404, {}, b"") if path.endswith("robots.txt") else (500, {}, b"")) as server:
        lonely_shell.proxy = server.url
        done = lonely_shell.crawl("--ids", "5-6", "-s", "RETRY_TIMES=0")
    assert "the server answered 500" in complaint(done, 1)


def test_a_page_given_up_among_good_ones(shell: Shell) -> None:
    page = b"<html><head><title>Ra qu\xc3\xa2n</title></head><body><textarea><html><body><p>C\xc3\xa1c b\xe1\xba\xa1n tr\xe1\xba\xbb ra qu\xc3\xa2n.</p><p>Bu\xe1\xbb\x95i chi\xe1\xbb\x81u.</p></body></html></textarea></body></html>"

    def reply(path: str) -> tuple[int, dict[str, str], bytes]:
        if path.endswith("robots.txt"):
            return 404, {}, b""
        return (500, {}, b"") if path.endswith("/6") else (200, {"Content-Type": "text/html"}, page)

    with serving(reply) as server:
        shell.proxy = server.url
        done = shell.crawl("--ids", "5-7", "-s", "RETRY_TIMES=0")
    assert done.returncode == 3
    with sqlite3.connect(shell.data / "news.db") as db:
        assert db.execute("SELECT url, kind FROM problems").fetchall() == [
            ("http://thanhdoan.hochiminhcity.gov.vn/ThanhDoan/webtd/News/6", "http-500")
        ]
        assert db.execute("SELECT count(*) FROM articles").fetchone() == (2,)


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (["--ids", "20-10"], "2754-2800"),
        (["--ids", "abc"], "2754-2800"),
        (["--limit", "0"], "above 0"),
        (["--since", "16/5/2018"], "2018-05-16"),
        (["--url", "http://example.com/"], "is not an address of thanhdoan"),
        (["-s", "DOWNLOAD_DELAY"], "NAME=VALUE"),
    ],
)
def test_a_wrong_argument(lonely_shell: Shell, words: list[str], hint: str) -> None:
    assert hint in complaint(lonely_shell("newscrawler", "crawl", "thanhdoan", *words), 2)


def test_a_missing_file(lonely_shell: Shell) -> None:
    assert "cannot read nowhere.html: No such file" in complaint(
        lonely_shell("newscrawler", "extract", "nowhere.html"), 1
    )


def test_an_empty_file(lonely_shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "empty.html").write_bytes(b"\n")
    assert "empty.html is empty" in complaint(lonely_shell("newscrawler", "extract", str(tmp_path / "empty.html")), 1)


def test_a_page_that_is_no_article(lonely_shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "form.html").write_text(
        "<html><body><form><input name=q><button>Tìm</button></form></body></html>", "utf-8"
    )
    assert "form.html: " in complaint(lonely_shell("newscrawler", "extract", str(tmp_path / "form.html")), 1)


def test_a_page_that_no_server_gives(lonely_shell: Shell) -> None:
    with refusing() as nobody:
        assert "cannot reach" in complaint(lonely_shell("newscrawler", "extract", f"{nobody.url}/a.html"), 1)
    with answering(404) as server:
        assert "answered 404" in complaint(lonely_shell("newscrawler", "extract", f"{server.url}/a.html"), 1)


@pytest.mark.parametrize("words", [["search", "x"], ["show", "1"], ["history", "1"], ["hot"]])
def test_no_archive_yet(lonely_shell: Shell, words: list[str]) -> None:
    assert "run `newscrawler crawl SITE` first" in complaint(lonely_shell("newscrawler", *words), 1)


def test_a_database_that_is_none(lonely_shell: Shell) -> None:
    lonely_shell.data.mkdir()
    (lonely_shell.data / "news.db").write_text("this is no database, but a text of some length " * 50)
    for words in (["search", "x"], ["crawl", "thanhdoan"]):
        assert "news.db is not a database" in complaint(lonely_shell("newscrawler", *words), 5)


def test_a_database_of_somebody_else(lonely_shell: Shell) -> None:
    lonely_shell.data.mkdir()
    with sqlite3.connect(lonely_shell.data / "news.db") as db:
        db.execute("CREATE TABLE recipes (name)")
    assert "not one of newscrawler" in complaint(lonely_shell("newscrawler", "crawl", "thanhdoan"), 1)


def test_an_archive_folder_that_cannot_be_made(lonely_shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    done = lonely_shell("newscrawler", "crawl", "thanhdoan", "--data", str(tmp_path / "file" / "data"))
    assert "cannot write to the archive folder" in complaint(done, 6)


def test_an_archive_that_another_run_holds(lonely_shell: Shell) -> None:
    lonely_shell.data.mkdir()
    with (lonely_shell.data / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert "another run" in complaint(lonely_shell("newscrawler", "crawl", "thanhdoan"), 7)


def test_an_article_that_is_not_there(shell: Shell) -> None:
    assert shell.crawl("--ids", "31190").returncode == 0
    assert "no article 999" in complaint(shell("newscrawler", "show", "999"), 1)


def test_the_demo_keeps_out_of_a_real_archive(shell: Shell) -> None:
    assert shell.crawl("--ids", "31190").returncode == 0
    assert "holds a real archive" in complaint(shell("newscrawler", "demo"), 1)
