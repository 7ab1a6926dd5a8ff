"""What a page says of itself, in JSON-LD, meta elements and microdata: every statement, and which of them counts.

Traps (facts, sites §3, news §4): `meta author` is the paper on all real pages, JSON-LD authors may be empty or the
paper, and NukeViet's microdata hold the time of the last edit: they stand behind all else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import groupby
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from newscrawler.items import Claim, Dated, Metadata
from newscrawler.reading.dates.stamps import parse_stamp
from newscrawler.reading.fields.claims import choose
from newscrawler.reading.fields.jsonld import plain, texts, types
from newscrawler.reading.fields.named import PATH, is_home
from newscrawler.reading.fields.people import persons
from newscrawler.reading.fields.stated import Stated, claim, gather, is_organization
from newscrawler.text import one_line, same_words
from newscrawler.urls import absolute, bare_host

_PUBLISHED = (
    "article:published_time",
    "og:article:published_time",
    "pubdate",
    "publishdate",
    "publish-date",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date",
    "parsely-pub-date",
    "citation_publication_date",
    "citation_date",
)
_MODIFIED = ("article:modified_time", "og:updated_time", "lastmod", "dcterms.modified", "dc.date.modified")
_AUTHORS = ("article:author", "parsely-author", "dable:author", "citation_author", "dc.creator", "dcterms.creator")
_TAGS = ("article:tag", "news_keywords", "parsely-tags", "citation_keywords", "dc.subject", "keywords")
_TAG = re.compile(r"</?(?:p|br|div|span|b|i|u|em|strong|font|a)\b[^<>]*>", re.IGNORECASE)
_LANGUAGE = re.compile(r"[a-z]{2,3}(?=[-_]|$)", re.IGNORECASE)
_ONLY_VIETNAMESE = re.compile("[ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.IGNORECASE)
_MARKED = re.compile(r"[^\W\d_a-z]", re.IGNORECASE)
_BETWEEN_TAGS = re.compile(r"[,;|]")
_LONGEST_TAG, _MOST_TAGS = 80, 50


def read_metadata(tree: HtmlElement, *, url: str, fetched_at: datetime, distrusted: tuple[str, ...] = ()) -> Metadata:
    """Everything a page states of itself, None where it states nothing (or nothing that can be true).

    Never raises; broken JSON-LD is read as far as it can be.

    :param distrusted: `source:field` of statements that are known to be wrong; they stay among the claims.
    """
    stated = gather(tree, url)
    if stated.is_nothing():
        return Metadata()
    return _chosen(tuple(_claims(stated, fetched_at)), distrusted)


def _chosen(claims: tuple[Claim, ...], distrusted: tuple[str, ...]) -> Metadata:
    def value(field: str) -> str | None:
        found = choose([one for one in claims if one.field == field], distrusted)
        return found[0].value if found else None

    title, summary = value("title"), value("summary")
    published = choose([one for one in claims if one.field == "published"], distrusted)
    return Metadata(
        title=title,
        summary=summary if summary and not same_words(summary, title or "") else None,
        author=value("byline"),
        section=value("category"),
        language=value("language"),
        canonical_url=_of_link(claims),
        published=_dated(published[0]) if published else None,
        modified=value("modified"),
        claims=claims,
    )


def _of_link(claims: Iterable[Claim]) -> str | None:
    """Only the canonical link is believed so far as to name the article; og:url is often one for all pages."""
    return next((one.value for one in claims if one.where == "link rel=canonical" and one.value), None)


def _dated(found: Claim) -> Dated | None:
    return (
        Dated(value=found.value, precision=found.precision, source="metadata", raw=found.raw)
        if found.precision
        else None
    )


def _claims(stated: Stated, fetched_at: datetime) -> Iterator[Claim]:
    titles, summaries = _titles(stated), _summaries(stated)
    yield from titles
    yield from summaries
    yield from _authors(stated)
    yield from _sections(stated, titles[0].value if titles else "")
    yield from _tags(stated)
    yield from _languages(stated, " ".join(one.value for one in (*titles[:1], *summaries[:1])))
    yield from _addresses(stated)
    for field, key, names in (("published", "datePublished", _PUBLISHED), ("modified", "dateModified", _MODIFIED)):
        said = [*stated.said(field, key), *stated.met(field, *names), *stated.marked(field, key)]
        yield from (_stamped(one, fetched_at) for one in said)


def _stamped(said: Claim, fetched_at: datetime) -> Claim:
    stamp = parse_stamp(said.value, fetched_at=fetched_at, source="metadata")
    if stamp is None:
        return claim(said.field, "", said.source, said.where, raw=said.value)
    return claim(said.field, stamp.value, said.source, said.where, raw=stamp.raw, precision=stamp.precision)


def _titles(stated: Stated) -> list[Claim]:
    site = plain(stated.meta("og:site_name"))
    end = re.compile(rf"\s+[-|–—»]\s+{re.escape(site)}$") if site else None
    shared = [
        claim("title", end.sub("", one.value) if end else one.value, one.source, one.where)
        for one in stated.met("title", "og:title", "twitter:title", "dc.title", "citation_title", "parsely-title")
        if not (site and same_words(one.value, site))
    ]
    said = stated.said("title", "headline")
    if said and said[0].value.endswith(("...", "…")):
        start = said[0].value.rstrip(".… ")
        whole = [one for one in shared if one.value.startswith(start)]
        said = whole[:1] + said
    return [*said, *(one for one in shared if one not in said), *stated.marked("title", "headline")]


def _summaries(stated: Stated) -> list[Claim]:
    found = [
        *stated.said("summary", "description"),
        *stated.met("summary", "og:description", "description", "twitter:description", "dc.description"),
        *stated.marked("summary", "description"),
    ]
    plainly = (claim("summary", plain(_TAG.sub(" ", one.value)), one.source, one.where) for one in found)
    return [one for one in plainly if one.value]


def _authors(stated: Stated) -> Iterator[Claim]:
    """Who is named, place by place: as a byline, and the persons in it. The paper is no author: told, never chosen."""
    said = stated.article.get("author")
    where = f"{next(iter(types(stated.article)), '')}.author"
    nodes = said[:50] if isinstance(said, list) else [said]
    bodies = [claim("authors", name, "json-ld", where) for one in nodes if _is_body(one) for name in texts(one)]
    named = [claim("authors", name, "json-ld", where) for one in nodes if not _is_body(one) for name in texts(one)]
    named += [*stated.met("authors", *_AUTHORS), *stated.marked("authors", "author")]
    papers = [*bodies, *(one for one in named if stated.is_paper(one.value)), *stated.met("authors", "author")]
    for (source, place), group in groupby(
        (one for one in named if one not in papers), key=lambda one: (one.source, one.where)
    ):
        names = list(dict.fromkeys(one.value for one in group))
        yield claim("byline", ", ".join(names), source, place)
        people = dict.fromkeys(person for name in names for person in persons(name))
        yield from (claim("authors", person, source, place) for person in people)
    yield from (claim("authors", "", one.source, one.where, raw=one.value) for one in papers)


def _is_body(node: object) -> bool:
    return isinstance(node, dict) and is_organization(node)


def _sections(stated: Stated, title: str) -> Iterator[Claim]:
    """What the article says, before the path that leads to it."""
    said = stated.said("category", "articleSection")
    if said:
        names = ", ".join(dict.fromkeys(one.value for one in said))
        yield claim("category", names, "json-ld", said[0].where)
    yield from stated.met("category", "article:section", "parsely-section")
    for node in stated.nodes:
        if "BreadcrumbList" in types(node) and (path := _path(node.get("itemListElement"), title)):
            yield claim("category", path, "json-ld", "BreadcrumbList")
    yield from stated.marked("category", "articleSection")


def _path(crumbs: object, title: str) -> str:
    """Sections along a breadcrumb, without the front page and the article itself."""
    names = [name for name in _crumb_names(crumbs) if not is_home(name) and not same_words(name, title)]
    return PATH.join(dict.fromkeys(names))


def _crumb_names(crumbs: object) -> list[str]:
    """Names along a breadcrumb; dantri.com.vn wraps each step in an array of its own."""
    if isinstance(crumbs, list):
        return [name for crumb in crumbs[:20] for name in _crumb_names(crumb)]
    if isinstance(crumbs, dict):
        return texts(crumbs.get("name")) or texts(crumbs.get("item"))
    return []


def _tags(stated: Stated) -> Iterator[Claim]:
    said = [
        *stated.said("tags", "keywords"),
        *stated.met("tags", *_TAGS[:-1]),
        *stated.marked("tags", "keywords"),
        *stated.met("tags", *_TAGS[-1:]),
    ]
    parts = (claim("tags", one_line(tag), one.source, one.where) for one in said for tag in _parts(one.value))
    kept = (one for one in parts if 1 < len(one.value) <= _LONGEST_TAG)
    yield from list(dict.fromkeys(kept))[:_MOST_TAGS]


def _parts(text: str) -> list[str]:
    return [part.strip(" #\"'") for part in _BETWEEN_TAGS.split(text)]


def _languages(stated: Stated, words: str) -> Iterator[Claim]:
    """Two or three letters; templates left at `lang="en"` do not make a Vietnamese page English."""
    said = [claim("language", stated.language, "meta", "html lang")] if stated.language else []
    said += [*stated.said("language", "inLanguage"), *stated.met("language", "og:locale", "content-language")]
    said += stated.marked("language", "inLanguage")
    found = [
        claim("language", match[0].lower(), one.source, one.where, raw=one.value)
        for one in said
        if (match := _LANGUAGE.match(one.value.strip()))
    ]
    marked = len(_MARKED.findall(words)) if _ONLY_VIETNAMESE.search(words) else 0
    if found and all(one.value != "vi" for one in found) and marked * 3 > len(words.split()):
        yield claim("language", "vi", "heuristic", "letters of title and summary")
    yield from sorted(found, key=lambda one: one.value != "vi")


def _addresses(stated: Stated) -> Iterator[Claim]:
    """The address the page prefers, if it is on the same host and does not lead from an article to the front page."""
    for href, where in ((stated.canonical, "link rel=canonical"), (stated.meta("og:url"), "og:url")):
        if href.strip():
            yield claim("canonical_url", _own(href, stated.url) or "", "meta", where, raw=href.strip())


def _own(href: str, url: str) -> str | None:
    address = absolute(url, href)
    if address is None or bare_host(address) != bare_host(url):
        return None
    front = urlsplit(address).path in ("", "/") and not urlsplit(address).query
    return None if front and urlsplit(url).path not in ("", "/") else address
