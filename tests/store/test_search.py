"""Vietnamese is found as people type it, and nothing they type is an error."""

from __future__ import annotations

import sqlite3
import sys
import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from newscrawler.store import close_database, open_database, search, store_article
from tests.store.conftest import article, day

BODIES = {
    1: "Đoàn Thanh niên Cộng sản Hồ Chí Minh ra quân mùa hè xanh.",
    2: "Chiến sĩ tình nguyện hòa mình vào cuộc sống bà con ở Đắk Nông.",
    3: "Thanh niên xung phong dựng nhà; niên hạn sử dụng còn dài, đoàn xe đã về, đường thông.",
    4: "Toàn cảnh khoẻ mạnh, thuỷ lợi, quý bà con hoà thuận.",
}


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    db = open_database(tmp_path_factory.mktemp("library") / "news.db", write=True)
    for number, body in BODIES.items():
        store_article(db, article(number, body), run_id=None, seen_at=day(1))
    yield db
    close_database(db)


def ids(db, words, **filters):
    return [hit.id for hit in search(db, words, **filters)]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("doan thanh nien", {1, 3}),
        ("đoàn thanh niên", {1, 3}),
        ("ĐOÀN THANH NIÊN", {1, 3}),
        ("dak nong", {2}),
        ("Đăk Nông", {2}),
        ("duong", {3}),
        ("hoa", {2, 4}),
        ("hòa", {2, 4}),
        ("hoà", {2, 4}),
        ("khỏe thủy", {4}),
        ("Ðoàn", {1, 3}),  # Eth, as old fonts wrote it
        ("t\u00adình ngu\u200byện", {2}),
        ('"thanh niên cộng sản"', {1}),
        ("“thanh nien cong san”", {1}),
        ('"niên thanh"', set()),
        ("ho chi minh xung phong", set()),
        ("qwertyuiop", set()),
        ("thanh-niên", {1, 3}),
    ],
)
def test_words_are_found_however_they_are_typed(library, words, found):
    assert set(ids(library, words)) == found
    assert set(ids(library, unicodedata.normalize("NFD", words))) == found


@pytest.mark.parametrize("words", ["", "   ", '"', '""', "***", "(((", "- . , ; …", "\x00", "\u200b"])
def test_a_query_without_words_finds_nothing(library, words):
    assert search(library, words) == []


@given(st.text() | st.text("\"'*()^:+-{}ANDORNTE dđàò\u0300\udcff"))
@example('a AND ("b" OR NEAR(c d, 2)) title: c* ^e {title}: -f')
@example("\ud800 a")
@example("𞤀 doan")
@example('"' * 999)
@example("đoàn " * 2000)
@settings(max_examples=300, deadline=None)
def test_no_text_is_an_error(library, words):
    search(library, words)


@given(st.sampled_from(sorted(BODIES)), st.integers(0, 8), st.integers(1, 4), st.booleans())
@settings(deadline=None)
def test_every_run_of_words_finds_its_article(library, number, start, length, phrase):
    words = " ".join(BODIES[number].split()[start : start + length])
    if any(char.isalnum() for char in words):
        assert number in ids(library, f'"{words}"' if phrase else words)


def test_a_snippet_keeps_its_accents(library):
    (hit,) = search(library, "cong san")
    assert "[Cộng] [sản]" in hit.snippet
    (hit,) = search(library, "dak nong", mark=("<b>", "</b>"))
    assert "<b>Đắk</b> <b>Nông</b>" in hit.snippet


def test_a_word_in_the_title_alone_is_shown(library):
    assert search(library, "vắn")[0].snippet == "Tin [vắn]"


def test_marks_as_typed_come_first(db):
    for number, body in enumerate(["Đoan trang", "Đoàn viên", "Doan điền"], 1):
        store_article(db, article(number, body), run_id=None, seen_at=day(1))
    assert ids(db, "đoàn")[0] == 2
    assert ids(db, "đoan")[0] == 1
    assert len(ids(db, "đoan")) == 3


def test_either_place_of_the_tone_is_as_typed(db):
    for number, body in enumerate(["Hoa hồng", "Hoà bình", "Hòa giải"], 1):
        store_article(db, article(number, body), run_id=None, seen_at=day(1))
    assert set(ids(db, "hòa")[:2]) == set(ids(db, "HOÀ")[:2]) == {2, 3}


