"""Columns and articles as Arrow has them; the only file with pyarrow."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from newscrawler.errors import NewsCrawlerError
from newscrawler.export.column import Column, Kind

_CONFLICT = pa.struct([("source", pa.string()), ("where", pa.string()), ("value", pa.string())])
_ORIGIN = pa.struct([("source", pa.string()), ("where", pa.string()), ("conflicts", pa.list_(_CONFLICT))])
_TYPES: Mapping[Kind, Any] = {
    "text": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
    "date": pa.string(),
    "time": pa.timestamp("us", tz="UTC"),
    "texts": pa.list_(pa.string()),
    "numbers": pa.list_(pa.int64()),
    "origins": pa.map_(pa.string(), _ORIGIN),
}


def writer(stream: Any, columns: Iterable[Column]) -> Any:
    """What writes batches of these columns to a stream, to be used in a `with` block."""
    return pq.ParquetWriter(pa.PythonFile(stream, mode="w"), schema_of(columns), compression="zstd")


def schema_of(columns: Iterable[Column]) -> Any:
    """The schema of a file; each field bears the words that explain it."""
    return pa.schema([_field(column) for column in columns])


def _field(column: Column) -> Any:
    return pa.field(column.name, _type(column), metadata={"description": column.description})


def _type(column: Column) -> Any:
    if column.kind != "rows":
        return _TYPES[column.kind]
    return pa.list_(pa.struct([pa.field(each.name, _type(each)) for each in column.rows]))


def batch(records: Sequence[Mapping[str, Any]], columns: Sequence[Column], shown: Sequence[Column]) -> Any:
    """Articles as one batch.

    :param columns: as the articles have them.
    :param shown: the same in the same order, under the names that the batch has.
    :raises NewsCrawlerError: if a value is not of its column's kind.
    """
    arrays = [_array(records, column, one) for column, one in zip(columns, shown, strict=True)]
    return pa.RecordBatch.from_arrays(arrays, schema=schema_of(shown))


def _array(records: Sequence[Mapping[str, Any]], column: Column, shown: Column) -> Any:
    try:
        return pa.array([_value(record, column, shown) for record in records], _type(shown))
    except (pa.ArrowException, TypeError, ValueError) as error:
        first, last = records[0]["id"], records[-1]["id"]
        raise NewsCrawlerError(
            f"{column.name} of an article between ids {first} and {last} is no {column.kind}: {error}; "
            "`newscrawler rebuild` makes the database again"
        ) from error


def _value(record: Mapping[str, Any], column: Column, shown: Column) -> Any:
    if column.name.endswith("_at") and column.name not in record:
        return _moment(record, column.name.removesuffix("_at"))
    value = record[column.name]
    return None if value is None else _MAKERS.get(column.kind, _as_it_is)(value, column, shown)


def _moment(record: Mapping[str, Any], name: str) -> datetime | None:
    """The moment of a date, where it is known to the minute and says its zone."""
    if record[f"{name}_precision"] != "minute":
        return None
    moment = datetime.fromisoformat(record[name])
    return moment if moment.tzinfo else None


def _as_it_is(value: Any, _column: Column, _shown: Column) -> Any:
    return value


def _time(value: str, _column: Column, _shown: Column) -> datetime:
    return datetime.fromisoformat(value)


def _pairs(value: Mapping[str, Any], _column: Column, _shown: Column) -> list[tuple[str, Any]]:
    return list(value.items())


def _rows(value: Iterable[Mapping[str, Any]], column: Column, shown: Column) -> list[dict[str, Any]]:
    fields = tuple(zip(column.rows, shown.rows, strict=True))
    return [{to.name: _value(row, of, to) for of, to in fields} for row in value]


_MAKERS: Mapping[Kind, Callable[[Any, Column, Column], Any]] = {"time": _time, "origins": _pairs, "rows": _rows}
