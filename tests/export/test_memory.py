"""Memory stays flat, however many articles are exported."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from newscrawler.store import close_database, open_database, transaction
from tests.conftest import ROOT, times
from tests.export.conftest import fill

LETTERS = 100_000
TWICE = """
import resource, sys
from pathlib import Path
from newscrawler.cli.export_formats import FORMATS
from newscrawler.export.order import Order
from newscrawler.store.selection import Selection

form, data, out, few = sys.argv[1:]
for limit in (int(few), None):
    FORMATS[form].write(Order(data=Path(data), out=Path(out), force=True, selection=Selection(limit=limit)))
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


@pytest.fixture(scope="module")
def long(tmp_path_factory) -> Path:
    """An archive whose articles are long: 25 million letters, or 400."""
    folder = fill(tmp_path_factory.mktemp("long"))
    db = open_database(folder / "news.db", write=True)
    (columns,) = db.conn.execute("SELECT group_concat(name) FROM pragma_table_info('articles')").fetchone()
    taken = {"id": ":id", "url": "url || :id", "site_article_id": ":id", "body_html": ":html"}
    values = ", ".join(taken.get(name, name) for name in columns.split(","))
    with transaction(db):
        for number in range(10, 10 + times(250, 4_000)):
            html = f"<p>{number} {'Đoàn viên ' * (LETTERS // 10)}</p>"
            db.conn.execute(
                f"INSERT INTO articles ({columns}) SELECT {values} FROM articles WHERE id = 3",
                {"id": number, "html": html},
            )
    close_database(db)
    return folder


FORMS = [("jsonl", 20, 12), ("csv", 20, 12), ("parquet", 100, 40), ("markdown", 20, 16)]


@pytest.mark.parametrize(("form", "few", "room"), FORMS[: times(3, 4)])
def test_ten_times_the_articles_take_no_more_memory(long, tmp_path, form, few, room):
    """`room` is in MB; held as texts, the articles would take 50 or 800. A row group of Parquet has some 4 million
    letters."""
    words = [sys.executable, "-c", TWICE, form, str(long), str(tmp_path / "out"), str(few)]
    told = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, timeout=300, check=True)
    first, second = map(int, told.stdout.split())
    assert second - first < room * 1024
