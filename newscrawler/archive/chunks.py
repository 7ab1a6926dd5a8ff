"""Chunk framing (RFC 9112 §7.1) taken off a body, however careless the server."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator


class Unchunker:
    """Takes chunk framing (RFC 9112 §7.1) off a body that comes in pieces; extensions and trailers are left out.

    What comes out depends on the bytes alone, not on where they were cut into pieces.
    """

    _SIZE = re.compile(rb"[ \t]*([0-9a-fA-F]{1,15})[ \t]*(?:;[^\n]*)?\r?\n")
    _BEGUN = re.compile(rb"[ \t]*(?:[0-9a-fA-F]{1,15}[ \t]*(?:;[^\n]*|\r)?)?")
    _LONGEST_LINE = 1 << 14

    def __init__(self) -> None:
        self.framed = False
        """Whether the line that begins a chunk has come."""
        self.finished = False
        """Whether the last chunk has come."""
        self.broken = False
        """Whether something stood where a chunk should begin or end; it and all behind it are left out."""
        self._left = 0
        self._inside = False
        self._buffer = b""
        self._place = 0

    def feed(self, data: bytes) -> bytes:
        """The content within the next piece of the body."""
        out: list[bytes] = []
        self._buffer, self._place = self._buffer + data, 0
        while self._place < len(self._buffer) and not (self.finished or self.broken):
            if self._left:
                self._content(out)
            elif not (self._line_break() if self._inside else self._size_line()):
                break
        self._buffer = b"" if self.finished or self.broken else self._buffer[self._place :]
        return b"".join(out)

    def _content(self, out: list[bytes]) -> None:
        content = self._buffer[self._place : self._place + self._left]
        out.append(content)
        self._left -= len(content)
        self._place += len(content)

    def _line_break(self) -> bool:
        """The one behind a chunk; a careless server sends LF alone."""
        rest = self._buffer[self._place : self._place + 2]
        if rest == b"\r":
            return False
        size = 1 if rest[:1] == b"\n" else 2
        self.broken = size == 2 and rest != b"\r\n"
        self._inside = False
        self._place += size
        return True

    def _size_line(self) -> bool:
        match = self._SIZE.match(self._buffer, self._place)
        if match is None or match.end() - self._place > self._LONGEST_LINE:
            too_long = len(self._buffer) - self._place > self._LONGEST_LINE
            self.broken = too_long or not self._BEGUN.fullmatch(self._buffer, self._place)
            return False
        self.framed = self._inside = True
        self._left = int(match[1], 16)
        self.finished = not self._left
        self._place = match.end()
        return True


def unchunked(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """A body without its chunk framing, in pieces; as it is where it has none, for recorders that have taken it off
    already leave the header that says it is there."""
    unchunker, source = Unchunker(), iter(pieces)
    held: list[bytes] = []
    for piece in source:
        content = unchunker.feed(piece)
        if unchunker.framed:
            held.clear()
            yield content
        else:
            held.append(piece)
        if unchunker.broken:
            break
    yield from held
    if not unchunker.framed:
        yield from source
