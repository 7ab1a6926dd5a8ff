"""Parts back into HTML that is safe to show: built from nothing but text and known tags, then cleaned once more by
nh3."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from itertools import groupby

import nh3

from newscrawler.reading.parts import Body, Embed, Image, Part, Run, Table, Text
from newscrawler.text import normalize

_TAGS = set("p br strong em a h2 h3 h4 ul ol li blockquote pre figure figcaption img table tbody tr td".split())
_ATTRIBUTES = {"a": {"href"}, "img": {"src", "alt"}}
_WRAPS = {"quote": "blockquote"}

Resolve = Callable[[str], str | None]
"""Address as written → absolute address, or None where it cannot be made whole."""


def render(body: Body, resolve: Resolve) -> str:
    """Sanitised HTML of a body, one block a line."""
    pieces = []
    for kind, group in groupby(body.parts, key=_list_kind):
        items = [_part(part, resolve) for part in group]
        pieces.append(f"<{kind}>{''.join(items)}</{kind}>" if kind else "\n".join(items))
    return sanitize("\n".join(piece for piece in pieces if piece))


def sanitize(html: str) -> str:
    """HTML with allowed tags, attributes and http(s) addresses only; nothing may be done to it afterwards."""
    return nh3.clean(
        html, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes={"http", "https", "mailto"}, link_rel="noopener"
    )


def _list_kind(part: Part) -> str:
    return part.kind if isinstance(part, Text) and part.kind in ("ul", "ol") else ""


def _part(part: Part, resolve: Resolve) -> str:
    if isinstance(part, Text):
        return _text(part, resolve)
    if isinstance(part, Image):
        caption = f"<figcaption>{escape(part.caption)}</figcaption>" if part.caption else ""
        return f'<figure><img src="{escape(resolve(part.src) or "")}" alt="{escape(part.alt)}">{caption}</figure>'
    if isinstance(part, Table):
        rows = ("".join(f"<td>{escape(cell)}</td>" for cell in row) for row in part.rows)
        return f"<table><tbody>{''.join(f'<tr>{row}</tr>' for row in rows)}</tbody></table>"
    return _embed(part, resolve)


def _embed(part: Embed, resolve: Resolve) -> str:
    address = resolve(part.src)
    if part.kind == "document" or address is None:
        return ""
    return f'<p><a href="{escape(address)}">{escape(part.caption or address)}</a></p>'


def _text(part: Text, resolve: Resolve) -> str:
    inner = _inline(part, resolve)
    if part.kind in ("ul", "ol"):
        return f"<li>{inner}</li>"
    name = _WRAPS.get(part.kind, part.kind)
    return f"<{name}><p>{inner}</p></{name}>" if part.kind == "quote" else f"<{name}>{inner}</{name}>"


def _inline(part: Text, resolve: Resolve) -> str:
    if not any(run.bold or run.italic or run.href for run in part.runs):
        return escape(part.text, quote=False).replace("\n", "<br>")
    looks = groupby(part.runs, key=lambda run: (run.bold, run.italic, run.href))
    joined = (Run("".join(run.text for run in runs), *look) for look, runs in looks)
    return "".join(_run(run, resolve) for run in joined).strip()


def _run(run: Run, resolve: Resolve) -> str:
    html = escape(normalize(run.text), quote=False).replace("\n", "<br>")
    if not run.text.strip():
        return html
    if run.italic:
        html = f"<em>{html}</em>"
    if run.bold:
        html = f"<strong>{html}</strong>"
    address = resolve(run.href) if run.href else None
    return f'<a href="{escape(address)}">{html}</a>' if address else html
