"""Verb `history`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import click
from rich.text import Text

from newscrawler.cli.common import console, data_option, json_option, print_json, printable, reading
from newscrawler.cli.screen import pager_option, screen, show_text
from newscrawler.differences import Piece, changed_paragraphs
from newscrawler.store import Version, find_article, versions
from newscrawler.telling import warnings

_EPILOG = """\b
Example:
  newscrawler history 12
  newscrawler history thanhdoan.hochiminhcity.gov.vn/ThanhDoan/webtd/News/2754 --no-pager
  newscrawler history 12 --json
"""
_FIELDS = {"title": "title", "summary": "summary", "byline": "byline", "body_text": "body"}
_STYLES = {"=": "", "-": "red strike", "+": "green"}


@click.command("history", epilog=_EPILOG)
@click.argument("article", metavar="ID|URL")
@data_option
@pager_option
@json_option
def command(article: str, data: Path, paged: bool, as_json: bool) -> None:
    """Show the versions of an article, and word by word what changed from one to the next.

    Removed words are red and added ones green; without colours they stand as [-removed-] and {+added+}. In JSON each
    version has its `changes`: field, and pieces of text that stayed ("="), went ("-") or came ("+").
    """
    with reading(data) as db:
        found = find_article(db, article)
        told = versions(db, found["id"])
    if as_json:
        print_json([asdict(after) | {"changes": _as_json(before, after)} for before, after in _steps(told)])
        return
    lines = [*_report(str(found["url"]), told), *([("=", f"\n{warning}")] for warning in warnings(found))]
    if console().is_terminal and not console().no_color:
        with screen(paged=paged) as terminal:
            for line in lines:
                terminal.print(Text.assemble(*((printable(words), _STYLES[kind]) for kind, words in line)))
    else:
        show_text("\n".join(map(_plain, lines)), paged=paged)


def _steps(told: list[Version]) -> Iterator[tuple[Version | None, Version]]:
    return zip([None, *told], told, strict=False)


def _as_json(before: Version | None, after: Version) -> list[dict[str, object]]:
    if before is None:
        return []
    return [{"field": name, "pieces": pieces} for name, pieces in _changed(before, after)]


def _report(url: str, told: list[Version]) -> Iterator[list[Piece]]:
    count = "1 version" if len(told) == 1 else f"{len(told)} versions"
    yield [("=", f"{url}: {count}")]
    for before, version in _steps(told):
        yield [("=", f"\nversion {version.number}, seen {version.seen_at}: {version.title or 'no title'}")]
        if before is not None:
            yield from _changes(before, version)


def _changes(before: Version, after: Version) -> Iterator[list[Piece]]:
    silent = True
    for name, pieces in _changed(before, after):
        silent = False
        yield [("=", f"  {_FIELDS[name]}: "), *pieces]
    if silent:
        yield [("=", "  captions, tables or pictures changed; the words of the text did not")]


def _changed(before: Version, after: Version) -> Iterator[tuple[str, list[Piece]]]:
    """The paragraphs of each field that differ."""
    for name in _FIELDS:
        for pieces in changed_paragraphs(getattr(before, name) or "", getattr(after, name) or ""):
            yield name, pieces


def _plain(pieces: list[Piece]) -> str:
    marks = {"=": "{}", "-": "[-{}-]", "+": "{{+{}+}}"}
    return "".join(marks[kind].format(printable(words)) for kind, words in pieces)
