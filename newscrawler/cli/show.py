"""Verb `show`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from newscrawler.cli.common import data_option, json_option, print_json, reading
from newscrawler.cli.screen import pager_option, show_text
from newscrawler.store import find_article, find_capture, version_of
from newscrawler.telling import as_markdown, as_text, printable

_EPILOG = """\b
Example:
  newscrawler show 12
  newscrawler show thanhdoan.hochiminhcity.gov.vn/ThanhDoan/webtd/News/2754 --format md
  newscrawler show 12 --version 1 --explain
"""
_TEXTS = ("title", "summary", "byline", "body_text", "body_html", "content_hash", "capture_id", "seen_at")


@click.command("show", epilog=_EPILOG)
@click.argument("article", metavar="ID|URL")
@data_option
@click.option("--format", "form", type=click.Choice(["text", "md", "html", "json"]), default="text", show_default=True)
@click.option("--version", "number", type=click.IntRange(1), metavar="N", help="As it stood in version N (1 = oldest).")
@click.option(
    "--explain",
    "explained",
    is_flag=True,
    help="Also say where each field was read, and in which WARC file its page lies; only with text.",
)
@pager_option
@json_option
def command(
    article: str, data: Path, form: str, number: int | None, explained: bool, paged: bool, as_json: bool
) -> None:
    """Show one article, by its id or its address (http or https, www or not, are the same).

    With --version, title, summary, byline and body are those of that version; all other values are today's. JSON holds
    the links, media, comments and twins (articles of the same text elsewhere), too, where each field was read, and the
    `capture` of its page.
    """
    with reading(data) as db:
        found = find_article(db, article)
        if number is not None:
            version = asdict(version_of(db, found["id"], number))
            found |= {"version": number, **{name: version[name] for name in _TEXTS}}
        capture = find_capture(db, found["capture_id"]) if found["capture_id"] else None
    found["capture"] = asdict(capture) if capture else None
    if as_json or form == "json":
        print_json(found)
        return
    shown = {"text": as_text, "md": as_markdown, "html": _html}[form](found)
    if explained and form == "text":
        shown += printable("\n\n" + "\n".join((*_explained(found["origins"]), _provenance(found["capture"]))))
    show_text(shown, paged=paged)


def _provenance(capture: dict[str, Any] | None) -> str:
    """In which record of which WARC file the page lies."""
    if capture is None:
        return "captured: no record of its page is known"
    place = f"{capture['filename']} at offset {capture['offset']}, {capture['length']} bytes"
    return f"captured: {capture['timestamp']}, {place}\n    {capture['digest']}  {capture['record_id']}"


def _explained(origins: dict[str, Any]) -> Iterator[str]:
    """Where each field was read, and what other places say of it."""
    if not origins:
        yield "where its fields were read is not known; `newscrawler rebuild` reads its page again"
    for field, origin in origins.items():
        yield f"{field}: {_place(origin)}"
        for other in origin["conflicts"]:
            yield f"    but {_place(other)} says: {other['value']}"


def _place(origin: dict[str, Any]) -> str:
    return " ".join(part for part in (origin["source"], origin["where"]) if part)


def _html(found: dict[str, Any]) -> str:
    title = _escaped(found["title"] or found["url"])
    head = f'<head><meta charset="utf-8"><title>{title}</title></head>'
    body = f"<body>\n<h1>{title}</h1>\n{found['body_html']}\n</body>"
    return printable(f"<!doctype html>\n<html>\n{head}\n{body}\n</html>")


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")
