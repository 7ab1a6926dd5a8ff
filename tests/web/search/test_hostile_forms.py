"""Whatever stands in the fields of the search, the page answers, and gives it back as text."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from urllib.parse import quote, urlencode
from xml.etree import ElementTree

from hypothesis import given, settings
from hypothesis import strategies as st

from newscrawler.web.finding.wanted import FIELDS
from tests.conftest import times
from tests.web.conftest import Get

_NASTY = (
    "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "' onfocus=alert(1) autofocus='", "javascript:alert(1)",
    "\x02<b>\x03", "{{7*7}}", "%s%n", "NEAR(", '"', "-1", "0", "1e9", "٣", "2018-99", "9" * 30, "\0", "\u202e", "\ufffe", "NaN",
)  # fmt: skip
_values = st.one_of(st.sampled_from(_NASTY), st.text(max_size=40), st.text("\"'<>&()*:-^ đò\x00\x02\x03", max_size=30))
_queries = st.dictionaries(st.sampled_from((*FIELDS, "page", "lang", "other")), _values, max_size=9)


class Elements(HTMLParser):
    """What a browser would make of a page: names of elements, and of their attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.attributes: set[str] = set()
        self.addresses: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        for name, value in attrs:
            self.attributes.add(name)
            if name in ("href", "src", "action"):
                self.addresses.add(value or "")


@settings(max_examples=times(60, 2000), deadline=None)
@given(values=_queries)
def test_no_query_string_breaks_the_page_or_gets_out_of_its_text(library: Get, values: dict[str, str]) -> None:
    query = urlencode({name: value.encode("utf-8", "surrogatepass") for name, value in values.items()})
    answer = library(f"/search?{query}")
    assert answer.status_code in (200, 302)
    if answer.status_code == 302:
        assert re.fullmatch(r"/search(\?[\x21-\x7e]*)?", answer.headers["location"])
        answer = library(answer.headers["location"])
        assert answer.status_code == 200
    seen = Elements(answer.text)
    assert seen.names <= _OURS, seen.names - _OURS
    assert not {name for name in seen.attributes if name.startswith("on") or name == "style"}
    assert all(address.startswith(("/", "#")) for address in seen.addresses)


@settings(max_examples=times(30, 1000), deadline=None)
@given(values=_queries)
def test_nor_the_forms_for_programs(library: Get, values: dict[str, str]) -> None:
    query = urlencode({name: value.encode("utf-8", "surrogatepass") for name, value in values.items()})
    told, feed = library(f"/search.json?{query}"), library(f"/search.atom?{query}")
    assert (told.status_code, feed.status_code) == (200, 200)
    assert json.loads(told.content)["page"] >= 1
    ElementTree.fromstring(feed.content)


def test_values_that_are_no_text_of_any_kind_are_borne(library: Get) -> None:
    for raw in ("%ff%fe", "%ed%a0%80", "%00", "%F0%9F", "%", "%zz", quote("đ" * 2000)):
        for name in (*FIELDS, "page"):
            assert library(f"/search?{name}={raw}").status_code in (200, 302)


_OURS = set(
    "html head meta title link script body a header p nav ul li main form label input button h1 h2 h3 div details summary "
    "select option fieldset legend section ol article mark time span svg path rect footer strong".split()
)
