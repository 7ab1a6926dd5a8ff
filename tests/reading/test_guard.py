"""Pages that would cost a parser minutes are refused at once; big ordinary ones are not."""

from __future__ import annotations

import contextlib
import time
from html import escape

import pytest

from newscrawler import read
from newscrawler.errors import HostilePageError
from newscrawler.reading.guard import check

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
    "in a tag without end": f"<p {' '.join(NAMES)}",
    "behind a comment about scripts": f"<!-- <script> --><p {' '.join(NAMES)}>x</p>",
    "behind a script": f"<script>if (a<b) c();</script><p {' '.join(NAMES)}>x</p>",
    "behind a script in a text area": f"<textarea><script></textarea><p {' '.join(NAMES)}>x</p>",
    "behind an empty comment": f"<!--><p {' '.join(NAMES)}>x</p>",
    "after a million ordinary letters": "<p>xyz</p>" * 50_000 + f"<P {' '.join(NAMES)}>x</P>",
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
SIZES = {
    "20 million letters": ("x" * 20_000_001, "20,000,001 characters"),
    "1.5 million elements": ("<i>x</i>" * 1_500_000, "3,000,000 tags"),
    "one beginning too many": ("<" * 200_001, "200,001 tags"),
}
ROW = '<tr class="r"><td align=left>Nguyễn Văn A</td><td><a href="/x?a=1&b=2">26/7</a></td></tr>'
ORDINARY = {
    "a table of 10,000 rows": f"<table>{ROW * 10_000}</table>",
    "3,000 paragraphs without end tags": "<p>Các bạn trẻ ra quân." * 3_000,
    "3,000 items without end tags": "<ul>" + "<li>một<br>hai" * 3_000 + "</ul>",
    "a script of 3,000 comparisons": "<script>" + "if(i<b&&c<n){x=1} " * 3_000 + "</script>",
    "a script with 5,000 addresses behind a comparison": "<script>a<b; var d = ["
    + '"https://a.vn/b/c?d=1", ' * 5_000
    + "]</script>",
    "a style sheet in a comment": "<style><!-- " + "p { color: red } " * 5_000 + "--></style>",
    "1,000 comments": "<!-- <div> a=1 -->" * 3_000,
    "an inline picture of 5 MB": f'<img src="data:image/png;base64,{"iVBORw0KGgo/AA+=" * 310_000}">',
    "an inline picture without quotes": f"<img src=data:image/png;base64,{'iVBORw0KGgo/AA+=' * 1_000}>",
    "15 million letters": "Đoàn xã. " * 1_700_000,
    "1,000 attributes": f"<p {' '.join(NAMES[:1000])}>x</p>",
    "1,900 levels": "<div>" * 1_900 + "x" + "</div>" * 1_900,
    "10,000 elements one after another": "<div><span>x</span></div>" * 10_000,
    "a stray quote": '<p class="a"">' + "Các bạn trẻ dọn kênh. " * 2_000 + "</p>",
    "text that is no tags": "x < y, 1 <2, <3 " * 20_000,
}


def refusal(html: str) -> str:
    started = time.process_time()
    with pytest.raises(HostilePageError) as refused:
        check(html)
    assert time.process_time() - started < 1
    return str(refused.value)


@pytest.mark.parametrize("form", ATTRIBUTES)
def test_fifty_thousand_attributes_are_refused(form: str) -> None:
    assert refusal(ATTRIBUTES[form]) == "one tag has more than 1,000 attributes"


@pytest.mark.parametrize("form", NESTING)
def test_deep_nesting_is_refused(form: str) -> None:
    assert refusal(NESTING[form]) == "tags are nested deeper than 2,000 levels"


@pytest.mark.parametrize("form", SIZES)
def test_sheer_size_is_refused(form: str) -> None:
    html, named = SIZES[form]
    assert refusal(html).startswith(f"the page has {named}, over the limit of ")


@pytest.mark.parametrize("form", ORDINARY)
def test_a_big_ordinary_page_is_let_through(form: str) -> None:
    check(ORDINARY[form])


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
        check(html)
    assert time.process_time() - started < 1


def test_a_body_that_was_escaped_is_looked_at_once_its_tags_show() -> None:
    body = f"<html><body><p {' '.join(f'a{n}=1' for n in range(5_000))}>Các bạn trẻ ra quân.</p></body></html>"
    page = f"<html><head><title>Ra quân</title></head><body><div>{escape(body)}</div></body></html>"
    with pytest.raises(HostilePageError, match="attributes"):
        read(page, "http://thanhdoan.hochiminhcity.gov.vn/ThanhDoan/webtd/News/5")
