"""What belongs to an article beside its text: documents, films, sounds, and pictures that its body does not show."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit


@dataclass(frozen=True, kw_only=True, slots=True)
class File:
    """One of them."""

    kind: str
    """image, document, video or audio."""
    name: str
    url: str
    """Empty where the page's address of it cannot be made whole."""
    credit: str
    capture_id: int | None
    """The capture that holds it."""


def files_of(media: list[Mapping[str, Any]], shown: Collection[str]) -> list[File]:
    """The files of an article.

    :param media: rows of table `media`.
    :param shown: addresses of pictures that the body shows already.
    """
    others = (row for row in media if row["kind"] != "image" or row["url"] not in shown)
    return [
        File(
            kind=row["kind"],
            name=row["caption"] or _name(row["url"] or row["original_src"]),
            url=row["url"] or "",
            credit=row["credit"] or "",
            capture_id=row["capture_id"],
        )
        for row in others
    ]


def _name(address: str) -> str:
    """What a file is called in its address."""
    try:
        path = urlsplit(address).path
    except ValueError:
        path = address
    return unquote(path.rstrip("/").rpartition("/")[2]) or address
