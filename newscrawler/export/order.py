"""What is asked of an export, and what is told of it when it is done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from newscrawler.errors import ExitCode
from newscrawler.store.selection import Selection

Progress = Callable[[int, int], object]
"""Told of what is done and of all: articles, or bytes of a WACZ."""


def unseen(_done: int, _total: int) -> None:
    """Progress that nobody looks at."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Order:
    """One export. What a format has no use for is not looked at."""

    data: Path
    """Folder of the archive."""
    out: Path
    """File or folder that is there only when it is whole."""
    stream: BinaryIO | None = None
    """Takes the bytes instead of `out`."""
    selection: Selection = field(default_factory=Selection)
    force: bool = False
    """Replace what is at `out`."""
    parts: tuple[str, ...] | None = None
    """What of links, media, comments, versions and twins goes along; None for what is usual of the format."""
    schema_org: bool = False
    """Fields bear the names of schema.org's NewsArticle."""
    raw: bool = False
    """CSV: cells as they are, formulas too."""
    bom: bool = False
    """CSV: begin with a byte order mark, by which Excel knows UTF-8."""
    key: Path | None = None
    """WACZ: file of the key to sign with."""
    lang: str = "vi"
    """Site: language of the pages, vi or en."""
    progress: Progress = unseen


@dataclass(frozen=True, kw_only=True, slots=True)
class Written:
    """What an export has written."""

    articles: int
    size: int
    """Bytes of the file, or of all files of the folder."""
    more: str = ""
    """What else is in it, a few words."""
    complaints: tuple[str, ...] = ()
    """What did not go in, a sentence each."""
    exit_code: ExitCode = ExitCode.COMPLETE
