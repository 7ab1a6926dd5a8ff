"""A page into its main, hot and related blocks."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from lxml.etree import tostring
from lxml.html import HtmlElement

from newscrawler.items import BlockName, Blocks, Claim, Link, Metadata, Page
from newscrawler.reading.comments.reader import commented_parts, read_comments
from newscrawler.reading.fields.metadata import read_metadata
from newscrawler.reading.fields.named import named_claims
from newscrawler.reading.generic import reader as generic
from newscrawler.reading.generic.found import dated_claims, found_claims
from newscrawler.reading.layout import Layout
from newscrawler.reading.letters.mending import mend
from newscrawler.reading.page import capture_form, guard
from newscrawler.reading.page.labels import label_kind
from newscrawler.reading.page.nested import Nested, generation_of, split_nested
from newscrawler.reading.page.order import ReadingOrder, reading_order
from newscrawler.reading.page.own_addresses import UNKNOWN_SITE, Addresses
from newscrawler.reading.page.selectors import found_by, select
from newscrawler.reading.page.tree import parse
from newscrawler.reading.sections.attachments import attachments
from newscrawler.reading.sections.boxes import with_named_boxes
from newscrawler.reading.sections.clearing import cleared, cleared_html, foreign_parts, named_parts
from newscrawler.reading.sections.entries import read_entries
from newscrawler.reading.sections.first_lede import with_lede
from newscrawler.reading.sections.headline import find_headline, page_title
from newscrawler.reading.sections.section import Section
from newscrawler.reading.sections.spans import find_sections
from newscrawler.reading.sections.stamp_line import stamps_before_body
from newscrawler.text import fold
from newscrawler.urls import absolute, bare_host

_LINK = re.compile(r"<a\s", re.IGNORECASE)
_PAGE_FURNITURE = re.compile(r"<(?:nav|form|header|footer|aside)\b", re.IGNORECASE)


def split_blocks(page: Page, layout: Layout, addresses: Addresses = UNKNOWN_SITE) -> Blocks:
    """Split a page.

    :param page: decoded HTML; `page.kind` tells whether an article or a list is looked for.
    :param addresses: the site's own knowledge of its articles' addresses.
    :returns: body still as found, hot and related entries, on list pages the list as block `main`.
    :raises HostilePageError: if parsing the page would cost too much.
    """
    if "blocks" not in page.cache:
        page.cache["blocks"] = _split(page, layout, addresses)
    blocks: Blocks = page.cache["blocks"]
    return blocks


def _split(page: Page, layout: Layout, addresses: Addresses) -> Blocks:
    mended = mend(page.html)
    tamed = guard.tame(mended.html)
    page = replace(page, html=tamed.html)
    outer, nested, left_out = _part_nested(page, layout)
    page = replace(page, left_out=tuple(dict.fromkeys((*mended.notes, *tamed.left_out, *left_out))))
    tree = parse(outer, tamed=True)
    page.cache["tree"] = tree  # of the page around the body; `requisites` reads it once more
    order = reading_order(tree, base_address(tree, page.url))
    hrefs = tuple(dict.fromkeys(piece.href for piece in order.pieces if piece.href))
    articles = _canonical_hrefs(order, addresses)
    sections = with_named_boxes(find_sections(order, layout, articles), order, layout)
    metadata = read_metadata(tree, url=page.url, fetched_at=page.fetched_at, distrusted=layout.distrusted)
    main, form = _main(page, order, layout, nested, metadata, sections)
    if page.kind == "listing":
        sections = _without_own_list(sections, tree, layout)
    links = _section_links(order, sections, layout, articles)
    if main is None and page.kind != "article":
        listed = _list_links(page, tree, order, sections, articles)
        links = (listed if articles else _without(listed, links)) + links
        form = "listing"
    own_url = addresses.canonical(page.url) or page.url
    title = find_headline(tree, order, layout, metadata, own_url, nested.html if nested else "")
    if nested is not None and nested.wrapping == "bare":
        title = None
    blocks = Blocks(
        page=page,
        title=title.value if title else None,
        main=main,
        form=form,
        links=links,
        hrefs=hrefs,
        metadata=metadata,
        claims=(title,) if title else (),
    )
    return blocks if main is None else _with_fields(blocks, order, layout, outer)


def _with_fields(blocks: Blocks, order: ReadingOrder, layout: Layout, html: str) -> Blocks:
    """What else the page holds of an article: what its places say, attachments, comments."""
    tree, page = order.root, blocks.page
    named = named_claims(tree, layout, page.fetched_at)
    known = frozenset(claim.field for claim in named if claim.value)
    found: Iterable[Claim]
    if blocks.form in ("generic", "selector"):
        found = found_claims(tree, blocks.main or "", blocks.title or "", page.fetched_at, known, page.url)
    else:
        shown = stamps_before_body(order, blocks.title, layout, page.fetched_at)
        found = dated_claims(shown, "line before the body")
    return replace(
        blocks,
        claims=(*blocks.claims, *_places(blocks.form, tree, layout), *named, *found),
        files=attachments(tree, layout, base_address(tree, page.url)),
        comments=read_comments(tree, layout, page.fetched_at, html),
    )


def _places(form: str, tree: HtmlElement, layout: Layout) -> list[Claim]:
    """Where body, boxes and comments were read, as claims without a value: they are too long for one."""
    fields = {"links": (*layout.hot, *layout.related), "comments": layout.comments}
    fields["body_text"] = layout.main if form == "selector" else ()
    found = {field: next((by for by, _one in found_by(tree, places)), "") for field, places in fields.items() if places}
    claims = [Claim(field=field, value="", source="selector", where=where) for field, where in found.items() if where]
    known = {claim.field for claim in claims}
    return claims if "body_text" in known else [*claims, _seen_at("body_text", form)]


def _seen_at(field: str, where: str) -> Claim:
    return Claim(field=field, value="", source="heuristic", where=where)


def _part_nested(page: Page, layout: Layout) -> tuple[str, Nested | None, tuple[str, ...]]:
    """The page around the body, the body, and what was left out of it."""
    if page.kind == "listing":
        return page.html, None, ()
    outer, nested = split_nested(page.html, fragments=layout.wrapped and page.kind == "article")
    if nested is not None:
        tamed = guard.tame(nested.html)  # what was escaped is seen as tags only now
        around = capture_form.text_to_html(outer) if capture_form.is_plain_text(outer) else outer
        return around, replace(nested, html=tamed.html), tamed.left_out
    if _is_bare_body(page.html, layout):
        return page.html, Nested(page.html, "bare"), ()
    return page.html, None, ()


def _is_bare_body(html: str, layout: Layout) -> bool:
    """Whether the file is a nested document by itself, cut out of its page."""
    known = generation_of(html) != "x"
    furniture = _PAGE_FURNITURE.search(html) is not None or len(_LINK.findall(html)) > 3
    return not furniture and (known or (layout.wrapped and "<p" in html[:5000]))


def base_address(tree: HtmlElement, url: str) -> str:
    """The page's `base`, unless it leads to another host."""
    for element in tree.iter("base"):
        base = absolute(url, element.get("href") or "")
        if base and bare_host(base) == bare_host(url):
            return base
    return url


