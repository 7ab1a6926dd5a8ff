"""The validator of those who wrote the standard takes our packages."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest

from newscrawler.export import Selection, export_wacz
from tests.replay.conftest import Sample
from tests.replay.pages import says
from tests.replay.pywb import COLLECTION, Pywb, replayed

CHOICE = Selection(words="doan thanh nien", limit=5)


def validated(tool: Callable[[str], str], path: Path) -> bool:
    call = [tool("wacz"), "validate", "-f", str(path)]
    return subprocess.run(call, capture_output=True, timeout=120, check=False).returncode == 0


def test_the_whole_archive_is_valid(tool: Callable[[str], str], wacz: Path) -> None:
    assert validated(tool, wacz)


def test_a_choice_is_valid_and_replayed(tool: Callable[[str], str], sample: Sample, tmp_path: Path) -> None:
    out = tmp_path / "choice.wacz"
    assert export_wacz(sample.folder, out, CHOICE).articles == 5
    assert validated(tool, out)
    pywb = Pywb(tmp_path, tool)
    pywb.manage("init", COLLECTION)
    pywb.manage("add", "--unpack-wacz", COLLECTION, str(out))
    chosen = [page for page in sample.pages if page.url in pywb.index.read_text("utf-8")]
    with pywb.serving() as base:
        for page in chosen:
            assert all(says(replayed(base, page.url, page.timestamp), each) for each in page.text.split("\n\n"))
    assert len(chosen) >= 5


@pytest.mark.parametrize("folder", ["archive/", "indexes/", "pages/"])
def test_a_changed_member_is_not(tool: Callable[[str], str], wacz: Path, tmp_path: Path, folder: str) -> None:
    # That the validator looks at all.
    with ZipFile(wacz) as source, ZipFile(tmp_path / "changed.wacz", "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name) + (b"\n" if name.startswith(folder) else b""))
    assert not validated(tool, tmp_path / "changed.wacz")
