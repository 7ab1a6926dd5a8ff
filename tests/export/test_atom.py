"""Atom: what RFC 4287 asks of a feed, and ids that stay."""

from __future__ import annotations

import re
from collections import Counter
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import feedparser
import pytest

from newscrawler.items import Media
from newscrawler.store import close_database, open_database, store_article
from newscrawler.store.selection import Selection
from tests.export.conftest import by_id
from tests.store.conftest import PAGE, article, day

ATOM = "{http://www.w3.org/2005/Atom}"
XML = "{http://www.w3.org/XML/1998/namespace}"
FEED = {"id": (1, 1), "title": (1, 1), "updated": (1, 1), "subtitle": (0, 1), "rights": (0, 1), "generator": (0, 1)}
ENTRY = {"id": (1, 1), "title": (1, 1), "updated": (1, 1), "published": (0, 1), "summary": (0, 1), "content": (0, 1)}
MANY = (0, 10**9)
DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
IRI = re.compile(r"[a-z][a-z0-9+.-]*:[^\s<>\"{}|\\^`]+")


def complaints(feed: Element) -> list[str]:
    """What RFC 4287 §4 has against a feed."""
    found = [] if feed.tag == f"{ATOM}feed" else ["the root is no feed"]
    found += _children(feed, FEED | dict.fromkeys(("author", "link", "category", "entry"), MANY))
    entries = feed.findall(f"{ATOM}entry")
    for entry in entries:
        found += _children(entry, ENTRY | dict.fromkeys(("author", "link", "category"), MANY))
        if entry.find(f"{ATOM}author") is None and feed.find(f"{ATOM}author") is None:
            found.append("an entry without author")
        if entry.find(f"{ATOM}content") is None and entry.find(f"{ATOM}link[@rel='alternate']") is None:
            found.append("an entry without content and link")
        kinds = Counter(
            (link.get("rel", "alternate"), link.get("type"), link.get("hreflang"))
            for link in entry.findall(f"{ATOM}link")
        )
        found += [f"{count} links {kind}" for kind, count in kinds.items() if kind[0] == "alternate" and count > 1]
    ids = Counter(entry.findtext(f"{ATOM}id") for entry in entries)
    return found + [f"two entries {id_}" for id_, count in ids.items() if count > 1]


def _children(parent: Element, allowed: dict[str, tuple[int, int]]) -> list[str]:
    found = []
    counts = Counter(child.tag for child in parent)
    for name, (least, most) in allowed.items():
        if not least <= counts.pop(ATOM + name, 0) <= most:
            found.append(f"too few or many {name} in {parent.tag}")
    found += [f"{tag} in {parent.tag}" for tag in counts]
    for child in parent:
        found += _CHECKS.get(child.tag.removeprefix(ATOM), lambda _child: [])(child)
    return found


def _date(child: Element) -> list[str]:
    text = child.text or ""
    if not DATE.fullmatch(text):
        return [f"{text} is no date of RFC 3339"]
    datetime.fromisoformat(text)
    return []


def _text(child: Element) -> list[str]:
    found = [] if child.get("type", "text") in ("text", "html") and not len(child) else ["a text of another kind"]
    return found + [f"{name} of a text" for name in set(child.attrib) - {"type", f"{XML}base", f"{XML}lang"}]


def _person(child: Element) -> list[str]:
    return (
        []
        if [each.tag for each in child] == [f"{ATOM}name"] and (child[0].text or "").strip()
        else ["a nameless person"]
    )


def _link(child: Element) -> list[str]:
    found = [] if IRI.fullmatch(child.get("href", "")) else [f"{child.get('href')} is no address"]
    return found + [
        f"{name} of a link" for name in set(child.attrib) - {"href", "rel", "type", "hreflang", "title", "length"}
    ]


def _category(child: Element) -> list[str]:
    return [] if child.get("term") else ["a category without term"]


def _id(child: Element) -> list[str]:
    return [] if IRI.fullmatch(child.text or "") else [f"{child.text} is no IRI"]


_CHECKS = {
    **dict.fromkeys(("updated", "published"), _date),
    **dict.fromkeys(("title", "subtitle", "summary", "rights", "content"), _text),
    "author": _person,
    "link": _link,
    "category": _category,
    "id": _id,
}


def read(path: Path) -> Element:
    return ElementTree.parse(path).getroot()


def test_the_check_finds_faults(export, made, tmp_path):
    export("atom", made)
    text = (tmp_path / "out").read_text("utf-8")
    for before, after in (
        ("<id>", "<id> "),
        ("<updated>", "<updated>x"),
        ("<author>", "<author><name>a</name>"),
        ("<title>", "<titel/><title>"),
        ('href="http', 'href="ht tp'),
    ):
        assert complaints(ElementTree.fromstring(text.replace(before, after, 1)))