def _canonical_hrefs(order: ReadingOrder, addresses: Addresses) -> frozenset[str]:
    """Give all links to one article one address; returns these addresses."""
    known: dict[str, str | None] = {}
    for piece in order.pieces:
        if piece.href:
            if piece.href not in known:
                known[piece.href] = addresses.canonical(piece.href)
            piece.href = known[piece.href] or piece.href
    return frozenset(address for address in known.values() if address)


def _main(
    page: Page,
    order: ReadingOrder,
    layout: Layout,
    nested: Nested | None,
    metadata: Metadata,
    sections: list[Section],
) -> tuple[str | None, str]:
    tree = order.root
    if nested is not None:
        return cleared_html(nested.html, layout), f"nested-{nested.generation} {nested.wrapping}"
    if page.kind == "listing":
        return None, "listing"
    if found := select(tree, layout.main):
        parts = foreign_parts(order, found[0], layout, sections)
        parts += commented_parts(found[0], layout, page.fetched_at)
        body = cleared(found[0], parts)
        main = str(tostring(body, encoding="unicode", method="html", with_tail=False))
        return with_lede(main, order, layout, found[0]), "selector"
    if page.kind == "article" or not page.url or generic.looks_like_article(tree, page.url, metadata):
        body = generic.generic_body(cleared(tree, named_parts(tree, layout)), page.url)
        return with_lede(body, order, layout) if body else None, "generic"
    return None, "other"


def _section_links(
    order: ReadingOrder, sections: list[Section], layout: Layout, articles: frozenset[str]
) -> tuple[Link, ...]:
    links: list[Link] = []
    blocks: tuple[BlockName, ...] = ("hot", "related")
    for block in blocks:
        for section in sections:
            if section.kind == block:
                found = read_entries(
                    order,
                    section.container,
                    range(section.start, section.end),
                    block,
                    article_hrefs=articles,
                    single_text=layout.blocks_show,
                )
                before = sum(link.block == block for link in links)
                links += [replace(link, position=link.position + before) for link in found]
    return tuple(links)


def _without_own_list(sections: list[Section], tree: HtmlElement, layout: Layout) -> list[Section]:
    """The boxes of a list page: where its title is a label, the first part so labelled is its list, not a box."""
    title = page_title(tree)
    names = (fold(name) for name in layout.site_names)
    name = next((name for name in names if fold(title).startswith(name)), "")
    kind = label_kind(title[len(name) :].strip(" -|:»"))
    own = next((section for section in sections if kind is not None and section.kind == kind), None)
    return [section for section in sections if section is not own]


def _without(listed: tuple[Link, ...], boxed: tuple[Link, ...]) -> tuple[Link, ...]:
    """A list found without knowledge of the site, less what stands in the labelled blocks."""
    known = {link.url for link in boxed}
    kept = [link for link in listed if link.url not in known]
    return tuple(replace(link, position=position) for position, link in enumerate(kept, start=1))


def _list_links(
    page: Page, tree: HtmlElement, order: ReadingOrder, sections: list[Section], articles: frozenset[str]
) -> tuple[Link, ...]:
    """The list of a list page: all entries outside the labelled blocks."""
    if not articles:
        return generic.list_links(tree, page.url)
    # “Newest” heads a box beside the list on some pages, and the list itself on others.
    for kinds in (("hot", "related", "newest"), ("hot", "related")):
        boxes = [section for section in sections if section.kind in kinds]
        skip = frozenset(i for box in boxes for i in range(box.label_start, box.end))
        everything = range(len(order.pieces))
        found = read_entries(
            order, order.root, everything, "main", article_hrefs=articles, only_articles=True, skip=skip
        )
        if found:
            return found
    return ()
