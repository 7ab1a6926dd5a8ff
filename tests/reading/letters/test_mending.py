"""Garbled letters are put right, and letters that are right stay."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawler.reading.letters.mending import mend

TEXT = "Sáng 26/7, Đoàn xã “ra quân” dọn kênh rạch – trồng cây xanh… và tặng quà cho trẻ em nghèo; ĐẠI HỘI, ÁO XANH, Ý CHÍ, XÃ ĐÃ Ở."
LETTERS = "aăâeêioôơuưyđ àảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ ÀÃÂÊÔĐƯƠÁÉÍÓÚÝ“”‘’–…»«°©"


def garbled(text: str, charset: str) -> str:
    """UTF-8 read by who believes a wrong label; latin-1 where windows-1252 has no letter, as browsers do."""
    if charset != "cp1252":
        return text.encode().decode(charset)
    return "".join(
        bytes([byte]).decode("cp1252" if byte not in b"\x81\x8d\x8f\x90\x9d" else "latin-1") for byte in text.encode()
    )


@pytest.mark.parametrize(("charset", "times"), [*product(["latin-1", "cp1252"], [1, 2, 3]), ("mac_roman", 1)])
def test_garbled_letters_come_back_however_often_they_were_garbled(charset: str, times: int) -> None:
    text = TEXT
    for _ in range(times):
        text = garbled(text, charset)
    mended = mend(f"<p>{text}</p>")
    assert mended.html == f"<p>{TEXT}</p>"
    assert len(mended.notes) == 1


def test_a_garbled_body_in_a_page_that_is_right_is_put_right_alone() -> None:
    assert mend(f"<h1>{TEXT}</h1><p>{garbled(TEXT, 'cp1252')}</p>").html == f"<h1>{TEXT}</h1><p>{TEXT}</p>"


def test_garbled_letters_that_are_written_as_references_come_back() -> None:
    old = "".join(letter if letter.isascii() else f"&#{ord(letter)};" for letter in garbled(TEXT, "cp1252"))
    assert mend(f"<p>{old.replace('&#225;&#187;', '&aacute;&raquo;')}</p>").html == f"<p>{TEXT}</p>"


@pytest.mark.parametrize(
    ("lost", "read"),
    [
        ("Ä\ufffdoÃ\xa0n", "Đoàn"),
        ("ngÆ°á»\ufffdi", "người"),
        ("nhiá»\ufffdu", "nhiều"),
        ("m\u00e1\u00bb\ufffdi", "m\ufffdi"),
        ("vÃ cÃ¡c lÃ m toÃ n", "và các làm toàn"),
    ],
)
def test_a_letter_that_lost_a_byte_comes_back_where_it_can_be_no_other_and_is_marked_where_it_can(
    lost: str, read: str
) -> None:
    assert mend(f"<p>{garbled(TEXT, 'cp1252')} {lost}</p>").html == f"<p>{TEXT} {read}</p>"


@given(st.text(LETTERS))
def test_letters_that_are_right_stay(text: str) -> None:
    assert mend(text) == mend(text).__class__(text)


@pytest.mark.parametrize(
    "text", ["Chữ “Ã¡” và “á»” là chữ hỏng.", "L'Ã©tÃ©", "&amp;lt;p&amp;gt; &amp;amp;agrave; &amp;quot; &amp;nbsp;"]
)
def test_what_only_speaks_of_it_stays(text: str) -> None:
    assert mend(text).html == text


@given(st.sampled_from("àáâãèéêìíòóôõùúýăđĩũơưạảấầẩẫậ"))
def test_a_reference_to_a_letter_that_was_escaped_twice_is_escaped_once(letter: str) -> None:
    assert mend(f"B&amp;#{ord(letter)};i").html == f"B&#{ord(letter)};i"
