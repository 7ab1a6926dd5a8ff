"""Feeds of all kinds name their entries, with the moment of the last change."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawler.errors import LeadsError
from newscrawler.reading.leads.feeds import read_feed
from newscrawler.reading.leads.sitemaps import Lead

URL = "http://bao.vn/rss/home.rss"
ONE = Lead(url="http://bao.vn/tin/1", changed=datetime(2026, 11, 22, 1, tzinfo=UTC))
RSS = """<?xml version="1.0"?><rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel>
<title>Báo</title><link>http://bao.vn/</link><atom:link rel="self" href="http://bao.vn/rss/home.rss"/>
<item><title>Ra quân</title><link>http://bao.vn/tin/1</link><pubDate>Sun, 22 Nov 2026 08:00:00 +0700</pubDate></item>
<item><guid isPermaLink="true">http://bao.vn/tin/2</guid><description><![CDATA[<a href="/x">]]></description></item>
<item><guid isPermaLink="false">http://bao.vn/tin/3</guid></item>
<item><link>javascript:void(0)</link></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><link href="http://bao.vn/"/><updated>2026-11-23T00:00:00Z</updated>
<entry><link rel="edit" href="/sua/1"/><link rel="alternate" href="/tin/1"/><published>2026-11-21T00:00:00Z</published>
<updated>2026-11-22T08:00:00+07:00</updated><source><link href="http://khac.vn/"/></source></entry></feed>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="http://bao.vn/"><link>http://bao.vn/</link></channel>
<item rdf:about="x"><link>/tin/1</link><dc:date>2026-11-22T08:00:00+07:00</dc:date></item></rdf:RDF>"""


@pytest.mark.parametrize("feed", [ATOM, RDF])
def test_an_entry_is_its_address_and_its_last_change(feed: str) -> None:
    assert read_feed(feed.encode(), URL) == (ONE,)


@pytest.mark.parametrize(
    "body",
    [
        RSS.encode(),
        RSS.encode("utf-16"),
        b"\xef\xbb\xbf \n" + RSS.encode(),
        RSS.replace("1.0", "1.0' encoding='iso-8859-1").encode(),
        RSS.replace("Ra quân", "Ra quân &nbsp; & hơn nữa \x0b").encode(),
        RSS.removesuffix("</channel></rss>").encode(),
    ],
)
def test_rss_is_read_whatever_its_faults(body: bytes) -> None:
    assert read_feed(body, URL) == (ONE, Lead(url="http://bao.vn/tin/2"))


@pytest.mark.parametrize("body", [b"", b"<html><body></body></html>", b"<urlset/>", b"{}"])
def test_what_is_no_feed_is_refused(body: bytes) -> None:
    with pytest.raises(LeadsError, match="no feed"):
        read_feed(body, URL)


@given(st.binary(max_size=200), st.sampled_from([b"", b"<rss><item>", b"<feed><entry><link href='"]))
def test_no_bytes_fail_otherwise_than_by_being_no_feed(body: bytes, start: bytes) -> None:
    try:
        found = read_feed(start + body, URL)
    except LeadsError:
        return
    assert all(lead.url.startswith("http") for lead in found)
