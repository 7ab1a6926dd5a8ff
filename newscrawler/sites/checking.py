"""What only a look at a site as a whole shows to be wrong with its file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from string import Formatter
from typing import get_args

from newscrawler.errors import SiteFileError, UsageError
from newscrawler.items import SourceName
from newscrawler.reading.layout import Layout
from newscrawler.reading.page import selectors
from newscrawler.sites.site import Listing, Site
from newscrawler.urls import host_of

_NAME = re.compile(r"[a-z0-9][a-z0-9_.-]{0,40}")
_TAKEN = ("news",)
_HOST = re.compile(r"[a-z0-9][a-z0-9.-]*(?::\d+)?")
PLACES = (
    *("main", "title", "summary", "byline", "published", "modified", "category", "tags"),
    *("files", "cut", "hot", "related", "comments"),
)
"""Fields of `Layout` that are selectors."""


def check_site(site: Site, file: str) -> None:
    """Let a site pass that a crawl can work with.

    :raises SiteFileError: naming the file, the key and what to write.
    """
    for fault in _faults(site):
        raise SiteFileError(f"{file}: {fault}")


def _faults(site: Site) -> Iterator[str]:
    yield from _of_names(site)
    yield from _of_article(site)
    for number, listing in enumerate(site.listings, start=1):
        yield from _of_listing(listing, f"listings {number}")
    if site.follow:
        yield from _of_pattern(site.follow, "follow", ())
    for key in ("start", "sitemaps", "feeds"):
        yield from _of_addresses(site, key, getattr(site, key))
    yield from _of_layout(site.layout, "layout")
    for number, layout in enumerate(site.former, start=1):
        if layout.valid_until is None:
            yield f"former {number} has no valid_until; write the last day on which the site looked so, as 2012-12-31"
        yield from _of_layout(layout, f"former {number}")


def _of_names(site: Site) -> Iterator[str]:
    if not _NAME.fullmatch(site.name):
        yield f"name = {site.name!r} becomes part of file names; write small letters, digits and hyphens"
    if site.name in _TAKEN:
        yield f'name = "{site.name}" is the spider of all sites that have no file; write another name'
    for host in (*site.hosts, *site.requisites.hosts, *site.unverified_hosts):
        if not _HOST.fullmatch(host):
            yield f"hosts: {host!r} is no host; write it in small letters, without http:// and without a path"


def _of_article(site: Site) -> Iterator[str]:
    yield from (faults := list(_of_pattern(site.article, "article", ("id",))))
    if not faults:
        groups = re.compile(site.article).groupindex
        yield from _of_template(site.article_url, "article_url", tuple(groups))
        if site.article_url:
            yield from _of_addresses(site, "article_url", (site.article_url,))
    if site.ids_walk and site.address_of("1") is None:
        yield "ids_walk = true needs addresses that the id alone makes; write an article_url with {id} only"


def _of_listing(listing: Listing, key: str) -> Iterator[str]:
    yield from _of_pattern(listing.pattern, f"{key}: pattern", ())
    yield from _of_template(listing.url, f"{key}: url", ("page", "series"))
    yield from _of_template(listing.first_url, f"{key}: first_url", ("series",))


def _of_pattern(pattern: str, key: str, groups: tuple[str, ...]) -> Iterator[str]:
    try:
        compiled = re.compile(pattern)
    except re.error as error:
        yield f"{key} = {pattern!r} is no regular expression ({error}); mend it"
        return
    for group in groups:
        if group not in compiled.groupindex:
            yield f"{key} = {pattern!r} has no group for the {group}; write (?P<{group}>…) around it"


def _of_template(template: str, key: str, known: tuple[str, ...]) -> Iterator[str]:
    try:
        names = [name for _text, name, _spec, _conversion in Formatter().parse(template) if name is not None]
    except ValueError as error:
        yield f"{key} = {template!r} cannot be filled in ({error}); write {{id}} and the like"
        return
    for name in names:
        if name not in known:
            yield f"{key} = {template!r}: nothing is known for {{{name}}}; write {_or(known)}"


def _or(names: tuple[str, ...]) -> str:
    return " or ".join(f"{{{name}}}" for name in names)


def _of_addresses(site: Site, key: str, urls: tuple[str, ...]) -> Iterator[str]:
    for url in urls:
        if not url.startswith(("http://", "https://")):
            yield f"{key}: {url!r} is no address; write it with http:// or https://, or with {{root}} before it"
        elif host_of(url) not in site.hosts:
            yield f"{key}: {url} lies on a host that is not the site's; add {host_of(url)} to hosts, or take it out"


def _of_layout(layout: Layout, key: str) -> Iterator[str]:
    for field in PLACES:
        for selector in getattr(layout, field):
            try:
                selectors.check(selector)
            except UsageError as error:
                yield f"{key}.{field}: {error}; mend it"
    for told in layout.distrusted:
        source, colon, _field = told.partition(":")
        if not colon or source not in get_args(SourceName):
            known = ", ".join(get_args(SourceName))
            yield f"{key}.distrusted: {told!r} is no statement; write meta:published, or another of {known}"
    if layout.blocks_show not in ("title", "summary"):
        yield f"{key}.blocks_show = {layout.blocks_show!r}: write title or summary"
    if layout.image_folder is not None:
        yield from _of_template(layout.image_folder, f"{key}.image_folder", ("year", "month", "id", "name"))
