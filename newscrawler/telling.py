"""An article as `find_article` gives it, told as plain text and as Markdown: on a terminal, and as a file to take."""

from __future__ import annotations

import json
import re
from typing import Any

from newscrawler.reading.markdown import markdown
from newscrawler.text import counted

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def as_text(found: dict[str, Any]) -> str:
    """Plain text: title, imprint, warnings, summary, body and captions, parted by empty lines."""
    head = [found["title"], "\n".join([_imprint(found), *details(found)]), *warnings(found)]
    parts = [*head, found["summary"], found["body_text"], *_captions(found)]
    return printable("\n\n".join(part for part in parts if part))


def as_markdown(found: dict[str, Any]) -> str:
    """CommonMark with tables; words of the page are never markup of their own."""
    head = [f"# {markdown(_escaped(found['title'] or found['url']))}", _imprint(found)]
    summary = [f"**{markdown(_escaped(found['summary']))}**"] if found["summary"] else []
    told = [f"*{warning}*" for warning in warnings(found)]
    more = ["  \n".join(markdown(_escaped(line)) for line in details(found))] if details(found) else []
    return printable("\n\n".join([*head, *more, *told, *summary, markdown(found["body_html"])]))


def as_json(found: dict[str, Any]) -> str:
    """All that is known, with its Vietnamese letters."""
    return json.dumps(found, ensure_ascii=False, indent=2)


def details(found: dict[str, Any]) -> list[str]:
    """What else is known of an article, a line each."""
    comments = counted(len(found["comments"]), "comment") if found["comments"] else ""
    told = {
        "by": ", ".join(found["authors"]) if found["authors"] != [found["byline"]] else "",
        "in": found["category"],
        "tags": ", ".join(found["tags"]),
        "modified": found["modified"],
    }
    lines = [f"{name}: {value}" for name, value in told.items() if value]
    return [*lines, *([comments] if comments else []), *map(_also_at, found["twins"])]


def warnings(found: dict[str, Any]) -> list[str]:
    """What a reader of an article should know of it, a sentence each."""
    told = []
    if found["gone_at"]:
        told.append(f"Gone since {found['gone_at']}: its server has it no more. This is what it said last.")
    if found["may_be_cut"]:
        told.append("It may break off: no copy of it has come whole yet.")
    return told


def printable(text: str | None) -> str:
    """Text without control characters: words from a web page must not steer the terminal.

    >>> printable("\\x1b[2JĐoàn")
    '[2JĐoàn'
    """
    # Bytes of the command line that are no UTF-8 arrive as lone surrogates, which no output takes.
    return _CONTROL.sub("", text or "").encode("utf-8", "replace").decode()


def _imprint(found: dict[str, Any]) -> str:
    known = (found["byline"], found["published"] or "undated", found["url"])
    return "  ".join(part for part in known if part)


def _also_at(twin: dict[str, Any]) -> str:
    like = "the same text" if twin["likeness"] == 1 else f"{twin['likeness']:.0%} alike"
    return f"also at: {twin['url']} (id {twin['id']}, {like})"


def _captions(found: dict[str, Any]) -> list[str]:
    return [f"[{medium['kind']}] {medium['caption'] or medium['original_src']}" for medium in found["media"]]


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")
