"""Laws of the normal form, the fold for searching, and the key under which labels are compared."""

from __future__ import annotations

import time
import unicodedata
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawler.text import (
    fold,
    is_capitals,
    keep_lines,
    label_key,
    normalize,
    one_line,
    same_words,
    tone_places,
    uniform_tones,
)

VOWELS = "aăâeêioôơuưy"
TONES = "\u0300\u0301\u0303\u0309\u0323"
MARKED = sorted(
    {unicodedata.normalize("NFC", vowel + tone) for vowel, tone in product(VOWELS, ("", *TONES))} - set("aeiouy")
    | {"đ"}
)
LETTERS = MARKED + [letter.upper() for letter in MARKED]
VIETNAMESE = st.text(st.sampled_from([*LETTERS, *"abcxyz BCD0129.,\n"]))
PAGES = st.text(st.characters(exclude_categories=["Cs"])) | VIETNAMESE
INVISIBLE = {
    "soft hyphen": "\u00ad",
    "zero-width space": "\u200b",
    "zero-width joiner": "\u200d",
    "word joiner": "\u2060",
    "byte order mark": "\ufeff",
    "right-to-left mark": "\u200f",
    "right-to-left override": "\u202e",
    "isolate": "\u2068",
    "Arabic letter mark": "\u061c",
    "Mongolian vowel separator": "\u180e",
    "grapheme joiner": "\u034f",
    "interlinear annotation": "\ufff9",
    "tag": "\U000e0041",
    "shorthand format": "\U0001bca1",
    "control that no charset has": "\x81",
    "NUL": "\x00",
    "delete": "\x7f",
}
BLANKS = ["\u00a0", "\u2003", "\u202f", "\u3000", "\t", "\r", "\x0b", "\x0c", "\u2028", "\x85"]


@given(PAGES)
def test_the_normal_forms_and_the_fold_change_nothing_twice(text: str) -> None:
    for law in (normalize, one_line, keep_lines, fold):
        assert law(law(text)) == law(text)


@given(PAGES)
def test_composed_and_decomposed_text_are_one(text: str) -> None:
    composed, decomposed = unicodedata.normalize("NFC", text), unicodedata.normalize("NFD", text)
    assert normalize(composed) == normalize(decomposed)
    assert fold(composed) == fold(decomposed)
    assert label_key(composed) == label_key(decomposed)


@given(PAGES)
def test_the_fold_of_the_normal_form_is_the_fold(text: str) -> None:
    assert fold(normalize(text)) == fold(text)
    assert fold(uniform_tones(text)) == fold(text)
    assert uniform_tones(uniform_tones(text)) == uniform_tones(text)


def test_all_format_characters_are_removed_but_those_that_show() -> None:
    shown = {
        code
        for code in range(0x110000)
        if unicodedata.category(chr(code)) == "Cf" and normalize(f"a{chr(code)}b") != "ab"
    }
    assert all(unicodedata.name(chr(code)).startswith(("ARABIC", "SYRIAC", "KAITHI", "EGYPTIAN")) for code in shown)


def test_a_variation_selector_is_kept_to_show_and_parts_no_word() -> None:
    assert normalize("\u2764\ufe0f") == "\u2764\ufe0f"
    assert fold("Đo\ufe0fàn") == "doan"


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("\u00d0oàn xã, \u00f0ội, \u00d0ẠI HỘI", "Đoàn xã, đội, ĐẠI HỘI"),
        ("H\u00d0ND, BC\u00d0, Q\u00d0-UBND, TW\u00d0", "HĐND, BCĐ, QĐ-UBND, TWĐ"),
        ("500\u00f0", "500đ"),
        ("Gu\u00f0mundur Sigur\u00f0sson, GU\u00d0MUNDUR", "Gu\u00f0mundur Sigur\u00f0sson, GU\u00d0MUNDUR"),
        ("\u00f0æt, \u00feað", "\u00f0æt, \u00feað"),
        ("\u0189oàn", "Đoàn"),
    ],
)
def test_eth_is_a_d_with_stroke_in_vietnamese_words_alone(text: str, read: str) -> None:
    assert normalize(text) == read
    assert fold(text).isascii() or "æ" in text


def test_stray_controls_are_the_signs_that_they_were_in_windows_1252() -> None:
    assert normalize("\x93Đoàn\x94 \x96 xã\x85") == "“Đoàn” – xã\x85"


TWO_PLACES = "hoà khoẻ thuý toà hoạ uỷ luỹ tuỳ thuỳ loè xoè hoả nhoà HOÀ Khoẻ"
ONE_PLACE = "toàn hoàn quý quí gìn thuở quỳ quạ của mùa thuyền huỳnh khuỷu ngoài ngoèo tuổi Đoàn"


@pytest.mark.parametrize("word", TWO_PLACES.split())
def test_open_words_have_two_places_for_their_tone(word: str) -> None:
    new, old = tone_places(word)
    assert (new, tone_places(old)) == (word, (new, old))
    assert uniform_tones(old) == new
    assert fold(old) == fold(new)
    assert old != new


@pytest.mark.parametrize("word", ONE_PLACE.split())
def test_other_words_have_one(word: str) -> None:
    assert tone_places(word) == (word,)
    assert uniform_tones(word) == word


@pytest.mark.parametrize(("slip", "word"), [("Đòan", "Đoàn"), ("ngòai", "ngoài"), ("qúy", "quý"), ("THÚY", "THUÝ")])
def test_a_tone_at_a_wrong_place_is_put_right(slip: str, word: str) -> None:
    assert uniform_tones(slip) == word


