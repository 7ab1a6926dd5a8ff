"""An article as a NewsArticle of schema.org, in JSON-LD; what schema.org has no word for keeps its name under
`newscrawler:`."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

from newscrawler.export.columns import ARTICLE

CONTEXT = ["https://schema.org", {"newscrawler": "urn:newscrawler:"}]
_PREFIX = "newscrawler:"
_AS_THEY_ARE = ("url", "headline", "description", "creditText", "articleSection", "keywords", "inLanguage")
_AND_THESE = ("datePublished", "dateModified", "temporalCoverage", "wordCount", "articleBody")
_KINDS = {"image": "ImageObject", "video": "VideoObject", "audio": "AudioObject", "document": "MediaObject"}
_COLUMNS = {column.schema_org: column.name for column in ARTICLE if column.schema_org}
_OWN = tuple(column.name for column in ARTICLE if not column.schema_org and not column.name.startswith("capture_"))

Thing = dict[str, Any]


def news_article(record: Mapping[str, Any], parts: Collection[str]) -> Thing:
    """The JSON-LD of one article; what is empty is left out.

    :param record: with its media, and with all `parts`.
    :param parts: what of links, comments, versions and twins goes along under its own name.
    """
    thing = {"@context": CONTEXT, "@type": "NewsArticle", "@id": record["url"]}
    thing |= {name: record[_COLUMNS[name]] for name in (*_AS_THEY_ARE, *_AND_THESE)}
    thing |= {
        "author": [_person(name) for name in record["authors"]],
        "image": [_medium(each) for each in record["media"] if each["kind"] == "image"],
        "associatedMedia": [_medium(each) for each in record["media"] if each["kind"] != "image"],
        "identifier": _identifiers(record),
        "mainEntityOfPage": {"@type": "WebPage", "@id": record["canonical_url"] or record["url"]},
        "isPartOf": _website(record),
        "archivedAt": _capture(record),
        "comment": [_comment(each) for each in record.get("comments", ())],
    }
    thing |= {_PREFIX + name: record[name] for name in _OWN}
    thing |= {_PREFIX + name: record[name] for name in parts if name not in ("media", "comments")}
    return _told(thing)


def _told(thing: Thing) -> Thing:
    return {name: value for name, value in thing.items() if value not in (None, "", [], {})}


def _person(name: str) -> Thing:
    return {"@type": "Person", "name": name}


def _medium(medium: Mapping[str, Any]) -> Thing:
    told = {"contentUrl": medium["url"], "caption": medium["caption"], "creditText": medium["credit"]}
    return _told({"@type": _KINDS[medium["kind"]], **told})


def _comment(comment: Mapping[str, Any]) -> Thing:
    author = _person(comment["author"]) if comment["author"] else None
    told = {"text": comment["text"], "author": author, "datePublished": comment["published"]}
    return _told({"@type": "Comment", "position": comment["position"], **told})


def _website(record: Mapping[str, Any]) -> Thing:
    parts = urlsplit(record["url"])
    return {"@type": "WebSite", "name": record["site"], "url": f"{parts.scheme}://{parts.netloc}/"}


def _identifiers(record: Mapping[str, Any]) -> list[Thing]:
    return _properties((("id", record["id"]), ("site_article_id", record["site_article_id"])))


def _capture(record: Mapping[str, Any]) -> Thing | None:
    """Where the page lies in the archive."""
    if record["capture_url"] is None:
        return None
    fields = ("filename", "offset", "length", "digest", "record_id", "record_type", "refers_to")
    place = _properties((f"warc_{name}", record[f"capture_{name}"]) for name in fields)
    about = {"url": record["capture_url"], "dateCreated": record["capture_timestamp"], "identifier": place}
    return {"@type": "WebPage", **about}


def _properties(pairs: Iterable[tuple[str, Any]]) -> list[Thing]:
    return [
        {"@type": "PropertyValue", "propertyID": name, "value": value} for name, value in pairs if value is not None
    ]
