"""Pages read in a process of their own: as in this one, within limits, and none suffers for another."""

from __future__ import annotations

import asyncio
import os
import select
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from newscrawler.errors import HostilePageError, NoArticleError
from newscrawler.items import Article, Blocks, Page
from newscrawler.pages.reading import clean, split
from newscrawler.pages.whole import read_whole
from newscrawler.reader import worker as workers
from newscrawler.reader.pool import PageReader
from newscrawler.reader.worker import Worker, WorkerClosedError
from newscrawler.rebuild.readers import read_here, readers
from tests.conftest import ROOT

SITE = "http://thanhdoan.hochiminhcity.gov.vn/ThanhDoan/webtd"
TEXT = "Sáng 26/7, Đoàn xã ra quân dọn kênh rạch, trồng cây xanh và tặng quà cho trẻ em nghèo. " * 3
BODY = f"<html><head><title>x</title></head><body><p>{TEXT}</p><p><img src='/anh/1.jpg'></p></body></html>"
HTML = (
    f"<html><title>Ra quân hè</title><link rel=stylesheet href=/a.css><body><textarea>{BODY}</textarea></body></html>"
)
LIST = f'<html><body><ul><li><a href="{SITE}/News/7">Ra quân hè ở quận 4</a></li></ul></body></html>'

# A program that is the worker of these tests: it reads as the real one does, and falls for what no real page can do.
TRAPS = """
import os, re, signal, time
import newscrawler.reader.child as child
real = child.read_whole
def read_whole(page):
    if "SPIN" in page.html:
        re.match("(a*)*b", "a" * 60)  # C code, which looks at no signal handler of Python's
    if "SLEEP" in page.html:
        time.sleep(600)
    if "GROW" in page.html:
        kept = [bytes(1_000_000) for _each in range(10_000)]
    if "CRASH" in page.html:
        os.kill(os.getpid(), signal.SIGSEGV)
    if "VANISH" in page.html and not os.path.exists(page.html.split()[1]):
        open(page.html.split()[1], "x").close()
        os.kill(os.getpid(), signal.SIGKILL)
    return real(page)
child.read_whole = read_whole
child.main()
"""


def page(html: str = HTML, url: str = f"{SITE}/News/2754", kind: str = "article") -> Page:
    return Page(url=url, html=html, fetched_at=datetime(2026, 1, 2, tzinfo=UTC), site="thanhdoan", kind=kind)  # type: ignore[arg-type]


@pytest.fixture
def worker() -> Iterator[Worker]:
    with closing(Worker()) as worker:
        yield worker


@pytest.fixture
def trapped(monkeypatch: pytest.MonkeyPatch) -> Iterator[Worker]:
    monkeypatch.setattr(workers, "_PROGRAM", TRAPS)
    with closing(Worker()) as worker:
        yield worker


def is_well(worker: Worker) -> bool:
    return isinstance(worker.read(page()).reading, Article)


def test_an_article_is_read_as_it_is_here(worker: Worker) -> None:
    there, here = worker.read(page()), read_whole(page())
    assert isinstance(there.reading, Article)
    assert (there.reading, there.blocks, there.needed) == (here.reading, here.blocks, here.needed)
    assert [each.url[-6:] for each in there.needed] == ["/1.jpg", "/a.css"]


def test_a_list_is_read_as_it_is_here(worker: Worker) -> None:
    listed = page(LIST, f"{SITE}/Category/446/1", "listing")
    there = worker.read(listed)
    assert isinstance(there.reading, Blocks)
    assert there.reading is there.blocks
    assert there.reading == read_whole(listed).reading


def test_what_a_page_refuses_there_it_refuses_here(worker: Worker) -> None:
    empty = page("<html><body></body></html>")
    read = worker.read(empty)
    assert isinstance(read.reading, NoArticleError)
    with pytest.raises(NoArticleError):
        clean(split(empty))


def test_the_pipelines_do_not_read_again_what_was_read_there(worker: Worker) -> None:
    asked = page()
    read = worker.read(asked)
    assert split(asked) is read.blocks
    assert clean(split(asked)) is read.reading
    assert "tree" not in asked.cache


def test_what_was_left_out_comes_back_with_the_page(worker: Worker) -> None:
    read = worker.read(page(HTML + "<div>" * 5_000 + "x"))
    assert isinstance(read.reading, Article)
    assert read.reading.page is not None
    assert read.reading.page.left_out == read.page.left_out
    assert "200 levels" in read.page.left_out[0]


