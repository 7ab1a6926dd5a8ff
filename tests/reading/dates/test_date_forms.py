"""The measured date forms on every day of a year and of a leap year: all right, none swapped, none lost."""

from __future__ import annotations

import html
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscrawler.items import Dated
from newscrawler.reading.dates.stamps import parse_stamp
from newscrawler.text import one_line
from tests.conftest import times
from tests.reading.date_forms import DAYS, NEWS, RELIABILITY, Form

TABLES = {"40 forms of reliability §3c": RELIABILITY, "43 forms of news §4": NEWS}
STRANGE = ["tin tức", "Đang cập nhật", "8h", "10 phút", "Thứ ba", "Mới", "--/--/----", "00/00/0000", "T.Ư Đoàn"]


def without_marks(text: str) -> str:
    letters = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


WRITINGS: dict[str, Callable[[str], str]] = {
    "decomposed": lambda text: unicodedata.normalize("NFD", text),
    "capitals": str.upper,
    "without marks": without_marks,
    "small": str.lower,
}


def read(form: Form, day: date, writing: Callable[[str], str] = str) -> Dated | None:
    return parse_stamp(writing(form.printed(day)), fetched_at=form.fetched_at(day), source="page")


def tell(name: str, forms: Sequence[Form]) -> tuple[str, list[str]]:
    """One line on how a table is read, and what is wrong."""
    wrong, right, swapped, lost = [], 0, 0, 0
    for form in forms:
        for day in DAYS:
            found = read(form, day)
            if found and (found.value, found.precision) == (form.value(day), form.precision):
                right += 1
                continue
            lost += found is None
            swapped += found is not None and found.value[:10] == f"{day:%Y-%d-%m}"
            wrong.append(f"{form.printed(day)!r} gives {found and found.value}")
    total = len(forms) * len(DAYS)
    return f"{name}, {len(DAYS)} days: {right:,} of {total:,} right, {swapped} swapped, {lost} none", wrong


@pytest.mark.parametrize("name", TABLES)
def test_all_forms_on_all_days(name: str) -> None:
    assert len({form.text for form in TABLES[name]}) == int(name.split()[0])
    line, wrong = tell(name, TABLES[name])
    print(f"\n{line}")
    assert wrong == []


@settings(max_examples=times(400, 60_000), deadline=None)
@given(st.sampled_from((*RELIABILITY, *NEWS)), st.sampled_from(DAYS), st.sampled_from(sorted(WRITINGS)))
def test_no_writing_of_a_form_changes_what_it_says(form: Form, day: date, writing: str) -> None:
    printed = WRITINGS[writing](form.printed(day))
    found = read(form, day, WRITINGS[writing])
    assert found is not None
    assert (found.value, found.precision) == (form.value(day), form.precision)
    assert found.raw == one_line(html.unescape(printed))


@settings(max_examples=times(150, 5000), deadline=None)
@given(st.sampled_from((*RELIABILITY, *NEWS)), st.sampled_from(DAYS), st.integers(1, 6))
def test_a_weekday_that_contradicts_the_date_does_not_count(form: Form, day: date, shift: int) -> None:
    words = {
        name: Form("{" + name + "}").printed(day + timedelta(days=shift)) for name in ("w", "W", "w2", "t2", "mon")
    }
    text = form.text
    for name, word in words.items():
        text = text.replace("{" + name + "}", word)
    found = read(replace(form, text=text), day)
    assert found is not None
    assert (found.value, found.precision) == (form.value(day), form.precision)


@pytest.mark.parametrize("text", STRANGE)
@pytest.mark.parametrize("writing", sorted(WRITINGS))
def test_what_is_not_known_is_none(text: str, writing: str) -> None:
    form = Form(text)
    assert all(read(form, day, WRITINGS[writing]) is None for day in DAYS[::30])


@settings(max_examples=times(200, 20_000), deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_read_without_complaint_and_never_beyond_its_bounds(text: str) -> None:
    found = parse_stamp(text, fetched_at=RELIABILITY[0].fetched_at(DAYS[0]), source="page")
    assert found is None or "1990" <= found.value[:4] <= "2022"
