"""Static copies: of the sample archive, and of one whose words are hostile."""

from __future__ import annotations

from pathlib import Path

import pytest

from newscrawler.export.order import Order
from newscrawler.items import Link, Media
from newscrawler.store import close_database, open_database, store_article
from newscrawler.web.copy import write
from tests.store.conftest import PAGE, article, day
from tests.web.conftest import Archive

HOSTILE = (
    "</script><script>alert(1)</script>",
    '"><img src=x onerror=alert(2)>',
    "'-alert(3)-'\u2028alert(4)//",
    "__proto__ constructor toString",
    "{{ 7*7 }} ${alert(5)} <!-- ]]>",
)
BODY = (
    '<p onclick="alert(6)">Đoàn <script>alert(7)</script></p><img src="http://tracker.example/a.png" onerror="alert(8)">'
    '<a href="javascript:alert(9)">x</a><iframe src="http://tracker.example/"></iframe><svg onload="alert(10)"></svg>'
)


@pytest.fixture(scope="session")
def copied(archive: Archive, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The copy of the sample archive; only to be read."""
    out = tmp_path_factory.mktemp("copied") / "copy"
    assert write(Order(data=archive.data, out=out)).articles > 30
    return out


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The copy of an archive that somebody else has filled."""
    folder = tmp_path_factory.mktemp("hostile")
    db = open_database(folder / "data" / "news.db", write=True)
    try:
        for number, words in enumerate(HOSTILE, 1):
            parts = {
                "links": (Link(block="hot", position=1, url="javascript:alert(11)", title=words),),
                "media": (
                    Media(position=1, kind="document", url="javascript:alert(12)", original_src="x", caption=words),
                ),
            }
            told = article(number, f"Đoàn thanh niên {words}", title=words, summary=words, byline=words, body_html=BODY,
                           category=f"{words}/../../x", site="../../a", **parts)  # fmt: skip
            store_article(db, told, run_id=None, seen_at=day(1))
    finally:
        close_database(db)
    write(Order(data=folder / "data", out=folder / "copy"))
    return folder / "copy"


__all__ = ["PAGE", "copied", "hostile"]
