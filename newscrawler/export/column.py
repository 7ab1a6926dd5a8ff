"""What a column of an export is: its name, its kind, and the words that explain it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal["text", "integer", "number", "boolean", "date", "time", "texts", "numbers", "origins", "rows"]
"""`time` is a moment, ISO 8601 with its zone; `date` is as long as it is known, from `2018` to
`2018-05-16T14:30:00+07:00`; `texts` and `numbers` are lists; `origins` is an object, field → where it was read; `rows`
is a list of objects with columns of their own."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column, as all exports have it and as the data dictionary tells it."""

    name: str
    kind: Kind
    description: str
    """One or two sentences."""
    example: Any
    source: str = ""
    """`table.column` that the value comes from."""
    schema_org: str = ""
    """Name of the property of schema.org that means the same; empty where there is none."""
    rows: tuple[Column, ...] = ()
    """Of kind `rows`: the columns of each."""

    def renamed(self) -> Column:
        """The same under its name in schema.org, where it has one; so are the columns of its rows."""
        rows = tuple(column.renamed() for column in self.rows)
        values = (self.kind, self.description, self.example, self.source, self.schema_org, rows)
        return Column(self.schema_org or self.name, *values)
