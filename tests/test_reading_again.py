"""Files read out of the order of time: what then stands in another reading's words is read again from its record."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import permutations
from pathlib import Path

from newscrawler.rebuild import restore_files
from newscrawler.store import close_database, open_database
from newscrawler.store.dump import dump
from newscrawler.store.history import outdated
from tests.test_pages import ARTICLE, HTML, TEXT
from tests.test_rebuild import write

DAY = datetime(2026, 1, 2, tzinfo=UTC)
# Equal words in the first and the last, so that one version follows from both; the markup tells them apart.
PAGES = (
    HTML.replace(TEXT, f"<i>{TEXT}</i>", 1),
    HTML.replace(TEXT, f"{TEXT} Thêm một câu, để hôm sau bỏ đi.", 1),
    HTML.replace(TEXT, f"<b>{TEXT}</b>", 1),
)


def test_any_order_of_files_comes_to_the_rows_of_the_right_one(tmp_path: Path) -> None:
    paths = [
        write(
            tmp_path, f"f{number}", {"software": "Heritrix/3"}, {ARTICLE: page.encode()}, DAY + timedelta(days=number)
        )
        for number, page in enumerate(PAGES)
    ]
    dumps = []
    for number, order in enumerate(permutations(paths)):
        db = open_database(tmp_path / f"{number}.db", write=True)
        restore_files(db, tmp_path, order)
        assert outdated(db) == []
        dumps.append([row.line for row in dump(db)])
        close_database(db)
    assert dumps == [dumps[0]] * len(dumps)
    assert sum('"table":"versions"' in line for line in dumps[0]) == 3
    assert any("<strong>" in line or "<b>" in line for line in dumps[0] if '"table":"articles"' in line)