def test_the_feed_of_a_crawled_site_is_as_the_standard_asks(export, crawled, tmp_path):
    export("atom", crawled)
    feed = read(tmp_path / "out")
    assert complaints(feed) == []
    assert len(feed.findall(f"{ATOM}entry")) == len(by_id(crawled))
    parsed = feedparser.parse(tmp_path / "out")
    assert not parsed.bozo
    assert {entry.title for entry in parsed.entries} == {row["title"] for row in by_id(crawled).values()}
    assert {entry.link for entry in parsed.entries} == {row["url"] for row in by_id(crawled).values()}


def test_an_entry_says_what_is_known_of_its_article(export, made, tmp_path):
    export("atom", made)
    parsed = feedparser.parse(tmp_path / "out")
    (first,) = [entry for entry in parsed.entries if entry.link == f"{PAGE}1"]
    assert (first.title, first.summary, first.author) == ("Tin vắn", "Tóm tắt", "Lê Anh")
    assert (first.published, first.updated) == ("2018-05-16T14:30:00+07:00", "2026-01-03T00:00:00Z")
    assert [tag.term for tag in first.tags] == ["Tin tức", "hè"]
    assert first.content[0].type == "text/html"
    assert first.content[0].value.startswith("<p>Sáng 26/7</p>")
    assert [link.href for link in first.links if link.rel == "enclosure"] == [f"{PAGE}a.pdf"]
    assert parsed.feed.updated == max(entry.updated for entry in parsed.entries)


def test_a_month_is_no_moment(export, made, tmp_path):
    export("atom", made)
    (second,) = [entry for entry in feedparser.parse(tmp_path / "out").entries if entry.link == f"{PAGE}2"]
    assert "published" not in second


def test_the_newest_hundred_are_in_it_unless_another_number_is_given(export, made, tmp_path):
    db = open_database(made / "news.db", write=True)
    for number in range(10, 110):
        store_article(db, article(number, published=f"19{number % 100:02}-01"), run_id=None, seen_at=day(4))
    close_database(db)
    assert export("atom", made).articles == 100
    links = [entry.link for entry in feedparser.parse(tmp_path / "out").entries]
    assert links[:2] == [f"{PAGE}2", f"{PAGE}1"]
    assert export("atom", made, selection=Selection(limit=102)).articles == 102


def test_ids_are_those_of_the_articles_whatever_the_database_numbers_them(export, made, tmp_path):
    export("atom", made)
    before = {entry.link: entry.id for entry in feedparser.parse(tmp_path / "out").entries}
    db = open_database(made / "news.db", write=True)
    db.conn.execute("PRAGMA foreign_keys = OFF")
    db.conn.execute("UPDATE articles SET id = id + 100, url = url || '?moved'")
    close_database(db)
    export("atom", made)
    after = {entry.link: entry.id for entry in feedparser.parse(tmp_path / "out").entries}
    assert after == {f"{link}?moved": id_ for link, id_ in before.items()}


@pytest.mark.parametrize(
    "body", ["<script>alert(1)</script><p>a</p>", '<p onclick="x()">a</p>', '<a href="javascript:x()">a</a>']
)
def test_what_was_put_into_the_database_is_sanitised_again(export, rewritten, tmp_path, body):
    export("atom", rewritten({"body_html": body}))
    contents = [entry.text or "" for entry in read(tmp_path / "out").iter(f"{ATOM}content")]
    assert not [text for text in contents if "script" in text or "onclick" in text]


def test_hostile_addresses_and_dates_do_no_harm(export, rewritten, tmp_path):
    data = rewritten({"url": "javascript:alert(1)", "published": "2018-02-31", "first_seen": "x", "last_changed": "x"})
    export("atom", data)
    feed = read(tmp_path / "out")
    assert complaints(feed) == []
    assert not [
        link for link in feed.iter(f"{ATOM}link") if not urlsplit(link.get("href", "")).scheme.startswith("http")
    ]


def test_a_medium_with_a_hostile_address_is_no_enclosure(export, made, tmp_path):
    db = open_database(made / "news.db", write=True)
    medium = Media(position=1, kind="document", url="file:///etc/passwd", original_src="x")
    store_article(db, article(4, media=(medium,)), run_id=None, seen_at=day(4))
    close_database(db)
    export("atom", made)
    assert "passwd" not in (tmp_path / "out").read_text("utf-8")
