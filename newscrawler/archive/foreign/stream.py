"""The text of a WARC file that others made, unpacked as it is read; damage ends a member, never the walk.

Memory stays bounded whatever the file says, and so does the work: what is looked at twice is counted (facts:
reliability, row 98).
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import BinaryIO

from newscrawler.archive.foreign.packing import DAMAGE, Inflater, Packing, dictionary_size, packing_of
from newscrawler.errors import ForeignFileError
from newscrawler.tape import Tape

GROWN = "was changed while it was read; import it again"

PIECE = 1 << 16
MOST_RATIO = 1100
"""How many times its size a file may hold: deflate reaches 1,032, and zstd goes far beyond it on purpose only."""
MOST_LOOKED_AT_AGAIN = 1 << 20
"""Bytes of a damaged member in which the beginning of the next one is looked for."""
MOST_TRIES = 100_000
"""Places in one file that look like the beginning of a member and are none."""
MOST_PUT_BACK = 1 << 30
"""Bytes of one file that may be put back to be read again."""

_SLACK = 1 << 26
_RECORD = b"WARC/"
_PROOF = 1 << 12
"""Bytes of a member within which its first text must show."""


class ForeignStream:
    """The text of a file. Where a gzip or zstd member begins with a record there is a border, which no record crosses;
    all other members are read as one text, for some makers cut theirs anywhere.

    :param raw: the file, read forward only.
    :param size: its bytes.
    :param paid: bytes that it takes on the disk, where it is itself packed; what it may inflate to goes by them.
    :raises ForeignFileError: if it is packed in a way that cannot be read; also from all methods, if it is a bomb.
    """

    def __init__(self, raw: BinaryIO, size: int, paid: int | None = None) -> None:
        self.size, self.consumed = size, 0
        self._most = (size if paid is None else paid) * MOST_RATIO + _SLACK
        self.damage = ""
        """Why the member that ends at the border is not whole; empty if it is."""
        self._raw, self._unread = raw, b""
        self._text, self._next = bytearray(), b""
        self._again: Iterator[bytes] = iter(())
        self._at_border = False
        self._inflated = self._tries = self._put_back = 0
        self._inflater: Inflater | None = None
        self._hungry = True
        self._window = bytearray()
        self._packing = self._told_packing()
        self.packed = self._packing is not None
        self.strange = ""
        """What is wrong with what stands at the border, where that is no record; empty if it is one."""
        if self._packing is not None:
            self._at_border = True
            self._text += self._lead()
            if self._next:
                self.cross()

    def _told_packing(self) -> Packing | None:
        self._more_raw()
        try:
            while len(self._unread) < dictionary_size(self._unread) and self._more_raw():
                pass
            packing, start = packing_of(self._unread)
        except ValueError as error:
            raise ForeignFileError(f"is zstd, but {error}; unpack it and import that") from error
        self._unread = self._unread[start:]
        return packing

    def peek(self, size: int) -> bytes:
        """The next bytes before the border; fewer where it is nearer."""
        while len(self._text) < size and self._more():
            pass
        return bytes(self._text[:size])

    def take(self, size: int) -> bytes:
        """The next bytes, which are then gone; at least one and at most PIECE of them, none at the border."""
        found = self.peek(min(size, PIECE))
        del self._text[: len(found)]
        return found

    def put_back(self, tape: Tape) -> bool:
        """Let bytes be read again that were taken last; False if too many have been already."""
        self._put_back += len(tape)
        if self._put_back > MOST_PUT_BACK:
            return False
        tape.write(bytes(self._text))
        self._text.clear()
        self._again = chain(tape.pieces(), self._again)
        return True

    def cross(self) -> bool:
        """Go to the border, whatever lies before it, and over it; False at the end of the file."""
        self._text.clear()
        while self._more():
            self._text.clear()
        self.damage, self.strange = "", ""
        if not self._next and not self._find_member():
            return False
        self._text += self._next
        self._next, self._at_border = b"", False
        return True

    def _more(self) -> bool:
        """Add to the text, unless a border or the end is reached."""
        piece = next(self._again, b"")
        while not piece and not self._at_border:
            piece = self._more_text() if self._packing else self._plain()
        self._text += piece
        return bool(piece)

    def _plain(self) -> bytes:
        self._at_border = not self._unread and not self._more_raw()
        piece, self._unread = self._unread, b""
        return piece

    def _more_text(self) -> bytes:
        """A piece of the member, or of those behind it up to the border."""
        if piece := self._inflate():
            return piece
        self._at_border = True
        return b"" if self.damage else self._lead()

    def _lead(self) -> bytes:
        """Begin the next member: gives its first bytes unless they are a record's, which stay behind the border."""
        if not self._begin_member():
            return b""
        start = self._inflate()
        while len(start) < len(_RECORD) and (piece := self._inflate()):
            start += piece
        if start.startswith(_RECORD):
            self._next = start
            return b""
        # What is wrong with this member is no fault of the record before it.
        self.strange, self.damage = self.damage, ""
        self._at_border = bool(self.strange)
        return b"" if self.strange else start

    def _begin_member(self) -> bool:
        assert self._packing is not None
        self._unread = self._unread.lstrip(b"\0")
        while len(self._unread) < len(self._packing.magic) and self._more_raw():
            # Tapes and block devices fill up with zeros.
            self._unread = self._unread.lstrip(b"\0")
        if not self._unread.startswith(self._packing.magic):
            self.strange = "bytes stand there that are no record" if self._unread else ""
            return False
        self._inflater, self._hungry = self._packing.inflater(), True
        self._window.clear()
        return True

    def _inflate(self) -> bytes:
        """A piece of the member that is being read; none where it has ended, well or not."""
        while (inflater := self._inflater) is not None:
            if inflater.eof:
                self._unread = inflater.unused_data + self._unread
                self._inflater = None
            elif self._hungry and not self._unread and not self._more_raw():
                self.damage, self._inflater = "the file ends within it", None
            elif piece := self._fed(inflater):
                return piece
        return b""

    def _fed(self, inflater: Inflater) -> bytes:
        data, self._unread = self._unread, b""
        try:
            piece, self._unread = inflater.feed(data, PIECE)
        except DAMAGE:
            self.damage, self._inflater = "it is damaged", None
            self._unread = bytes(self._window[1:]) + data if self._window else data[1:]
            return b""
        self._hungry = len(piece) < PIECE
        self._window += data[: len(data) - len(self._unread)]
        del self._window[:-MOST_LOOKED_AT_AGAIN]
        self._inflated += len(piece)
        if self._inflated > self._most:
            raise ForeignFileError(f"inflates to more than {MOST_RATIO} times its size, as only a bomb does")
        return piece

    def _find_member(self) -> bool:
        """Behind damage: begin the next member that shows a record."""
        place = 0
        while self._packing is not None and self._tries < MOST_TRIES:
            place = self._unread.find(self._packing.magic, place)
            if place < 0:
                self._unread = self._unread[-len(self._packing.magic) + 1 :]
                place = 0
                if not self._more_raw():
                    break
            elif len(self._unread) - place < _PROOF and self._more_raw():
                continue
            elif self._shows_record(self._packing, self._unread[place : place + _PROOF]):
                self._unread = self._unread[place:]
                return self._begin_member() and self._lead_text()
            else:
                self._tries += 1
                place += 1
        self._unread, self._inflater = b"", None
        return False

    def _lead_text(self) -> bool:
        self._next = self._inflate()
        return bool(self._next)

    @staticmethod
    def _shows_record(packing: Packing, start: bytes) -> bool:
        try:
            return packing.inflater().feed(start, len(_RECORD))[0] == _RECORD
        except DAMAGE:
            return False

    def _more_raw(self) -> bool:
        data = self._raw.read(PIECE)
        self.consumed += len(data)
        if self.consumed > self.size:
            raise ForeignFileError(GROWN)
        self._unread += data
        return bool(data)
