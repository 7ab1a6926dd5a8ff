"""The page of an article: what it says, when and where it said so, and what stood beside it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from newscrawler.errors import NoSuchArticleError
from newscrawler.sites import SITES
from newscrawler.store import Database, find_article
from newscrawler.store.standing import known_articles, nearest_captures, pictures_among
from newscrawler.store.version_heads import count_versions
from newscrawler.web.addresses import Addresses
from newscrawler.web.articles import words as article_words
from newscrawler.web.articles.blocks import blocks_of
from newscrawler.web.articles.cleaning import Prose, addresses_in
from newscrawler.web.articles.files import files_of
from newscrawler.web.asked import Asked
from newscrawler.web.pages import Sent, View, page, view
from newscrawler.web.speech import Speech

ID = r"(?P<id>[0-9]{1,15})"
"""Of an article, in a route."""
_BLOCKS = ("hot", "related")


def article_of(db: Database, asked: Asked) -> dict[str, Any]:
    """The article that an address of the room names, as `find_article` gives it.

    :raises NoSuchArticleError: if there is none.
    """
    return find_article(db, int(asked.parts["id"]))


def article(db: Database, asked: Asked) -> Mapping[str, object]:
    """What the page of an article shows."""
    found, say = article_of(db, asked), Speech(asked.lang)
    links, pictures = addresses_in(found["body_html"])
    beside = [link for link in found["links"] if link["block"] in _BLOCKS]
    known = known_articles(db, [*links, *(link["url"] for link in beside)])
    held = {**nearest_captures(db, pictures, found["last_seen"]), **_held(found["media"])}
    beside_held = nearest_captures(db, (link["image_url"] for link in beside), found["last_seen"])
    drawn = pictures_among(db, [*held.values(), *beside_held.values()])
    held = {url: id_ for url, id_ in held.items() if id_ in drawn}
    shown = {url: id_ for url, id_ in beside_held.items() if id_ in drawn}
    return {
        "article": found,
        "site_title": site_title(found["site"]),
        "prose": Prose(html=found["body_html"], text=found["body_text"], pictures=held, articles=known),
        "files": files_of(found["media"], pictures),
        "blocks": blocks_of(beside, known, shown),
        "versions": count_versions(db, found["id"]),
        "published": article_words.published(say, found),
        "modified": article_words.modified(say, found),
        "origins": article_words.origins(say, found["origins"]),
    }


def site_title(name: str) -> str:
    """What a site calls itself; its name where no site file knows it."""
    return SITES[name].title if name in SITES else name


def _held(media: list[dict[str, Any]]) -> dict[str, int]:
    return {medium["url"]: medium["capture_id"] for medium in media if medium["url"] and medium["capture_id"]}


def by_address(db: Database, asked: Asked) -> Sent:
    """`/article?url=…` leads to the article that is, or was, at an address."""
    wanted = asked.text("url") or asked.text("id")
    if not wanted:
        raise NoSuchArticleError("name an article by its address: /article?url=…")
    to = Addresses(asked).article(find_article(db, wanted)["id"])
    return Sent(body="", status=302, headers={"location": to})


ROUTES: list[tuple[str, View]] = [
    (r"/article/?$", view(by_address)),
    (rf"/article/{ID}/?$", page("article.html", article)),
]
