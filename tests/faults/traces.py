"""What a crawl has left: rows of the database, and the log of the server."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tests.faults.case import Fault, Trace
from tests.faults.server import Asked

_NEAR = "(url = :url OR url LIKE :url || '?%' OR url LIKE :url || '#%')"
_CAPTURES = f"SELECT status, truncated FROM captures WHERE {_NEAR} ORDER BY id"
_PROBLEMS = f"SELECT DISTINCT stage, kind FROM problems WHERE {_NEAR} OR url IN (:host, :robots) ORDER BY 1, 2"
_ARTICLE = "SELECT * FROM articles WHERE site_article_id = :id OR url = :url"


class Traces:
    """The archive of one crawl."""

    def __init__(self, data: Path, log: Sequence[Asked]) -> None:
        self.db = sqlite3.connect(f"file:{data / 'news.db'}?mode=ro", uri=True)
        self.db.row_factory = sqlite3.Row
        self.log = log
        self.folder = data.parent

    def of(self, fault: Fault) -> Trace:
        """What one fault has left, as far as it is wanted."""
        wanted = fault.wanted
        return Trace(
            asked=None if wanted.asked is None else sum(each.url == fault.url for each in self.log),
            captures=None if wanted.captures is None else self._captures(fault),
            problems=None if wanted.problems is None else self._problems(fault),
            article=self.article(fault),
            state=None if wanted.state is None else self._state(fault),
            elsewhere=sum(bool(fault.elsewhere) and fault.elsewhere in each.url for each in self.log),
            complaint=fault.watch(self.log),
        )

    def article(self, fault: Fault) -> str:
        """`whole`, `none`, or what is wrong with it."""
        rows = self._all(_ARTICLE, {"id": str(fault.number), "url": fault.url})
        if not rows:
            return "none"
        if len(rows) > 1:
            return f"{len(rows)} articles"
        row = dict(rows[0])
        if fault.text != "" and row["body_text"] != fault.expected:
            return f"another text: {row['body_text'][-60:]!r}"
        return fault.look(row) or "whole"

    def lost(self, numbers: Sequence[int]) -> list[int]:
        """Which of these articles are not stored."""
        stored = {row[0] for row in self._all("SELECT site_article_id FROM articles", {})}
        return [number for number in numbers if str(number) not in stored]

    def _captures(self, fault: Fault) -> tuple[str, ...]:
        words = [f"{status} {cut}" if cut else str(status) for status, cut in self._all(_CAPTURES, {"url": fault.url})]
        many = f"{words[0]} × many" if len(words) > 2 and len(set(words)) == 1 else ""
        return (many,) if many in (fault.wanted.captures or ()) else tuple(words)

    def _problems(self, fault: Fault) -> tuple[str, ...]:
        host = f"http://{urlsplit(fault.url).hostname}/" if fault.host else ""
        where = {"url": fault.url, "host": host, "robots": f"{fault.host}/robots.txt"}
        return tuple(f"{stage}/{kind}" for stage, kind in self._all(_PROBLEMS, where))

    def _state(self, fault: Fault) -> str:
        rows = self._all("SELECT state, reason FROM frontier WHERE url = :url", {"url": fault.url})
        if not rows:
            return "unknown"
        state, reason = rows[0]
        return f"{state} {reason}" if " " in (fault.wanted.state or "") else str(state)

    def _all(self, sql: str, values: dict[str, Any]) -> list[Any]:
        return self.db.execute(sql, values).fetchall()
