"""What a page says of itself, in JSON-LD and meta elements: title, summary, author, section, language, address, dates.

Traps (facts, sites §3, news §4): `meta author` is the paper on all real pages, JSON-LD authors may be empty or the
paper, and NukeViet's microdata hold the time of the last edit; microdata are not read.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import NamedTuple
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from newscrawler.items import Dated, Metadata
from newscrawler.reading.jsonld import Node, is_article, nodes, plain, texts, types
from newscrawler.reading.stamps import parse_stamp
from newscrawler.text import fold, label_key, same_words
from newscrawler.urls import absolute, bare_host

_PUBLISHED = (
    "article:published_time",
    "og:article:published_time",
    "pubdate",
    "publishdate",
    "publish-date",
    "dc.date.issued",
    "parsely-pub-date",
)
_MODIFIED = ("article:modified_time", "og:updated_time", "lastmod")
_HOME = frozenset(label_key(name) for name in ("Trang chủ", "Trang nhất", "Home", "Tin tức"))
_TAG = re.compile(r"</?(?:p|br|div|span|b|i|u|em|strong|font|a)\b[^<>]*>", re.IGNORECASE)
_LANGUAGE = re.compile(r"[a-z]{2,3}(?=[-_]|$)", re.IGNORECASE)
_ONLY_VIETNAMESE = re.compile("[ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.IGNORECASE)
_MARKED = re.compile(r"[^\W\d_a-z]", re.IGNORECASE)
_NO_PERSON = re.compile(
    r"https?:|www\.|@|\.(?:vn|com|net|org)\b|^(?:admin(?:istrator)?|root|editor|ban biên tập)$", re.IGNORECASE
)
_WORD = re.compile(r"\w+")


class _Stated(NamedTuple):
    """The raw statements of one page."""

    metas: dict[str, str]
    canonical: str
    language: str
    nodes: list[Node]
    article: Node


def read_metadata(tree: HtmlElement, *, url: str, fetched_at: datetime) -> Metadata:
    """Everything a page states of itself, None where it states nothing (or nothing that can be true).

    Never raises; broken JSON-LD is read as far as it can be.
    """
    stated = _stated(tree, url)
    if not (stated.metas or stated.nodes or stated.canonical or stated.language):
        return Metadata()
    title, summary = _title(stated), _summary(stated)
    return Metadata(
        title=title,
        summary=summary if summary and not same_words(summary, title or "") else None,
        author=_author(stated, url),
        section=_section(stated, title),
        language=_language(stated, f"{title or ''} {summary or ''}"),
        canonical_url=_canonical(stated.canonical, url),
        published=_published(stated, fetched_at),
        modified=_modified(stated, fetched_at),
    )


def _stated(tree: HtmlElement, url: str) -> _Stated:
    """One walk over the page: the first filled meta of each name, the canonical link, the JSON-LD."""
    metas: dict[str, str] = {}
    canonical, scripts = "", []
    for element in tree.iter("meta", "link", "script"):
        if element.tag == "meta":
            name, content = element.get("property") or element.get("name"), element.get("content")
            if name and content and content.strip():
                metas.setdefault(name.strip().lower(), content)
        elif element.tag == "link":
            canonical = canonical or (element.get("href", "") if element.get("rel", "").lower() == "canonical" else "")
        elif "ld+json" in element.get("type", "") and element.text:
            scripts.append(element.text)
    found = nodes(scripts)
    return _Stated(metas, canonical, tree.get("lang") or "", found, _the_article(found, url))


def _the_article(found: list[Node], url: str) -> Node:
    """The article that is this page's; on pages with several, the one that names the page's address."""
    articles = [node for node in found if is_article(node)]
    path = urlsplit(url).path
    own = [node for node in articles if len(path) > 1 and any(path in address for address in _addresses(node))]
    return next(iter(own or articles), {})


def _addresses(node: Node) -> list[str]:
    return [*texts(node.get("url")), *texts(node.get("@id")), *texts(node.get("mainEntityOfPage"), "@id")]


def _first(*candidates: str | None) -> str | None:
    return next((text for text in map(plain, filter(None, candidates)) if text), None)


def _title(stated: _Stated) -> str | None:
    headline = next(iter(texts(stated.article.get("headline"))), None)
    shared = _first(stated.metas.get("og:title"), stated.metas.get("twitter:title"))
    site = _first(stated.metas.get("og:site_name"))
    if shared and site:
        shared = re.sub(rf"\s+[-|–—»]\s+{re.escape(site)}$", "", shared)
        shared = None if same_words(shared, site) else shared
    if headline and headline.endswith(("...", "…")) and shared and shared.startswith(headline.rstrip(".… ")):
        return shared
    return headline or shared


def _summary(stated: _Stated) -> str | None:
    said = next(iter(texts(stated.article.get("description"))), None)
    metas = stated.metas
    found = _first(said, metas.get("og:description"), metas.get("description"), metas.get("twitter:description"))
    return plain(_TAG.sub(" ", found)) or None if found else None


def _author(stated: _Stated, url: str) -> str | None:
    """Names of persons in the JSON-LD; the paper is no author."""
    said = stated.article.get("author")
    authors = said if isinstance(said, list) else [said]
    persons = [one for one in authors if not (isinstance(one, dict) and _is_organization(one))]
    names = [name for name in texts(persons) if not _is_paper(name, stated, url)]
    return ", ".join(dict.fromkeys(names)) or None


def _is_paper(name: str, stated: _Stated, url: str) -> bool:
    metas = stated.metas
    papers = [*texts(stated.article.get("publisher")), metas.get("og:site_name", ""), metas.get("author", "")]
    papers += [name for node in stated.nodes if _is_organization(node) for name in texts(node)]
    host = max(bare_host(url).split("."), key=len).replace("-", "")
    keys = {"", host, f"bao{host}", *(_key(plain(paper)) for paper in papers)}
    return bool(_NO_PERSON.search(name)) or _key(name) in keys


def _is_organization(node: Node) -> bool:
    return any(name.endswith("Organization") for name in types(node))


def _key(name: str) -> str:
    return "".join(_WORD.findall(fold(name)))


def _section(stated: _Stated, title: str | None) -> str | None:
    said = ", ".join(dict.fromkeys(texts(stated.article.get("articleSection"))))
    section = _first(said, stated.metas.get("article:section"))
    if section:
        return section
    crumbs = (node.get("itemListElement") for node in stated.nodes if "BreadcrumbList" in types(node))
    names = (name for crumb in crumbs for name in _crumb_names(crumb))
    return next((name for name in names if label_key(name) not in _HOME and not same_words(name, title or "")), None)


def _crumb_names(crumbs: object) -> list[str]:
    """Names along a breadcrumb; dantri.com.vn wraps each step in an array of its own."""
    if isinstance(crumbs, list):
        return [name for crumb in crumbs[:20] for name in _crumb_names(crumb)]
    if isinstance(crumbs, dict):
        return texts(crumbs.get("name")) or texts(crumbs.get("item"))
    return []


def _language(stated: _Stated, words: str) -> str | None:
    """Two or three letters; templates left at `lang="en"` do not make a Vietnamese page English."""
    codes = [
        match[0].lower()
        for said in (stated.language, stated.metas.get("og:locale", ""))
        if (match := _LANGUAGE.match(said.strip()))
    ]
    marked = len(_MARKED.findall(words)) if _ONLY_VIETNAMESE.search(words) else 0
    if codes and "vi" not in codes and marked * 3 > len(words.split()):
        return "vi"
    return ("vi" if "vi" in codes else codes[0]) if codes else None


def _canonical(href: str, url: str) -> str | None:
    """The address the page prefers, if it is on the same host and does not lead from an article to the front page."""
    address = absolute(url, href) if href.strip() else None
    if address is None or bare_host(address) != bare_host(url):
        return None
    front = urlsplit(address).path in ("", "/") and not urlsplit(address).query
    return None if front and urlsplit(url).path not in ("", "/") else address


def _published(stated: _Stated, fetched_at: datetime) -> Dated | None:
    """JSON-LD before meta, unless a meta knows the time of the same day."""
    said = [*texts(stated.article.get("datePublished")), *(stated.metas.get(name, "") for name in _PUBLISHED)]
    stamps = [stamp for text in said if text and (stamp := parse_stamp(text, fetched_at=fetched_at, source="metadata"))]
    timed = (stamp for stamp in stamps if stamp.precision == "minute" and stamp.value.startswith(stamps[0].value))
    return next(timed, stamps[0]) if stamps else None


def _modified(stated: _Stated, fetched_at: datetime) -> str | None:
    said = [*texts(stated.article.get("dateModified")), *(stated.metas.get(name, "") for name in _MODIFIED)]
    stamps = (parse_stamp(text, fetched_at=fetched_at, source="metadata") for text in said if text)
    return next((stamp.value for stamp in stamps if stamp), None)
