"""Series of list pages, and one page of such a series."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Listing:
    """A series of list pages, newest first."""

    pattern: str
    """Regular expression over path and query, letter case ignored; group `page` is the page number, `series` tells
    lists apart. Without `page` the list has one page."""
    url: str
    """Address of a page, with `{page}` and, where the pattern has it, `{series}`."""
    first_url: str = ""
    """The same of the first page, where that is written otherwise."""
    first: int = 1


@dataclass(frozen=True, kw_only=True)
class ListPage:
    """One page of a listing."""

    listing: Listing
    series: str
    number: int

    @property
    def url(self) -> str:
        """Its canonical address."""
        is_first = self.number == self.listing.first and self.listing.first_url
        template = self.listing.first_url if is_first else self.listing.url
        return template.format(series=self.series, page=self.number)

    @property
    def is_only(self) -> bool:
        """Whether its list has no other pages."""
        return "{page}" not in self.listing.url

    def turn(self, number: int) -> ListPage:
        """Another page of the same list."""
        return ListPage(listing=self.listing, series=self.series, number=number)
