"""Articles as JSON Lines: an object a line, in UTF-8, in the order of `search`."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from newscrawler.export.columns import columns_of
from newscrawler.export.dictionary import dictionary, facts_of, resource, schema
from newscrawler.export.json_ld import CONTEXT, news_article
from newscrawler.export.order import Order, Written
from newscrawler.export.sink import Sink, sink
from newscrawler.export.source import source

USUAL = ("links", "media", "comments")
_MEDIA_TYPE = "application/x-ndjson"
_UNSEEN = re.compile("[\x7f-\x9f\u2028\u2029\ufeff]")
"""What some programs take for the end of a line, and controls, which JSON allows in texts as they are."""


def write(order: Order) -> Written:
    """Write the articles, with their lists as lists.

    :raises NewsCrawlerError: if there are none, or `order.out` is no place for them; see `sink` and `source`.
    """
    parts = USUAL if order.parts is None else order.parts
    needed = tuple(dict.fromkeys((*parts, "media"))) if order.schema_org else parts

    def describe(taken: Sink) -> str:
        columns = columns_of(needed)
        more: dict[str, Any] = {"mediatype": _MEDIA_TYPE, "encoding": "utf-8", "format": "jsonl"}
        more |= {"context": CONTEXT, "properties": schema(columns)} if order.schema_org else {"schema": schema(columns)}
        return dictionary(order, facts_of(found.tally), [resource(order.out.name, taken.size, taken.hash, **more)])

    names = [column.name for column in columns_of(needed)]
    with sink(order, describe) as taken, source(order) as found:
        for record in found.articles(needed):
            row = news_article(record, parts) if order.schema_org else {name: record[name] for name in names}
            taken.write(line(row))
    return Written(articles=found.tally.articles, size=taken.size)


def line(value: Mapping[str, Any]) -> bytes:
    """An object on one line, whatever its reader takes for the end of a line.

    >>> line({"a": "một\\n\\u2028hai"}).decode()
    '{"a": "một\\\\n\\\\u2028hai"}\\n'
    """
    text = json.dumps(value, ensure_ascii=False, allow_nan=False)
    return _UNSEEN.sub(_escaped, text).encode("utf-8") + b"\n"


def _escaped(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04x}"
