"""Parquet: types that a reader can compute with, rows in groups, and a sentence where pyarrow is missing."""

from __future__ import annotations

import sys
from datetime import UTC, datetime

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from newscrawler.errors import NewsCrawlerError
from newscrawler.export import parquet
from newscrawler.export.columns import typed_columns_of
from newscrawler.store import close_database, open_database
from newscrawler.store.handing import PARTS


def test_moments_are_moments_and_their_texts_stay(export, made, tmp_path):
    export("parquet", made)
    rows = {row["id"]: row for row in pq.read_table(tmp_path / "out").to_pylist()}
    assert rows[1]["published"] == "2018-05-16T14:30:00+07:00"
    assert rows[1]["published_at"] == datetime(2018, 5, 16, 7, 30, tzinfo=UTC)
    assert (rows[2]["published"], rows[2]["published_at"]) == ("2020-07", None)
    assert rows[1]["last_changed"] == datetime(2026, 1, 3, tzinfo=UTC)
    assert rows[1]["may_be_cut"] is False


def test_columns_have_types(export, made, tmp_path):
    export("parquet", made, parts=tuple(PARTS))
    types = {field.name: field.type for field in pq.read_schema(tmp_path / "out")}
    moment = pa.timestamp("us", tz="UTC")
    assert {name: types[name] for name in ("id", "title", "first_seen", "published_at", "authors", "may_be_cut")} == {
        "id": pa.int64(),
        "title": pa.string(),
        "first_seen": moment,
        "published_at": moment,
        "authors": pa.list_(pa.string()),
        "may_be_cut": pa.bool_(),
    }
    assert pa.types.is_map(types["origins"])
    assert all(pa.types.is_struct(types[part].value_type) for part in PARTS)


def test_each_field_explains_itself(export, made, tmp_path):
    export("parquet", made)
    described = {field.name: (field.metadata or {}).get(b"description") for field in pq.read_schema(tmp_path / "out")}
    for column in typed_columns_of(()):
        assert described[column.name] == column.description.encode()


def test_rows_stand_in_groups(export, made, tmp_path, monkeypatch):
    monkeypatch.setattr(parquet, "_MOST_ROWS", 2)
    export("parquet", made)
    file = pq.ParquetFile(tmp_path / "out")
    assert [file.metadata.row_group(number).num_rows for number in range(file.num_row_groups)] == [2, 1]
    assert file.metadata.row_group(0).column(0).compression == "ZSTD"


def test_a_value_of_another_kind_is_told_with_its_column(export, made, tmp_path):
    db = open_database(made / "news.db", write=True)
    db.conn.execute("UPDATE articles SET first_seen = 'gestern' WHERE id = 2")
    close_database(db)
    with pytest.raises(NewsCrawlerError, match=r"first_seen of an article between ids \d and \d is no time"):
        export("parquet", made)
    assert not list(tmp_path.glob("out*"))


def test_without_pyarrow_there_is_a_sentence(export, made, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    for name in [name for name in sys.modules if name == "newscrawler.export.arrow"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.delattr("newscrawler.export.arrow", raising=False)
    with pytest.raises(
        NewsCrawlerError, match=r"Parquet needs pyarrow; install it with `pip install newscrawler\[parquet\]`"
    ):
        export("parquet", made)
    assert not list(tmp_path.glob("out*"))
