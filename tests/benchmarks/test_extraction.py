"""The generic reader beside trafilatura, and article or not, over the pages made for the benchmarks: their short form."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner

from benchmarks.extraction import main, race, table
from benchmarks.gold import NoSetError, made_set, read_set
from benchmarks.made_pages.changes import CHANGES
from benchmarks.page_kinds import count, other_pages
from benchmarks.shingles import match, score
from newscrawler.reading.generic.reader import generic_body
from tests.conftest import times

EACH = times(1, 10)


def test_the_generic_reader_is_never_below_trafilatura_on_the_made_pages_and_keeps_every_lede() -> None:
    pages = made_set(EACH)
    results = race(pages, rounds=1)
    print("\n" + table(results, pages))
    ours, *others = (score(result.matches) for result in results)
    assert ours.f1 >= 0.99
    assert all(ours.f1 >= other.f1 and ours.recall >= other.recall for other in others)
    assert results[0].ledes == sum(page.lede is not None for page in pages)


@pytest.mark.parametrize("changed", ["no names", "only boxes", "all", *CHANGES][: times(3, 3 + len(CHANGES))])
def test_it_is_not_below_trafilatura_where_pages_name_and_mark_less(changed: str) -> None:
    pages = made_set(EACH, changed=changed)
    ours, *others = (score(result.matches).f1 for result in race(pages, rounds=1))
    assert ours >= 0.96
    assert all(ours >= other for other in others)


def test_no_sentence_of_another_article_stands_in_the_body() -> None:
    for page in made_set(EACH, seed=6):
        found = generic_body(page.html, page.url) or ""
        assert "/tin/" not in found, page.name


def test_lists_are_no_articles_and_galleries_videos_and_live_reports_are() -> None:
    counts = count(other_pages(EACH))
    wrong = {name: Counter({key: n for key, n in found.items() if key[0] != key[1]}) for name, found in counts.items()}
    assert {name: found for name, found in wrong.items() if found} == {}


def test_shared_runs_of_four_words_make_precision_and_recall() -> None:
    found = match("a b c d e", "a b c d x")
    assert (found.precision, found.recall) == (0.5, 0.5)
    assert match("a b c d", "a b c d").exact
    assert (match("", "a b c d").recall, match("", "a b c d").f1) == (0, 0)
    assert match("a b c d e f", "a b c d").recall == 1


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_sets_in_the_formats_of_others_are_read(tmp_path: Path) -> None:
    import gzip

    body = {"summary": ["Tóm tắt."], "sections": [{"headline": ["Mục"], "paragraphs": ["Một.", "Hai."]}]}
    fundus = tmp_path / "fundus" / "vn"
    write(fundus / "meta.info", json.dumps({"Bao_2024_01_02.html.gz": {"url": "https://bao.vn/1"}}))
    write(fundus / "Bao.json", json.dumps({"V1": {"body": body}}))
    (fundus / "Bao_2024_01_02.html.gz").write_bytes(gzip.compress(b"<p>x"))
    hub = tmp_path / "hub"
    write(hub / "ground-truth.json", json.dumps({"k": {"articleBody": "Một.", "url": "https://a.vn"}}))
    (hub / "html").mkdir()
    (hub / "html" / "k.html.gz").write_bytes(gzip.compress("<p>Một.".encode()))
    write(tmp_path / "moz" / "one" / "source.html", "<p>Nguồn.")
    write(tmp_path / "moz" / "one" / "expected.html", "<div><p>Một.</p><p>Hai.</p></div>")
    write(tmp_path / "plain" / "a.html", "<p>Một.")
    write(tmp_path / "plain" / "a.json", json.dumps({"url": "https://a.vn/1", "body": "Một.", "summary": "Một."}))
    write(tmp_path / "plain" / "b.html", "<p>Hai.")
    write(tmp_path / "plain" / "b.txt", "Hai.")
    sets = [read_set(tmp_path / name) for name in ("fundus", "hub", "moz", "plain")]
    assert [[(page.url, page.body, page.lede) for page in pages] for pages in sets] == [
        [("https://bao.vn/1", "Tóm tắt.\n\nMục\n\nMột.\n\nHai.", "Tóm tắt.")],
        [("https://a.vn", "Một.", None)],
        [("http://fakehost/test/page.html", "Một.\n\nHai.", None)],
        [("https://a.vn/1", "Một.", "Một."), ("", "Hai.", None)],
    ]
    (tmp_path / "empty").mkdir()
    with pytest.raises(NoSetError, match="holds no pages with gold texts"):
        read_set(tmp_path / "empty")


def test_a_set_that_is_none_is_told_in_one_sentence(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, [str(tmp_path)])
    assert result.exit_code == 1
    assert "holds no pages with gold texts" in result.output
