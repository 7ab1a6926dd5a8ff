"""Comments that a page states in JSON-LD and does not show."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from lxml.html import HtmlElement

from newscrawler.items import Comment
from newscrawler.reading.comments.parts import MAX_AUTHOR, MAX_STAMP, MAX_TEXT
from newscrawler.reading.dates.stamps import parse_stamp
from newscrawler.reading.fields.jsonld import Node, is_article, nodes, texts
from newscrawler.text import keep_lines

_LEVELS = 20


def stated_comments(tree: HtmlElement, fetched_at: datetime, zone: ZoneInfo, most: int) -> tuple[Comment, ...]:
    """The `comment` entries of the page's articles, answers behind what they answer.

    :param most: no more are read.
    """
    scripts = [script.text for script in tree.iter("script") if script.text and '"comment"' in script.text]
    found: list[Comment] = []
    for node in nodes(scripts) if scripts else ():
        if is_article(node) and not found:
            _gather(node, None, found, fetched_at, zone, most, 0)
    return tuple(found)


def _gather(
    node: Node, above: int | None, found: list[Comment], fetched_at: datetime, zone: ZoneInfo, most: int, level: int
) -> None:
    for one in _objects(node.get("comment")):
        if len(found) >= most or level > _LEVELS:
            return
        comment = _comment(one, len(found) + 1, above, fetched_at, zone)
        if comment.text:
            found.append(comment)
        _gather(one, comment.position if comment.text else above, found, fetched_at, zone, most, level + 1)


def _objects(value: Any) -> Iterator[Node]:
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, dict):
            yield one


def _comment(node: Node, position: int, above: int | None, fetched_at: datetime, zone: ZoneInfo) -> Comment:
    said = node.get("text")
    lines = keep_lines(said[:MAX_TEXT]).replace("\n", "\n\n") if isinstance(said, str) else ""
    author = next(iter(texts(node.get("author"))), "")[:MAX_AUTHOR]
    stamp = next(iter(texts(node.get("dateCreated")) or texts(node.get("datePublished"))), "")[:MAX_STAMP]
    dated = parse_stamp(stamp, fetched_at=fetched_at, zone=zone, source="metadata") if stamp else None
    return Comment(
        position=position,
        text=lines,
        author=author or None,
        published=dated.value if dated else None,
        published_raw=stamp or None,
        reply_to=above,
    )
