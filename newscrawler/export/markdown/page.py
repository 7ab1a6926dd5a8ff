"""An article as a Markdown file: front matter, headline, lede, body."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape, unescape
from typing import Any

from newscrawler.export.columns import ARTICLE
from newscrawler.export.markdown.front_matter import front_matter
from newscrawler.reading.body.safe_html import sanitize
from newscrawler.reading.markdown import markdown

_LEFT_OUT = ("urlkey", "body_text", "body_html", "other_text", "twin_hash", "origins")
COLUMNS = tuple(column for column in ARTICLE if column.name not in _LEFT_OUT)
"""Those of the front matter; then comes `media`."""
_MEDIUM = ("kind", "url", "caption", "credit")
_SOURCE = re.compile(r'(<img\b[^<>]*?\bsrc=")([^"]*)(?=")')
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def page(record: Mapping[str, Any], pictures: Mapping[str, str]) -> str:
    """The file's text.

    :param record: with its media.
    :param pictures: address of a picture → link to its copy.
    """
    values = {column.name: record[column.name] for column in COLUMNS}
    media = [_medium(medium, pictures) for medium in record["media"]]
    summary = f"**{plain(record['summary'])}**\n\n" if plain(record["summary"] or "") else ""
    body = markdown(_with_copies(sanitize(record["body_html"]), pictures))
    text = f"# {plain(record['title'] or record['url'])}\n\n{summary}{body}\n"
    return f"{front_matter({**values, 'media': media})}\n{_CONTROLS.sub('', text)}"


def _medium(medium: Mapping[str, Any], pictures: Mapping[str, str]) -> dict[str, Any]:
    return {name: medium[name] for name in _MEDIUM} | {"file": pictures.get(medium["url"] or "")}


def plain(text: str) -> str:
    """A text on one line in which nothing is Markdown."""
    return markdown(escape(text, quote=False))


def _with_copies(html: str, pictures: Mapping[str, str]) -> str:
    """HTML whose pictures are those beside the file, where there are copies."""

    def copied(match: re.Match[str]) -> str:
        address = unescape(match[2])
        return match[1] + escape(pictures.get(address, address))

    return _SOURCE.sub(copied, html)
