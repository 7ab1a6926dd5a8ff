"""JSONL, CSV and Parquet of a crawled archive, read back by those who read them every day: same rows, same words."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pyarrow.parquet as pq
import pytest
from sqlite_utils import Database
from sqlite_utils.utils import Format, rows_from_file

from newscrawler.store.handing import PARTS
from tests.export.conftest import by_id, rows_of

PLAIN = "site site_article_id url title summary byline category published published_source body_text body_html other_text".split()
LISTS = ("authors", "tags", "twin_hash")


def same(rows: list[dict[str, Any]], data: Path, columns: list[str] = PLAIN) -> None:
    """Whether these columns of all articles say what the database says; none at all and an empty text are one."""
    stored = by_id(data)
    assert {int(row["id"]) for row in rows} == set(stored)
    assert len(rows) == len(stored)
    for row in rows:
        told = {name: None if pd.isna(row[name]) else row[name] for name in columns}
        expected = stored[int(row["id"])]
        assert {name: value or None for name, value in told.items()} == {
            name: expected[name] or None for name in columns
        }


@pytest.fixture(scope="module")
def files(crawled, tmp_path_factory) -> dict[str, Path]:
    from newscrawler.cli.export_formats import FORMATS
    from newscrawler.export.order import Order

    folder = tmp_path_factory.mktemp("files")
    for form in ("jsonl", "csv", "parquet"):
        FORMATS[form].write(Order(data=crawled, out=folder / f"news.{form}", raw=True))
    return {form: folder / f"news.{form}" for form in ("jsonl", "csv", "parquet")}


def test_pandas_reads_csv(files, crawled):
    frame = pd.read_csv(files["csv"], dtype=str, keep_default_na=False, na_values=[""])
    same(frame.to_dict("records"), crawled)


def test_pandas_reads_jsonl(files, crawled):
    frame = pd.read_json(files["jsonl"], lines=True, dtype=False)
    same(frame.to_dict("records"), crawled)


def test_pandas_reads_parquet(files, crawled):
    same(pd.read_parquet(files["parquet"]).to_dict("records"), crawled)


@pytest.mark.parametrize("form", ["csv", "jsonl", "parquet"])
def test_duckdb_reads_each(files, crawled, form):
    with duckdb.connect() as db:
        answer = db.execute(f"SELECT * FROM '{files[form]}'")
        names = [column[0] for column in answer.description]
        rows = [dict(zip(names, row, strict=True)) for row in answer.fetchall()]
    for row in rows:
        row["published"] = row["published"] and str(row["published"])
        row["site_article_id"] = row["site_article_id"] and str(row["site_article_id"])
    same(rows, crawled)


def test_pyarrow_reads_parquet(files, crawled):
    table = pq.read_table(files["parquet"])
    same(table.to_pylist(), crawled)


def test_sqlite_utils_reads_csv_and_jsonl(files, crawled):
    for form, read_as in (("csv", Format.CSV), ("jsonl", Format.NL)):
        with files[form].open("rb") as stream:
            rows, _form = rows_from_file(stream, format=read_as)
            db = Database(memory=True)
            db["news"].insert_all(rows)
        same(list(db["news"].rows), crawled)


def test_jsonl_holds_every_column_and_lists_as_lists(files, crawled):
    stored = by_id(crawled)
    for line in files["jsonl"].read_bytes().splitlines():
        row = json.loads(line)
        expected = stored[row["id"]]
        assert set(expected) <= set(row)
        for name, value in expected.items():
            if name in (*LISTS, "origins"):
                assert isinstance(row[name], dict if name == "origins" else list)
            else:
                assert row[name] == value
        assert row["authors"] == json.loads(expected["authors"])
        assert row["origins"].keys() == json.loads(expected["origins"]).keys()


def test_each_article_says_where_its_record_lies(files, crawled):
    names = "url timestamp filename offset length digest record_id record_type refers_to".split()
    for line in files["jsonl"].read_bytes().splitlines():
        row = json.loads(line)
        (place,) = rows_of(crawled, "SELECT * FROM captures WHERE id = ?", row["capture_id"])
        assert {name: row[f"capture_{name}"] for name in names} == {name: place[name] for name in names}
        assert (crawled / "warc" / row["capture_filename"]).exists()


@pytest.mark.parametrize("part", ["links", "media"])
def test_what_hangs_on_an_article_goes_along(files, crawled, part):
    count = len(rows_of(crawled, f"SELECT id FROM {part} WHERE article_id IS NOT NULL"))
    told = [json.loads(line)[part] for line in files["jsonl"].read_bytes().splitlines()]
    assert sum(map(len, told)) == count > 0
    assert sum(map(len, pq.read_table(files["parquet"]).column(part).to_pylist())) == count


def test_all_parts_go_along_when_asked_for(export, made, tmp_path):
    export("jsonl", made, parts=tuple(PARTS))
    rows = {row["id"]: row for row in map(json.loads, (tmp_path / "out").read_bytes().splitlines())}
    first = rows[1]
    assert [version["body_text"] for version in first["versions"]] == ["Bản đầu", "Sáng 26/7"]
    assert [comment["author"] for comment in first["comments"]] == ["Hà"]
    assert [medium["kind"] for medium in first["media"]] == ["image", "document"]
    assert [link["block"] for link in first["links"]] == ["related"]
    export("csv", made, parts=("media",))
    frame = pd.read_csv(tmp_path / "out")
    assert json.loads(frame.set_index("id")["media"][1]) == first["media"]
    export("parquet", made, parts=tuple(PARTS))
    assert pq.read_table(tmp_path / "out").to_pylist()[1]["versions"][0]["body_text"] == "Bản đầu"


def test_without_parts_a_line_is_as_flat_as_it_can_be(export, made, tmp_path):
    export("jsonl", made, parts=())
    assert not set(PARTS) & set(json.loads((tmp_path / "out").read_bytes().splitlines()[0]))


@pytest.mark.parametrize("form", ["jsonl", "csv", "parquet", "atom"])
def test_the_same_archive_gives_the_same_bytes(export, crawled, tmp_path, form):
    for name in "ab":
        export(form, crawled, name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
