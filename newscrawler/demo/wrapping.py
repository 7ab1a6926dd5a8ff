"""Nested document -> the markup by which it sits in the outer page."""

from __future__ import annotations

import html
import json

from newscrawler.demo.letters import decode_letters


def wrap(document: str, wrapping: str) -> str:
    """Put a nested document into the page in one of the ways seen or inferred on the real site.

    >>> wrap("<p>S&aacute;ng</p>", "escaped-once")
    '<div class="noidung">&lt;p&gt;Sáng&lt;/p&gt;</div>'
    >>> wrap("<p>S&aacute;ng</p>", "escaped-entities")
    '<div class="noidung">&lt;p&gt;S&amp;aacute;ng&lt;/p&gt;</div>'
    """
    if wrapping == "escaped-once":
        return _div(html.escape(decode_letters(document)))
    if wrapping == "escaped-entities":
        return _div(html.escape(document))
    if wrapping == "escaped-twice":
        return _div(html.escape(html.escape(document)))
    if wrapping == "textarea":
        return _div(f'<textarea id="txtNoiDung" style="display:none" rows="2" cols="20">{document}</textarea>')
    if wrapping == "noscript":
        return _div(f'<div id="noidung-dong"></div>\n<noscript>{document}</noscript>')
    if wrapping == "script":
        return _div(f'<script type="text/template" id="mau-noidung">{document}</script>')
    if wrapping == "script-string":
        # A slash is escaped so that no closing tag stands inside the script.
        text = json.dumps(document, ensure_ascii=False).replace("/", "\\/")
        return _div(f'<div id="hien-noidung"></div>\n<script type="text/javascript">\nvar noiDung = {text};\n</script>')
    if wrapping == "tree":
        return _div(document)
    raise ValueError(f"unknown wrapping {wrapping!r}")


def _div(content: str) -> str:
    return f'<div class="noidung">{content}</div>'