def test_a_page_that_would_take_for_ever_is_refused_and_the_next_one_read(trapped: Worker) -> None:
    reading = trapped.read(page("<p>SPIN")).reading
    assert isinstance(reading, HostilePageError)
    assert str(reading) == f"reading {SITE}/News/2754 took longer than 2 s of processor time"
    assert is_well(trapped)


def test_a_page_that_takes_all_memory_is_refused_and_the_next_one_read(trapped: Worker) -> None:
    assert is_well(trapped)
    reading = trapped.read(page("<p>GROW")).reading
    assert isinstance(reading, HostilePageError)
    assert (reading.kind, str(reading)) == (
        "HostilePageError",
        f"reading {SITE}/News/2754 needs more memory than it may have",
    )
    assert is_well(trapped)


def test_a_page_that_brings_a_library_down_is_refused_and_the_next_one_read(trapped: Worker) -> None:
    assert is_well(trapped)
    assert isinstance(trapped.read(page("<p>CRASH")).reading, HostilePageError)
    assert is_well(trapped)


def test_a_page_that_sleeps_is_refused_by_the_clock(trapped: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "WALL_SECONDS", 4.0)
    reading = trapped.read(page("<p>SLEEP")).reading
    assert isinstance(reading, HostilePageError)
    assert "did not end within 4 s" in str(reading)


def test_a_page_whose_process_was_killed_is_read_again(trapped: Worker, tmp_path: Path) -> None:
    assert isinstance(trapped.read(page(f"VANISH {tmp_path / 'once'} {HTML}")).reading, Article)


def test_a_process_that_was_killed_between_two_pages_is_replaced(worker: Worker) -> None:
    assert is_well(worker)
    assert worker.pid is not None
    os.kill(worker.pid, signal.SIGKILL)
    assert is_well(worker)


def test_ctrl_c_is_for_the_crawl_and_not_for_its_reader(worker: Worker) -> None:
    assert is_well(worker)
    before = worker.pid
    assert before is not None
    assert os.getsid(before) != os.getsid(0)
    os.kill(before, signal.SIGINT)
    assert is_well(worker)
    assert worker.pid == before


def test_closing_ends_a_reading_under_way(trapped: Worker) -> None:
    failed: list[BaseException] = []

    def read() -> None:
        try:
            trapped.read(page("<p>SLEEP"))
        except WorkerClosedError as error:
            failed.append(error)

    assert is_well(trapped)
    thread = threading.Thread(target=read)
    thread.start()
    trapped.close()
    thread.join(20)
    assert len(failed) == 1


def test_the_process_ends_when_its_parent_is_killed() -> None:
    code = (
        "from newscrawler.reader.worker import Worker; from tests.test_reader import page; import os, signal\n"
        "worker = Worker(); worker.read(page()); print(worker.pid, flush=True); os.kill(os.getpid(), signal.SIGKILL)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == -signal.SIGKILL
    try:
        ended = os.pidfd_open(int(done.stdout))
    except ProcessLookupError:
        return
    # It becomes readable when the process has ended.
    assert select.select([ended], [], [], 30)[0] == [ended]
    os.close(ended)


@pytest.mark.parametrize("workers", [0, 1, 2])
def test_pages_wait_in_line_and_the_event_loop_does_not(workers: int) -> None:
    async def read_all() -> list[object]:
        with closing(PageReader(workers)) as reader:
            reads = await asyncio.gather(*(reader.read(page(url=f"{SITE}/News/{n}")) for n in range(1, 9)))
            assert len(reader.pids) == workers
        return [read.reading.site_article_id for read in reads if isinstance(read.reading, Article)]

    assert asyncio.run(read_all()) == [str(n) for n in range(1, 9)]


def test_a_rebuild_reads_in_order_and_refuses_what_a_crawl_refuses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "_PROGRAM", TRAPS)
    pages = [page("<p>SPIN") if n == 3 else page(url=f"{SITE}/News/{n}") for n in range(8)]
    with readers(2) as read:
        found = list(read(pages))
    assert isinstance(found[3], HostilePageError)
    assert [each.site_article_id for each in found if isinstance(each, Article)] == list("0124567")


def test_a_few_pages_need_nobody_to_open_and_close_a_reader() -> None:
    (found,) = read_here([page()])
    assert isinstance(found, Article)
