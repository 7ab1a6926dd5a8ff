"""Who reads the pages: this process, or several that do nothing else and that can be ended."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager

from newscrawler.items import Page
from newscrawler.pages.reading import Reading
from newscrawler.reader.pool import PageReader

Readers = Callable[[list[Page]], Iterable[Reading]]
"""Reads pages, and gives what came of each in their order."""


@contextmanager
def readers(jobs: int = 1) -> Iterator[Readers]:
    """Readers in `jobs` processes, under the same limits as in a crawl, so that both refuse the same pages."""
    with closing(PageReader(jobs)) as reader:
        yield lambda pages: (read.reading for read in reader.read_all(pages))


def read_here(pages: list[Page]) -> Iterator[Reading]:
    """Read a few pages, in a process that ends with the last of them."""
    with readers() as read:
        yield from read(pages)
