"""The hot and the related block as they stood on the page of an article."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

NAMES = ("hot", "related")
_MOST = 60
"""Items of a block that are shown, of one time."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    """One entry of a block."""

    title: str
    summary: str
    url: str
    """As the page had it; empty where it had none."""
    article_id: int | None
    """The article of ours at that address."""
    picture: int | None
    """Capture of its picture."""
    first_seen: str
    last_seen: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Block:
    """A block of a page."""

    name: str
    seen_at: str
    """When it was seen last: UTC, ISO 8601."""
    standing: tuple[Item, ...]
    """What stood in it then."""
    earlier: tuple[Item, ...]
    """What had left it by then, the latest first."""


def blocks_of(
    links: Iterable[Mapping[str, Any]], articles: Mapping[str, int], pictures: Mapping[str, int]
) -> list[Block]:
    """The blocks in which anything stood.

    :param links: rows of table `links`.
    :param articles: address → the article of ours that is there.
    :param pictures: address of a picture → its capture.
    """
    rows = list(links)
    found = ([row for row in rows if row["block"] == name] for name in NAMES)
    return [_block(block, articles, pictures) for block in found if block]


def _block(rows: list[Mapping[str, Any]], articles: Mapping[str, int], pictures: Mapping[str, int]) -> Block:
    seen_at = max(row["last_seen"] for row in rows)
    standing = sorted((row for row in rows if row["last_seen"] == seen_at), key=lambda row: row["position"])
    earlier = [row for row in rows if row["last_seen"] != seen_at]
    earlier.sort(key=lambda row: row["position"])
    earlier.sort(key=lambda row: row["last_seen"], reverse=True)

    def items(chosen: list[Mapping[str, Any]]) -> tuple[Item, ...]:
        return tuple(_item(row, articles, pictures) for row in chosen[:_MOST])

    return Block(name=rows[0]["block"], seen_at=seen_at, standing=items(standing), earlier=items(earlier))


def _item(row: Mapping[str, Any], articles: Mapping[str, int], pictures: Mapping[str, int]) -> Item:
    return Item(
        title=row["title"] or row["summary"] or row["url"] or "",
        summary=(row["summary"] or "") if row["title"] else "",
        url=row["url"] or "",
        article_id=articles.get(row["url"]),
        picture=pictures.get(row["image_url"]),
        first_seen=row["first_seen"],
        last_seen=row["last_seen"],
    )
