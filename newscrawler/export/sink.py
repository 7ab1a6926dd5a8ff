"""Where the bytes of an export go: to a file that is there when it is whole, with its dictionary beside, or to a
stream."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from typing import Any, BinaryIO

from newscrawler.archive.durable import replacing
from newscrawler.export.order import Order
from newscrawler.export.places import dictionary_of, refuse_file, telling, write_text

Describe = Callable[["Sink"], str]
"""What is written beside a file that is whole."""


class Sink:
    """Takes bytes, counts them and knows their sum; as much of a file as writers of formats need."""

    closed = False

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._sum = sha256()
        self.size = 0

    def write(self, data: Any) -> int:
        """Take bytes, or what is a buffer of them."""
        view = memoryview(data)
        self._stream.write(view)
        self._sum.update(view)
        self.size += view.nbytes
        return view.nbytes

    def tell(self) -> int:
        """How many bytes it has taken."""
        return self.size

    def flush(self) -> None:
        """Hand on what waits."""
        self._stream.flush()

    def close(self) -> None:
        """Does nothing: it is closed by who has opened it."""

    @property
    def hash(self) -> str:
        """SHA-256 of all bytes, in hex."""
        return self._sum.hexdigest()


@contextmanager
def sink(order: Order, describe: Describe) -> Iterator[Sink]:
    """What takes the bytes of an order.

    :param describe: makes the dictionary when all bytes are there; not called for a stream.
    :raises UsageError: if the file would be in a wrong place.
    :raises NewsCrawlerError: if it is there already.
    :raises DiskError: if it cannot be written.
    """
    if order.stream is not None:
        with telling("to standard output"):
            taken = Sink(order.stream)
            yield taken
            taken.flush()
        return
    refuse_file(order.data, order.out, force=order.force)
    with telling(order.out), replacing(order.out) as stream:
        taken = Sink(stream)
        yield taken
        # The dictionary comes first, and only when nothing is left to do that may fail: where the file is, so is its
        # dictionary.
        taken.flush()
        os.fsync(stream.fileno())
        write_text(dictionary_of(order.out), describe(taken))
