"""The sites that are known, one small data file each."""

from __future__ import annotations

from newscrawler.errors import UnknownSiteError
from newscrawler.sites import thanhdoan
from newscrawler.sites.site import Listing, ListPage, Requisites, Site

SITES: dict[str, Site] = {site.name: site for site in (thanhdoan.SITE,)}

__all__ = ["SITES", "ListPage", "Listing", "Requisites", "Site", "get_site", "site_of"]


def get_site(name: str) -> Site:
    """The site of a name.

    :raises UnknownSiteError: naming the sites there are.
    """
    try:
        return SITES[name]
    except KeyError:
        raise UnknownSiteError(f"unknown site “{name}”; known sites: {', '.join(sorted(SITES))}") from None


def site_of(url: str) -> Site | None:
    """The site that an address belongs to, or None."""
    return next((site for site in SITES.values() if site.owns(url)), None)
