"""The sites that are known, one small TOML file each (`files` says how they are written)."""

from __future__ import annotations

from pathlib import Path

from newscrawler.errors import SiteFileError, UnknownSiteError
from newscrawler.sites.files import read_site
from newscrawler.sites.known import MORE_SITES, known_sites
from newscrawler.sites.revisits import Revisits, Step
from newscrawler.sites.site import Listing, ListPage, Requisites, Site
from newscrawler.urls import host_of

_known = known_sites()
SITES: dict[str, Site] = _known.sites
ORIGINS: dict[str, str] = _known.origins
"""Name → the file or module of one's own that a site comes from; empty for what comes along."""
FAULTS: dict[str, SiteFileError] = _known.faults
"""Files and modules of one's own whose sites are not known, and why."""

__all__ = [
    "FAULTS",
    "MORE_SITES",
    "ORIGINS",
    "SITES",
    "ListPage",
    "Listing",
    "Requisites",
    "Revisits",
    "Site",
    "Step",
    "get_site",
    "read_site",
    "site_of",
]


def get_site(name: str) -> Site:
    """The site of a name.

    :raises SiteFileError: if the file of that name is broken.
    :raises UnknownSiteError: naming the sites there are.
    """
    if name in SITES:
        return SITES[name]
    for origin, fault in FAULTS.items():
        if name in (origin, Path(origin).stem):
            raise fault
    raise UnknownSiteError(f"unknown site “{name}”; known sites: {', '.join(sorted(SITES))}")


def site_of(url: str) -> Site | None:
    """The site that an address belongs to, or None."""
    host = host_of(url)
    return next((site for site in SITES.values() if host in site.hosts), None)
