"""A WACZ as one of the formats of `export`, with a dictionary beside that explains the lists in it."""

from __future__ import annotations

import hashlib
from pathlib import Path

from newscrawler.export.column import Column
from newscrawler.export.dictionary import dictionary, resource, schema
from newscrawler.export.order import Order, Written
from newscrawler.export.places import dictionary_of, refuse_file, telling, write_text
from newscrawler.export.wacz import Exported, export_wacz
from newscrawler.export.wacz.pages import PATH as PAGES
from newscrawler.text import counted

_MEDIA_TYPE = "application/wacz"
_PAGES = (
    Column("id", "text", "UUID of the record that holds the page.", "b5b2a6b0-7f6f-4f3c-9d2e-0a8f4f0a8c11",
           "captures.record_id"),
    Column("url", "text", "Address of the page as it was captured.", "http://a.vn/News/2754", "captures.url"),
    Column("ts", "time", "When it was captured, in whole seconds.", "2026-01-02T03:04:05Z", "captures.timestamp"),
    Column("title", "text", "Headline of the article.", "Ra quân", "articles.title"),
    Column("text", "text", "The article's text.", "Sáng 26/7, Đoàn xã ra quân.", "articles.body_text"),
)  # fmt: skip


def write(order: Order) -> Written:
    """Write the package and its dictionary; see `export_wacz`.

    :raises NewsCrawlerError: see there.
    """
    if order.out.suffix == ".wacz":
        refuse_file(order.data, order.out, force=order.force)
    exported = export_wacz(
        order.data, order.out, order.selection, force=order.force, key=order.key, progress=order.progress
    )
    with telling(dictionary_of(order.out)):
        write_text(dictionary_of(order.out), _described(order, exported))
    left_out = (f"{order.data / 'warc' / name} is not closed yet and was left out" for name in exported.left_out)
    return Written(
        articles=exported.articles,
        size=exported.size,
        more=counted(exported.captures, "capture"),
        complaints=tuple(left_out),
    )


def _described(order: Order, exported: Exported) -> str:
    listed = exported.listed
    facts = {
        "articles": listed.articles,
        "sites": listed.sites,
        "captures": exported.captures,
        "captured_first": listed.first or None,
        "captured_last": listed.last or None,
    }
    more = {"mediatype": _MEDIA_TYPE, "format": "wacz", "member": PAGES, "schema": schema(_PAGES)}
    return dictionary(order, facts, [resource(order.out.name, exported.size, _sum(order.out), **more)])


def _sum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
