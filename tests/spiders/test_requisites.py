"""Files of pages: fetched once, within limits, caught up later; what is missing is written down with its reason."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from newscrawler.demo import SampleServer, SampleSite
from newscrawler.demo.addresses import HOST, ORIGIN
from newscrawler.demo.furniture import ICON, SCRIPT, STYLESHEET
from newscrawler.demo.sources import Image
from tests.conftest import Shell
from tests.servers import Reply, Seen, serving

GONE = f"{ORIGIN}/ThanhDoan/webtd_/data/news/2009/7/9214/test.jpg"
NIPPON_MARU = 36950
"""An article in template `cards`: stylesheet, icon, script, and two pictures."""
FOLDER = f"http://www.{HOST}/ThanhDoan/webtd/Content/news/2024/11/36950"
PICTURES = {f"{FOLDER}/tau-cap-cang.jpg", f"{FOLDER}/goi-banh.jpg"}
ONE = ("--ids", str(NIPPON_MARU), "-s", "RETRY_TIMES=0")
Changed = dict[str, Reply]


def query(data: Path, sql: str) -> list[tuple[Any, ...]]:
    with sqlite3.connect(data / "news.db") as db:
        return db.execute(sql).fetchall()


def problems(shell: Shell) -> list[tuple[Any, ...]]:
    return query(shell.data, "SELECT url, kind FROM problems WHERE stage = 'requisite' ORDER BY id")


def counters(shell: Shell) -> tuple[int, int]:
    """Files that the last run fetched, and missed."""
    return query(
        shell.data,
        "SELECT counters ->> 'requisites', counters ->> 'requisites_missing' FROM runs ORDER BY id DESC LIMIT 1",
    )[0]


def warc_bytes(shell: Shell) -> int:
    return sum(path.stat().st_size for path in (shell.data / "warc").glob("*.warc.gz"))


def asked(server: SampleServer, before: int = 0) -> list[str]:
    """Addresses of files, not of pages or robots.txt, that were asked for."""
    urls = [url for _method, url in server.requests[before:]]
    return [url for url in urls if urlsplit(url).path.lower().endswith((".jpg", ".png", ".css", ".js", ".pdf"))]


@pytest.fixture
def altered(site: SampleSite) -> Callable[[Changed], Callable[[str], Reply]]:
    """The sample site with other answers at some addresses."""

    def altered(changed: Changed) -> Callable[[str], Reply]:
        def reply(url: str) -> Reply:
            if url in changed:
                return changed[url]
            parts = urlsplit(url)
            answer = site.respond(parts.netloc, parts.path + (f"?{parts.query}" if parts.query else ""))
            return answer.status, dict(answer.headers), answer.body

        return reply

    return altered


def crawl_at(shell: Shell, proxy: Seen, *words: str) -> None:
    shell.proxy = proxy.url
    done = shell.crawl(*words)
    assert done.returncode == 0, done.stderr


def test_every_file_of_the_articles_is_archived_and_linked_and_fetched_once_for_good(
    shell: Shell, server: SampleServer, site: SampleSite
) -> None:
    done = shell.crawl()
    assert done.returncode == 0, done.stderr
    linked = query(
        shell.data, "SELECT m.url, c.url, c.status, c.truncated FROM media m JOIN captures c ON c.id = m.capture_id"
    )
    assert all(row == (row[0], row[0], 200, None) for row in linked)
    unlinked = {
        url for (url,) in query(shell.data, "SELECT url FROM media WHERE capture_id IS NULL AND url IS NOT NULL")
    }
    assert unlinked == {GONE}
    assert [(url, kind) for url, kind in problems(shell)] == [(url, "absent") for url in unlinked]
    documents = {each.url for truth in site.truth() for each in truth.documents}
    content = f"{ORIGIN}/ThanhDoan/webtd/Content"
    furniture = {f"{content}/style.css", f"{content}/site.css", f"{content}/mau-sac.css", f"{ORIGIN}{SCRIPT}"}
    furniture |= {f"{ORIGIN}{ICON}", f"{content}/hinh/nen-dau-trang.png"}
    wanted = {url for url, *_rest in linked} | unlinked | furniture
    assert documents < wanted
    assert set(asked(server)) == wanted
    assert len(asked(server)) == len(wanted)
    assert counters(shell)[0] == len(wanted) - 1
    # A second crawl asks for no file again, and the archive hardly grows.
    before, seen = warc_bytes(shell), len(server.requests)
    assert shell.crawl().returncode == 0
    assert asked(server, seen) == []
    assert counters(shell)[0] == 0
    growth = (warc_bytes(shell) - before) / before
    print(f"{before} bytes, then {warc_bytes(shell) - before} more: {growth:.2%}")
    assert growth < 0.05


def test_robots_txt_of_another_host_is_asked_before_its_picture(shell: Shell, server: SampleServer) -> None:
    assert shell.crawl("--ids", "31098").returncode == 0
    foreign = [url for _method, url in server.requests if "cdn.tuoitre.vn" in url]
    assert foreign[0] == "http://cdn.tuoitre.vn/robots.txt"
    assert len(foreign) == 2


def test_a_full_crawl_asks_for_everything_again_and_keeps_the_rows(shell: Shell, server: SampleServer) -> None:
    media = "SELECT url, capture_id FROM media ORDER BY id"
    assert shell.crawl(*ONE).returncode == 0
    assert query(shell.data, "SELECT pages FROM runs") == [(1,)]  # files are no pages
    before, seen = query(shell.data, media), len(server.requests)
    assert shell.crawl(*ONE, "--full").returncode == 0
    assert set(asked(server, seen)) > PICTURES
    assert query(shell.data, media) == before
    assert query(shell.data, "SELECT DISTINCT record_type FROM captures WHERE run_id = 2") == [("revisit",)]


def test_a_run_after_a_stopped_one_catches_up_on_files(shell: Shell) -> None:
    """The second run reads no article page at all: it asks by table `media`."""
    assert shell.crawl("--ids", "36940-36960", "--limit", "1").returncode == 4
    bare = "SELECT url FROM media WHERE capture_id IS NULL"
    assert {url for (url,) in query(shell.data, bare)} == PICTURES
    assert shell.crawl("--ids", "1").returncode == 0
    assert query(shell.data, bare) == []
    assert counters(shell) == (2, 0)


@pytest.mark.parametrize("answers", [4, 8, 9])
def test_wherever_a_run_is_stopped_the_next_one_completes_it(shell: Shell, server: SampleServer, answers: int) -> None:
    content = f"{ORIGIN}/ThanhDoan/webtd/Content"
    wanted = PICTURES | {f"{ORIGIN}{path}" for path in (STYLESHEET, SCRIPT, ICON)}
    wanted |= {f"{content}/mau-sac.css", f"{content}/hinh/nen-dau-trang.png"}
    stopped = shell.crawl(*ONE, "-s", f"CLOSESPIDER_PAGECOUNT={answers}", "-s", "CONCURRENT_REQUESTS=1")
    assert stopped.returncode == 4, stopped.stderr
    assert not wanted <= set(asked(server))
    if f"{ORIGIN}{STYLESHEET}" in asked(server):  # what it names was seen only here
        queued = query(shell.data, "SELECT url FROM frontier WHERE kind = 'file' AND state = 'queued'")
        assert wanted <= {url for (url,) in queued} | set(asked(server))
    assert shell.crawl(*ONE).returncode == 0
    captured = {url for (url,) in query(shell.data, "SELECT url FROM captures WHERE status = 200")}
    assert wanted <= captured


def test_one_address_brings_its_own_files_only_and_a_list_none(shell: Shell, server: SampleServer) -> None:
    assert shell.crawl("--url", f"{ORIGIN}/ThanhDoan/webtd").returncode == 0
    assert asked(server) == []
    assert shell.crawl("--ids", "36940-36960", "--limit", "1").returncode == 4
    seen = len(server.requests)
    assert shell.crawl("--url", f"{ORIGIN}/ThanhDoan/webtd/News/31190").returncode == 0
    assert not PICTURES & set(asked(server, seen))
    assert any("/31190/" in url for url in asked(server, seen))


def test_files_can_be_left_out(shell: Shell, server: SampleServer) -> None:
    assert shell.crawl(*ONE, "-s", "REQUISITES_ENABLED=False").returncode == 0
    assert asked(server) == []
    assert counters(shell) == (0, 0)


def test_what_the_budget_does_not_cover_is_a_gap_until_a_later_run(shell: Shell) -> None:
    first = shell.crawl("-s", "REQUISITES_BUDGET=300000")
    assert first.returncode == 0
    assert first.stderr.count("budget of 300,000 bytes for files of pages is used up") == 1
    spent = query(shell.data, "SELECT sum(length) FROM captures WHERE mime LIKE 'image/%'")[0][0]
    assert 300_000 <= spent < 300_000 + 16 * 90_000  # what was under way came in still
    left = {url for url, kind in problems(shell) if kind == "budget"}
    assert len(left) >= 20
    assert shell.crawl().returncode == 0
    captured = {url for (url,) in query(shell.data, "SELECT url FROM captures WHERE status = 200")}
    assert left - captured == {GONE}
    assert "budget" not in shell("newscrawler", "gaps", "thanhdoan").stdout


def test_a_budget_that_is_no_number_is_wrong_usage(shell: Shell, server: SampleServer) -> None:
    done = shell.crawl("-s", "REQUISITES_BUDGET=2GB")
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1].startswith("newscrawler: REQUISITES_BUDGET=2GB: say how many bytes")
    assert server.requests == []


SERVED = f"http://www.{HOST}/ThanhDoan/webtd/Content/news/2018/7/31190/lop-boi.jpg"
ANSWERS: dict[str, Reply] = {
    "absent": (410, {}, b""),
    "http-503": (503, {}, b"later"),
    "http-204": (204, {}, b""),
    "redirected": (301, {"Location": SERVED}, b""),
    "other-site": (302, {"Location": "http://khac.vn/1.png"}, b""),
    "too-large": (200, {"Content-Type": "image/png"}, b"x" * 20_000_001),
    "robots": (200, {"Content-Type": "image/png"}, b"x"),
}
"""Kind of problem → the answer that makes it."""
ROBOTS: Reply = (200, {"Content-Type": "text/plain"}, b"User-agent: *\nDisallow: /anh/robots.png\n")


def picture_at(name: str) -> str:
    return f"{ORIGIN}/anh/{name}.png"


def reason_of(url: str) -> str:
    return url.rsplit("/", 1)[1].removesuffix(".png")


def test_what_could_not_be_had_is_written_down_with_its_reason(
    lonely_shell: Shell, altered: Any, site: SampleSite
) -> None:
    site.edit(
        NIPPON_MARU, images=tuple(Image(src=picture_at(name), after_paragraph=1, style="bare") for name in ANSWERS)
    )
    changed = {f"{ORIGIN}/robots.txt": ROBOTS, **{picture_at(name): answer for name, answer in ANSWERS.items()}}
    with serving(altered(changed)) as proxy:
        crawl_at(lonely_shell, proxy, *ONE)
        assert sorted(problems(lonely_shell)) == sorted((picture_at(name), name) for name in ANSWERS)
        assert counters(lonely_shell)[1] == len(ANSWERS)
        printed = lonely_shell("newscrawler", "gaps", "thanhdoan", "--kind", "media").stdout.splitlines()
        told = [line for line in printed if line.startswith("media\t")]
        assert {reason_of(line.split("\t")[2]): line.split("\t")[1] for line in told} == {
            name: name for name in ANSWERS
        }
        # A final answer is believed for a while; what may pass is tried by the next run.
        before = len(proxy.paths)
        crawl_at(lonely_shell, proxy, *ONE)
        assert {reason_of(path) for path in proxy.paths[before:] if "/anh/" in path} == {"http-503", "http-204"}
        assert counters(lonely_shell) == (0, 3)  # the third is forbidden without a request; the page is not read again
        before = len(proxy.paths)
        crawl_at(lonely_shell, proxy, *ONE, "--full")
        assert {reason_of(path) for path in proxy.paths[before:] if "/anh/" in path} == set(ANSWERS) - {"robots"}
    with serving(altered({picture_at("http-503"): (200, {"Content-Type": "image/png"}, b"x")})) as proxy:
        crawl_at(lonely_shell, proxy, *ONE)
    assert "http-503" not in lonely_shell("newscrawler", "gaps", "thanhdoan").stdout


def test_files_on_hosts_that_the_site_does_not_name_are_noted_once_for_good(
    shell: Shell, server: SampleServer, site: SampleSite
) -> None:
    foreign = "http://anh.khac.vn/1.jpg"
    site.edit(NIPPON_MARU, images=(Image(src=foreign, after_paragraph=1, style="bare"),))
    for _run in range(2):
        assert shell.crawl(*ONE, "--full").returncode == 0
        assert counters(shell)[1] == 1
    assert problems(shell) == [(foreign, "other-site")]
    assert not any("khac.vn" in url for _method, url in server.requests)


def test_a_page_that_names_too_many_files_gets_some_and_a_row(
    lonely_shell: Shell, altered: Any, site: SampleSite
) -> None:
    page = f"{ORIGIN}/ThanhDoan/webtd/News/{NIPPON_MARU}"
    pictures = "".join(f'<img src="/anh/{number}.png">' for number in range(150))
    html = site.respond(HOST, urlsplit(page).path).body.replace(b"</footer>", pictures.encode() + b"</footer>")
    picture = (200, {"Content-Type": "image/png"}, b"x")
    changed = {page: (200, {"Content-Type": "text/html; charset=utf-8"}, html)}
    changed |= {f"{ORIGIN}/anh/{number}.png": picture for number in range(150)}
    with serving(altered(changed)) as proxy:
        crawl_at(lonely_shell, proxy, *ONE)
    assert problems(lonely_shell) == [(page, "too-many")]
    assert set(proxy.paths) > PICTURES
    assert counters(lonely_shell)[0] == 102  # one hundred of the page, two of its stylesheet


def test_stylesheets_that_import_each_other_end(lonely_shell: Shell, altered: Any) -> None:
    names = [f"{ORIGIN}/ThanhDoan/webtd/Content/{number}.css" for number in range(6)]
    sheets = [f"{ORIGIN}{STYLESHEET}", *names]
    changed = {
        sheet: (200, {"Content-Type": "text/css"}, f"@import '{following}'; @import '{sheet}';".encode())
        for sheet, following in zip(sheets, [*names, sheets[0]], strict=True)
    }
    with serving(altered(changed)) as proxy:
        crawl_at(lonely_shell, proxy, *ONE)
    assert [path for path in proxy.paths if path.endswith(".css")] == sheets[:3]
