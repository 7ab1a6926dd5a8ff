"""All faults of the catalogue: each leaves just the trace that it should, and no article beside it is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.elsewhere import ROWS, Elsewhere
from tests.faults.scenes import SCENES
from tests.faults.table import unknown_tests, wrong_of


@pytest.mark.parametrize("scene", SCENES)
def test_every_fault_leaves_the_trace_that_is_wanted(scene: str, tmp_path: Path) -> None:
    played = SCENES[scene](tmp_path)
    assert wrong_of(played) == []
    differing = {each.fault.name: str(each.found) for each in played.shown if not each.ok}
    assert differing == {each.fault.name: str(each.fault.wanted) for each in played.shown if not each.ok}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: str(row.row))
def test_every_row_that_is_shown_elsewhere_is_shown_there(row: Elsewhere) -> None:
    assert unknown_tests(row) == []
    assert row.tests or row.why
