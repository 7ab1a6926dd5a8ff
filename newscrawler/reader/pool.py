"""Several pages read at a time, beside an event loop or for somebody who waits."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from queue import SimpleQueue

from newscrawler.items import Page
from newscrawler.pages.whole import ReadPage, read_whole
from newscrawler.reader.worker import Worker


class PageReader:
    """Reads pages in processes of their own, each started at its first page; further pages wait in line.

    :param workers: processes; 0 reads in this one, without any limit on time and memory.
    """

    def __init__(self, workers: int = 1) -> None:
        self._workers = [Worker() for _number in range(workers)]
        self._idle: SimpleQueue[Worker] = SimpleQueue()
        for worker in self._workers:
            self._idle.put(worker)
        # Threads do no more than wait for the processes.
        self._threads = ThreadPoolExecutor(workers, "reader") if workers else None

    @property
    def pids(self) -> list[int]:
        """Of the processes that run."""
        return [worker.pid for worker in self._workers if worker.pid is not None]

    async def read(self, page: Page) -> ReadPage:
        """Read a page without keeping the event loop waiting; what it refuses is given, not raised.

        :raises WorkerClosedError: if the reader was closed.
        """
        if self._threads is None:
            return read_whole(page)
        return await asyncio.get_running_loop().run_in_executor(self._threads, self._read, page)

    def read_all(self, pages: Iterable[Page]) -> Iterator[ReadPage]:
        """Read pages, a few ahead of the one asked for; gives what came of each, in their order.

        :raises WorkerClosedError: as `read`.
        """
        if self._threads is None:
            yield from map(read_whole, pages)
            return
        waiting: list[Future[ReadPage]] = []
        rest = iter(pages)
        while True:
            for page in islice(rest, 2 * len(self._workers) - len(waiting)):
                waiting.append(self._threads.submit(self._read, page))
            if not waiting:
                return
            yield waiting.pop(0).result()

    def _read(self, page: Page) -> ReadPage:
        worker = self._idle.get()
        try:
            return worker.read(page)
        finally:
            self._idle.put(worker)

    def close(self) -> None:
        """End the processes at once; the bytes of pages that were being read lie in the archive."""
        for worker in self._workers:
            worker.close()
        if self._threads is not None:
            self._threads.shutdown(wait=True, cancel_futures=True)