def test_marks_as_typed_come_first_however_many_have_others(db):
    store_article(db, article(1, "Bạn Đoan có mặt"), run_id=None, seen_at=day(1))
    for number in range(2, 250):
        store_article(db, article(number, f"Đoàn, đoàn, đoàn {number}"), run_id=None, seen_at=day(1))
    store_article(
        db, article(999, "Chị ĐOAN đến sau, lần này đi cùng cả lớp và các em nhỏ"), run_id=None, seen_at=day(1)
    )
    found = ids(db, "đoan", limit=999)
    assert sorted(found[:2]) == [1, 250]
    assert len(found) == 250
    assert [id for place in range(0, 250, 20) for id in ids(db, "đoan", limit=20, offset=place)] == found


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("kỹ sư", [1, 2, 3]),
        ("kĩ sư", [2, 1, 3]),
        ("ki su", [2, 3, 1]),
        ('"kĩ sư" trẻ', [2, 1]),
        ("quí vị", [4]),
        ("QUI VI", [4]),
        ("mi", [5]),
        ("li", []),
        ("tai", [5]),
        ("thúi", []),
    ],
)
def test_i_and_y_find_one_another_and_what_was_typed_comes_first(db, words, found):
    bodies = ["Một kỹ sư trẻ", "Một kĩ sư trẻ", "Một ký sự hay", "Quý vị thân mến", "Thúy đi tay không, tai nghe mỳ"]
    for number, body in enumerate(bodies, 1):
        store_article(db, article(number, body), run_id=None, seen_at=day(1))
    assert ids(db, words) == found


def test_the_snippet_shows_what_was_found_with_the_other_letter(db):
    store_article(db, article(1, "Thầy giáo dạy kĩ thuật"), run_id=None, seen_at=day(1))
    assert search(db, "kỹ thuật")[0].snippet == "Thầy giáo dạy [kĩ] [thuật]"


def test_words_in_a_row_come_first(db):
    store_article(db, article(1, "Xanh mãi mùa thu, hè về. Xanh hè mùa."), run_id=None, seen_at=day(1))
    store_article(db, article(2, "Cả một đoạn dài về chuyện khác, rồi đến mùa hè xanh."), run_id=None, seen_at=day(1))
    assert ids(db, "mua he xanh") == [2, 1]


def test_the_title_weighs_more_than_the_summary_and_that_more_than_the_body(db):
    texts = [{"body": "Hội trại"}, {"body": "Tin", "summary": "Hội trại"}, {"body": "Tin", "title": "Hội trại"}]
    for number, values in enumerate(texts, 1):
        store_article(db, article(number, **values), run_id=None, seen_at=day(1))
    assert ids(db, "hoi") == [3, 2, 1]


def test_words_that_stand_everywhere_are_ranked_all_the_same(library, monkeypatch):
    monkeypatch.setattr(sys.modules["newscrawler.store.search.known"], "RARE", 0)
    assert ids(library, "thanh niên cộng sản") == [1]
    assert ids(library, "bà con") == [4, 2]
    assert set(ids(library, "hoa")) == {2, 4}
    assert ids(library, "đoàn thanh niên")[0] == 1


@pytest.mark.parametrize(
    ("since", "until", "found"),
    [
        ("2018-05-10", None, {"2018-05", "2018", "2018-05-16T14:30:00+07:00", "2019-01-01"}),
        ("2018-05-17", "2018-12", {"2018-05", "2018"}),
        ("2018-05-16", "2018-05-16", {"2018-05", "2018", "2018-05-16T14:30:00+07:00"}),
        ("2019", None, {"2019-01-01"}),
        (None, "2018-04-30", {"2018"}),
        (None, None, {"2018-05", "2018", "2018-05-16T14:30:00+07:00", "2019-01-01", None}),
    ],
)
def test_a_date_known_less_exactly_is_found_where_it_overlaps(db, since, until, found):
    for number, date in enumerate(["2018-05", "2018", "2018-05-16T14:30:00+07:00", "2019-01-01", None], 1):
        store_article(db, article(number, published=date), run_id=None, seen_at=day(1))
    for many in (False, True):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(sys.modules["newscrawler.store.search.known"], "RARE", 0 if many else 3000)
            assert {hit.published for hit in search(db, "doan", since=since, until=until)} == found


def test_pages_of_hits_follow_one_another(library):
    every = search(library, "con")
    assert [hit.rank for hit in every] == list(range(1, len(every) + 1))
    pages = [search(library, "con", limit=1, offset=place)[0] for place in range(len(every))]
    assert pages == every
    assert search(library, "con", offset=99) == search(library, "con", limit=0) == []


def test_a_site_can_be_asked_alone(library):
    assert ids(library, "hoa", site="thanhdoan")
    assert ids(library, "hoa", site="tuoitre") == []


def test_an_updated_article_is_found_by_its_new_words_only(db):
    store_article(db, article(body="Trước đây"), run_id=None, seen_at=day(1))
    store_article(db, article(body="Về sau"), run_id=None, seen_at=day(2))
    assert ids(db, "truoc day") == []
    assert ids(db, "ve sau") == [1]


def test_plain_sqlite_opens_and_matches(path):
    db = open_database(path, write=True)
    for number, body in BODIES.items():
        store_article(db, article(number, body), run_id=None, seen_at=day(1))
    close_database(db)
    conn = sqlite3.connect(path)
    sql = "SELECT rowid FROM articles_fts WHERE articles_fts MATCH ? ORDER BY rank"
    assert {id for (id,) in conn.execute(sql, ["doan thanh nien"])} == {1, 3}
    assert conn.execute(sql, ["xyzzy"]).fetchall() == []
    conn.close()
