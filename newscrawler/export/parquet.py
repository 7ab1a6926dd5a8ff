"""Articles as Parquet: typed columns, lists and objects as such, moments in UTC; pyarrow writes it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from types import ModuleType
from typing import Any

from newscrawler.errors import NewsCrawlerError
from newscrawler.export.columns import typed_columns_of
from newscrawler.export.dictionary import dictionary, facts_of, resource, schema
from newscrawler.export.order import Order, Written
from newscrawler.export.sink import Sink, sink
from newscrawler.export.source import Record, source

USUAL = ("links", "media", "comments")
_MEDIA_TYPE = "application/vnd.apache.parquet"
_MOST_ROWS = 1_000
_MOST_LETTERS = 4_000_000
"""Of the texts of a row group; what is gathered of it is in memory."""


def write(order: Order) -> Written:
    """Write the articles, a row group for every thousand, fewer where they are long.

    :raises NewsCrawlerError: if pyarrow is missing, if there are no articles, or `order.out` is no place for them; see
        `sink` and `source`.
    """
    arrow = _arrow()
    parts = USUAL if order.parts is None else order.parts
    columns = typed_columns_of(parts)
    shown = [column.renamed() if order.schema_org else column for column in columns]

    def describe(taken: Sink) -> str:
        more: dict[str, Any] = {"mediatype": _MEDIA_TYPE, "format": "parquet", "schema": schema(shown)}
        return dictionary(order, facts_of(found.tally), [resource(order.out.name, taken.size, taken.hash, **more)])

    with sink(order, describe) as taken, source(order) as found, arrow.writer(taken, shown) as writer:
        for group in _groups(found.articles(parts)):
            writer.write_batch(arrow.batch(group, columns, shown))
    return Written(articles=found.tally.articles, size=taken.size)


def _arrow() -> ModuleType:
    try:
        from newscrawler.export import arrow
    except ImportError as error:
        raise NewsCrawlerError("Parquet needs pyarrow; install it with `pip install newscrawler[parquet]`") from error
    return arrow


def _groups(records: Iterable[Record]) -> Iterator[list[Record]]:
    group: list[Record] = []
    letters = 0
    for record in records:
        group.append(record)
        letters += _letters(record)
        if len(group) == _MOST_ROWS or letters > _MOST_LETTERS:
            yield group
            group, letters = [], 0
    if group:
        yield group


def _letters(record: Record) -> int:
    texts = (record, *record.get("versions", ()))
    return sum(len(text["body_text"]) + len(text["body_html"]) for text in texts)
