"""The verb `verify`, as people and programs read it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from newscrawler.cli.verify import command
from tests.small_archive import SmallArchive
from tests.verify.changes import edit

FAULT_KEYS = {"kind", "file", "offset", "url", "row", "sentence"}


def run(folder: Path, *words: str) -> Result:
    return CliRunner().invoke(command, ["--data", str(folder), *words], catch_exceptions=False, standalone_mode=False)


def test_help_has_an_example() -> None:
    text = CliRunner().invoke(command, ["--help"]).output
    assert "newscrawler verify" in text.split("Example:")[1]


def test_people_read_a_summary(archive: SmallArchive) -> None:
    found = run(archive.folder)
    assert (found.return_value, found.stderr) == (0, "")
    assert found.stdout.endswith("2 files, 50 records and 22 rows checked; all is as it was written\n")


def test_people_read_each_fault_and_how_many(archive: SmallArchive) -> None:
    edit(archive, "UPDATE captures SET url = char(27) || '[2J' WHERE id = 3")
    found = run(archive.folder)
    assert found.return_value == 5
    assert "row: row 3 of captures differs from its record in " in found.stdout
    assert found.stdout.endswith("22 rows checked; 1 fault\n")
    assert "\x1b" not in found.stdout


def test_programs_read_one_object(archive: SmallArchive) -> None:
    whole = json.loads(run(archive.folder, "--json").stdout)
    assert whole == {"ok": True, "files": 2, "records": 50, "rows": 22, "faults": [], "notes": []}
    archive.paths[1].unlink()
    found = run(archive.folder, "--json")
    told = json.loads(found.stdout)
    assert (found.return_value, told["ok"]) == (5, False)
    assert all(set(fault) == FAULT_KEYS and "\n" not in fault["sentence"] for fault in told["faults"])


@pytest.mark.parametrize("nonsense", ["x'ff00'", "CAST(x'ff' AS TEXT)", "char(27) || char(10)"])
def test_programs_can_read_whatever_a_row_holds(archive: SmallArchive, nonsense: str) -> None:
    edit(archive, f"UPDATE captures SET url = {nonsense}, filename = {nonsense} WHERE id = 3")
    edit(archive, f"UPDATE captures SET url = {nonsense}, offset = 1 WHERE id = 4")
    found = run(archive.folder, "--json")
    assert (found.return_value, json.loads(found.stdout)["ok"]) == (5, False)
    assert run(archive.folder).return_value == 5
