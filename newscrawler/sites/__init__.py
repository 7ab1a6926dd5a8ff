"""The sites that are known, one small data file each."""

from __future__ import annotations

import os
from importlib import import_module

from newscrawler.errors import UnknownSiteError
from newscrawler.sites import thanhdoan
from newscrawler.sites.revisits import Revisits, Step
from newscrawler.sites.site import Listing, ListPage, Requisites, Site

MORE_SITES = "NEWSCRAWLER_SITES"
"""Environment variable that names modules with a `SITE` of one's own, parted by commas; spiders and the processes that
read pages know them then."""

SITES: dict[str, Site] = {site.name: site for site in (thanhdoan.SITE,)}
SITES |= {
    site.name: site
    for name in os.environ.get(MORE_SITES, "").split(",")
    if name.strip() and isinstance(site := import_module(name.strip()).SITE, Site)
}

__all__ = ["SITES", "ListPage", "Listing", "Requisites", "Revisits", "Site", "Step", "get_site", "site_of"]


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
