"""The data dictionary: every column has its words, and the words are those of the file."""

from __future__ import annotations

import csv
import json
import re
from hashlib import sha256

import pyarrow.parquet as pq
import pytest

from newscrawler import __version__
from newscrawler.export.columns import ARTICLE, typed_columns_of
from newscrawler.export.part_columns import PARTS as DESCRIBED
from newscrawler.store import open_database
from newscrawler.store.handing import PARTS, whole_articles
from newscrawler.store.selection import Selection
from tests.export.conftest import rows_of

TYPES = set(
    "string number integer boolean object array date time datetime year yearmonth duration geopoint geojson any".split()
)
"""Those of Table Schema v1."""


def read(folder, name="out"):
    return json.loads((folder / f"{name}.datapackage.json").read_text("utf-8"))


def test_every_column_of_articles_is_described(made):
    (first, *_rest) = rows_of(made)
    described = {column.name for column in ARTICLE}
    assert set(first) <= described
    assert {column.source for column in ARTICLE} >= {f"articles.{name}" for name in first}


@pytest.mark.parametrize("part", PARTS)
def test_every_column_of_what_hangs_on_an_article_is_described(made, part):
    assert set(PARTS) == set(DESCRIBED)
    db = open_database(made / "news.db")
    found = [row for whole in whole_articles(db, [1, 2, 3], (part,)) for row in whole[part]]
    assert found or part == "twins"
    for row in found:
        assert [column.name for column in DESCRIBED[part].rows] == list(row)


def test_every_description_is_a_sentence_with_an_example():
    for column in (*typed_columns_of(tuple(PARTS)), *(each for part in DESCRIBED.values() for each in part.rows)):
        assert re.fullmatch(r"[A-Z`A-Za-z].*\.", column.description), column.name
        assert re.fullmatch(r"[a-z_]+(\.[a-z_]+)?", column.source), column.name


def test_what_is_told_of_a_file_is_so(export, crawled, tmp_path):
    for form in ("jsonl", "csv", "parquet", "atom"):
        export(form, crawled)
        (file,) = read(tmp_path)["resources"]
        data = (tmp_path / "out").read_bytes()
        assert (file["path"], file["bytes"], file["hash"]) == ("out", len(data), f"sha256:{sha256(data).hexdigest()}")
        assert file["format"] == form


def test_what_is_told_of_the_archive_is_so(export, crawled, tmp_path):
    export("csv", crawled)
    told = read(tmp_path)
    rows = rows_of(crawled)
    dates = [row["published"] for row in rows if row["published"]]
    assert told["software"] == f"newscrawler {__version__}"
    assert "belong to their authors" in told["rights"]
    assert told["archive"] == {
        "articles": len(rows),
        "sites": {"thanhdoan": len(rows)},
        "published_first": min(dates)[:10],
        "published_last": max(dates)[:10],
        "undated": len(rows) - len(dates),
        "captured_last": max(row["last_seen"] for row in rows),
        "selection": {},
    }


def test_the_choice_is_told(export, made, tmp_path):
    export("csv", made, selection=Selection(words="bai hai", since="2020", limit=5))
    told = read(tmp_path)
    assert told["archive"]["selection"] == {"words": "bai hai", "since": "2020", "limit": 5}
    assert (
        told["description"]
        == "1 article of a web archive; chosen: with the words bai hai, published from 2020, at most 5."
    )


@pytest.mark.parametrize("more", [{}, {"schema_org": True}, {"parts": ("media", "twins")}])
def test_the_fields_are_the_columns_of_the_file(export, made, tmp_path, more):
    export("csv", made, **more)
    with (tmp_path / "out").open(newline="", encoding="utf-8") as stream:
        header = next(csv.reader(stream))
    assert [field["name"] for field in read(tmp_path)["resources"][0]["schema"]["fields"]] == header
    export("parquet", made, **more)
    names = pq.read_schema(tmp_path / "out").names
    assert [field["name"] for field in read(tmp_path)["resources"][0]["schema"]["fields"]] == names
    export("jsonl", made, **more)
    if not more.get("schema_org"):
        keys = list(json.loads((tmp_path / "out").read_bytes().splitlines()[0]))
        assert [field["name"] for field in read(tmp_path)["resources"][0]["schema"]["fields"]] == keys


def test_it_is_a_data_package_with_a_table_schema(export, made, tmp_path):
    export("csv", made)
    told = read(tmp_path, "out")
    assert re.fullmatch(r"[-a-z0-9._/]+", told["name"])
    (file,) = told["resources"]
    assert re.fullmatch(r"[-a-z0-9._/]+", file["name"])
    assert not file["path"].startswith(("/", ".."))
    for field in file["schema"]["fields"]:
        assert {"name", "type", "description", "source", "example"} <= set(field)
        assert field["type"] in TYPES
    assert file["schema"]["primaryKey"] == "id"


def test_nothing_in_it_tells_when_it_was_made(export, made, tmp_path):
    for name in "ab":
        export("csv", made, name)
    one, other = ((tmp_path / f"{name}.datapackage.json").read_text("utf-8") for name in "ab")
    assert one.replace('"a"', '"b"') == other


def test_a_wacz_has_one_too(crawled, tmp_path, export):
    export("wacz", crawled, "out.wacz")
    (file,) = read(tmp_path, "out.wacz")["resources"]
    data = (tmp_path / "out.wacz").read_bytes()
    assert (file["bytes"], file["hash"]) == (len(data), f"sha256:{sha256(data).hexdigest()}")
    assert read(tmp_path, "out.wacz")["archive"]["sites"] == {"thanhdoan": len(rows_of(crawled))}