@given(VIETNAMESE)
def test_the_fold_does_not_see_letter_case(text: str) -> None:
    assert fold(text.upper()) == fold(text.lower()) == fold(text)


def test_there_are_134_letters_with_marks_and_each_folds_to_one_plain_letter() -> None:
    assert len(LETTERS) == len(set(LETTERS)) == 134
    for letter in LETTERS:
        for form in (letter, unicodedata.normalize("NFD", letter)):
            plain = fold(form)
            assert plain.isascii()
            assert len(plain) == 1
            assert plain.islower()


@pytest.mark.parametrize("letter", "ếềễểốồỗổấầẫẩắằẵẳẾỐẤẮ")
def test_a_tone_typed_before_its_circumflex_or_breve_is_put_right(letter: str) -> None:
    base, quality, tone = unicodedata.normalize("NFD", letter)
    assert normalize(base + tone + quality) == normalize(letter) == letter


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đoàn Thanh niên Cộng sản Hồ Chí Minh", "doan thanh nien cong san ho chi minh"),
        ("ĐẠI HỘI", "dai hoi"),
        ("\u00d0oàn, \u0189oàn, \u00f0oàn", "doan, doan, doan"),
        ("thuở quý gìn", "thuo quy gin"),
        ("ề e\u0300\u0302 è\u0302", "e e e"),
        ("Ра quân 26/7", "ра quan 26/7"),
        ("", ""),
    ],
)
def test_folding(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize("name", INVISIBLE)
def test_what_nobody_sees_does_not_part_a_word(name: str) -> None:
    hidden = INVISIBLE[name]
    assert normalize(f"Đo{hidden}àn") == "Đoàn"
    assert normalize(f"Đoa{hidden}\u0300n") == "Đoàn"
    assert fold(f"Đo{hidden}àn") == "doan"
    assert one_line(hidden) == ""


@pytest.mark.parametrize("blank", BLANKS)
def test_every_blank_parts_words_and_becomes_one_blank(blank: str) -> None:
    assert one_line(f"{blank}Đoàn{blank}{blank}xã{blank}") == "Đoàn xã"
    assert fold(f"Đoàn{blank}xã").split() == ["doan", "xa"]
    assert keep_lines(f"a{blank}b\n{blank}c") == "a b\nc"


@pytest.mark.parametrize("left_by_word", ["\x0b", "\x0c"])
def test_signs_that_no_tree_can_hold_become_blanks(left_by_word: str) -> None:
    assert normalize(f"Đoàn{left_by_word}xã") == "Đoàn xã"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("một\nhai", "một\nhai"),
        ("  một \n\n \u00a0 \n hai  ba ", "một\nhai ba"),
        ("một\r\nhai\r\n", "một\nhai"),
        ("một  hai", "một hai"),
        ("\n \n", ""),
        ("", ""),
    ],
)
def test_lines_are_kept_and_empty_ones_are_not(text: str, kept: str) -> None:
    assert keep_lines(text) == kept


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("TỪ KHÓA:", "Từ khoá »"),
        ("TIN NÓNG", "Tin nóng"),
        ("TIN NÓNG", unicodedata.normalize("NFD", "tin nóng")),
        ("Tin nóng (12)", "• TIN NÓNG •"),
        ("12. Tin khác", "Tin khác: 7"),
        ("hòa", "hoà"),
        ("Tin\u00a0 nóng\n", "Tin nóng"),
        ("THỦY", "thuỷ"),
        ("e\u0301\u0302", "ế"),
    ],
)
def test_two_writings_of_one_label_have_one_key(one: str, other: str) -> None:
    assert label_key(one) == label_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("TIN NÓNG", "TIN NÔNG"),
        ("Tin nóng", "Tin nong"),
        ("Tin đoàn", "Tin doàn"),
        ("Bài viết", "Bài viêt"),
        ("Tin nóng", "Tin nóng hổi"),
        ("Tin nóng", "Tinnóng"),
        ("má", "mà"),
        ("ban", "bán"),
    ],
)
def test_two_labels_have_two_keys(one: str, other: str) -> None:
    assert label_key(one) != label_key(other)


@pytest.mark.parametrize("text", ["", " ", "»", "12/7", "(3)"])
def test_what_holds_no_letter_is_no_label(text: str) -> None:
    assert label_key(text) == ""


def test_a_long_row_of_digits_costs_no_time() -> None:
    started = time.process_time()
    assert label_key("a" + "1" * 100_000 + "b").startswith("a1")
    assert time.process_time() - started < 2


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Đoàn xã ra quân!", "ĐOÀN XÃ RA QUÂN", True),
        ("“Đoàn xã” – ra quân", "Doan xa ra quan", True),
        (unicodedata.normalize("NFD", "Đoàn xã"), "Đoàn xã.", True),
        ("An toàn", "Antoàn", True),
        ("Đoàn xã", "Đoàn xã 2", False),
        ("Đoàn xã", "Xã Đoàn", False),
        ("", "", False),
        ("!", "?", False),
        ("", "Đoàn", False),
    ],
)
def test_lines_that_say_the_same(one: str, other: str, same: bool) -> None:
    assert same_words(one, other) is same
    assert same_words(other, one) is same


@pytest.mark.parametrize(
    ("text", "capitals"), [("TIN NÓNG 24/7", True), ("Tin NÓNG", False), ("24/7", False), ("", False), ("ĐỜI", True)]
)
def test_capitals(text: str, capitals: bool) -> None:
    assert is_capitals(text) is capitals
