"""The lede is kept and set apart on each real page, and nothing is taken from a related or hot block: no date and no
sentence.

The pages are other people's words: here stand only facts of them, each judged by eye before it was written down.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from hashlib import sha256

import pytest
from lxml.html import HtmlElement

from newscrawler import read
from newscrawler.errors import NoArticleError
from newscrawler.items import Article
from newscrawler.reading.article import read as read_any
from newscrawler.reading.page.selectors import select_all, shown
from newscrawler.reading.page.tree import parse
from newscrawler.text import fold
from tests.reading.test_real_pages import ARTICLES, FETCHED, LISTS, PAGES, Facts

pytestmark = pytest.mark.skipif(
    not PAGES.is_dir(), reason="the real pages are not here; set NEWSCRAWLER_SAMPLES to their folder"
)
LEDES = {
    "baochinhphu": (30, "a81e840926e7fb18"),
    "dantri": (36, "ec6621b55252babf"),
    "tuoitre": (33, "e96d1a4b776aa546"),
    "vnexpress": (32, "b00286ab6608b033"),
}
"""Words of each lede, and how its SHA-256 begins."""
BOXES = (
    "[type^=Related]",
    "[class*=relate]",
    ".box-category",
    ".readmore-body-box",
    "[class*=hot]",
    "[class*=most]",
    "[class*=sidebar]",
    "aside",
    "footer",
)
"""Where these pages show other articles."""
_STATED = re.compile(r"<meta\b[^<>]*>|<script\b[^<>]*ld\+json.*?</script>", re.IGNORECASE | re.DOTALL)
by_name = pytest.mark.parametrize("facts", ARTICLES, ids=lambda facts: facts.name)
by_reader = pytest.mark.parametrize("reader", [read, read_any], ids=["layout of its site", "any site"])
Reader = Callable[..., Article]


def source(name: str) -> str:
    return (PAGES / f"{name}.html").read_text(encoding="utf-8")


def others(tree: HtmlElement, lede: str) -> Iterator[str]:
    """The lines of the boxes, folded; a box around the article itself is none."""
    for box in select_all(tree, BOXES):
        if fold(lede) not in fold(shown(box)):
            yield from (
                fold(line) for element in box.iter("a", "p", "h2", "h3", "h4", "div") if (line := shown(element))
            )


@by_reader
@by_name
def test_the_lede_stands_first_in_the_body_once_and_apart(facts: Facts, reader: Reader) -> None:
    found = reader(source(f"{facts.name}_article"), facts.url, fetched_at=FETCHED)
    lede = found.summary or ""
    assert (len(lede.split()), sha256(lede.encode()).hexdigest()[:16]) == LEDES[facts.name]
    assert found.body_text.split("\n\n")[0] == lede
    assert found.body_text.count(lede) == 1


@by_reader
@by_name
def test_no_sentence_of_the_body_stands_in_a_related_or_hot_block(facts: Facts, reader: Reader) -> None:
    html = source(f"{facts.name}_article")
    found = reader(html, facts.url, fetched_at=FETCHED)
    boxed = {line for line in others(parse(html), found.summary or "") if len(line) >= 20}
    assert boxed or facts.name == "vnexpress"  # its boxes come by script
    assert [text for text in found.body_text.split("\n\n") if fold(text) in boxed] == []


@by_reader
@by_name
def test_without_its_metadata_a_page_gives_the_date_it_shows_and_none_of_a_block(facts: Facts, reader: Reader) -> None:
    found = reader(_STATED.sub("", source(f"{facts.name}_article")), facts.url, fetched_at=FETCHED)
    assert (found.published, found.published_source) == (facts.visible, "page")


@by_name
def test_stated_and_shown_dates_contradict_each_other_nowhere(facts: Facts) -> None:
    found = read_any(source(f"{facts.name}_article"), facts.url, fetched_at=FETCHED)
    assert (found.published, found.origins["published"].conflicts) == (facts.published, ())


@by_reader
@pytest.mark.parametrize(("name", "url"), [row[:2] for row in LISTS], ids=[row[0] for row in LISTS])
def test_a_list_page_gives_no_date_and_no_body(name: str, url: str, reader: Reader) -> None:
    try:
        found = reader(source(f"{name}_list"), url, fetched_at=FETCHED)
    except NoArticleError:
        return
    assert (found.published, found.body_text, found.byline) == (None, "", None)
