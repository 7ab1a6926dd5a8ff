"""Sitemaps: the addresses that a site says it has, and when each has changed (sitemaps.org; Google's news sitemaps)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from newscrawler.errors import LeadsError
from newscrawler.reading.dates.moments import moment_of
from newscrawler.reading.leads.xml_lists import MOST_ENTRIES, Fields, first_text, records, root_of, text_of_list
from newscrawler.urls import absolute

_NAMES = {"urlset": frozenset({"url"}), "sitemapindex": frozenset({"sitemap"})}
_ROBOTS = "sitemap:"


@dataclass(frozen=True, kw_only=True, slots=True)
class Lead:
    """An address that a sitemap or feed names."""

    url: str
    """Absolute."""
    changed: datetime | None = None
    """When its page was changed last, or published, as far as the list says; UTC."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Sitemap:
    """What a sitemap holds."""

    pages: tuple[Lead, ...] = ()
    sitemaps: tuple[Lead, ...] = ()
    """Other sitemaps, where it is an index."""


def read_sitemap(body: bytes, url: str) -> Sitemap:
    """Read a sitemap, an index of sitemaps, or a plain list of addresses.

    :param body: after its Content-Encoding was undone; a gzip'd file as it is.
    :param url: its address.
    :raises LeadsError: if it is none, or too large. Broken XML is read as far as it goes.
    """
    text = text_of_list(body)
    root = root_of(text) if text.startswith("<") else ""
    if root in _NAMES:
        leads = tuple(lead for fields in records(text, _NAMES[root]) if (lead := _lead(fields, url)))
        return Sitemap(sitemaps=leads) if root == "sitemapindex" else Sitemap(pages=leads)
    if not text.startswith("<") and (pages := _plain(text)):
        return Sitemap(pages=pages)
    raise LeadsError(f"it is no sitemap, but {f'an element {root}' if root else 'something else'}")


def _lead(fields: Fields, url: str) -> Lead | None:
    place = absolute(url, first_text(fields, "loc"))
    if place is None or not first_text(fields, "loc"):
        return None
    dates = [moment_of(first_text(fields, name)) for name in ("lastmod", "publication_date")]
    return Lead(url=place, changed=max((date for date in dates if date is not None), default=None))


def _plain(text: str) -> tuple[Lead, ...]:
    """One address on each line."""
    lines = [line.strip() for line in text.splitlines()[:MOST_ENTRIES]]
    return tuple(Lead(url=found) for line in lines if line.startswith("http") and (found := absolute(line, line)))


def sitemaps_of_robots(body: bytes, url: str) -> tuple[str, ...]:
    """The sitemaps that a robots.txt names, absolute, in order.

    :param url: of the robots.txt.
    """
    lines = (line.partition("#")[0].strip() for line in body[: 500 * 1024].decode("utf-8", "replace").splitlines())
    named = (line[len(_ROBOTS) :].strip() for line in lines if line.lower().startswith(_ROBOTS))
    return tuple(dict.fromkeys(found for each in named if each and (found := absolute(url, each))))
