"""Articles as CSV (RFC 4180) in UTF-8: every text in quotes, so that an empty text and none at all differ, and no cell
that a spreadsheet would take for a formula."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

from newscrawler.export.columns import columns_of
from newscrawler.export.dictionary import dictionary, facts_of, resource, schema
from newscrawler.export.order import Order, Written
from newscrawler.export.sink import Sink, sink
from newscrawler.export.source import source

_END = b"\r\n"
_BOM = b"\xef\xbb\xbf"
# Blanks and signs that nobody sees may stand before: some spreadsheets drop them. An apostrophe before such a text
# gets another, so that taking one away always gives back the text.
_FORMULA = re.compile(
    "'*(?:[\t\r\n]|[\\s\x00-\x1f\x7f-\x9f\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]*"
    "[=+\\-@\uff1d\uff0b\uff0d\uff20])"
)
_GUARD = (
    "A cell that begins with = + - @ (ASCII or full width, blanks before them or not), tab or line break has an "
    "apostrophe before it, against formulas; drop one apostrophe of cells that begin with apostrophes and such a sign."
)
_RAW = "Cells are as they are in the archive: open the file with care in a spreadsheet, some may be formulas."


def write(order: Order) -> Written:
    """Write the articles; lists and objects as JSON in a cell.

    :raises NewsCrawlerError: if there are none, or `order.out` is no place for them; see `sink` and `source`.
    """
    parts = order.parts or ()
    columns = columns_of(parts)
    shown = [column.renamed() if order.schema_org else column for column in columns]

    def describe(taken: Sink) -> str:
        more: dict[str, Any] = {"mediatype": "text/csv", "encoding": "utf-8", "format": "csv"}
        more |= {"profile": "tabular-data-resource", "description": _RAW if order.raw else _GUARD}
        more |= {"dialect": {"delimiter": ",", "quoteChar": '"', "doubleQuote": True, "lineTerminator": "\r\n"}}
        more |= {"schema": {**schema(shown), "missingValues": [""]}}
        return dictionary(order, facts_of(found.tally), [resource(order.out.name, taken.size, taken.hash, **more)])

    with sink(order, describe) as taken, source(order) as found:
        taken.write(_BOM * order.bom + _row([column.name for column in shown], raw=True))
        for record in found.articles(parts):
            taken.write(_row([record[column.name] for column in columns], raw=order.raw))
    return Written(articles=found.tally.articles, size=taken.size)


def _row(values: Iterable[Any], *, raw: bool) -> bytes:
    return ",".join(cell(value, raw=raw) for value in values).encode("utf-8") + _END


def cell(value: Any, *, raw: bool = False) -> str:
    """A value as it stands between two commas.

    >>> [cell(value) for value in (None, "", 12, True, 'Đoàn "xã"', "=1+1", ["a"])]
    ['', '""', '12', 'true', '"Đoàn ""xã\"""', '"\\'=1+1"', '"[""a""]"']
    """
    match value:
        case None:
            return ""
        case str():
            return _quoted(value if raw else guarded(value))
        case list() | dict():
            return _quoted(json.dumps(value, ensure_ascii=False))
    return json.dumps(value)


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def guarded(text: str) -> str:
    """A text that no spreadsheet takes for a formula (facts: reliability §4, row 97).

    >>> guarded("-5 độ"), guarded("＝1+1"), guarded("'=1"), guarded("'Đoàn'")
    ("'-5 độ", "'＝1+1", "''=1", "'Đoàn'")
    """
    return f"'{text}" if _FORMULA.match(text) else text


def unguarded(text: str) -> str:
    """The text that `guarded` was given.

    >>> unguarded(guarded("=1+1"))
    '=1+1'
    """
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text
