"""What the page of an article shows in a copy: the same as in the room, but links lead only to articles that the copy
has."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, cast

from newscrawler.store import Database
from newscrawler.store.version_heads import version_heads
from newscrawler.web.articles.article import article
from newscrawler.web.articles.blocks import Block, Item
from newscrawler.web.articles.cleaning import Prose
from newscrawler.web.asked import Asked
from newscrawler.web.copy.addresses import versions_path


def article_in_copy(db: Database, asked: Asked, held: Collection[int]) -> dict[str, object]:
    """What `copy_article.html` shows.

    :param held: ids of the articles of the copy.
    """
    shown = dict(article(db, asked))
    found = cast(Mapping[str, Any], shown["article"])
    prose, blocks = cast(Prose, shown["prose"]), cast(Iterable[Block], shown["blocks"])
    twins = [twin for twin in found["twins"] if twin["id"] in held]
    articles = {url: id for url, id in prose.articles.items() if id in held}
    return {
        **shown,
        "article": {**found, "twins": twins},
        "prose": replace(prose, articles=articles),
        "blocks": [_trimmed(block, held) for block in blocks],
    }


def changes(db: Database, id: int) -> Iterator[tuple[int, str]]:
    """The changes of an article that its history tells of: number of the newer version, and path of the page that shows
    the two; the latest stands under the history's own path too."""
    numbers = [head.number for head in version_heads(db, id) if head.number > 1]
    for number in numbers:
        yield number, versions_path(id, number)
    if numbers:
        yield numbers[0], versions_path(id)


def _trimmed(block: Block, held: Collection[int]) -> Block:
    def items(some: tuple[Item, ...]) -> tuple[Item, ...]:
        return tuple(item if item.article_id in held else replace(item, article_id=None) for item in some)

    return replace(block, standing=items(block.standing), earlier=items(block.earlier))
