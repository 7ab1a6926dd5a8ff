"""Whatever is typed into a search is words: nothing is syntax, nothing an error, and nothing costs without bound."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscrawler.store import Database, close_database, open_database, search, store_article
from newscrawler.store.search import Selection, counts_by, search_page
from newscrawler.store.search.query import Query
from tests.conftest import times
from tests.store.conftest import article, day
from tests.store.hostile_words import hostile_words

TEXTS = ("Đoàn Thanh niên ra quân", "Một kỹ sư, hai chiến sĩ, quí vị", "AND OR NOT NEAR title rowid")


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    path: Path = tmp_path_factory.mktemp("hostile") / "news.db"
    db = open_database(path, write=True)
    for number, body in enumerate(TEXTS, 1):
        store_article(db, article(number, body, byline="LÊ AN", category="Tin"), run_id=None, seen_at=day(1))
    close_database(db)
    db = open_database(path)
    yield db
    close_database(db)


def ask_everything(db: Database, words: str) -> None:
    """Each way in which words can reach the database."""
    search(db, words)
    odd = Selection(words=words, site=words, since=words, until=words, category=words, byline=words, sort="newest")
    for selection in (Selection(words=words), odd, Selection(byline=words), Selection(category=words, sort="oldest")):
        page = search_page(db, selection)
        assert len(page.hits) <= page.total
        for dimension in ("year", "site", "category"):
            counts_by(db, selection, dimension)


def test_no_hostile_words_are_an_error(library: Database) -> None:
    every = hostile_words(1000)
    assert len(set(every)) == 1000
    for words in every[:: times(8, 1)]:
        ask_everything(library, words)


@given(st.text(st.characters()) | st.text("\"'*()^:+-{}ANDORNTE dđàò\u0300\u0323\udcff\x00"))
@settings(max_examples=times(100, 3000), deadline=None)
def test_no_text_is_an_error(library: Database, words: str) -> None:
    ask_everything(library, words)


@pytest.mark.parametrize("words", ["doan " * 20_000, '"' + "kỹ sĩ " * 20_000 + '"', "hoà-" * 30_000, "a" * 100_000])
def test_only_the_first_words_of_very_many_are_looked_for(words: str) -> None:
    query = Query(words)
    assert sum(len(piece.split()) for piece in query.pieces) <= 32
    assert len(query.either_way) + len(query.all_words) + len(query.respelled) < 100_000


def test_words_of_fts5_are_words(library: Database) -> None:
    assert [hit.id for hit in search(library, "NOT near TITLE rowid")] == [3]
    assert [hit.id for hit in search(library, "doan NOT nien")] == []
    assert [hit.id for hit in search(library, "doa*")] == []
    assert [hit.id for hit in search(library, "{title}: ^AND*")] == [3]
