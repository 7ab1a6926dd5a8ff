"""`verify` finds nothing where nothing was changed, and leaves all as it is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from newscrawler.errors import ExitCode, NewsCrawlerError
from newscrawler.verify import verify
from tests.archive.exchanges import members
from tests.conftest import Shell
from tests.small_archive import SmallArchive


def test_a_whole_archive_has_no_fault(archive: SmallArchive) -> None:
    found = verify(archive.folder)
    assert (found.faults, found.notes) == ((), ())
    assert (found.ok, found.files, found.rows) == (True, 2, len(archive.captures))
    assert found.records == sum(len(members(path)) for path in archive.paths)


def test_nothing_is_changed(archive: SmallArchive) -> None:
    before = {path: path.read_bytes() for path in archive.folder.rglob("*") if path.is_file()}
    verify(archive.folder)
    assert {path: path.read_bytes() for path in before} == before


def test_progress_ends_at_the_whole(archive: SmallArchive) -> None:
    told: list[tuple[int, int]] = []
    verify(archive.folder, lambda done, total: told.append((done, total)))
    total = 2 * sum(path.stat().st_size for path in archive.paths)
    assert told[-1] == (total, total)
    assert [done for done, _total in told] == sorted(done for done, _total in told)


def test_the_sample_site_crawled_twice_is_whole(shell: Shell) -> None:
    assert shell.crawl().returncode == 0
    assert shell.crawl().returncode == 0
    found = shell("newscrawler", "verify", "--json")
    told = json.loads(found.stdout)
    assert (found.returncode, told["faults"], found.stderr) == (0, [], "")
    assert told["rows"] > 100


def test_no_archive_at_all_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(NewsCrawlerError, match=r"no archive at .*; run `newscrawler crawl SITE` first") as refused:
        verify(tmp_path / "none")
    assert refused.value.exit_code is ExitCode.ERROR
