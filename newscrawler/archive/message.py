"""HTTP/1 messages as bytes: where the head ends, what it says, and the entity behind the chunk framing.

Lenient where servers are careless, as Scrapy's own parser is, and never changing a byte: heads are kept as they came.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from newscrawler.archive.chunks import Unchunker, unchunked
from newscrawler.archive.digest import digest_of as digest_of
from newscrawler.tape import Tape

MOST_HEAD = 1 << 18
"""Bytes within which a head must end."""

_END = re.compile(rb"\r?\n\r?\n")
_STATUS = re.compile(rb"HTTP/(\d+(?:\.\d+)?) +(\d{3})(?![^ \t\r\n])")
_BODILESS = (204, 304)
_CONDITIONS = ("if-none-match", "if-modified-since")


@dataclass(frozen=True, slots=True)
class Head:
    """A status or request line, and the headers below it; names and values in Latin-1, as HTTP has them."""

    line: str
    status: int
    """0 where the line is no status line."""
    headers: tuple[tuple[str, str], ...]

    def first(self, name: str) -> str:
        """Value of the first header of that name (lower case), or an empty text."""
        return next((value for key, value in self.headers if key.lower() == name), "")

    def tokens(self, name: str) -> list[str]:
        """The comma-separated values of all headers of that name, in lower case."""
        values = ",".join(value for key, value in self.headers if key.lower() == name)
        return [token for each in values.split(",") if (token := each.strip().lower())]

    @property
    def mime(self) -> str:
        """Content-Type without its parameters, in lower case; `unk`, as indexes write it, where there is none."""
        return self.first("content-type").split(";")[0].strip().lower() or "unk"

    @property
    def chunked(self) -> bool:
        """Whether the body is said to be under chunk framing."""
        return "chunked" in self.tokens("transfer-encoding")

    @property
    def conditional(self) -> bool:
        """Of a request: whether it may be answered that nothing has changed (RFC 9110 §13.1)."""
        return any(self.first(name) for name in _CONDITIONS)

    @property
    def codings(self) -> list[str]:
        """Content codings in the order in which they were applied."""
        return [token for token in self.tokens("content-encoding") if token != "identity"]


def head_length(start: bytes) -> int | None:
    """Length of the head at the beginning of a message, its empty line included; None if it does not end there.

    >>> head_length(b"HTTP/1.1 200 OK\\r\\nA: b\\r\\n\\r\\nbody")
    25
    """
    match = _END.search(start)
    return match.end() if match else None


def interim_length(start: bytes) -> int:
    """Length of the 1xx heads (RFC 9110 §15.2) that stand before the final one.

    >>> interim_length(b"HTTP/1.1 103 Early Hints\\r\\nLink: </a>\\r\\n\\r\\nHTTP/1.1 200 OK\\r\\n\\r\\n")
    40
    """
    length = 0
    while (match := _STATUS.match(start, length)) and match[2].startswith(b"1"):
        end = _END.search(start, length)
        if end is None:
            break
        length = end.end()
    return length


def parse_head(raw: bytes) -> Head:
    """What a head says. Folded lines are joined, lines without colon are left out (facts: archiving §4)."""
    lines = raw.replace(b"\r\n", b"\n").split(b"\n")
    match = _STATUS.match(lines[0])
    unfolded: list[bytes] = []
    for line in lines[1:]:
        if line[:1] in (b" ", b"\t") and unfolded:
            unfolded[-1] += line
        elif line:
            unfolded.append(line)
    pairs = (line.decode("latin-1").partition(":") for line in unfolded if b":" in line)
    headers = tuple((name.strip(), value.strip()) for name, _, value in pairs)
    return Head(lines[0].decode("latin-1"), int(match[2]) if match else 0, headers)


@dataclass(frozen=True, slots=True)
class Message:
    """A message on a tape, with its head read."""

    tape: Tape
    head: Head
    head_size: int
    """All of it where the head does not end."""
    head_ends: bool = True

    @classmethod
    def of(cls, tape: Tape | bytes) -> Message:
        """Read the head of a message."""
        tape = Tape(tape) if isinstance(tape, bytes) else tape
        start = tape.read(0, MOST_HEAD)
        size = head_length(start)
        if size is None:
            return cls(tape, parse_head(start), len(tape), head_ends=False)
        return cls(tape, parse_head(start[:size]), size)

    @property
    def raw_head(self) -> bytes:
        """Head as it came, with its empty line."""
        return self.tape.read(0, self.head_size)

    @property
    def digestible(self) -> bool:
        """Whether it is beyond doubt where its payload begins and ends: the head has an end, and nothing follows one
        that no body may follow."""
        stray = self.head.status in _BODILESS and len(self.tape) > self.head_size
        return self.head_ends and not stray

    @property
    def ends(self) -> bool:
        """Whether the body is as long as its framing says; one that ends with its connection always is."""
        if not self.head_ends:
            return False
        if self.head.chunked:
            unchunker = Unchunker()
            for piece in self.tape.pieces(self.head_size):
                unchunker.feed(piece)
            # The empty line that ends the trailers is awaited too before a response is handed on.
            return unchunker.finished and self.tape.read(max(0, len(self.tape) - 4)) == b"\r\n\r\n"
        stated = self.head.first("content-length").strip()
        return not stated or (stated.isascii() and stated.isdigit() and self._body_size >= int(stated[:12]))

    @property
    def _body_size(self) -> int:
        return len(self.tape) - self.head_size

    def entity(self) -> Iterator[bytes]:
        """The body without chunk framing, still under its content codings, in pieces."""
        if self.head.status in _BODILESS:
            return iter(())
        body = self.tape.pieces(self.head_size)
        return unchunked(body) if self.head.chunked else body


def payload_digest(message: Message) -> str:
    """WARC-Payload-Digest of a response: of the entity, without chunk framing, under its content codings (WARC 1.1
    §5.9, iipc/warc-specifications #22). `warcio check` and FastWARC digest the framing too, and complain."""
    return digest_of(message.entity())
