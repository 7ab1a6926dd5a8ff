"""Site files: what is known of a site, or of all sites of one kind, written as TOML.

A site file has the keys of `Site`, its tables those of `Layout`, `Listing`, `Requisites` and `Revisits`; what they mean
stands there. `name` and `hosts` must be given, and `article` unless a portal gives it::

    portal = "nukeviet"                 # portals/nukeviet.toml lies below; what this file says goes above it
    name = "tinhdoan"                   # also the first part of the names of its WARC files
    title = "Tỉnh đoàn …"               # without it, the name
    hosts = ["tinhdoan.example.vn", "www.tinhdoan.example.vn"]     # the first is the canonical one
    root = "http://tinhdoan.example.vn" # without it, https:// and the first host; “{root}” in any text stands for it
    start = ["{root}/"]                 # without it, this
    article = '/tin/(?P<path>[^?]*-(?P<id>\\d+))\\.html'
    article_url = "{root}/tin/{path}.html"   # without it, the address itself, made uniform
    ids_walk = false
    sitemaps = ["{root}/robots.txt"]
    feeds = ["{root}/rss/"]
    follow = '^/chu-de/'
    words = { module = "tin-tuc" }      # “{module}” in any text of this file or its portal stands for that

    [[listings]]
    pattern = '^/(?P<series>[a-z-]+)(?:/page-(?P<page>\\d+))?/?$'
    url = "{root}/{series}/page-{page}"
    first_url = "{root}/{series}/"

    [layout]                            # of today
    site_names = ["Tỉnh đoàn"]          # what titles begin or end with; without it, the title above
    title = "h1.title"                  # a place is a CSS selector or an XPath, or a list of them: the first counts
    main = ["#news-bodyhtml", ".bodytext"]
    distrusted = ["meta:published"]

    [[former]]                          # how it looked until a day
    valid_until = 2012-12-31
    portal = "wordpress"                # it may have been a site of another kind
    title = "td.TieuDe"

    [requisites]
    hosts = ["cdn.example.vn"]

    [revisits]
    steps = [{ younger_than = "2 days", again_after = "1 hour" }]
    old_again_after = "1 year"

Over its portal, a file's tables are laid key by key; a list takes the place of the portal's list. A former layout takes
from `[layout]` what says who the site is (site_names, language, zone), and no place: where a headline stands today, it
did not stand then.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from newscrawler.errors import SiteFileError
from newscrawler.sites.checking import check_site
from newscrawler.sites.site import Site
from newscrawler.sites.values import Table, build

OWN_FOLDER = Path(__file__).parent
_OWN = files(__package__)
"""The same, also where the package lies in an egg, as Scrapyd has it."""
_ABOUT_THE_SITE = ("site_names", "language", "zone")
_NOT_OF_SITE = ("portal", "root", "words")


def read_site(path: Path | Traversable, *, check: bool = True) -> Site:
    """The site that a file describes.

    :param check: whether to look at what only fails later: patterns, selectors, addresses.
    :raises SiteFileError: naming the file, the key and what to write.
    """
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or "it is not UTF-8"
        raise SiteFileError(f"{path}: the site file cannot be read ({why}); save it as UTF-8 text") from error
    return site_of(text, str(path), check=check)


def site_of(text: str, file: str, *, check: bool = True) -> Site:
    """The site that the text of a site file describes; `file` names it in errors.

    :raises SiteFileError: as `read_site`.
    """
    table = _over_portal(_parsed(text, file), file)
    table = _filled_in(table, file)
    site = build(Site, {key: value for key, value in table.items() if key not in _NOT_OF_SITE}, file)
    if check:
        check_site(site, file)
    return site


def portals() -> list[str]:
    """The names of the portals there are."""
    return [path.name.removesuffix(".toml") for path in own_files("portals")]


def own_files(*folders: str) -> list[Traversable]:
    """The files that come along, by name: of sites, or those in a folder beside them."""
    found = (path for path in _OWN.joinpath(*folders).iterdir() if path.name.endswith(".toml"))
    return sorted(found, key=lambda path: path.name)


def _parsed(text: str, file: str) -> Table:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SiteFileError(f"{file}: this is no TOML, {_small(str(error))}; mend that line") from error


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]


def _over_portal(table: Table, file: str) -> Table:
    """The file's keys over its portal's, and those of its former layouts over theirs and over who the site is."""
    whole = _merged(_portal(table["portal"], file), table) if "portal" in table else table
    if isinstance(former := whole.get("former"), list):
        about = {key: value for key, value in _layout(whole).items() if key in _ABOUT_THE_SITE}
        whole = whole | {"former": [_former(each, about, file) for each in former]}
    return whole


def _former(table: Any, about: Table, file: str) -> Any:
    if not isinstance(table, dict):
        return table
    below = _layout(_portal(table["portal"], file)) if "portal" in table else {}
    return _merged(below | about, {key: value for key, value in table.items() if key != "portal"})


def _layout(table: Table) -> Table:
    found = table.get("layout", {})
    return found if isinstance(found, dict) else {}


def _portal(name: Any, file: str) -> Table:
    known = portals()
    if name not in known:
        raise SiteFileError(f"{file}: portal = {name!r} is not known; write one of {', '.join(known)}")
    return _portal_table(str(name))


@cache
def _portal_table(name: str) -> Table:
    path = _OWN.joinpath("portals", f"{name}.toml")
    return _parsed(path.read_text("utf-8"), str(path))


def _merged(below: Table, above: Table) -> Table:
    """Tables are laid upon each other key by key; of all else the upper counts."""
    both = {key: _merged(below[key], above[key]) for key in above if _are_tables(below.get(key), above[key])}
    return {**below, **above, **both}


def _are_tables(one: Any, other: Any) -> bool:
    return isinstance(one, dict) and isinstance(other, dict)


def _filled_in(table: Table, file: str) -> Table:
    """What may be left out, and the words for which others stand."""
    hosts = table.get("hosts")
    first = hosts[0] if isinstance(hosts, list) and hosts else hosts
    root = table.get("root", f"https://{first}")
    words = table.get("words", {})
    if not isinstance(words, dict) or not all(isinstance(word, str) for word in (root, *words.values())):
        raise SiteFileError(f'{file}: root and words are texts; write words = {{ module = "tin-tuc" }}')
    table = {"title": table.get("name"), "start": ["{root}/"]} | table
    table["layout"] = _named(table.get("layout", {}), table["title"])
    stands_for = {f"{{{name}}}": word for name, word in {"root": root.rstrip("/"), **words}.items()}
    found: Table = _replaced({key: value for key, value in table.items() if key not in _NOT_OF_SITE}, stands_for)
    return found


def _named(layout: Any, title: Any) -> Any:
    """A layout that does not say what the site calls itself has it from the site's title."""
    return {"site_names": [title]} | layout if isinstance(layout, dict) and title else layout


def _replaced(value: Any, words: dict[str, str]) -> Any:
    match value:
        case str():
            for name, word in words.items():
                value = value.replace(name, word)
            return value
        case list():
            return [_replaced(each, words) for each in value]
        case dict():
            return {key: _replaced(each, words) for key, each in value.items()}
    return value
