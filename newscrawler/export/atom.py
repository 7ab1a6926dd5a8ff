"""Articles as an Atom feed (RFC 4287), the newest first; pages of the reading room can be made of its pieces, too.

Ids follow from site and article alone, so that a feed reader knows an article again in every feed of every copy.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from newscrawler import __version__
from newscrawler.export.choice import chosen, told
from newscrawler.export.dictionary import RIGHTS, dictionary, facts_of, resource
from newscrawler.export.order import Order, Written
from newscrawler.export.sink import Sink, sink
from newscrawler.export.source import Record, source
from newscrawler.export.xml import DECLARATION, element
from newscrawler.reading.body.safe_html import sanitize
from newscrawler.reading.layout import VIETNAM
from newscrawler.store.handing import whole_articles
from newscrawler.store.search import Selection
from newscrawler.store.search.selection import Sort
from newscrawler.urls import absolute

MEDIA_TYPE = "application/atom+xml"
USUAL_LIMIT = 100
"""Entries of a feed of which nothing else is said: readers fetch all of it each time."""
START = f'{DECLARATION}<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="vi">\n'
END = "</feed>\n"

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def write(order: Order) -> Written:
    """Write the newest hundred articles, or so many as `order.selection.limit` says; the order may be oldest first, but
    is never by relevance.

    :raises NewsCrawlerError: if there are none, or `order.out` is no place for them; see `sink` and `source`.
    """
    wanted = order.selection
    sort: Sort = "oldest" if wanted.sort == "oldest" else "newest"
    order = replace(order, selection=replace(wanted, limit=wanted.limit or USUAL_LIMIT, sort=sort))

    def describe(taken: Sink) -> str:
        more = {"mediatype": MEDIA_TYPE, "encoding": "utf-8", "format": "atom"}
        return dictionary(order, facts_of(found.tally), [resource(order.out.name, taken.size, taken.hash, **more)])

    with sink(order, describe) as taken, source(order) as found:
        # The date of the newest entry stands before all entries.
        updated = max(map(updated_of, whole_articles(found.db, found.ids)))
        taken.write("".join((START, *head(order.selection, updated))).encode())
        for record in found.articles(("media",)):
            taken.write(entry(record).encode())
        taken.write(END.encode())
    return Written(articles=found.tally.articles, size=taken.size)


def head(selection: Selection, updated: datetime, links: Iterable[Mapping[str, str]] = ()) -> Iterator[str]:
    """What a feed says of itself, line by line.

    :param selection: what it is a feed of; its id follows from it, whatever the limit.
    :param updated: when the newest of its entries was.
    :param links: attributes of its links, `self` above all, where the address of the feed is known.
    """
    words = json.dumps(chosen(replace(selection, limit=None)), sort_keys=True)
    yield element("id", _urn(f"feed {words}")) + "\n"
    yield element("title", f"Tin đã lưu{f': {selection.words}' if selection.words else ''}") + "\n"
    yield element("subtitle", told(selection) or "all articles") + "\n"
    yield element("updated", _written(updated)) + "\n"
    yield element("rights", RIGHTS) + "\n"
    yield element("generator", "newscrawler", version=__version__) + "\n"
    for link in links:
        yield element("link", **link) + "\n"


def entry(record: Record, page: str | None = None) -> str:
    """An article as an entry.

    :param record: as `whole_articles` gives it, with its media.
    :param page: where the archive shows it; readers are then led there, and the article's own address is its `via`.
    """
    return "".join(("<entry>\n", *(f"{line}\n" for line in _lines(record, page)), "</entry>\n"))


def _lines(record: Record, page: str | None) -> Iterator[str]:
    address = absolute(record["url"], record["url"])
    yield element("id", _urn(f"{record['site']} {record['site_article_id'] or record['url']}"))
    yield element("title", record["title"] or record["url"], type="text")
    yield element("updated", _written(updated_of(record)))
    if published := moment(record, "published"):
        yield element("published", _written(published))
    for name in _authors(record):
        yield f"<author>{element('name', name)}</author>"
    if page:
        yield element("link", rel="alternate", type="text/html", href=page)
    if address:
        yield element("link", rel="via" if page else "alternate", type="text/html", href=address)
    yield from _files(record)
    for term in dict.fromkeys(filter(str.strip, (record["category"] or "", *record["tags"]))):
        yield element("category", term=term)
    if record["summary"]:
        yield element("summary", record["summary"], type="text")
    base = {"xml:base": address} if address else {}
    yield element("content", sanitize(record["body_html"]), type="html", **base)


def _authors(record: Record) -> list[str]:
    """At least one: an entry without is none (RFC 4287 §4.1.2)."""
    names = [name for name in record["authors"] if name.strip()]
    return names or [name for name in (record["byline"], record["site"], "?") if name and name.strip()][:1]


def _files(record: Record) -> Iterator[str]:
    """Documents, films and sounds; pictures are in the content."""
    for medium in record["media"]:
        address = absolute(record["url"], medium["url"] or "") if medium["kind"] != "image" else None
        if address and medium["url"]:
            yield element("link", rel="enclosure", href=address)


def _urn(words: str) -> str:
    return uuid5(NAMESPACE_URL, f"urn:newscrawler:{words}").urn


def updated_of(record: Mapping[str, Any]) -> datetime:
    """When an article said something else last: as seen in the archive, or as its page says, or since it is known."""
    seen = [_parsed(record[name]) for name in ("first_seen", "last_changed")]
    if seen[0] != seen[1]:
        return seen[1] or _EPOCH
    return moment(record, "modified") or moment(record, "published") or seen[1] or _EPOCH


def moment(record: Mapping[str, Any], name: str) -> datetime | None:
    """The moment of `published` or `modified`; of a day its beginning in Viet Nam, and none of a month or year."""
    return _parsed(record[name]) if record[f"{name}_precision"] in ("minute", "day") else None


def _parsed(text: str | None) -> datetime | None:
    try:
        parsed = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    return parsed if parsed.tzinfo else parsed.replace(tzinfo=VIETNAM)


def _written(moment: datetime) -> str:
    """As RFC 3339 has it, whose zones end at minutes; those of days long past do not."""
    offset = moment.utcoffset() or timedelta()
    plain = moment if not offset % timedelta(minutes=1) else moment.replace(tzinfo=timezone(timedelta(hours=7)))
    return plain.isoformat().replace("+00:00", "Z")
