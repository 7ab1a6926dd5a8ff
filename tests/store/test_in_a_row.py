"""The pattern for words in a row says of every text what the folded texts would."""

from __future__ import annotations

import re

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from newscrawler.store.search.in_a_row import in_a_row
from newscrawler.text import fold, normalize
from tests.conftest import times

LETTERS = "aAăẮâềĐđdoôƠớuỨyýỶiÍnNhHgxñÇøßœИи中2²_"
ROWS = st.lists(st.text(LETTERS, min_size=1, max_size=3), min_size=1, max_size=3)
GAPS = st.sampled_from((" ", "-", ", ", "\n", ".\u00a0", ""))


def plain(text: str) -> str:
    return " ".join(["", *re.findall(r"\w+", fold(text)), ""])


@given(ROWS, ROWS, ROWS, GAPS, st.booleans())
@settings(max_examples=times(300, 20_000), deadline=None)
def test_it_finds_words_as_comparing_folded_texts_does(
    before: list[str], words: list[str], after: list[str], gap: str, bare: bool
) -> None:
    text = normalize(gap.join([*before, *words, *after]))
    wanted = fold(" ".join(words)) if bare else " ".join(words)
    assume(plain(wanted).strip())
    assert in_a_row(wanted)(text) == (plain(wanted) in plain(text))


def test_marks_that_stand_alone_part_no_words() -> None:
    assert in_a_row("doan vien")("\u0110oa\u0306\u0306n vie\u0331n")
    assert not in_a_row("doan")("x\u0331\u0110oàn")
    assert not in_a_row("doa")("\u0110oà\u0331n")


def test_many_words_are_compared_to_the_last_letter() -> None:
    row = "nghị quyết Đại hội đại biểu Đoàn toàn quốc lần thứ mười hai"
    assert in_a_row(fold(row))(f"Học {row}!")
    assert not in_a_row(f"{row} ba")(row)
    assert not in_a_row(row)(f"{row}x")
    assert in_a_row("a" * 1000)("ạ" * 1000)
    assert not in_a_row("a" * 1000)("ạ" * 999)
