"""What changed from one text to another: nothing is lost or invented, and repetition costs no eternity."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from newscrawler.differences import Patience, changed_paragraphs, changed_words, side_by_side, steps
from tests.conftest import times

WORDS = st.lists(st.sampled_from(["Đoàn ", "xã ", "ra quân. ", "26", "/", "7", "\n\n", " "]), max_size=30).map("".join)


@given(WORDS, WORDS)
@settings(max_examples=times(80, 5000), deadline=None)
def test_what_stayed_and_went_is_the_old_text_and_what_stayed_and_came_the_new(old: str, new: str) -> None:
    pieces = changed_words(old, new)
    assert "".join(words for kind, words in pieces if kind != "+") == old
    assert "".join(words for kind, words in pieces if kind != "-") == new


@given(WORDS, WORDS, st.sampled_from([0, 10, 1000]))
@settings(max_examples=times(80, 5000), deadline=None)
def test_side_by_side_each_column_is_its_text_however_little_may_be_compared(old: str, new: str, pairs: int) -> None:
    found = side_by_side(old, new, Patience(pairs))
    left = ["".join(words for _kind, words in pair.before) for pair in found if pair.before is not None]
    right = ["".join(words for _kind, words in pair.after) for pair in found if pair.after is not None]
    assert left == [paragraph for paragraph in old.split("\n\n") if paragraph.strip()]
    assert right == [paragraph for paragraph in new.split("\n\n") if paragraph.strip()]


@given(WORDS)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert not any(pair.changed for pair in side_by_side(text, text))
    assert changed_paragraphs(text, text) == []


def test_an_edited_paragraph_stands_beside_what_it_was() -> None:
    old = "Sáng 26/7, Đoàn xã ra quân.\n\nĐoạn này mất đi.\n\nHết."
    new = "Mở đầu hoàn toàn mới ở đây.\n\nSáng 27/7, Đoàn xã ra quân.\n\nHết."
    found = side_by_side(old, new)
    (edited,) = [pair for pair in found if pair.before and pair.after and pair.changed]
    assert edited.before == [("=", "Sáng "), ("-", "26"), ("=", "/7, Đoàn xã ra quân.")]
    assert edited.after == [("=", "Sáng "), ("+", "27"), ("=", "/7, Đoàn xã ra quân.")]
    assert [pair.before for pair in found if pair.after is None] == [[("-", "Đoạn này mất đi.")]]


def test_a_long_paragraph_is_compared_by_its_sentences() -> None:
    sentences = [f"Câu số {number} kể chuyện quân ra đường. " for number in range(400)]
    new = ["Mới. ", *sentences[:200], "Câu xen vào giữa. ", *sentences[200:-1], "Kết khác."]
    pieces = changed_words("".join(sentences), "".join(new))
    assert sum(len(words) for kind, words in pieces if kind == "=") > 0.95 * len("".join(sentences))


def test_beyond_its_patience_all_between_the_equal_ends_is_changed() -> None:
    patience = Patience(10)
    before, after = list("abcdefgz"), list("axcdeygz")
    assert [step.kind for step in steps(before, after, patience)] == ["equal", "changed", "equal"]
    assert patience.allows(2, 5)
    assert not patience.allows(1, 1)


def test_texts_of_a_megabyte_that_repeat_two_words_are_compared() -> None:
    old, new = "a b " * 125_000, "b a " * 125_000 + "c"
    assert changed_words(old, new)
    assert side_by_side("a\n\nb\n\n" * 5_000, "b\n\na\n\n" * 5_000, Patience(1_000_000))


def test_a_row_of_a_hundred_thousand_dots_is_cut_in_time_that_grows_with_it_alone() -> None:
    """Each dot was once tried as the beginning of all behind it; this then took hours."""
    dots = "." * 100_000
    pairs = side_by_side(f"a{dots}b", f"c{dots}d")
    assert "".join(words for _kind, words in pairs[0].before or []) == f"a{dots}b"
