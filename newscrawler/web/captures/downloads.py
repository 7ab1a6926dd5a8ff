"""An article as a file: JSON, Markdown, plain text, and the WARC records of its capture."""

from __future__ import annotations

import re
from dataclasses import asdict
from pathlib import Path
from typing import Any

from newscrawler.errors import NoSuchPageError
from newscrawler.items import Capture
from newscrawler.store import Database, find_capture
from newscrawler.telling import as_json, as_markdown, as_text
from newscrawler.text import fold
from newscrawler.web.articles.article import ID, article_of
from newscrawler.web.asked import Asked
from newscrawler.web.captures.archived import MOST, exchange_bytes, readable, record_view
from newscrawler.web.pages import Sent, View

_TOLD = {
    "json": ("application/json; charset=utf-8", as_json),
    "md": ("text/markdown; charset=utf-8", as_markdown),
    "txt": ("text/plain; charset=utf-8", as_text),
}
_UNSAFE = re.compile(r"[^a-z0-9]+")
_LONGEST_NAME = 60


def download(db: Database, asked: Asked) -> Sent:
    """The article in the form that the ending of its address names."""
    found, ending = article_of(db, asked), asked.parts["ending"]
    if ending == "warc.gz":
        return _records(db, asked.folder, found)
    capture = find_capture(db, found["capture_id"]) if found["capture_id"] else None
    found["capture"] = asdict(capture) if capture else None
    kind, tell = _TOLD[ending]
    disposition = "inline" if ending == "json" else f'attachment; filename="{filename(found, ending)}"'
    return Sent(body=tell(found) + "\n", type=kind, headers={"content-disposition": disposition})


def _records(db: Database, folder: Path, found: dict[str, Any]) -> Sent:
    """Request and response as they lie in the archive, byte for byte; of a revisit those of its original too."""
    capture = find_capture(db, found["capture_id"]) if found["capture_id"] else None
    if capture is None:
        raise NoSuchPageError(f"the archive holds no record of article {found['id']}")
    return record_file(db, folder, capture, filename(found, "warc.gz"))


def record_file(db: Database, folder: Path, capture: Capture, name: str) -> Sent:
    """The records of a capture as a WARC file of their own.

    :param name: plain; see `filename`.
    :raises UnreadableRecordError: if they cannot be read, or are longer than MOST.
    """
    with readable(folder):
        body = exchange_bytes(db, folder, capture, most=2 * MOST)
    return Sent(body=body, type="application/gzip", headers={"content-disposition": f'attachment; filename="{name}"'})


def filename(found: dict[str, Any], ending: str) -> str:
    """What an article is called as a file: letters, digits and hyphens alone, whatever its title holds.

    >>> filename({"id": 12, "title": "../Đoàn “xã”\\r\\n"}, "md")
    '12-doan-xa.md'
    """
    words = _UNSAFE.sub("-", fold(found["title"] or ""))[:_LONGEST_NAME].strip("-")
    return f"{found['id']}{f'-{words}' if words else ''}.{ending}"


ROUTES: list[tuple[str, View]] = [(rf"/article/{ID}\.(?P<ending>json|md|txt|warc\.gz)$", record_view(download))]
