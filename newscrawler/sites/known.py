"""Which sites are known: those that come along, and those of one's own."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from importlib import import_module
from pathlib import Path

from newscrawler.errors import SiteFileError
from newscrawler.sites.files import OWN_FOLDER, own_files, read_site
from newscrawler.sites.site import Site

logger = logging.getLogger(__name__)

MORE_SITES = "NEWSCRAWLER_SITES"
"""Environment variable that names site files of one's own, folders with such, or modules with a `SITE`, parted by
commas; where it is not set, a folder `sites` in the working folder counts."""
DEFAULT_FOLDER = "sites"
_TOLD = "NEWSCRAWLER_SITES_TOLD"


@dataclass
class Known:
    """Sites by their names, where each comes from, and what is wrong with the others."""

    sites: dict[str, Site] = field(default_factory=dict)
    origins: dict[str, str] = field(default_factory=dict)
    """Name → file or module; empty for what comes along."""
    faults: dict[str, SiteFileError] = field(default_factory=dict)
    """File or module → why its site is not known."""
    _hosts: dict[str, str] = field(default_factory=dict)

    def add(self, site: Site, origin: str) -> None:
        """Let a site be known.

        :raises SiteFileError: if another has its name or one of its hosts.
        """
        if site.name in self.sites:
            other = self.origins[site.name] or "newscrawler itself"
            raise SiteFileError(f'{origin}: name = "{site.name}" is taken by {other}; write another name')
        for host in site.hosts:
            if host in self._hosts:
                raise SiteFileError(
                    f"{origin}: hosts: {host} is a host of {self._hosts[host]}; take it out of one of them"
                )
        self.sites[site.name], self.origins[site.name] = site, origin
        self._hosts |= dict.fromkeys(site.hosts, site.name)


def known_sites() -> Known:
    """All sites that can be had; what is wrong with others is kept, so that one broken file stops none of the rest."""
    known = Known()
    for path in own_files():
        # Tests look closely at what comes along.
        known.add(read_site(path, check=False), "")
    for origin, load in _of_ones_own():
        try:
            known.add(load(), origin)
        except SiteFileError as error:
            known.faults[origin] = error
    _tell(known.faults.values())
    return known


def _tell(faults: Iterable[SiteFileError]) -> None:
    """Warn of broken files once; the processes that this one starts, such as those that read pages, keep quiet."""
    if not os.environ.get(_TOLD):
        for fault in faults:
            logger.warning("%s", fault)
            os.environ[_TOLD] = "1"


_Sources = Iterator[tuple[str, Callable[[], Site]]]
"""Origins, and what loads the site of each."""


def _of_ones_own() -> _Sources:
    named = os.environ.get(MORE_SITES)
    if named is None:
        folder = Path(DEFAULT_FOLDER)
        if folder.is_dir() and folder.resolve() != OWN_FOLDER.resolve():
            yield from _in_folder(folder)
        return
    for each in filter(None, map(str.strip, named.split(","))):
        yield from _named(each)


def _named(name: str) -> _Sources:
    path = Path(name).expanduser()
    if path.is_dir():
        yield from _in_folder(path)
    elif path.suffix == ".toml" or os.sep in name:
        yield str(path), partial(read_site, path)
    else:
        yield name, partial(_of_module, name)


def _in_folder(folder: Path) -> _Sources:
    for path in _files_in(folder):
        yield str(path), partial(read_site, path)


def _files_in(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.toml"))


def _of_module(name: str) -> Site:
    try:
        site = import_module(name).SITE
    except ImportError as error:
        message = f"{MORE_SITES} names {name}, which is no folder, no .toml file and no module ({error}); mend the name"
        raise SiteFileError(message) from error
    except AttributeError as error:
        raise SiteFileError(f"{MORE_SITES} names the module {name}, which has no SITE; write one in it") from error
    if not isinstance(site, Site):
        raise SiteFileError(f"{MORE_SITES} names the module {name}, whose SITE is no Site; make it one")
    return site
