"""Hot blocks that were looked at several times, and one that was looked at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from newscrawler.items import Link
from newscrawler.store import close_database, open_database, start_run, store_article, store_listing
from tests.store.conftest import PAGE, article
from tests.web.conftest import Get, asking

SCRIPT = "<script>alert(1)</script> & “quân”"
SEEN = {
    "2024-03-01": ("Ra quân", "Hiến máu", SCRIPT),
    "2024-03-05": ("Ra quân", "Hiến máu"),
    "2024-04-20": ("Ra quân", "Chủ nhật xanh"),
}
"""Local day → what stood in the hot block, seen at noon."""


def at_noon(day: str) -> str:
    return f"{day}T05:00:00.000000Z"


def address(title: str) -> str:
    return "javascript:alert(2)" if title == SCRIPT else f"{PAGE}{len(title)}"


@pytest.fixture(scope="package")
def fill(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    def fill(seen: dict[str, tuple[str, ...]], site: str = "thanhdoan") -> Path:
        data = tmp_path_factory.mktemp("hot")
        db = open_database(data / "news.db", write=True)
        try:
            for day, titles in seen.items():
                start_run(db, site, "by hand", at_noon(day))
                links = [
                    Link(block="hot", position=place, url=address(t), title=t) for place, t in enumerate(titles, 1)
                ]
                for page in (f"{PAGE}list", f"{PAGE}other"):
                    store_listing(db, page, links, site=site, run_id=None, seen_at=at_noon(day))
            archived = article(7, title="Ra quân", url=address("Ra quân"))
            store_article(db, archived, run_id=None, seen_at=at_noon("2024-03-01"))
        finally:
            close_database(db)
        return data

    return fill


@pytest.fixture(scope="package")
def hot(fill: Callable[..., Path]) -> Get:
    """Three runs, asked through the real application."""
    return asking(fill(SEEN))
