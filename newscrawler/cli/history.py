"""Verb `history`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict
from difflib import SequenceMatcher
from pathlib import Path

import click
from rich.text import Text

from newscrawler.cli.common import console, data_option, json_option, print_json, printable, reading
from newscrawler.cli.show import warnings
from newscrawler.store import Version, find_article, versions

_EPILOG = """\b
Example:
  newscrawler history 12
  newscrawler history thanhdoan.hochiminhcity.gov.vn/ThanhDoan/webtd/News/2754 | less
"""
_FIELDS = {"title": "title", "summary": "summary", "byline": "byline", "body_text": "body"}
_WORD = re.compile(r"\s+|\w+|[^\w\s]")
_LONGEST = 4000
"""Words of a paragraph that are compared one by one: the time grows with their square."""
_STYLES = {"=": "", "-": "red strike", "+": "green"}
Piece = tuple[str, str]
"""What became of some words ("=", "-" or "+"), and the words."""


@click.command("history", epilog=_EPILOG)
@click.argument("article", metavar="ID|URL")
@data_option
@json_option
def command(article: str, data: Path, as_json: bool) -> None:
    """Show the versions of an article, and word by word what changed from one to the next.

    Removed words are red and added ones green; without colours they stand as [-removed-] and {+added+}.
    """
    with reading(data) as db:
        found = find_article(db, article)
        told = versions(db, found["id"])
    if as_json:
        print_json([asdict(version) for version in told])
        return
    for line in _report(str(found["url"]), told):
        _print(line)
    for warning in warnings(found):
        click.echo(f"\n{warning}")


def _report(url: str, told: list[Version]) -> Iterator[list[Piece]]:
    count = "1 version" if len(told) == 1 else f"{len(told)} versions"
    yield [("=", f"{url}: {count}")]
    for before, version in zip([None, *told], told, strict=False):
        yield [("=", f"\nversion {version.number}, seen {version.seen_at}: {version.title or 'no title'}")]
        if before is not None:
            yield from _changes(before, version)


def _changes(before: Version, after: Version) -> Iterator[list[Piece]]:
    silent = True
    for name, label in _FIELDS.items():
        old, new = getattr(before, name) or "", getattr(after, name) or ""
        for pieces in changed_paragraphs(old, new):
            silent = False
            yield [("=", f"  {label}: "), *pieces]
    if silent:
        yield [("=", "  captions, tables or pictures changed; the words of the text did not")]


def changed_paragraphs(old: str, new: str) -> list[list[Piece]]:
    """The paragraphs that differ, each word by word.

    >>> changed_paragraphs("Một\\n\\nHai ba", "Một\\n\\nHai bốn")
    [[('=', 'Hai '), ('-', 'ba'), ('+', 'bốn')]]
    """
    before, after = old.split("\n\n"), new.split("\n\n")
    found = []
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "replace" and i2 - i1 == j2 - j1:
            found += [changed_words(one, other) for one, other in zip(before[i1:i2], after[j1:j2], strict=True)]
        elif kind != "equal":
            found.append(changed_words("\n\n".join(before[i1:i2]), "\n\n".join(after[j1:j2])))
    return found


def changed_words(old: str, new: str) -> list[Piece]:
    """What stayed, went and came, word by word.

    >>> changed_words("ngày 26/7", "ngày 27/7")
    [('=', 'ngày '), ('-', '26'), ('+', '27'), ('=', '/7')]
    """
    before, after = _WORD.findall(old), _WORD.findall(new)
    if max(len(before), len(after)) > _LONGEST:
        before, after = [old], [new]
    pieces = []
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            pieces.append(("=", "".join(before[i1:i2])))
        else:
            pieces += [("-", "".join(before[i1:i2])), ("+", "".join(after[j1:j2]))]
    return [piece for piece in pieces if piece[1]]


def _print(pieces: list[Piece]) -> None:
    screen = console()
    if screen.is_terminal and not screen.no_color:
        screen.print(Text.assemble(*((printable(words), _STYLES[kind]) for kind, words in pieces)))
        return
    marks = {"=": "{}", "-": "[-{}-]", "+": "{{+{}+}}"}
    click.echo("".join(marks[kind].format(printable(words)) for kind, words in pieces))
