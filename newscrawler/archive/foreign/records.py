"""The records of a WARC file that others made, and what is wrong with those that cannot be read.

A record that cannot be read is passed over; reading goes on at the next border, or at the next line that begins a
record where the file has no borders (facts: reliability, row 98; warcio reads on from anywhere, or hangs).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from newscrawler.archive.digest import agrees
from newscrawler.archive.foreign.headers import VERSION, HeaderError, Headers, parse_headers
from newscrawler.archive.foreign.stream import MOST_RATIO, PIECE, ForeignStream
from newscrawler.tape import Tape

MOST_HEADERS = 1 << 18
LARGEST_BLOCK = 1 << 30
"""Bytes beyond which a record is passed over."""
BOMB_FROM, BOMB_RATIO = 1 << 26, 200
"""A block beyond so many bytes may be so many times as long as what it came from."""
MOST_FAULTS = 1000
"""After so many records that cannot be read, a file is left as it is."""

_END = re.compile(rb"\r?\n\r?\n")
_LINE = re.compile(rb"\nWARC/(?:0\.1[78]|1\.[01])[ \t]{0,8}\r?\n")
_LONGEST_LINE = 32
_FIRST_LOOK = 1 << 12
_MOST_TO_PUT_BACK = 1 << 24
_BREAKS = b"\r\n"
_END_OF_RECORD = b"\r\n\r\n"
_RECORD = b"WARC/"


@dataclass(frozen=True, slots=True)
class ForeignRecord:
    """One whole record; its block digest, where it states one that can be checked, is right."""

    number: int
    """Counted from 1, faults included; the same each time that the file is read."""
    headers: Headers
    block: Tape
    """Empty where the record was not wanted."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A record, or a stretch of the file, that cannot be read."""

    number: int
    reason: str
    """A clause: `it states Content-Length twice and not alike`."""
    target: str = ""

    def __str__(self) -> str:
        of = f" of {self.target[:200]}" if self.target else ""
        return f"record {self.number}{of}: {self.reason}"


class _WithinError(HeaderError):
    """What is wrong is within a record whose end is not in doubt."""


