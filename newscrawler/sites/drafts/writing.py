"""The text of a draft, and what is to be said of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from newscrawler.reading.page.foreign_addresses import registrable
from newscrawler.reading.sections.headline import page_title
from newscrawler.sites.drafts.evidence import Seen, root_of
from newscrawler.sites.drafts.kinds import Kind, kind_of
from newscrawler.sites.drafts.lists import GuessedList, guess_lists
from newscrawler.sites.drafts.patterns import Guess, guess_article
from newscrawler.sites.drafts.places import Place, find_places
from newscrawler.sites.files import site_of
from newscrawler.text import counted, one_line
from newscrawler.urls import bare_host, host_of

_NO_NAME = re.compile(r"[^a-z0-9]+")
_PARTED = re.compile(r"\s+[-|–—»:]\s+")
_UNKNOWN = r"^/(?:[^/?]+/)*(?P<id>(?:[^/?-]+-){3,}[^/?]+?)(?:\.html?)?/?(?:[?]|$)"


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A site file that loads."""

    name: str
    text: str
    found: tuple[str, ...]
    """What it was made of, a sentence each."""


def draft(seen: Seen, *, name: str = "", on: date) -> Draft:
    """Write what a few pages show of their site.

    :param name: of the site; made of the host where it is empty.
    :param on: the day that the draft is dated with.
    :raises SiteFileError: if the draft would be no site file, such as under a name that cannot be one.
    """
    name = name or name_of(seen.first.url)
    kind = kind_of(seen)
    found: list[str] = []
    lines = [*_about(seen, on), *_who(seen, name, kind, found)]
    if kind is None:
        lines += [*_articles(seen, found), *_addresses(seen), *_lists(guess_lists(seen), found), *_layout(seen, found)]
    text = "\n".join(lines) + "\n"
    site_of(text, name)
    return Draft(name=name, text=text, found=tuple(found))


def name_of(url: str) -> str:
    """What a site may be called, by its host.

    >>> name_of("http://www.tinhdoanqnam.vn/"), name_of("https://youth.uel.edu.vn/tin")
    ('tinhdoanqnam', 'youth-uel')
    """
    host = bare_host(url)
    suffix = registrable(host).partition(".")[2]
    return _NO_NAME.sub("-", host.removesuffix(f".{suffix}").lower()).strip("-") or "site"


def _about(seen: Seen, on: date) -> Iterator[str]:
    pages = counted(len(seen.pages), "page")
    yield f"# A first draft, made of {pages} of {root_of(seen.first.url)} on {on.isoformat()}."


def _who(seen: Seen, name: str, kind: Kind | None, found: list[str]) -> Iterator[str]:
    url = seen.first.url
    host, root = host_of(url), root_of(url)
    other = host.removeprefix("www.") if host.startswith("www.") else f"www.{host}"
    if kind is not None:
        why = "; ".join(kind.because)
        yield f"# {kind.portal}: {why}; its pattern finds {kind.found} of {len(seen.articles)} addresses."
        yield f"portal = {_text(kind.portal)}"
        found.append(f"it is made with {kind.portal} ({why})")
    yield f"name = {_text(name)}"
    yield f"title = {_text(_title(seen) or host)}"
    yield f"hosts = [{_text(host)}, {_text(other)}]"
    if root != f"https://{host}":
        yield f"root = {_text(root)}"
    if kind is not None and kind.words:
        yield f"words = {{ {', '.join(f'{key} = {_text(word)}' for key, word in kind.words.items())} }}"


def _title(seen: Seen) -> str:
    """What the site calls itself: in its metadata, else what the titles of its pages have in common."""
    for page in seen.pages:
        for meta in page.tree.iter("meta"):
            if (meta.get("property") or "").lower() == "og:site_name" and (said := one_line(meta.get("content") or "")):
                return said
    titles = [[part for part in _PARTED.split(page_title(page.tree)) if part] for page in seen.pages]
    if len(titles) > 1:
        return next((part for part in reversed(titles[0]) if all(part in other for other in titles[1:])), "")
    is_front = urlsplit(seen.first.url).path in ("", "/")
    return titles[0][0 if is_front else -1] if titles[0] and (is_front or len(titles[0]) > 1) else ""


def _articles(seen: Seen, found: list[str]) -> Iterator[str]:
    guess: Guess | None = guess_article(seen.articles, seen.others)
    if guess is None:
        yield "# No pattern fits the addresses that were seen; this one takes any of four words for an article's."
        yield f"article = {_literal(_UNKNOWN)}"
        found.append("no pattern fits the addresses of its articles: mend `article`")
        return
    stray = f", and {guess.stray} of {counted(len(seen.others), 'other')}" if guess.stray else ""
    yield f"# Finds {guess.found} of {guess.of} addresses that look like articles'{stray}."
    yield f"article = {_literal(guess.pattern)}"
    found.append(f"the pattern of articles finds {guess.found} of {guess.of} addresses{stray}")


def _addresses(seen: Seen) -> Iterator[str]:
    root = root_of(seen.first.url)
    if seen.has_sitemaps:
        yield 'sitemaps = ["{root}/robots.txt"]'
    if seen.feeds:
        feeds = ", ".join(_text(_under_root(feed, root)) for feed in seen.feeds[:20] if _is_of(feed, root))
        yield f"feeds = [{feeds}]"


def _is_of(url: str, root: str) -> bool:
    host = host_of(root)
    return host_of(url) in (host, f"www.{host}", host.removeprefix("www."))


def _under_root(url: str, root: str) -> str:
    return "{root}" + url.removeprefix(root) if url.startswith(f"{root}/") else url


def _lists(guess: GuessedList | None, found: list[str]) -> Iterator[str]:
    if guess is None:
        found.append("no sections were found in its menu: add [[listings]], or it is read by feeds and sitemaps alone")
        return
    turned = f", following pages of {guess.turned} of them" if guess.turned else ", no following pages of them"
    yield from ("", f"# {counted(guess.sections, 'section')} of the menu{turned}.", "[[listings]]")
    yield f"pattern = {_literal(guess.pattern)}"
    yield f"url = {_text(guess.url)}"
    if guess.first_url:
        yield f"first_url = {_text(guess.first_url)}"
    found.append(f"{counted(guess.sections, 'section')} in its menu{turned}")


def _layout(seen: Seen, found: list[str]) -> Iterator[str]:
    language = next((page.metadata.language for page in seen.pages if page.metadata.language), "")
    names = _title(seen)
    places: Sequence[Place] = find_places(seen.articles_read)
    if not (language or names or places):
        return
    yield from ("", "[layout]")
    if names:
        yield f"site_names = [{_text(names)}]"
    if language:
        yield f"language = {_text(language)}"
    if places:
        yield f"# Each finds one element on every article's page that was seen ({len(seen.articles_read)})."
    for place in places:
        yield f"{place.field} = {_text(place.selector)}"
    fields = ", ".join(place.field for place in places)
    read = counted(len(seen.articles_read), "article's page")
    found.append(
        f"places of {fields} on {read}" if places else f"no places of fields on {read}: the generic reader reads"
    )


def _text(value: str) -> str:
    """A TOML string."""
    escaped = "".join(
        f"\\u{ord(char):04X}" if ord(char) < 32 or ord(char) == 127 else f"\\{char}" if char in '"\\' else char
        for char in value
    )
    return f'"{escaped}"'


def _literal(pattern: str) -> str:
    """A TOML string in which backslashes stand for themselves."""
    return _text(pattern) if "'" in pattern else f"'{pattern}'"
