"""Whether a list shows an entry otherwise than before: its article is then worth a look, however old it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from newscrawler.items import Link
from newscrawler.store.walks import Shown

Told = tuple[str | None, str | None, str | None]
"""Title, summary and picture of an entry."""


def changed(links: Iterable[Link], before: Iterable[Shown], is_same_list: Callable[[str], bool]) -> set[str]:
    """Addresses of the entries that the list has shown before, but not in these words or with this picture.

    :param links: what a page of the list shows now.
    :param before: what any page has shown of these addresses.
    :param is_same_list: whether a page belongs to the list; lists differ in what they show, and entries move from page
        to page.
    """
    told = _told_last(each for each in before if is_same_list(each.page_url))
    now = ((link.url, (link.title, link.summary, link.image_url)) for link in links if link.url)
    return {url for url, words in now if url in told and words not in told[url]}


def _told_last(before: Iterable[Shown]) -> Mapping[str, set[Told]]:
    """How each entry was shown when it was seen last; one may stand twice on a page."""
    latest: dict[str, str] = {}
    told: dict[str, set[Told]] = {}
    for each in sorted(before, key=lambda each: each.last_seen):
        if latest.get(each.url) != each.last_seen:
            latest[each.url], told[each.url] = each.last_seen, set()
        told[each.url].add((each.title, each.summary, each.image_url))
    return told
