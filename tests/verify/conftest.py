"""An archive for each test to spoil."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.small_archive import SmallArchive, small_archive


@pytest.fixture(scope="module")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> SmallArchive:
    """Made once: each of its records is synced."""
    return small_archive(tmp_path_factory.mktemp("pristine"))


@pytest.fixture
def archive(pristine: SmallArchive, tmp_path: Path) -> SmallArchive:
    folder = tmp_path / "data"
    shutil.copytree(pristine.folder, folder)
    return SmallArchive(folder, pristine.captures)
