"""Who reads the pages: this process, or several that do nothing else."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from multiprocessing import get_context, parent_process

from newscrawler.items import Article, Blocks, Page
from newscrawler.pages import read
from newscrawler.pages.keeping import Reading

PAGES_AT_ONCE = 4
"""Pages that are handed to a process together."""

Readers = Callable[[list[Page]], Iterable[Reading]]
"""Reads pages, and gives what came of each in their order."""


def read_here(pages: list[Page]) -> Iterator[Reading]:
    """Read pages in this process, each when it is asked for."""
    return map(read, pages)


@contextmanager
def readers(jobs: int) -> Iterator[Readers]:
    """Readers in `jobs` processes; 1 reads here."""
    if jobs < 2:
        yield read_here
        return
    # Started anew, not forked: a fork would hold the archive's lock beyond our end.
    with ProcessPoolExecutor(jobs, get_context("spawn"), initializer=_end_with_parent) as pool:
        yield partial(_read_there, pool)


def _read_there(pool: ProcessPoolExecutor, pages: list[Page]) -> Iterator[Reading]:
    found = pool.map(_read_light, pages, chunksize=PAGES_AT_ONCE)
    return (_with_page(page, reading) for page, reading in zip(pages, found, strict=True))


def _read_light(page: Page) -> Reading:
    """What came of a page, without the page, which need not travel back."""
    reading = read(page)
    if isinstance(reading, Article):
        return replace(reading, page=None)
    if isinstance(reading, Blocks):
        return replace(reading, page=replace(page, html="", cache={}))
    return reading


def _with_page(page: Page, reading: Reading) -> Reading:
    return replace(reading, page=page) if isinstance(reading, Article | Blocks) else reading


def _end_with_parent() -> None:
    """A pool's processes outlive a parent that was killed, unless they look for it."""
    threading.Thread(target=_wait_for_parent, daemon=True).start()


def _wait_for_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
