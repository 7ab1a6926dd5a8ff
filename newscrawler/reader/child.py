"""The process that reads pages: one after another from its standard input, until that ends."""

from __future__ import annotations

import gc
import os
import pickle
import signal
from multiprocessing.connection import Connection

from newscrawler.errors import MemoryPageError
from newscrawler.items import Page
from newscrawler.pages.whole import ReadPage, read_whole
from newscrawler.reader.limits import GROWN_BYTES, Cost, State, bound_memory, memory, start_clock, stop_clock


def main() -> None:
    """Answer pages with what came of them. The parent's end, by whatever cause, closes the connection and so ends
    this."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # meant for the crawl, which lets us finish
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    connection = Connection(os.dup(0))
    bound_memory()
    gc.freeze()
    fresh, _peak = memory()
    try:
        while _answer(connection, most=fresh + GROWN_BYTES):
            pass
    except (EOFError, OSError):
        pass
    os._exit(0)


def _answer(connection: Connection, most: int) -> bool:
    """Read one page; gives whether this process is fit for another: it may have held `most` bytes."""
    page: Page = pickle.loads(connection.recv_bytes())
    started = start_clock()
    answer, exhausted = _read(page)
    cpu = stop_clock(started)
    page.cache.clear()
    _held, peak = memory()
    state = State.EXHAUSTED if exhausted else State.BLOATED if peak > most else State.FIT
    connection.send_bytes(bytes(Cost(state, cpu, peak)) + answer)
    return state is State.FIT


def _read(page: Page) -> tuple[bytes, bool]:
    """What came of a page, pickled, and whether memory was lacking for it."""
    try:
        read = read_whole(page)
        answer = pickle.dumps(read.without_page(), pickle.HIGHEST_PROTOCOL)
    except MemoryError:
        return pickle.dumps(_too_large(page)), True
    return answer, isinstance(read.reading, MemoryPageError)


def _too_large(page: Page) -> ReadPage:
    return ReadPage(page=page, blocks=None, reading=MemoryPageError(page.url)).without_page()


if __name__ == "__main__":
    main()
