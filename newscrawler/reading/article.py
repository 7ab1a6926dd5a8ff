"""Blocks into an Article: the body cleaned, its byline and captions told apart, its dates chosen."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256

from newscrawler.errors import NoArticleError
from newscrawler.items import Article, Blocks, Media, Page, PageKind
from newscrawler.reading.blocks import split_blocks
from newscrawler.reading.body.byline import take_byline, take_headline
from newscrawler.reading.body.counters import without_counters
from newscrawler.reading.body.figures import credit_of, take_captions
from newscrawler.reading.body.fragment import read_body
from newscrawler.reading.body.parts import Body, Embed, Image, Table
from newscrawler.reading.body.safe_html import Resolve, render
from newscrawler.reading.encoding import decode
from newscrawler.reading.fields.chosen import fields_of
from newscrawler.reading.layout import Layout
from newscrawler.reading.page.own_addresses import UNKNOWN_SITE, Addresses
from newscrawler.text import count_words, one_line
from newscrawler.urls import absolute

EXTRACTOR = "newscrawler-4"
"""Version of the rules of this room; raised when the same page would be read differently."""

_BARE_NAME = re.compile(r"^(?![a-z][a-z0-9+.-]*:|/)", re.IGNORECASE)


def read_page(page: Page, layout: Layout, addresses: Addresses = UNKNOWN_SITE) -> Article:
    """Read one page at once: `split_blocks`, then `read_article`."""
    return read_article(split_blocks(page, layout, addresses), layout, addresses)


def read(
    html: str | bytes,
    url: str = "",
    *,
    layout: Layout | None = None,
    addresses: Addresses = UNKNOWN_SITE,
    kind: PageKind = "other",
    site: str = "",
    fetched_at: datetime | None = None,
) -> Article:
    """Read one page from its HTML, with no network and no disk.

    :param html: source as text, or bytes whose encoding is to be found out.
    :param url: its address; relative links and images need it.
    :param fetched_at: when the page looked so (aware); now where it is not known.
    :raises NoArticleError: if there is neither an article nor a list of articles.
    """
    source = decode(html) if isinstance(html, bytes) else html
    page = Page(url=url, html=source, fetched_at=fetched_at or datetime.now(UTC), kind=kind, site=site)
    return read_page(page, layout or Layout(), addresses)


def read_article(blocks: Blocks, layout: Layout, addresses: Addresses = UNKNOWN_SITE) -> Article:
    """Clean one page's body and fill the fields of its article.

    :raises NoArticleError: if the page has neither text nor a list.
    """
    body = _body(blocks)
    fields = fields_of(blocks, body, layout, addresses)
    article = Article(
        **{"title": None, **fields.values},
        extractor=f"{EXTRACTOR} {blocks.form}",
        page=blocks.page,
        links=blocks.links,
        origins=fields.origins,
    )
    if blocks.main is not None and (body.texts or body.parts):
        return replace(_with_body(article, body, layout, fields.folder), comments=blocks.comments)
    if any(link.block == "main" for link in blocks.links):
        return article
    raise NoArticleError(f"{article.url or 'the page'} holds no article and no list of articles that could be found")


def article_of(blocks: Blocks, layout: Layout, addresses: Addresses = UNKNOWN_SITE) -> Article:
    """`read_article`, but worked out once for each page: the spider asks for its media, the pipeline stores it."""
    cache = blocks.page.cache
    if "article" not in cache:
        cache["article"] = read_article(blocks, layout, addresses)
    article: Article = cache["article"]
    return article


def _body(blocks: Blocks) -> Body:
    body = take_captions(read_body(blocks.main or ""))
    body = take_byline(take_headline(body, blocks.title))
    known = {part.src for part in body.parts if isinstance(part, Embed)}
    files = [Embed("document", file.original_src, file.caption) for file in blocks.files]
    body.parts += [file for file in files if file.src not in known]
    return body


def _with_body(article: Article, body: Body, layout: Layout, folder: str | None) -> Article:
    page = article.page
    paragraphs = [text.text for text in body.texts]
    resolve = _resolver(article, page.url if page else article.url, layout, folder or article.event_date)
    article = replace(
        article,
        body_text="\n\n".join(paragraphs),
        body_html=render(body, resolve),
        other_text=_other_text(body, article.byline),
        word_count=count_words(" ".join(paragraphs)),
        media=tuple(_media(body, resolve)),
    )
    return replace(article, content_hash=content_hash(article))


def content_hash(article: Article) -> str:
    """SHA-256 over what a reader would call a change: title, summary, byline, paragraphs, tables, captions, pictures.

    Styles, counters and neighbouring blocks are left out on purpose: they make no new version.
    """
    pictures = [media.original_src for media in article.media]
    words = [without_counters(text) for text in (article.body_text, article.other_text)]
    parts = [article.title, article.summary, article.byline, *words, *pictures]
    return sha256("\x1f".join(part or "" for part in parts).encode()).hexdigest()


def _year_and_month(value: str) -> tuple[int, int | None]:
    year, _dash, month = value.partition("-")
    return int(year), int(month[:2]) if month else None


def _resolver(article: Article, page_url: str, layout: Layout, known_date: str | None) -> Resolve:
    """Relative pictures lie in a folder of year, month and article; without a date their address stays unknown."""
    year, month = _year_and_month(known_date) if known_date else (None, None)

    def resolve(src: str) -> str | None:
        if layout.image_folder and _BARE_NAME.match(src) and "#" not in src[:1]:
            if year is None or month is None:
                return None
            return absolute(
                page_url, layout.image_folder.format(year=year, month=month, id=article.site_article_id, name=src)
            )
        return absolute(page_url, src)

    return resolve


def _media(body: Body, resolve: Resolve) -> list[Media]:
    parts = [part for part in body.parts if isinstance(part, Image | Embed)]
    return [
        Media(
            position=position,
            kind="image" if isinstance(part, Image) else part.kind,
            url=resolve(part.src),
            original_src=part.src,
            caption=part.caption,
            credit=credit_of(part.caption),
        )
        for position, part in enumerate(parts, start=1)
    ]


def _other_text(body: Body, byline: str | None) -> str:
    """Captions, table rows and byline, a line each: searched, but no paragraphs."""
    lines = [one_line(part.caption) for part in body.parts if isinstance(part, Image | Embed)]
    lines += [" | ".join(row) for part in body.parts if isinstance(part, Table) for row in part.rows]
    return "\n".join(line for line in [*lines, byline or ""] if line)
