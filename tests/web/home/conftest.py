"""An archive that was filled by hand: two sites, months far apart, and runs that ended in every way there is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from newscrawler.store import add_problem, close_database, finish_run, open_database, store_article
from newscrawler.store.runs import start_crawl
from tests.store.conftest import article, day
from tests.web.conftest import Get, asking

HOSTILE = "<script>alert(1)</script>"
CODES = (0, 3, 4, 1)
"""Of the runs 1 to 4: finished, incomplete, stopped, failed. Run 5 has no end."""


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("filled")
    db = open_database(data / "news.db", write=True)
    try:
        for number, published in enumerate(["2008", "2008-05", "2018-05-16", "2018-05-17T08:00:00+07:00", None], 1):
            title = f"Tin {number} {HOSTILE}"
            item = article(number, f"Bài {number}. Mùa hè xanh.", title=title, published=published)
            store_article(db, item, run_id=None, seen_at=day(number))
        other = article(9, "Tin vắn.", site="tuoitre", url="https://tuoitre.vn/9", published="2099-01-01")
        store_article(db, other, run_id=None, seen_at=day(9))
        for number, code in enumerate(CODES, 1):
            began = datetime.now(UTC) - timedelta(days=10 - number)
            begun = start_crawl(db, "thanhdoan", f"by {HOSTILE}", _text(began), {"url": HOSTILE})
            for place in range(12 if code == 3 else 0):
                add_problem(
                    db, begun.run_id, f"http://a.vn/{place}", "fetching", "timeout", f"{HOSTILE} {place}", day(1)
                )
            if code == 1:
                add_problem(db, begun.run_id, "javascript:alert(1)", "reading", "odd-kind", "no way", day(1))
            counters = {"pages": 7, "articles_new": number, "given_up": 12 if code == 3 else 0, "bytes": 5_000}
            finish_run(db, begun.run_id, _text(began + timedelta(minutes=3)), code, counters)
        start_crawl(db, "tuoitre", "by hand", _text(datetime.now(UTC) - timedelta(days=3)), {})
    finally:
        close_database(db)
    return data


@pytest.fixture(scope="session")
def see(filled: Path) -> Get:
    return asking(filled)


def _text(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
