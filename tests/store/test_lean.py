"""What lies installed beside us is not loaded with us."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.conftest import ROOT

HEAVY = ("pandas", "numpy", "pyarrow", "datasette")


@pytest.mark.parametrize(
    "module", ["newscrawler.store", "newscrawler.reader.child", "newscrawler.cli.crawl", "newscrawler.cli.search"]
)
def test_a_module_that_needs_no_pandas_leaves_it_where_it_is(module: str) -> None:
    pytest.importorskip("pandas")
    told = f"import {module}, sys; print(*sorted(set({HEAVY}) & sys.modules.keys()))"
    loaded = subprocess.run([sys.executable, "-c", told], cwd=ROOT, capture_output=True, text=True, check=True)
    assert loaded.stdout.split() == []


def test_who_wants_pandas_has_it_afterwards() -> None:
    pytest.importorskip("pandas")
    told = "import newscrawler.store, pandas; print(pandas.DataFrame({'a': [1]}).a.sum())"
    asked = subprocess.run([sys.executable, "-c", told], cwd=ROOT, capture_output=True, text=True, check=True)
    assert asked.stdout.strip() == "1"
