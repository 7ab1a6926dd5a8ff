"""CSV: what RFC 4180 says, and no formula in any cell."""

from __future__ import annotations

import csv
import re
from io import StringIO

import duckdb
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawler.export.csv import cell, guarded, unguarded
from tests.export.conftest import by_id
from tests.export.hostile import texts

FORMULAS = (
    "=1+1",
    '=HYPERLINK("http://a.vn")',
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    " =1",
    "\u00a0=1",
    "\u200b=1",
    "\ufeff=1",
    "＝1+1",
    "＋1",
    "－1",
    "＠SUM(A1)",
    "'=1",
    "''=1",
)


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_gets_an_apostrophe(text):
    assert guarded(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Đoàn", "1+1", "'Đoàn'", "a=b", "…", "5 - 3", "(=1)"])
def test_what_is_no_formula_stays_as_it_is(text):
    assert guarded(text) == text


@given(st.text() | st.from_regex(r"\A'*[\s]*[=+@＝-].*"))
def test_the_text_can_be_had_back(text):
    assert unguarded(guarded(text)) == text
    assert not re.match(r"\s*[=+\-@＝＋－＠]", guarded(text))


@given(st.lists(st.none() | st.integers(0) | texts(), min_size=2))
def test_a_line_of_cells_is_read_back_by_python(values):
    line = ",".join(cell(value, raw=True) for value in values)
    (row,) = csv.reader(StringIO(line + "\r\n", newline=""))
    assert row == ["" if value is None else str(value) for value in values]


def test_cells_are_safe_unless_raw_ones_are_asked_for(export, rewritten, tmp_path):
    data = rewritten({"title": "=1+1", "summary": "-5 độ", "byline": "'=x"})
    export("csv", data)
    row = pd.read_csv(tmp_path / "out", index_col="id").loc[1]
    assert (row["title"], row["summary"], row["byline"]) == ("'=1+1", "'-5 độ", "''=x")
    export("csv", data, raw=True)
    row = pd.read_csv(tmp_path / "out", index_col="id").loc[1]
    assert (row["title"], row["summary"], row["byline"]) == ("=1+1", "-5 độ", "'=x")


def test_lines_end_as_rfc_4180_has_it_and_bom_only_when_asked_for(export, made, tmp_path):
    export("csv", made)
    data = (tmp_path / "out").read_bytes()
    assert data.startswith(b'"id","site",')
    assert data.endswith(b"\r\n")
    assert data.count(b"\r\n") == 4
    export("csv", made, bom=True)
    assert (tmp_path / "out").read_bytes() == b"\xef\xbb\xbf" + data


def test_no_text_and_an_empty_text_differ(export, rewritten, tmp_path):
    export("csv", rewritten({"summary": ""}))
    line = (tmp_path / "out").read_text("utf-8").splitlines()[2]
    assert line.startswith("1,")
    assert ',"",' in line
    assert ",," in line


def test_python_duckdb_and_pandas_see_the_same_columns(export, made, tmp_path):
    export("csv", made)
    with (tmp_path / "out").open(newline="", encoding="utf-8") as stream:
        header = next(csv.reader(stream))
    assert header == list(pd.read_csv(tmp_path / "out").columns)
    with duckdb.connect() as db:
        assert header == [
            column[0] for column in db.execute(f"SELECT * FROM read_csv('{tmp_path / 'out'}')").description
        ]
    assert set(by_id(made)[1]) <= set(header)
