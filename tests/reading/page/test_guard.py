"""What would cost a parser minutes is left out of a page at once, its text kept and noted; ordinary pages stay as they are."""

from __future__ import annotations

import contextlib
import time
from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawler import read
from newscrawler.errors import HostilePageError
from newscrawler.reading.page.guard import MAX_ATTRIBUTES, MAX_DEPTH, MAX_ELEMENTS, MOST_READ, tame
from newscrawler.reading.page.tree import parse

NAMES = [f"a{number}" for number in range(50_000)]
ATTRIBUTES = {
    "with values": f"<p {' '.join(f'{name}=1' for name in NAMES)}>x</p>",
    "without values": f"<p {' '.join(NAMES)}>x</p>",
    "parted by lines": "<p\n" + "\n".join(NAMES) + ">x</p>",
    "parted by slashes": f"<p/{'/'.join(NAMES)}>x</p>",
    "with less-than signs": "<p " + " ".join(f'{name}="<"' for name in NAMES) + ">x</p>",
    "with greater-than signs": "<p " + " ".join(f"{name}='>'" for name in NAMES) + ">x</p>",
    "with blanks about the sign": "<p " + " ".join(f'{name} = "b"' for name in NAMES) + ">x</p>",
    "behind an inline picture": f'<img src="data:image/png;base64,AAAA" {" ".join(f"{name}=1" for name in NAMES)}>',
    "behind a comment about scripts": f"<!-- <script> --><p {' '.join(NAMES)}>x</p>",
    "behind a script": f"<script>if (a<b) c();</script><p {' '.join(NAMES)}>x</p>",
    "behind a script in a text area": f"<textarea><script></textarea><p {' '.join(NAMES)}>x</p>",
    "behind an empty comment": f"<!--><p {' '.join(NAMES)}>x</p>",
    "after a hundred thousand ordinary letters": "<p>xyz</p>" * 10_000 + f"<P {' '.join(NAMES)}>x</P>",
}
NESTING = {
    "div": "<div>" * 100_000,
    "closed again": "<div>" * 50_000 + "x" + "</div>" * 50_000,
    "behind end tags of nothing": "</div>" * 50_000 + "<div>" * 50_000,
    "among end tags of others": "<div></b>" * 50_000,
    "of an unknown element": "<x>" * 100_000,
    "of two kinds": "<B n><i n>" * 4_000,
    "in a table": "<table><tr><td>" * 20_000,
    "behind a script": "<script>a<b</script>" + "<div>" * 50_000,
}
ROW = '<tr class="r"><td align=left>Nguyễn Văn A</td><td><a href="/x?a=1&b=2">26/7</a></td></tr>'
ORDINARY = {
    "a table of 2,500 rows": f"<table>{ROW * 2_500}</table>",
    "3,000 paragraphs without end tags": "<p>Các bạn trẻ ra quân." * 3_000,
    "3,000 items without end tags": "<ul>" + "<li>một<br>hai" * 3_000 + "</ul>",
    "a script of 3,000 comparisons": "<script>" + "if(i<b&&c<n){x=1} " * 3_000 + "</script>",
    "a script with 5,000 addresses behind a comparison": "<script>a<b; var d = ["
    + '"https://a.vn/b/c?d=1", ' * 5_000
    + "]</script>",
    "a style sheet in a comment": "<style><!-- " + "p { color: red } " * 5_000 + "--></style>",
    "1,000 comments": "<!-- <div> a=1 -->" * 3_000,
    "900,000 letters": "Đoàn xã. " * 100_000,
    "256 attributes": f"<p {' '.join(NAMES[:256])}>x</p>",
    "200 levels": "<div>" * 200 + "x" + "</div>" * 200,
    "10,000 elements one after another": "<div><span>x</span></div>" * 5_000,
    "a stray quote": '<p class="a"">' + "Các bạn trẻ dọn kênh. " * 2_000 + "</p>",
    "text that is no tags": "x < y, 1 <2, <3 " * 20_000,
}


TAIL = "<p>Hết bài.</p>"


def left_out(html: str) -> str:
    """What is noted of a page; its text behind the trap must be read."""
    started = time.process_time()
    tamed = tame(html + TAIL)
    tree = parse(tamed.html)
    assert time.process_time() - started < 1
    assert "Hết bài." in tree.text_content()
    elements = list(tree.iter())
    assert len(elements) <= MAX_ELEMENTS + 2
    assert max(len(element.attrib) for element in elements) <= MAX_ATTRIBUTES
    return "; ".join(tamed.left_out)


