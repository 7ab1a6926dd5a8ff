"""The raw statements of a page: meta elements, links, JSON-LD and microdata, gathered in one walk."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from newscrawler.items import Claim, Precision
from newscrawler.reading.fields.jsonld import Node, is_article, nodes, plain, texts, types
from newscrawler.reading.fields.microdata import Mark, microdata
from newscrawler.reading.fields.named import LONGEST
from newscrawler.text import fold
from newscrawler.urls import bare_host

_MOST = 50
"""Meta elements of one name that are kept."""
_NO_PERSON = re.compile(
    r"https?:|www\.|@|\.(?:vn|com|net|org)\b|^(?:admin(?:istrator)?|root|editor|ban biên tập)$", re.IGNORECASE
)
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Stated:
    """What one page states, as it stands there."""

    url: str
    metas: dict[str, list[str]]
    """Name in lower case → filled contents, in order."""
    canonical: str
    language: str
    nodes: list[Node]
    article: Node
    """The JSON-LD of the page's own article, or an empty one."""
    marks: list[Mark]

    def is_nothing(self) -> bool:
        """Whether the page states nothing at all."""
        return not (self.metas or self.nodes or self.canonical or self.language or self.marks)

    def meta(self, name: str) -> str:
        """The first meta of a name, or an empty text."""
        return self.metas.get(name, [""])[0]

    def said(self, field: str, key: str) -> list[Claim]:
        """What the article's JSON-LD says under a key."""
        where = f"{next(iter(types(self.article)), '')}.{key}"
        return [claim(field, text, "json-ld", where) for text in texts(self.article.get(key)) if len(text) <= LONGEST]

    def met(self, field: str, *names: str) -> list[Claim]:
        """What meta elements of some names say, name by name."""
        found = ((name, plain(text)) for name in names for text in self.metas.get(name, ()) if len(text) <= LONGEST)
        return [claim(field, text, "meta", name) for name, text in found if text]

    def marked(self, field: str, *properties: str) -> list[Claim]:
        """What microdata say."""
        return [
            claim(field, text, "microdata", name)
            for name, text in self.marks
            if name in properties and text and len(text) <= LONGEST
        ]

    def is_paper(self, name: str) -> bool:
        """Whether a name is the site's or its publisher's, or nobody's; `meta author` is the paper on all real pages
        seen (facts: sites §3)."""
        papers = [*texts(self.article.get("publisher")), self.meta("og:site_name"), self.meta("author")]
        papers += [title for node in self.nodes if is_organization(node) for title in texts(node)]
        host = max(bare_host(self.url).split("."), key=len).replace("-", "")
        keys = {"", host, f"bao{host}", *(_key(plain(paper)) for paper in papers)}
        return bool(_NO_PERSON.search(name)) or _key(name) in keys


def claim(
    field: str, value: str, source: str, where: str, *, raw: str = "", precision: Precision | None = None
) -> Claim:
    """A statement on a field; without a value it is one that cannot be believed or read, told in `raw`."""
    return Claim(field=field, value=value, source=source, where=where, raw=raw, precision=precision)  # type: ignore[arg-type]


def gather(tree: HtmlElement, url: str) -> Stated:
    """One walk over a page."""
    metas: dict[str, list[str]] = {}
    canonical, scripts = "", []
    for element in tree.iter("meta", "link", "script"):
        if element.tag == "meta":
            name = element.get("property") or element.get("name") or element.get("http-equiv")
            content = element.get("content")
            if name and content and content.strip():
                said = metas.setdefault(name.strip().lower(), [])
                if len(said) < _MOST:
                    said.append(content)
        elif element.tag == "link":
            canonical = canonical or (element.get("href", "") if element.get("rel", "").lower() == "canonical" else "")
        elif "ld+json" in element.get("type", "") and element.text:
            scripts.append(element.text)
    found = nodes(scripts)
    return Stated(url, metas, canonical, tree.get("lang") or "", found, _the_article(found, url), microdata(tree))


def is_organization(node: Node) -> bool:
    """Whether a JSON-LD object is a body, such as a paper."""
    return any(name.endswith("Organization") for name in types(node))


def _the_article(found: list[Node], url: str) -> Node:
    """The article that is this page's; on pages with several, the one that names the page's address."""
    articles = [node for node in found if is_article(node)]
    path = urlsplit(url).path
    own = [node for node in articles if len(path) > 1 and any(path in address for address in _addresses(node))]
    return next(iter(own or articles), {})


def _addresses(node: Node) -> list[str]:
    return [*texts(node.get("url")), *texts(node.get("@id")), *texts(node.get("mainEntityOfPage"), "@id")]


def _key(name: str) -> str:
    return "".join(_WORD.findall(fold(name)))
