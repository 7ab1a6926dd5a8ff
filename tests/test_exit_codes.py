"""How a crawl ends that nobody has stopped, but that was not complete either: each end has its exit code."""

from __future__ import annotations

from pathlib import Path

from tests.big_site import BigSite
from tests.conftest import FAST, Shell
from tests.servers import Reply, serving
from tests.test_crawl import query

HOST = "thanhdoan.hochiminhcity.gov.vn"
SITE = BigSite(20)
QUIET = ("-s", "LOG_LEVEL=ERROR", "-s", "REQUISITES_ENABLED=False")


def answer(url: str) -> Reply:
    reply = SITE.respond(HOST, url.removeprefix(f"http://{HOST}"))
    return reply.status, dict(reply.headers), reply.body


class BrokenPipeline:
    """For `-s ITEM_PIPELINES`."""

    def process_item(self, item: object) -> object:
        raise RuntimeError("this pipeline breaks over every item")


def test_a_crawl_whose_pipeline_breaks_over_every_item_is_an_error(tmp_path: Path) -> None:
    with serving(answer) as seen:
        shell = Shell(seen.url, tmp_path)
        done = shell.crawl(*QUIET, "-s", 'ITEM_PIPELINES={"tests.test_exit_codes.BrokenPipeline": 1}')
        assert done.returncode == 1
        assert "pages could be read or stored from thanhdoan" in done.stderr
        assert "this pipeline breaks over every item" in done.stderr


def test_a_crawl_whose_every_page_fails_is_an_error(tmp_path: Path) -> None:
    robots = (200, {"Content-Type": "text/plain"}, b"")
    with serving(lambda path: robots if path.endswith("/robots.txt") else (404 + 99, {}, b"no")) as seen:
        done = Shell(seen.url, tmp_path).crawl(*QUIET, "-s", "RETRY_TIMES=0")
        assert done.returncode == 1
        assert "nothing could be fetched from thanhdoan" in done.stderr


def test_a_limit_of_scrapy_leaves_work_and_the_same_crawl_goes_on(tmp_path: Path) -> None:
    with serving(answer) as seen:
        shell = Shell(seen.url, tmp_path)
        call = ("scrapy", "crawl", "thanhdoan", "-s", f"ARCHIVE_DIR={shell.data}", *FAST, *QUIET)
        stopped = shell(*call, "-s", "CLOSESPIDER_PAGECOUNT=4")
        assert stopped.returncode == 4
        assert "stopped with work left; the same command goes on" in stopped.stderr
        assert shell(*call).returncode == 0
        assert {url for (url,) in query(shell.data, "SELECT url FROM articles")} == set(SITE.truth())
        assert len(seen.paths) - len(set(seen.paths)) == 1, "only robots.txt is asked for again"
