"""The lines that the README gives for exports, run as they stand there, one after the other."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests import forked
from tests.conftest import ROOT, times
from tests.export.conftest import rows_of

SECTION = "## Handing the archive on"
TOOLS = ("duckdb", "pandas", "sqlite-utils")
_LINE = re.compile(r"^\$ (.+)$", re.MULTILINE)


def lines() -> list[str]:
    """What stands behind a prompt in that section."""
    section = (ROOT / "README.md").read_text("utf-8").partition(f"\n{SECTION}\n")[2].partition("\n## ")[0]
    return [line for fence in re.findall(r"```console\n(.*?)```", section, re.DOTALL) for line in _LINE.findall(fence)]


@pytest.fixture(scope="module")
def told(crawled, tmp_path_factory) -> dict[str, str]:
    """Line → what it has printed."""
    folder = tmp_path_factory.mktemp("readme")
    path = (
        f"{_with_newscrawler(folder / 'bin')}{os.pathsep}{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    )
    environment = {**os.environ, "NEWSCRAWLER_DATA": str(crawled), "PYTHONPATH": str(ROOT), "PATH": path}
    return {line: _run(line, folder, environment) for line in (lines() if times(0, 1) else _one_of_each(lines()))}


def _one_of_each(found: list[str]) -> list[str]:
    """All exports, and of each tool that reads them the first line."""
    tools = {next((tool for tool in TOOLS if tool in line), line): line for line in reversed(found)}
    return [line for line in found if line in tools.values()]


def _with_newscrawler(folder: Path) -> Path:
    folder.mkdir()
    script = folder / "newscrawler"
    script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m newscrawler "$@"\n')
    script.chmod(0o755)
    return folder


def _run(line: str, folder: Path, environment: dict[str, str]) -> str:
    if line.startswith("newscrawler ") and "|" not in line:
        ended = forked.run(shlex.split(line), cwd=folder, env=environment, timeout=120)
    else:
        words = ["bash", "-o", "pipefail", "-c", line]
        ended = subprocess.run(
            words, cwd=folder, env=environment, capture_output=True, text=True, timeout=120, check=False
        )
    assert ended.returncode == 0, f"{line}\n{ended.stderr}"
    return ended.stdout


def test_there_are_lines_for_each_tool():
    for tool in ("newscrawler export jsonl", "newscrawler export csv", *TOOLS):
        assert [line for line in lines() if tool in line], tool


def test_each_line_does_what_it_says(told, crawled):
    articles, exports = len(rows_of(crawled)), [line for line in told if line.startswith("newscrawler export")]
    assert any(f"{articles} articles" in told[line] for line in exports)
    for line, text in told.items():
        assert text or line.startswith("sqlite-utils insert"), line


def test_what_they_count_is_what_the_database_counts(told, crawled):
    years = rows_of(crawled, "SELECT substr(published, 1, 4) AS year, count(*) AS number FROM articles GROUP BY 1")
    (by_year,) = [text for line, text in told.items() if "GROUP BY year" in line]
    for row in years:
        assert re.search(rf"\b{row['year'] or 'NULL'}\s*│\s*{row['number']}\b", by_year)
