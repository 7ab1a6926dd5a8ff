"""The data dictionary of an export: a Data Package (Frictionless, v1) that says of the archive what is in it, and of
each column what it means.

It holds no date of its making, so that the same archive gives the same bytes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from newscrawler import __version__
from newscrawler.export.choice import chosen, told
from newscrawler.export.column import Column, Kind
from newscrawler.export.order import Order
from newscrawler.export.source import Tally
from newscrawler.text import counted

RIGHTS = (
    "The texts and pictures belong to their authors and publishers. The archive keeps them for research and as a "
    "record; who publishes them anew needs leave from those."
)
SOFTWARE = f"newscrawler {__version__}"

_TYPES: Mapping[Kind, str] = {
    "text": "string",
    "integer": "integer",
    "number": "number",
    "boolean": "boolean",
    "date": "string",
    "time": "datetime",
    "texts": "array",
    "numbers": "array",
    "origins": "object",
    "rows": "array",
}
"""Types of Table Schema; a date that may be a year alone is none of its dates."""
_NOT_IN_NAMES = re.compile(r"[^a-z0-9._-]+")


def dictionary(order: Order, facts: Mapping[str, Any], resources: Iterable[Mapping[str, Any]]) -> str:
    """The whole of it as JSON.

    :param facts: what is known of the articles together, as `facts_of` tells it; `articles` and `sites` at least.
    :param resources: the files, as `resource` tells them.
    """
    choice = told(order.selection)
    package = {
        "profile": "data-package",
        "name": _name(order.out),
        "title": f"Articles of {', '.join(sorted(facts['sites']))}",
        "description": f"{counted(facts['articles'], 'article')} of a web archive; {choice or 'all that it has'}.",
        "rights": RIGHTS,
        "software": SOFTWARE,
        "archive": {**facts, "sites": dict(sorted(facts["sites"].items())), "selection": chosen(order.selection)},
        "resources": list(resources),
    }
    return json.dumps(package, ensure_ascii=False, indent=2) + "\n"


def facts_of(tally: Tally) -> dict[str, Any]:
    """What was counted on the way."""
    return {
        "articles": tally.articles,
        "sites": tally.sites,
        "published_first": tally.first or None,
        "published_last": tally.last or None,
        "undated": tally.undated,
        "captured_last": tally.captured or None,
    }


def _name(out: Path) -> str:
    return _NOT_IN_NAMES.sub("-", out.name.lower()).strip("-") or "articles"


def resource(path: str, size: int, sha256: str, **more: Any) -> dict[str, Any]:
    """One file.

    :param path: from where the dictionary lies.
    :param sha256: in hex.
    :param more: what else is known: mediatype, encoding, schema, …
    """
    return {"name": "articles", "path": path, "bytes": size, "hash": f"sha256:{sha256}", **more}


def schema(columns: Iterable[Column]) -> dict[str, Any]:
    """A Table Schema."""
    fields = [_field(column) for column in columns]
    return {"fields": fields, "primaryKey": fields[0]["name"]}


def _field(column: Column) -> dict[str, Any]:
    field: dict[str, Any] = {
        "name": column.name,
        "type": _TYPES[column.kind],
        "description": column.description,
        "source": column.source,
        "example": column.example,
    }
    if column.kind == "time":
        field["format"] = "any"  # the plain form of Table Schema knows no fractions of a second
    if column.schema_org:
        field["rdfType"] = f"https://schema.org/{column.schema_org}"
    if column.rows:
        field["fields"] = [_field(each) for each in column.rows]
    return field
