"""Pages saved as plain text: the title on the first line, the body's markup as it showed, then the labels and their
texts."""

from __future__ import annotations

import re
from html import escape

from newscrawler.reading.page.nested import MARKER

_TAG = re.compile(r"<[a-zA-Z!/][^<>]*>")
_MARK = f'<div id="{MARKER}"></div>'


def is_plain_text(outer: str) -> bool:
    """Whether the page around a nested document is text without any tag."""
    return _TAG.search(outer.replace(_MARK, "")) is None


def text_to_html(outer: str) -> str:
    """Plain text lines as a page that reads alike: first line the title, every other line a paragraph."""
    before, marker, after = outer.partition(_MARK)
    lines = [line.strip("\ufeff \t\r") for line in before.split("\n")]
    title = next((line for line in lines if line), "")
    rest = "".join(f"<p>{escape(line)}</p>" for line in lines if line and line != title)
    below = "".join(f"<p>{escape(line.strip())}</p>" for line in after.split("\n") if line.strip())
    return f"<html><head><title>{escape(title)}</title></head><body>{rest}{marker}{below}</body></html>"
