"""Verb `show`."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from newscrawler.cli.common import data_option, json_option, print_json, printable, reading
from newscrawler.cli.markdown import markdown
from newscrawler.store import find_article, version_of

_EPILOG = """\b
Example:
  newscrawler show 12
  newscrawler show thanhdoan.hochiminhcity.gov.vn/ThanhDoan/webtd/News/2754 --format md
"""
_TEXTS = ("title", "summary", "byline", "body_text", "body_html", "content_hash", "capture_id", "seen_at")


@click.command("show", epilog=_EPILOG)
@click.argument("article", metavar="ID|URL")
@data_option
@click.option("--format", "form", type=click.Choice(["text", "md", "html", "json"]), default="text", show_default=True)
@click.option("--version", "number", type=click.IntRange(1), metavar="N", help="As it stood in version N (1 = oldest).")
@json_option
def command(article: str, data: Path, form: str, number: int | None, as_json: bool) -> None:
    """Show one article, by its id or its address (http or https, www or not, are the same).

    With --version, title, summary, byline and body are those of that version; all other values are today's.
    """
    with reading(data) as db:
        found = find_article(db, article)
        if number is not None:
            version = asdict(version_of(db, found["id"], number))
            found |= {"version": number, **{name: version[name] for name in _TEXTS}}
    if as_json or form == "json":
        print_json(found)
    else:
        click.echo({"text": _text, "md": _markdown, "html": _html}[form](found))


def _text(found: dict[str, Any]) -> str:
    parts = [found["title"], _imprint(found), *warnings(found), found["summary"], found["body_text"], *_captions(found)]
    return printable("\n\n".join(part for part in parts if part))


def _imprint(found: dict[str, Any]) -> str:
    known = (found["byline"], found["published"] or "undated", found["url"])
    return "  ".join(part for part in known if part)


def warnings(found: dict[str, Any]) -> list[str]:
    """What a reader of an article should know of it, a sentence each."""
    told = []
    if found["gone_at"]:
        told.append(f"Gone since {found['gone_at']}: its server has it no more. This is what it said last.")
    if found["may_be_cut"]:
        told.append("It may break off: no copy of it has come whole yet.")
    return told


def _captions(found: dict[str, Any]) -> list[str]:
    return [f"[{medium['kind']}] {medium['caption'] or medium['original_src']}" for medium in found["media"]]


def _markdown(found: dict[str, Any]) -> str:
    head = [f"# {markdown(_escaped(found['title'] or found['url']))}", _imprint(found)]
    summary = [f"**{markdown(_escaped(found['summary']))}**"] if found["summary"] else []
    told = [f"*{warning}*" for warning in warnings(found)]
    return printable("\n\n".join([*head, *told, *summary, markdown(found["body_html"])]))


def _html(found: dict[str, Any]) -> str:
    title = _escaped(found["title"] or found["url"])
    head = f'<head><meta charset="utf-8"><title>{title}</title></head>'
    body = f"<body>\n<h1>{title}</h1>\n{found['body_html']}\n</body>"
    return printable(f"<!doctype html>\n<html>\n{head}\n{body}\n</html>")


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")
