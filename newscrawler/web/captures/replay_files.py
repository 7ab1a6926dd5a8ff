"""What the archive has around a captured page, nearest to its moment, ready to be written into it."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path

from newscrawler.errors import UnreadableRecordError
from newscrawler.items import Capture
from newscrawler.store import Database, find_capture
from newscrawler.store.standing import nearest_captures
from newscrawler.urls import absolute
from newscrawler.web.captures.archived import body_of
from newscrawler.web.captures.pictures import kind_of

MOST_FILES = 150
_MOST_BYTES = 12_000_000
"""Of all that is written into one page."""
_LONGEST_FILE = 4_000_000
_LONGEST_ADDRESS = 2_000


@dataclass
class Room:
    """How many bytes may still be written into a page."""

    left: int = _MOST_BYTES

    def takes(self, size: int) -> bool:
        """Whether so many more may come; then it is less by these."""
        fits = size <= self.left
        self.left -= size if fits else 0
        return fits


@dataclass
class Files:
    """The files around a page.

    :ivar base: where the addresses in it begin.
    """

    db: Database
    folder: Path
    page: Capture
    base: str
    room: Room = field(default_factory=Room)
    _known: dict[str, int] = field(default_factory=dict)
    _pictures: dict[str, str | None] = field(default_factory=dict)

    def at(self, address: str) -> Files:
        """The files around a style sheet, whose addresses begin at its own."""
        return Files(self.db, self.folder, self.page, self._whole(address) or self.base, self.room)

    def look_up(self, addresses: Iterable[str]) -> None:
        """Find the captures of addresses as they are written; of those beyond MOST_FILES none is."""
        short = (address for address in addresses if len(address) <= _LONGEST_ADDRESS)
        whole = dict.fromkeys(found for address in short if (found := self._whole(address)))
        self._known |= nearest_captures(self.db, list(whole)[:MOST_FILES], self.page.timestamp)

    def picture(self, address: str) -> str | None:
        """A picture as an address that holds it, or None."""
        if address not in self._pictures:
            content = self.content(address)
            kind = kind_of(content) if content else None
            made = f"data:{kind};base64,{b64encode(content).decode()}" if content and kind else None
            self._pictures[address] = made
        found = self._pictures[address]
        return found if found and self.room.takes(len(found)) else None

    def content(self, address: str) -> bytes | None:
        """The body that lies nearest in time, or None where there is none or no room for it."""
        capture = find_capture(self.db, self._known.get(self._whole(address) or "", 0))
        if capture is None or capture.length > self.room.left:
            return None
        try:
            content = body_of(self.db, self.folder, capture).content
        except UnreadableRecordError:
            return None
        return content if len(content) <= min(self.room.left, _LONGEST_FILE) else None

    def _whole(self, address: str) -> str | None:
        """An address as the page means it; its letters were bytes."""
        return absolute(self.base, unescape(address.encode("latin-1", "replace").decode("utf-8", "replace")))
