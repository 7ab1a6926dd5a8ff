"""Exchanges with as few words as a test needs, and a walk over a file that no WARC library has a part in."""

from __future__ import annotations

import zlib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from newscrawler.archive.writer import WarcWriter
from newscrawler.items import Exchange
from newscrawler.tape import Tape

URL = "http://thanhdoan.hochiminhcity.gov.vn/ThanhDoan/webtd/News/2754"
INFO = {"software": "newscrawler/0", "operator": "Nguyễn Thị Ổn", "robots": "obey"}
MOMENT = datetime(2026, 1, 2, 3, 4, 5, 678901, tzinfo=UTC)


REQUEST = b"GET /ThanhDoan/webtd/News/2754 HTTP/1.1\r\nHost: thanhdoan.hochiminhcity.gov.vn\r\n\r\n"
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"


def exchange(
    body: bytes = b"<p>Ra qu\xc3\xa2n</p>", *, head: bytes = HEAD, request: bytes = REQUEST, **values: Any
) -> Exchange:
    filled: dict[str, Any] = {"url": URL, "method": "GET", "started_at": MOMENT}
    return Exchange(request=Tape(request), response=Tape(head + body), **{**filled, **values})


def writer(folder: Path, **options: Any) -> WarcWriter:
    return WarcWriter(folder, "thanhdoan", INFO, **{"now": lambda: MOMENT, **options})


def members(path: Path) -> list[tuple[int, bytes]]:
    """Offset and content of each gzip member; a member that is cut or followed by anything else is an error."""
    data, offset, found = path.read_bytes(), 0, []
    while offset < len(data):
        inflater = zlib.decompressobj(wbits=31)
        content = inflater.decompress(data[offset:])
        assert inflater.eof, f"the member at {offset} is cut"
        found.append((offset, content))
        offset = len(data) - len(inflater.unused_data)
    return found
