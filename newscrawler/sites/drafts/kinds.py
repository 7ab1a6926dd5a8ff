"""Which portal a site is made with: by what its pages say of it, and by whether the portal's pattern finds its articles
(facts: sites §2, news §4)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlsplit

from newscrawler.sites.drafts.evidence import Seen
from newscrawler.sites.files import portals, site_of
from newscrawler.urls import host_of

LEAST = 2
"""Articles that a portal's pattern must find, if so many were seen."""
_NEWS_LINK = re.compile(r"^/(?:vi/)?([a-z][\w-]*)/(?:[^/?]+/)?[^/?]*-\d+\.html", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A portal, why it is taken for that one, and the words that its file leaves open."""

    portal: str
    because: tuple[str, ...]
    words: Mapping[str, str] = field(default_factory=dict)
    found: int = 0
    """Articles that its pattern finds, of all that were seen."""


_SIGNS: dict[str, tuple[tuple[str, re.Pattern[str]], ...]] = {
    "nukeviet": (
        ("the page says that NukeViet made it", re.compile(r"""name=["']?generator["']?[^<>]{0,80}NukeViet""", re.I)),
        ("the scripts of NukeViet", re.compile(r"\bnv_(?:base_siteurl|lang_data|module_name|my_ofs)\b")),
        ("the place #news-bodyhtml", re.compile(r"""id=["']?news-bodyhtml\b""")),
    ),
    "wordpress": (
        ("the page says that WordPress made it", re.compile(r"""name=["']?generator["']?[^<>]{0,80}WordPress""", re.I)),
        ("folders of WordPress", re.compile(r"/wp-(?:content|includes|json)/")),
    ),
    "joomla": (
        ("the page says that Joomla made it", re.compile(r"""name=["']?generator["']?[^<>]{0,80}Joomla""", re.I)),
        ("scripts of Joomla", re.compile(r"/media/(?:jui|system|vendor/joomla)/")),
    ),
}
_ADDRESSES: dict[str, re.Pattern[str]] = {
    "slug-nd": re.compile(r"-nd\d+\.html$", re.IGNORECASE),
    "query-keys": re.compile(r"^/\?(?=.*\bcn=\d)(?=.*\bgd=\d)(?=.*\btc=\d)"),
}
"""Portals that only addresses tell."""


def kind_of(seen: Seen) -> Kind | None:
    """The portal that fits, or None."""
    known = set(portals())
    for kind in (*_by_signs(seen), *_by_addresses(seen)):
        if kind.portal in known:
            found = _found(kind, seen)
            if found >= min(LEAST, len(seen.articles)) and found * 2 >= len(seen.articles):
                return Kind(portal=kind.portal, because=kind.because, words=kind.words, found=found)
    return None


def _by_signs(seen: Seen) -> list[Kind]:
    html = "\n".join(page.html for page in seen.pages)
    kinds = []
    for portal, signs in _SIGNS.items():
        because = tuple(says for says, sign in signs if sign.search(html))
        if because:
            kinds.append(Kind(portal=portal, because=because, words=_WORDS.get(portal, _no_words)(seen)))
    return sorted(kinds, key=lambda each: -len(each.because))


def _by_addresses(seen: Seen) -> list[Kind]:
    places = [f"{(parts := urlsplit(url)).path}?{parts.query}".rstrip("?") for url in (*seen.articles, *seen.others)]
    kinds = []
    for portal, pattern in _ADDRESSES.items():
        count = sum(pattern.search(place) is not None for place in places)
        if count >= LEAST:
            kinds.append(Kind(portal=portal, because=(f"{count} addresses of its form",)))
    if words := _query_words(seen):
        kinds.append(
            Kind(portal="query-id", because=("one page for all articles, told apart by a number",), words=words)
        )
    return kinds


def _no_words(_seen: Seen) -> Mapping[str, str]:
    return {}


def _module(seen: Seen) -> Mapping[str, str]:
    """What NukeViet's news module is called here, where that is not `news`."""
    names = Counter(match[1].lower() for url in seen.articles if (match := _NEWS_LINK.match(urlsplit(url).path)))
    name = names.most_common(1)[0][0] if names else "news"
    return {} if name == "news" else {"module": name}


_WORDS: dict[str, Callable[[Seen], Mapping[str, str]]] = {"nukeviet": _module}


def _query_words(seen: Seen) -> Mapping[str, str]:
    """File and parameters of a portal of the form /news.php?id=4410, /news.php?nt=406."""
    articles = Counter(_numbered(url) for url in seen.articles)
    articles.pop(None, None)
    if not articles:
        return {}
    found, count = articles.most_common(1)[0]
    if found is None or count < LEAST:
        return {}
    file, number = found
    lists = Counter(
        each[1] for url in seen.others if (each := _numbered(url)) and each[0] == file and each[1] != number
    )
    name = lists.most_common(1)[0][0] if lists else ""
    return {"file": file, "number": number} | ({"list": name} if name else {})


def _numbered(url: str) -> tuple[str, str] | None:
    parts = urlsplit(url)
    pairs = [name for name, value in parse_qsl(parts.query) if value.isascii() and value.isdigit()]
    file = parts.path.lstrip("/")
    return (file, pairs[0]) if file.endswith(".php") and len(pairs) == 1 else None


def _found(kind: Kind, seen: Seen) -> int:
    words = ", ".join(f'{name} = "{word}"' for name, word in kind.words.items())
    hosts = ", ".join(f'"{host}"' for host in sorted({host_of(url) for url in (seen.first.url, *seen.articles)}))
    text = f'portal = "{kind.portal}"\nname = "draft"\nhosts = [{hosts}]\nwords = {{ {words} }}\n'
    site = site_of(text, "draft", check=False)
    return sum(site.article_id(url) is not None for url in seen.articles)
