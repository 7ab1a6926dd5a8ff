"""A crawl from end to end: the real spider, a real server, real files."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from warcio.archiveiterator import ArchiveIterator

from newscrawler.archive.reader import locate, read_at
from newscrawler.demo import SampleServer, SampleSite
from tests.conftest import FAST, Shell
from tests.servers import Reply, serving

ROWS = {
    "articles": "SELECT site, site_article_id, url, title, summary, byline, published, published_source, body_text, body_html, content_hash FROM articles ORDER BY url",
    "versions": "SELECT a.url, v.content_hash, v.title, v.body_text FROM versions v JOIN articles a ON a.id = v.article_id ORDER BY a.url, v.id",
    "links": "SELECT page_url, block, position, url, title, summary, image_url FROM links ORDER BY page_url, block, position, id",
    "media": "SELECT a.url, m.position, m.kind, m.url, m.original_src, m.caption, m.credit, c.digest FROM media m JOIN articles a ON a.id = m.article_id LEFT JOIN captures c ON c.id = m.capture_id ORDER BY a.url, m.position",
}


def query(data: Path, sql: str) -> list[tuple[Any, ...]]:
    with sqlite3.connect(data / "news.db") as db:
        return db.execute(sql).fetchall()


def rows(data: Path) -> dict[str, list[tuple[Any, ...]]]:
    return {table: query(data, sql) for table, sql in ROWS.items()}


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shell]:
    """One crawl of the site, to be looked at and not to be changed."""
    with SampleServer(SampleSite.load()) as server:
        shell = Shell(server.url, tmp_path_factory.mktemp("crawled"))
        done = shell.crawl()
        assert done.returncode == 0, done.stderr
        yield shell


@pytest.fixture
def begun(crawled: Shell, shell: Shell) -> Shell:
    """A copy of it, to go on with."""
    shutil.copytree(crawled.data, shell.data)
    return shell


def test_every_listed_article_is_archived_and_the_unlisted_one_is_reached_by_its_id(
    begun: Shell, site: SampleSite
) -> None:
    listed = {truth.url for truth in site.truth() if truth.listed}
    unlisted = [truth for truth in site.truth() if not truth.listed]
    assert {url for (url,) in query(begun.data, "SELECT url FROM articles")} == listed
    walked = begun.crawl("--ids", f"{unlisted[0].id - 1}-{unlisted[0].id + 1}")
    assert walked.returncode == 0, walked.stderr
    assert {url for (url,) in query(begun.data, "SELECT url FROM articles")} == listed | {unlisted[0].url}


def test_stored_articles_are_exact(crawled: Shell, site: SampleSite) -> None:
    stored = {
        url: (title, body, byline)
        for url, title, body, byline in query(crawled.data, "SELECT url, title, body_text, byline FROM articles")
    }
    for truth in site.truth():
        if truth.listed:
            assert stored[truth.url] == (truth.title, "\n\n".join(truth.paragraphs), truth.byline)


def test_scrapy_crawl_gives_the_same_rows_as_newscrawler_crawl(
    crawled: Shell, server: SampleServer, tmp_path: Path
) -> None:
    other = Shell(server.url, tmp_path / "other")
    done = other("scrapy", "crawl", "thanhdoan", "-s", f"ARCHIVE_DIR={other.data}", *FAST)
    assert done.returncode == 0, done.stderr
    assert rows(other.data) == rows(crawled.data)
    assert "thanhdoan" in other("scrapy", "list").stdout.split()


def test_a_second_crawl_of_an_unchanged_site_adds_nothing(begun: Shell) -> None:
    before = rows(begun.data)
    assert begun.crawl().returncode == 0
    assert rows(begun.data) == before
    assert query(begun.data, "SELECT articles_new, articles_changed FROM runs ORDER BY id DESC LIMIT 1") == [(0, 0)]


def test_an_edited_article_gets_one_new_version_and_history_shows_the_words(begun: Shell, site: SampleSite) -> None:
    truth = next(truth for truth in site.truth() if truth.listed and truth.generation == "E")
    changed = [*truth.paragraphs]
    changed[0] = changed[0] + " Đại biểu đã biểu quyết nhất trí."
    site.edit(truth.id, paragraphs=changed)
    assert begun.crawl("--full").returncode == 0  # no list tells that an old article was edited
    versions = query(
        begun.data,
        f"SELECT v.body_text FROM versions v JOIN articles a ON a.id = v.article_id WHERE a.url = '{truth.url}' ORDER BY v.id",
    )
    assert len(versions) == 2
    assert (
        query(begun.data, "SELECT count(*) FROM versions")[0][0]
        == query(begun.data, "SELECT count(*) FROM articles")[0][0] + 1
    )
    shown = begun("newscrawler", "history", truth.url)
    assert "biểu quyết nhất trí" in shown.stdout
    assert "{+" in shown.stdout


def test_a_small_archive_is_looked_at_as_a_whole_by_each_crawl(begun: Shell, site: SampleSite) -> None:
    truth = next(truth for truth in site.truth() if truth.listed and truth.generation == "E")
    site.edit(truth.id, paragraphs=[*truth.paragraphs, "Đại biểu đã biểu quyết nhất trí."])
    assert begun.crawl().returncode == 0
    changes = "SELECT articles_changed FROM runs ORDER BY id DESC LIMIT 1"
    assert query(begun.data, changes) == [(0,)]
    assert begun.crawl("-s", "REVISIT_ALL_UP_TO=60").returncode == 0
    assert query(begun.data, changes) == [(1,)]


def test_every_row_points_at_a_record_with_its_bytes(crawled: Shell) -> None:
    captures = query(crawled.data, "SELECT record_type, url, status, filename, offset, record_id, digest FROM captures")
    assert len(captures) > 100
    for kind, url, status, filename, offset, record_id, digest in captures:
        record = read_at(locate(crawled.data / "warc", filename), offset)
        assert (record.kind, record.url, record.record_id) == (kind, url, record_id)
        assert record.headers["WARC-Payload-Digest"] == digest
        assert record.head.startswith(f"HTTP/1.1 {status} ".encode())


def test_robots_redirects_and_missing_pages_are_in_the_archive_too(shell: Shell, site: SampleSite) -> None:
    assert shell.crawl("--url", "http://thanhdoan.hochiminhcity.gov.vn/ThanhDoan/webtd/News/99999").returncode == 0
    statuses = dict(query(shell.data, "SELECT url, status FROM captures"))
    assert statuses["http://thanhdoan.hochiminhcity.gov.vn/robots.txt"] == 200
    assert statuses["http://thanhdoan.hochiminhcity.gov.vn/ThanhDoan/webtd/News/99999"] == 404
    assert shell.crawl("--url", "http://thanhdoan.hochiminhcity.gov.vn/webtd/vn/Home.aspx").returncode == 0
    statuses = dict(query(shell.data, "SELECT url, status FROM captures"))
    assert statuses["http://thanhdoan.hochiminhcity.gov.vn/webtd/vn/Home.aspx"] == 301


def test_each_file_begins_with_warcinfo_and_each_response_has_its_request(shell: Shell) -> None:
    assert shell.crawl("--ids", "31190-31190").returncode == 0
    (path,) = (shell.data / "warc").glob("*.warc.gz")
    with path.open("rb") as stream:
        records = [(record.rec_type, record.rec_headers) for record in ArchiveIterator(stream)]
    kinds = [kind for kind, _headers in records]
    assert kinds[0] == "warcinfo"
    assert set(kinds[1::2]) <= {"response", "revisit"}
    assert set(kinds[2::2]) == {"request"}
    for (_r, response), (_q, request) in zip(records[1::2], records[2::2], strict=True):
        assert request.get_header("WARC-Concurrent-To") == response.get_header("WARC-Record-ID")
        assert request.get_header("WARC-Target-URI") == response.get_header("WARC-Target-URI")
        assert request.get_header("WARC-Warcinfo-ID") == records[0][1].get_header("WARC-Record-ID")
    done = shell("warcio.cli", "check", "-v", str(path))
    assert done.returncode == 0, done.stdout


def test_www_https_and_letter_case_are_one_article(shell: Shell, site: SampleSite) -> None:
    article = next(truth for truth in site.truth() if truth.listed)
    for url in (f"http://WWW.thanhdoan.hochiminhcity.gov.vn/thanhdoan/WEBTD/news/{article.id}", article.url):
        assert shell.crawl("--url", url).returncode == 0
    assert query(shell.data, "SELECT url, site, site_article_id FROM articles") == [
        (article.url, "thanhdoan", str(article.id))
    ]


def test_a_limit_stops_the_run_and_says_that_work_is_left(shell: Shell) -> None:
    done = shell.crawl("--limit", "3")
    assert done.returncode == 4
    assert "work is left" in done.stdout
    assert query(shell.data, "SELECT count(*) FROM articles") == [(3,)]
    walked = shell.crawl("--ids", "31189-31199", "--limit", "1")
    assert walked.returncode == 4
    assert query(shell.data, "SELECT site_article_id FROM articles WHERE site_article_id = '31190'") == [("31190",)]


def test_requests_are_apart_as_promised(shell: Shell) -> None:
    done = shell(
        "newscrawler",
        "crawl",
        "thanhdoan",
        "--ids",
        "31190-31191",
        "-s",
        "DOWNLOAD_DELAY=0.5",
        "-s",
        "AUTOTHROTTLE_ENABLED=False",
    )
    assert done.returncode == 0, done.stderr
    for host in ("thanhdoan", "www.thanhdoan"):
        sent = query(shell.data, f"SELECT timestamp FROM captures WHERE url LIKE 'http://{host}.%' ORDER BY timestamp")
        times = [datetime.fromisoformat(time) for (time,) in sent]
        assert len(times) >= 2
        assert all(later - earlier >= timedelta(seconds=0.5) for earlier, later in pairwise(times))


def test_the_database_is_sound_and_opens_without_us(crawled: Shell) -> None:
    assert query(crawled.data, "PRAGMA integrity_check") == [("ok",)]
    hits = query(crawled.data, 'SELECT count(*) FROM articles_fts WHERE articles_fts MATCH \'"doan" "thanh" "nien"\'')
    assert hits[0][0] > 0


def test_search_finds_vietnamese_as_people_type_it(crawled: Shell) -> None:
    found = {}
    for words in ("doan thanh nien", "Đoàn Thanh niên", "ĐOÀN THANH NIÊN", "hòa", "hoà", "hoa"):
        hits = json.loads(crawled("newscrawler", "search", words, "--json", "--limit", "100").stdout)
        found[words] = {hit["id"] for hit in hits}
    assert found["doan thanh nien"] == found["Đoàn Thanh niên"] == found["ĐOÀN THANH NIÊN"] != set()
    assert found["hòa"] == found["hoà"] == found["hoa"] != set()
    (snippet,) = [
        hit["snippet"]
        for hit in json.loads(crawled("newscrawler", "search", "doan thanh nien", "--json", "--limit", "1").stdout)
    ]
    assert "oàn" in snippet


@pytest.mark.parametrize("reply", ["503", "closed"])
def test_a_host_whose_robots_txt_cannot_be_had_is_closed(lonely_shell: Shell, reply: str) -> None:
    from tests.servers import answering, refusing

    with answering(503) if reply == "503" else refusing() as proxy:
        lonely_shell.proxy = proxy.url
        done = lonely_shell.crawl()
        assert done.returncode == 1
        assert "nothing could be fetched" in done.stderr.splitlines()[-1]
        assert all(path.endswith("/robots.txt") for path in proxy.paths)


def test_since_leaves_a_list_behind_pages_of_older_articles(shell: Shell, server: SampleServer) -> None:
    assert shell.crawl("--since", "2018-01-01").returncode == 0
    lists = [url for _method, url in server.requests if "Category?page=" in url]
    assert "http://thanhdoan.hochiminhcity.gov.vn/ThanhDoan/webtd/Category?page=2" in lists
    full = Shell(server.url, shell.folder / "full")
    before = len(server.requests)
    assert full.crawl().returncode == 0
    assert len([url for _method, url in server.requests[before:] if "Category?page=" in url]) > len(lists)


@pytest.mark.parametrize("blocks", [60, 200, 400, 1000])
def test_a_full_disk_stops_the_run_with_one_sentence_and_whole_files(shell: Shell, blocks: int) -> None:
    """No file may grow beyond a limit, which a program meets as it meets a full disk."""
    words = " ".join(["-m", "newscrawler", "crawl", "thanhdoan", *FAST])
    env = os.environ | {"http_proxy": shell.proxy, "NEWSCRAWLER_DATA": str(shell.data)}
    done = subprocess.run(
        ["bash", "-c", f"ulimit -f {blocks}; exec {sys.executable} {words}"],
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 6, done.stderr
    assert "Traceback" not in done.stderr
    assert done.stderr.splitlines()[-1].startswith("newscrawler: ")
    for path in (shell.data / "warc").glob("*"):
        assert subprocess.run(["gzip", "-t"], stdin=path.open("rb"), check=False).returncode == 0
    again = shell.crawl()
    assert again.returncode == 0, again.stderr
    assert query(shell.data, "PRAGMA integrity_check") == [("ok",)]
    assert query(shell.data, "SELECT count(*) FROM articles") == [(38,)]


def test_a_list_page_that_is_no_text_does_not_end_its_list(lonely_shell: Shell) -> None:
    def reply(path: str) -> Reply:
        if path.endswith("robots.txt"):
            return 404, {}, b""
        return 200, {"Content-Type": "image/png"}, b"\x89PNG\r\n\x1a\n\x00\x00"

    with serving(reply) as proxy:
        lonely_shell.proxy = proxy.url
        lonely_shell.crawl()
    assert any(path.endswith("Category?page=3") for path in proxy.paths)
    assert ("no-page",) in query(lonely_shell.data, "SELECT DISTINCT kind FROM problems")


def test_a_problem_names_the_capture_of_its_own_try_only(lonely_shell: Shell) -> None:
    """The first try is answered, the second finds nobody: the row must not point at the first answer."""
    tries: list[str] = []

    def reply(path: str) -> Reply:
        tries.append(path)
        if path.endswith("robots.txt"):
            return 404, {}, b""
        if tries.count(path) == 1:
            return 503, {}, b"later"
        raise ConnectionResetError

    with serving(reply) as proxy:
        lonely_shell.proxy = proxy.url
        lonely_shell.crawl("--ids", "5", "-s", "RETRY_TIMES=1", "-s", "DOWNLOAD_TIMEOUT=5")
    ((kind, capture),) = query(lonely_shell.data, "SELECT kind, capture_id FROM problems")
    assert kind != "http-503"
    assert capture is None
