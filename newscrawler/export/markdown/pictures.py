"""Pictures taken out of the WARC files: those that are pixels by their own first bytes, whatever their label says."""

from __future__ import annotations

import re
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from newscrawler.archive.coding import undo
from newscrawler.archive.reader import locate, read_at
from newscrawler.errors import DamagedRecordError, HostilePageError
from newscrawler.export.markdown.folder import Folder
from newscrawler.export.markdown.names import IMAGES
from newscrawler.items import Capture
from newscrawler.store import Database, find_capture
from newscrawler.store.captures import with_payload

MOST_BYTES = 20 * 1024 * 1024
"""A picture that is longer stays where it is."""

# SVG is none of them: it may hold scripts.
_FORMATS = {
    "png": re.compile(rb"\x89PNG\r\n\x1a\n"),
    "jpg": re.compile(rb"\xff\xd8\xff"),
    "gif": re.compile(rb"GIF8[79]a"),
    "webp": re.compile(rb"RIFF....WEBP", re.DOTALL),
    "avif": re.compile(rb"....ftypavi[fs]", re.DOTALL),
    "bmp": re.compile(rb"BM....\x00\x00\x00\x00", re.DOTALL),
}


def format_of(body: bytes) -> str | None:
    """The usual ending of a picture's name, or None for what is no picture made of pixels.

    >>> format_of(b"GIF89a..."), format_of(b"<svg xmlns=")
    ('gif', None)
    """
    return next((name for name, start in _FORMATS.items() if start.match(body)), None)


class Pictures:
    """Copies pictures into the folder of an export, each once, under the sum of its bytes.

    :param data: folder of the archive.
    """

    def __init__(self, db: Database, data: Path, folder: Folder) -> None:
        self._db, self._warc, self._folder = db, data / "warc", folder
        self.path_of = lru_cache(maxsize=1_000)(self._path_of)
        """Capture's id → path of the picture in the folder, or None where there is none."""
        self.copied = 0
        self.damaged: list[str] = []
        """Why pictures could not be had, of the first few."""
        self.failed = 0

    def _path_of(self, capture_id: int) -> str | None:
        capture = find_capture(self._db, capture_id)
        whole = capture and with_payload(self._db, capture)
        return self._copy(whole) if whole else None

    def _copy(self, capture: Capture) -> str | None:
        try:
            body = self._body(capture)
        except (DamagedRecordError, HostilePageError) as error:
            self.failed += 1
            self.damaged = [*self.damaged, str(error)][:3]
            return None
        form = format_of(body)
        if form is None or len(body) > MOST_BYTES:
            return None
        path = f"{IMAGES}/{sha256(body).hexdigest()[:32]}.{form}"
        if not self._folder.has(path):
            self._folder.add(path, body)
            self.copied += 1
        return path

    def _body(self, capture: Capture) -> bytes:
        path = locate(self._warc, capture.filename)
        record = read_at(path, capture.offset)
        if record.record_id != capture.record_id:
            raise DamagedRecordError(f"{path} holds another record at offset {capture.offset}", path, capture.offset)
        pieces, size = [], 0
        for piece in record.message.entity():
            pieces.append(piece)
            size += len(piece)
            if size > MOST_BYTES:
                break
        return undo(b"".join(pieces), record.message.head.codings).body
