"""Every promise to a host, kept by the dates in the WARC files."""

from __future__ import annotations

import pytest

from tests.politeness_proof import HEAD, PROMISES, Kept, proof


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Kept]:
    """All promises, each crawled once."""
    found = proof(tmp_path_factory.mktemp("proof"))
    print("\n".join(["", HEAD, *map(str, found)]))
    return {each.promise.name: each for each in found}


@pytest.mark.parametrize("name", [promise.name for promise in PROMISES])
def test_the_archive_shows_that_what_was_promised_is_kept(kept: dict[str, Kept], name: str) -> None:
    assert kept[name].complaint == ""
