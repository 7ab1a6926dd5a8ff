"""A database in a file, and articles with as few words as a test needs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from newscrawler.items import Article, Capture
from newscrawler.store import Database, close_database, open_database

SITE = "thanhdoan"
PAGE = "http://thanhdoan.hochiminhcity.gov.vn/ThanhDoan/webtd/News/"


def day(number: int) -> str:
    return f"2026-01-{number:02}T00:00:00.000000Z"


def article(id: int = 1, body: str = "Sáng 26/7, Đoàn xã ra quân.", **values: Any) -> Article:
    filled = {"title": "Tin vắn", "site": SITE, "site_article_id": str(id), "body_text": body, "extractor": "test 1"}
    filled |= {"url": f"{PAGE}{id}", "body_html": f"<p>{body}</p>", "word_count": len(body.split()), **values}
    words = f"{filled['title']}\n{body}"
    return Article(**filled, content_hash=sha256(words.encode()).hexdigest())


def capture(offset: int = 0, **values: Any) -> Capture:
    filled = {
        "url": f"{PAGE}1",
        "urlkey": "vn,gov,hochiminhcity,thanhdoan)/thanhdoan/webtd/news/1",
        "timestamp": day(1),
    }
    filled |= {"status": 200, "mime": "text/html", "digest": "sha256:ab", "filename": "a.warc.gz", "offset": offset}
    return Capture(**{**filled, "length": 100, "record_id": f"<urn:uuid:{offset}>", **values})


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "news.db"


@pytest.fixture
def db(path: Path) -> Iterator[Database]:
    db = open_database(path, write=True)
    yield db
    close_database(db)


@pytest.fixture
def rows(db: Database) -> Callable[..., list[tuple[Any, ...]]]:
    return lambda sql, *values: db.conn.execute(sql, values).fetchall()
