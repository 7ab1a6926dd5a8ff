"""Every page shape is read as the JSON beside it says: pages written for this project, and facts of the sample pages."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.pages.facts import compared, everything, expected, facts_of, read_file

HERE = Path(__file__).parent
PAGES = sorted(HERE.rglob("*.html"))
SAMPLES = expected(HERE / "samples.json")


@pytest.mark.parametrize("page", PAGES, ids=lambda path: str(path.relative_to(HERE).with_suffix("")))
def test_a_page_is_read_as_the_json_beside_it_says(page: Path) -> None:
    known = expected(page.with_suffix(".json"))
    article = read_file(page, known)
    wanted, found = compared(known, facts_of(article))
    assert found == wanted
    text = everything(article)
    assert [words for words in known.get("nowhere", ()) if words in text] == []


@pytest.mark.parametrize("name", SAMPLES)
def test_the_facts_of_a_sample_page(samples: Path, name: str) -> None:
    path = samples / name
    if not path.is_file():
        pytest.skip(f"no sample page {name}")
    wanted, found = compared(SAMPLES[name], facts_of(read_file(path, SAMPLES[name])))
    assert found == wanted


def test_no_expected_json_lacks_its_page() -> None:
    assert [path.name for path in HERE.rglob("*/*.json") if not path.with_suffix(".html").exists()] == []
