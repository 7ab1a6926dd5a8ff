"""`show` tells what is known of an article beside its text."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from newscrawler.cli.show import command
from newscrawler.items import Claim, Comment, Media, Origin
from newscrawler.store import close_database, open_database, store_article
from tests.store.conftest import PAGE, article, day

ORIGINS = {
    "published": Origin(source="meta", where="article:published_time"),
    "title": Origin(
        source="selector", where="h1", conflicts=(Claim(field="title", value="Tin", source="meta", where="og:title"),)
    ),
}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    db = open_database(tmp_path / "news.db", write=True)
    told = {"authors": ("Lan Chi", "Tú"), "tags": ("mùa hè", "*xanh*"), "category": "Tin tức", "modified": "2026-01-02"}
    file = Media(position=1, kind="document", url="http://a.vn/a.pdf", original_src="a.pdf", caption="Kế hoạch")
    comments = (Comment(position=1, text="Hay quá", author="\x1b[2JAn"), Comment(position=2, text="Ừ", reply_to=1))
    first = article(1, byline="LAN CHI - TÚ", media=(file,), comments=comments, origins=ORIGINS, **told)
    store_article(db, first, run_id=None, seen_at=day(1))
    store_article(db, article(2), run_id=None, seen_at=day(1))
    close_database(db)
    return tmp_path


def shown(data: Path, *words: str) -> str:
    return CliRunner().invoke(command, [*words, "--data", str(data)], catch_exceptions=False).output


def test_authors_section_tags_comments_and_twins_stand_under_the_headline(data: Path) -> None:
    lines = shown(data, "1").splitlines()
    assert lines[2:8] == [
        f"LAN CHI - TÚ  undated  {PAGE}1",
        "by: Lan Chi, Tú",
        "in: Tin tức",
        "tags: mùa hè, *xanh*",
        "modified: 2026-01-02",
        "2 comments",
    ]
    assert lines[8] == f"also at: {PAGE}2 (id 2, the same text)"
    assert lines[-1] == "[document] Kế hoạch"


def test_markdown_tells_it_too_with_its_signs_escaped(data: Path) -> None:
    output = shown(data, "1", "--format", "md")
    assert "tags: mùa hè, \\*xanh\\*" in output
    assert f"also at: {PAGE}2" in output.replace("\\", "")


def test_explain_names_the_place_of_each_field_and_what_contradicts_it(data: Path) -> None:
    assert shown(data, "1", "--explain").splitlines()[-5:-1] == [
        "",
        "published: meta article:published_time",
        "title: selector h1",
        "    but meta og:title says: Tin",
    ]
    assert "`newscrawler rebuild`" in shown(data, "2", "--explain")


def test_json_has_comments_twins_and_origins(data: Path) -> None:
    found = json.loads(shown(data, "1", "--json"))
    assert [comment["text"] for comment in found["comments"]] == ["Hay quá", "Ừ"]
    assert [(twin["id"], twin["likeness"]) for twin in found["twins"]] == [(2, 1.0)]
    assert found["origins"]["title"]["conflicts"] == [{"where": "og:title", "source": "meta", "value": "Tin"}]
    assert "twin_hash" not in found
