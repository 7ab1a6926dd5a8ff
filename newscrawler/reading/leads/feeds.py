"""RSS and Atom feeds: the newest articles of a site, and when each was published or changed."""

from __future__ import annotations

from newscrawler.errors import LeadsError
from newscrawler.reading.dates.moments import moment_of
from newscrawler.reading.leads.sitemaps import Lead
from newscrawler.reading.leads.xml_lists import Fields, first_text, records, root_of, text_of_list
from newscrawler.urls import absolute

_NAMES = {"rss": frozenset({"item"}), "rdf": frozenset({"item"}), "feed": frozenset({"entry"})}
_DATES = ("updated", "modified", "pubdate", "published", "issued", "date")


def read_feed(body: bytes, url: str) -> tuple[Lead, ...]:
    """The entries of a feed (RSS 0.9 to 2.0, Atom), in its order.

    :param body: after its Content-Encoding was undone.
    :param url: its address.
    :raises LeadsError: if it is none, or too large. Broken XML is read as far as it goes.
    """
    text = text_of_list(body)
    root = root_of(text) if text.startswith("<") else ""
    if root not in _NAMES:
        raise LeadsError(f"it is no feed, but {f'an element {root}' if root else 'something else'}")
    return tuple(lead for fields in records(text, _NAMES[root]) if (lead := _lead(fields, url)))


def _lead(fields: Fields, url: str) -> Lead | None:
    named = _address(fields)
    place = absolute(url, named) if named else None
    dates = [moment for name in _DATES if (moment := moment_of(first_text(fields, name)))]
    return Lead(url=place, changed=max(dates, default=None)) if place else None


def _address(fields: Fields) -> str:
    """RSS writes the address as text, Atom as attribute of the link that is no other kind; a guid may be one too."""
    links = fields.get("link", [])
    for text, attributes in links:
        if attributes.get("rel", "alternate") == "alternate" and (text or attributes.get("href")):
            return attributes.get("href") or text
    for text, attributes in fields.get("guid", []):
        if attributes.get("isPermaLink", "true").lower() == "true" and text.startswith("http"):
            return text
    return ""
