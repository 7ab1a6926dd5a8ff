"""Files that a copy takes along: pictures, and documents that are PDF by their own first bytes."""

from __future__ import annotations

from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from newscrawler.errors import NoSuchPageError
from newscrawler.export.markdown.folder import Folder
from newscrawler.export.markdown.pictures import Pictures
from newscrawler.items import Capture
from newscrawler.store import Database, find_capture
from newscrawler.web.captures.archived import body_of
from newscrawler.web.rendering import web_address

_PDF = b"%PDF-"
_NOT_PICTURES = "application/"
"""Beginning of the media types of documents; what is no picture although it is called one is found out by its bytes."""


class Attachments:
    """Copies files into the folder of a copy, each once, under the sum of its bytes.

    :param data: folder of the archive.
    """

    def __init__(self, db: Database, data: Path, folder: Folder) -> None:
        self._db, self._data, self._folder = db, data, folder
        self.pictures = Pictures(db, data, folder)
        self.path_of = lru_cache(maxsize=1_000)(self._path_of)
        """Capture's id → path of the file in the folder, or None where there is none."""
        self.documents = 0

    def url_of(self, capture_id: int) -> str:
        """The address of a capture on the web."""
        capture = find_capture(self._db, capture_id)
        return web_address(capture.url) if capture else ""

    def _path_of(self, capture_id: int) -> str | None:
        capture = find_capture(self._db, capture_id)
        if capture is None or not capture.mime.startswith(_NOT_PICTURES):
            return self.pictures.path_of(capture_id)
        return self._document(capture)

    def _document(self, capture: Capture) -> str | None:
        try:
            content = body_of(self._db, self._data, capture).content
        except NoSuchPageError as error:
            self.pictures.failed += 1
            self.pictures.damaged = [*self.pictures.damaged, str(error)][:3]
            return None
        if not content.startswith(_PDF):
            return self.pictures.path_of(capture.id)
        path = f"documents/{sha256(content).hexdigest()[:32]}.pdf"
        if not self._folder.has(path):
            self._folder.add(path, content)
            self.documents += 1
        return path