class ForeignRecords:
    """A walk over the records.

    :param wanted: tells from its headers whether a record's block is to be kept.
    """

    def __init__(self, stream: ForeignStream, wanted: Callable[[Headers], bool]) -> None:
        self._stream, self._wanted = stream, wanted
        self._number = self._faults = 0
        self._crossed = self._doubtful = False
        self._mark = ""

    def __iter__(self) -> Iterator[ForeignRecord | Fault]:
        """:raises ForeignFileError: if the file turns out to be a bomb."""
        while self._go_to_record():
            self._number += 1
            if self._faults >= MOST_FAULTS:
                yield Fault(self._number, f"{MOST_FAULTS} records could not be read, so the rest of the file is left")
                return
            found = self._record()
            self._faults += isinstance(found, Fault)
            yield found

    def _go_to_record(self) -> bool:
        """Stand at the beginning of something that should be a record."""
        self._crossed = False
        while True:
            self._skip_breaks()
            # What is no member at all is told of as a record that cannot be read.
            if self._stream.peek(1) or self._stream.strange:
                return True
            if not self._stream.cross():
                return False
            self._crossed = True

    def _skip_breaks(self) -> None:
        while (text := self._stream.peek(PIECE)) and text[:1] in (b"\r", b"\n"):
            self._stream.take(len(text) - len(text.lstrip(_BREAKS)))

    def _record(self) -> ForeignRecord | Fault:
        target = ""
        try:
            headers = parse_headers(self._header_block())
            target = headers.target
            self._check_mark(headers)
            block = self._block(headers)
        except HeaderError as error:
            if not isinstance(error, _WithinError):
                self._go_on()
            return Fault(self._number, str(error), target)
        self._mark, self._doubtful = headers.first("warc-warcinfo-id"), False
        return ForeignRecord(self._number, headers, block)

    def _header_block(self) -> bytes:
        if not VERSION.match(self._stream.peek(_LONGEST_LINE)):
            strange, self._stream.strange = self._stream.strange, ""
            raise HeaderError(strange or "it names no known WARC version")
        size = _FIRST_LOOK
        while not (match := _END.search(start := self._stream.peek(size))):
            if len(start) < size:
                raise HeaderError(self._stream.damage or "the file ends within its headers")
            if size >= MOST_HEADERS:
                raise HeaderError(f"its headers are longer than {MOST_HEADERS} bytes")
            size *= 2
        self._skip(match.end())
        return start[: match.end()]

    def _skip(self, size: int) -> None:
        while size and (piece := self._stream.take(size)):
            size -= len(piece)

    def _check_mark(self, headers: Headers) -> None:
        """A body may hold records of its own, made up to be found behind a record that cannot be read; they cannot
        name the warcinfo record of this file, whose id no server knows."""
        if self._doubtful and self._mark and self._mark != headers.first("warc-warcinfo-id"):
            raise HeaderError("it may be part of the record before it, which cannot be read")

    def _block(self, headers: Headers) -> Tape:
        """The block, once all that can be checked of it has been.

        :raises HeaderError: if it is not whole, or not what its headers state.
        """
        length, wanted = headers.length(), self._wanted(headers)
        if length > self._stream.size * (MOST_RATIO if self._stream.packed else 1):
            raise HeaderError(f"it states {length} bytes, which is more than the file can hold")
        tape, left, bomb = self._taped(length, LARGEST_BLOCK if wanted else _MOST_TO_PUT_BACK)
        kept = len(tape) == length - left
        ended = self._stream.peek(len(_END_OF_RECORD)) == _END_OF_RECORD
        self._skip_breaks()
        try:
            self._check(headers, tape if kept else None, left, ended)
        except _WithinError:
            raise
        except HeaderError:
            if kept and not self._crossed:
                self._stream.put_back(tape)
            raise
        if wanted and not kept:
            raise _WithinError("it is a bomb" if bomb else f"it is longer than {LARGEST_BLOCK} bytes")
        return tape if wanted else Tape()

    def _taped(self, length: int, most: int) -> tuple[Tape, int, bool]:
        """The block on a tape, if that may be so long; how much of it is missing, and whether it is a bomb."""
        tape, left, bomb, start = Tape(), length, False, self._stream.consumed
        while left and (piece := self._stream.take(left)):
            left -= len(piece)
            if length <= most and not bomb:
                tape.write(piece)
                bomb = len(tape) > max(BOMB_FROM, BOMB_RATIO * (self._stream.consumed - start))
        return tape, left, bomb

    def _check(self, headers: Headers, tape: Tape | None, left: int, ended: bool) -> None:
        """Some makers write too few line breaks behind a block, so a digest or the next record may prove its length."""
        if left or self._stream.damage:
            raise HeaderError(self._stream.damage or "it ends before its Content-Length")
        digest = headers.first("warc-block-digest")
        right = tape is None or agrees(tape, digest)
        follows = self._stream.peek(len(_RECORD)) in (b"", _RECORD)
        if not right:
            raise (_WithinError if follows else HeaderError)("it differs from its WARC-Block-Digest")
        if not (ended or follows or (digest and tape is not None)):
            raise HeaderError("its Content-Length is wrong: no record follows it")

    def _go_on(self) -> None:
        """Behind a record that cannot be read: to the border, if it began at one, else to the next line that begins a
        record."""
        if self._crossed:
            while self._stream.take(PIECE):
                pass
        self._doubtful = not self._crossed
        while text := self._stream.peek(PIECE):
            if match := _LINE.search(text):
                self._skip(match.start() + 1)
                return
            self._skip(len(text) if len(text) < PIECE else PIECE - _LONGEST_LINE)