@pytest.mark.parametrize("form", ATTRIBUTES)
def test_of_fifty_thousand_attributes_a_few_are_left(form: str) -> None:
    assert left_out(ATTRIBUTES[form]).endswith(
        "tags have more than 256 attributes or overlong ones, which are left out"
    )


@pytest.mark.parametrize("form", NESTING)
def test_of_tags_nested_too_deep_the_text_is_left(form: str) -> None:
    note = left_out(NESTING[form])
    assert f"{MAX_DEPTH} levels" in note or f"{MAX_ELEMENTS:,} elements" in note


def test_of_half_a_million_elements_the_text_is_left() -> None:
    assert left_out("<i>x</i>" * 450_000) == (
        f"the page has more than {MAX_ELEMENTS:,} elements; the tags behind them are left out, their text is read"
    )


def test_of_a_million_and_a_half_elements_two_notes_are_left() -> None:
    elements, characters = tame("<i>x</i>" * 1_500_000).left_out
    assert (elements[:13], characters[-27:]) == ("the page has ", "of which 1,000,000 are read")


def test_a_page_longer_than_anybody_reads_is_read_in_part() -> None:
    tamed = tame("x " * 3_000_000)
    assert tamed.left_out == (f"the page has 6,000,000 characters, of which {MOST_READ:,} are read",)
    assert len(tamed.html) == MOST_READ


def test_a_page_of_twenty_million_letters_is_refused() -> None:
    with pytest.raises(HostilePageError, match="20,000,001 characters"):
        tame("x" * 20_000_001)


def test_an_overlong_attribute_is_left_out_and_the_others_are_not() -> None:
    tamed = tame(f'<p id="a" title="{"x" * 18_000_000}" class="b">Trong.</p>')
    assert tamed.html == '<p id="a" class="b">Trong.</p>'


@pytest.mark.parametrize("quote", ['"', "'", ""])
def test_inline_pictures_are_left_out_without_a_word(quote: str) -> None:
    tamed = tame(f"<img src={quote}data:image/png;base64,{'iVBORw0KGgo/AA+=' * 310_000}{quote} alt=b><p>Sau.</p>")
    assert (tamed.html, tamed.left_out) == (f"<img src={quote}data:,{quote} alt=b><p>Sau.</p>", ())


def test_nul_bytes_hide_no_tag_and_part_no_word() -> None:
    assert tame("<\0d\0i\0v\0>Đo\0àn&#4; x\0ã").html == "<div>Đoàn\u200b xã"


@pytest.mark.parametrize("form", ORDINARY)
def test_a_big_ordinary_page_stays_as_it_is(form: str) -> None:
    assert tame(ORDINARY[form]).html == ORDINARY[form]


@given(
    st.lists(
        st.sampled_from(
            ["<b>", "</b>", "<div>", "</div>", "<p>", "x", "<table>", "</table>", "<!--", "-->", "<a b='", "'", ">"]
        ),
        max_size=60,
    )
)
def test_an_ordinary_page_is_never_changed(pieces: list[str]) -> None:
    html = "".join(pieces)
    assert tame(html).html == html


@pytest.mark.parametrize(
    "piece",
    [
        "<!--",
        "<script>",
        "<a",
        '<a b="',
        "<a b='\">",
        "<a '\"",
        "< ",
        '<a x="' + "<b " * 990 + '">',
        "<!-",
        "</",
        "<p ='",
    ],
)
def test_no_row_of_half_tags_makes_the_look_itself_slow(piece: str) -> None:
    html = piece * (190_000 // piece.count("<"))
    started = time.process_time()
    with contextlib.suppress(HostilePageError):
        tame(html)
    assert time.process_time() - started < 1


def test_a_body_that_was_escaped_is_looked_at_once_its_tags_show() -> None:
    body = f"<html><body><p {' '.join(f'a{n}=1' for n in range(5_000))}>Các bạn trẻ ra quân.</p></body></html>"
    page = f"<html><head><title>Ra quân</title></head><body><div>{escape(body)}</div></body></html>"
    article = read(page, "http://thanhdoan.hochiminhcity.gov.vn/ThanhDoan/webtd/News/5")
    assert article.body_text == "Các bạn trẻ ra quân."
    assert article.page is not None
    assert article.page.left_out == ("1 tags have more than 256 attributes or overlong ones, which are left out",)
