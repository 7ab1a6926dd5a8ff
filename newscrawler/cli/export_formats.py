"""The formats of `export`: what each is, which options it has a use for, and where it is written.

A further format is a line here and a module with `write(order: Order) -> Written`; the module is loaded only when it is
asked for.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from newscrawler.export.order import Order, Written

_TABLE = frozenset({"--with", "--schema-org"})


@dataclass(frozen=True, slots=True)
class Format:
    """One format."""

    about: str
    module: str
    """Has the function `write`."""
    options: frozenset[str] = frozenset()
    """Those beside the filters, --limit and --force."""
    streams: bool = False
    """Whether it can go to standard output."""
    counts: str = "articles"
    """What its progress counts: articles or bytes."""

    @property
    def write(self) -> Callable[[Order], Written]:
        """What writes it."""
        found: Callable[[Order], Written] = importlib.import_module(self.module).write
        return found


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        "jsonl": Format("an object a line, with links, media and comments", "newscrawler.export.jsonl", _TABLE, True),
        "csv": Format(
            "a table; cells are safe from formulas", "newscrawler.export.csv", _TABLE | {"--raw", "--bom"}, True
        ),
        "parquet": Format("a table with types, for DuckDB, pandas …", "newscrawler.export.parquet", _TABLE),
        "markdown": Format("a folder of files with front matter and pictures", "newscrawler.export.markdown"),
        "atom": Format("a feed of the newest 100, or --limit", "newscrawler.export.atom", streams=True),
        "site": Format("plain pages with a search that needs no server", "newscrawler.web.copy", frozenset({"--lang"})),
        "wacz": Format(
            "the captures, for ReplayWeb.page and pywb",
            "newscrawler.export.wacz.written",
            frozenset({"--sign"}),
            counts="bytes",
        ),
    }
)
"""Name → what it is."""
