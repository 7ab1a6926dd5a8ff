"""Whatever a page says, its row comes back from every format as it stands in the database."""

from __future__ import annotations

import csv
import json
from xml.etree import ElementTree

import duckdb
import feedparser
import pandas as pd
import pyarrow.parquet as pq
import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newscrawler.errors import DamagedDatabaseError
from newscrawler.export.csv import unguarded
from newscrawler.export.xml import clean
from newscrawler.store import close_database, open_database
from tests.conftest import times
from tests.export.conftest import by_id, rows_of
from tests.export.hostile import texts

COLUMNS = ("title", "summary", "byline", "category", "body_text", "published_raw")
WORDS = st.fixed_dictionaries(dict.fromkeys(COLUMNS, texts()))
ATOM = "{http://www.w3.org/2005/Atom}"
often = settings(
    max_examples=times(12, 200),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def words_of(row: dict[str, object]) -> dict[str, object]:
    return {name: row[name] for name in COLUMNS}


@often
@given(WORDS)
def test_jsonl_is_read_back_by_json_pandas_and_duckdb(export, rewritten, tmp_path, words):
    data = rewritten(words)
    export("jsonl", data)
    lines = (tmp_path / "out").read_text("utf-8").splitlines()  # splits at everything that anybody takes for a line end
    rows = {row["id"]: row for row in map(json.loads, lines)}
    assert len(rows) == len(lines) == 3
    assert words_of(rows[1]) == words
    assert rows[1]["comments"][0]["text"] == words["title"]
    frame = pd.read_json(tmp_path / "out", lines=True, dtype=False).set_index("id")
    assert words_of(frame.loc[1].to_dict()) == words
    with duckdb.connect() as db:
        asked = ", ".join(f"{name}: 'VARCHAR'" for name in COLUMNS)
        read = f"read_json('{tmp_path / 'out'}', format='newline_delimited', columns={{id: 'INT', {asked}}})"
        assert db.execute(f"SELECT {', '.join(COLUMNS)} FROM {read} WHERE id = 1").fetchone() == tuple(
            words[name] for name in COLUMNS
        )


@often
@given(WORDS, st.booleans())
def test_csv_is_read_back_by_python_pandas_and_duckdb(export, rewritten, tmp_path, words, raw):
    data = rewritten(words)
    export("csv", data, raw=raw)
    plain = (lambda text: text) if raw else unguarded
    with (tmp_path / "out").open(newline="", encoding="utf-8") as stream:
        rows = {row["id"]: row for row in csv.DictReader(stream)}
    assert len(rows) == 3
    assert {name: plain(rows["1"][name]) for name in COLUMNS} == words
    frame = pd.read_csv(tmp_path / "out", dtype=str, keep_default_na=False, index_col="id")
    assert {name: plain(frame.loc["1"][name]) for name in COLUMNS} == words
    with duckdb.connect() as db:
        read = f"read_csv('{tmp_path / 'out'}', header=true, all_varchar=true, delim=',', quote='\"', escape='\"')"
        found = db.execute(f"SELECT {', '.join(COLUMNS)} FROM {read} WHERE id = '1'").fetchone()
    assert {name: plain(text or "") for name, text in zip(COLUMNS, found, strict=True)} == words


@often
@given(WORDS)
def test_parquet_is_read_back_by_pyarrow_and_duckdb(export, rewritten, tmp_path, words):
    export("parquet", rewritten(words))
    rows = {row["id"]: row for row in pq.read_table(tmp_path / "out").to_pylist()}
    assert len(rows) == 3
    assert words_of(rows[1]) == words
    assert rows[1]["media"][0]["caption"] == words["title"]
    with duckdb.connect() as db:
        found = db.execute(
            f"SELECT {', '.join(COLUMNS)} FROM read_parquet('{tmp_path / 'out'}') WHERE id = 1"
        ).fetchone()
    assert found == tuple(words[name] for name in COLUMNS)


@often
@given(WORDS)
def test_json_ld_is_read_back_by_json(export, rewritten, tmp_path, words):
    export("jsonl", rewritten(words), schema_org=True)
    rows = [json.loads(line) for line in (tmp_path / "out").read_text("utf-8").splitlines()]
    (first,) = [row for row in rows if row["@id"].endswith("/1")]
    assert (first.get("headline", ""), first.get("articleBody", "")) == (words["title"], words["body_text"])


@often
@given(WORDS)
def test_atom_is_read_back_by_an_xml_parser_and_feedparser(export, rewritten, tmp_path, words):
    data = rewritten({**words, "body_html": words["body_text"]})
    export("atom", data)
    feed = ElementTree.parse(tmp_path / "out").getroot()
    url = by_id(data)[1]["url"]
    (entry,) = [entry for entry in feed.iter(f"{ATOM}entry") if entry.find(f"{ATOM}link").get("href") == url]
    assert (entry.findtext(f"{ATOM}title") or url) == (clean(words["title"]) or url)
    if words["summary"]:
        assert (entry.findtext(f"{ATOM}summary") or "") == clean(words["summary"])
    parsed = feedparser.parse((tmp_path / "out").read_bytes())
    assert not parsed.bozo
    assert len(parsed.entries) == 3


@often
@given(WORDS, st.lists(texts(), max_size=3))
def test_front_matter_is_read_back_by_a_yaml_parser(export, rewritten, tmp_path, words, tags):
    data = rewritten({**words, "tags": json.dumps(tags)})
    export("markdown", data, "folder")
    files = [path for path in (tmp_path / "folder").rglob("*.md") if path.name != "index.md"]
    assert len(files) == 3
    assert all(path.resolve().is_relative_to((tmp_path / "folder").resolve()) for path in files)
    (first,) = [path for path in files if path.name.startswith("1")]
    told = yaml.safe_load(first.read_text("utf-8").split("\n---\n")[0])
    known = [name for name in COLUMNS if name != "body_text"]
    assert {name: told[name] for name in known} == {name: words[name] for name in known}
    assert told["tags"] == tags
    assert told["media"][0]["caption"] == words["title"]


@pytest.mark.parametrize("change", ["title = CAST(x'ff' AS TEXT)", "title = x'ff'", "authors = '['", "origins = '[]'"])
@pytest.mark.parametrize("form", ["jsonl", "markdown"])
def test_a_row_that_we_never_wrote_is_told_in_a_sentence(export, made, tmp_path, form, change):
    db = open_database(made / "news.db", write=True)
    db.conn.execute("DROP TRIGGER articles_fts_update")
    db.conn.execute(f"UPDATE articles SET {change} WHERE id = 3")
    close_database(db)
    with pytest.raises(
        DamagedDatabaseError, match=r"article 3 of .*news\.db holds what is no text or no JSON; run `newsc"
    ):
        export(form, made)
    assert not list(tmp_path.glob("out*"))


@pytest.mark.parametrize("form", ["jsonl", "csv", "parquet"])
def test_the_database_is_only_read(export, made, form):
    before = (made / "news.db").read_bytes()
    export(form, made)
    assert (made / "news.db").read_bytes() == before
    assert len(rows_of(made)) == 3
