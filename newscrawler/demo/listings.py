"""The listing pages: which articles stand on which page, in which order, faults of the real site included."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from newscrawler.demo.addresses import listing_path
from newscrawler.demo.sources import Article, Listing


def newest_first(articles: Iterable[Article], displaced: Iterable[tuple[int, int]] = ()) -> list[Article]:
    """Listed articles by falling ID, save those that the site shows behind another item."""
    order = sorted((article for article in articles if not article.unlisted), key=lambda a: a.id, reverse=True)
    by_id = {article.id: article for article in order}
    for moved, anchor in displaced:
        if moved in by_id and anchor in by_id:
            order.remove(by_id[moved])
            order.insert(order.index(by_id[anchor]) + 1, by_id[moved])
    return order


def whole_site_pages(articles: Iterable[Article], listing: Listing) -> list[list[Article]]:
    """Pages of the listing of the whole site: one short page in the middle, one that repeats an item."""
    remaining = newest_first(articles, listing.displaced)
    pages: list[list[Article]] = []
    while remaining:
        number = len(pages) + 1
        if number == listing.drift_page and pages:
            # As if an item had been added between the reading of two pages.
            remaining.insert(0, pages[-1][-1])
        size = 1 if number == listing.short_page else listing.page_size
        pages.append(remaining[:size])
        del remaining[:size]
    return pages


def category_pages(articles: Iterable[Article], category: int, listing: Listing) -> list[list[Article]]:
    """Pages of one category's listing."""
    order = newest_first(article for article in articles if article.category == category)
    size = listing.category_page_size
    return [order[start : start + size] for start in range(0, len(order), size)]


def page_links(category: int | None, current: int, pages: Sequence[object]) -> str:
    """The row of links to the other pages; behind the last page it is there as well."""
    pieces = []
    for number in range(1, len(pages) + 1):
        if number == current:
            pieces.append(f"<b>{number}</b>")
        else:
            pieces.append(f'<a href="{listing_path(category, number)}">{number}</a>')
    if current < len(pages):
        pieces.append(f'<a href="{listing_path(category, current + 1)}">Trang sau</a>')
    return f'<div class="phan-trang">{" ".join(pieces)}</div>'
