"""Parts back into HTML that is safe to show: built from nothing but text and known tags, then cleaned once more by
nh3."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from html import escape
from itertools import groupby

import nh3

from newscrawler.reading.body.list_html import list_html
from newscrawler.reading.body.parts import Body, Cell, Embed, Image, Part, Post, Run, Table, Text
from newscrawler.text import normalize

_TAGS = set(
    "p br strong em a h2 h3 h4 ul ol li blockquote pre figure figcaption img table caption tbody tr th td".split()
)
_SPANS = {"colspan", "rowspan"}
_ATTRIBUTES = {
    "a": {"href"},
    "img": {"src", "alt"},
    "blockquote": {"cite"},
    "ol": {"start"},
    "td": _SPANS,
    "th": _SPANS,
}

Resolve = Callable[[str], str | None]
"""Address as written → absolute address, or None where it cannot be made whole."""


def render(body: Body, resolve: Resolve) -> str:
    """Sanitised HTML of a body, one block a line."""
    pieces = []
    counted: dict[int, int] = {}
    for quoted, group in groupby(body.parts, key=lambda part: part.quote if isinstance(part, Text) else 0):
        parts = list(group)
        inner = "\n".join(piece for piece in _pieces(parts, resolve, counted) if piece)
        pieces.append(_quotation(parts[0], inner, resolve) if quoted else inner)
    return sanitize("\n".join(piece for piece in pieces if piece))


def sanitize(html: str) -> str:
    """HTML with allowed tags, attributes and http(s) addresses only; nothing may be done to it afterwards."""
    return nh3.clean(
        html, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes={"http", "https", "mailto"}, link_rel="noopener"
    )


def _quotation(first: Part, inner: str, resolve: Resolve) -> str:
    cite = resolve(first.cite) if isinstance(first, Text) and first.cite else None
    source = f' cite="{escape(cite)}"' if cite else ""
    return f"<blockquote{source}>{inner}</blockquote>"


def _pieces(parts: list[Part], resolve: Resolve, counted: dict[int, int]) -> Iterable[str]:
    for key, group in groupby(parts, key=_together):
        if key == "list":
            items = ((text.lists, _inline(text, resolve)) for text in group if isinstance(text, Text))
            yield list_html(items, counted)
        elif isinstance(key, int):
            yield from _figures([part for part in group if isinstance(part, Image)], resolve)
        else:
            yield from (_part(part, resolve) for part in group)


def _together(part: Part) -> str | int:
    """What makes one element of neighbours: being items of lists, or pictures of one figure."""
    if isinstance(part, Text) and part.kind in ("ul", "ol") and part.lists:
        return "list"
    return part.figure if isinstance(part, Image) and part.figure else ""


def _figures(images: list[Image], resolve: Resolve) -> Iterable[str]:
    """Pictures of one figure up to a caption are one figure here too."""
    waiting: list[Image] = []
    for image in images:
        waiting.append(image)
        if image.caption:
            yield _figure(waiting, resolve)
            waiting = []
    if waiting:
        yield _figure(waiting, resolve)


def _figure(images: list[Image], resolve: Resolve) -> str:
    shown = "".join(f'<img src="{escape(resolve(one.src) or "")}" alt="{escape(one.alt)}">' for one in images)
    caption = images[-1].caption
    return f"<figure>{shown}{f'<figcaption>{escape(caption)}</figcaption>' if caption else ''}</figure>"


def _part(part: Part, resolve: Resolve) -> str:
    if isinstance(part, Text):
        return _text(part, resolve)
    if isinstance(part, Image):
        return _figure([part], resolve)
    if isinstance(part, Table):
        return _table(part, resolve)
    return _embed(part, resolve)


def _table(table: Table, resolve: Resolve) -> str:
    caption = f"<caption>{escape(table.caption)}</caption>" if table.caption else ""
    rows = ("".join(_cell(cell, resolve) for cell in row) for row in table.cells)
    return f"<table>{caption}<tbody>{''.join(f'<tr>{row}</tr>' for row in rows)}</tbody></table>"


def _cell(cell: Cell, resolve: Resolve) -> str:
    name = "th" if cell.header else "td"
    spans = (("colspan", cell.columns), ("rowspan", cell.rows))
    spanned = "".join(f' {attribute}="{number}"' for attribute, number in spans if number > 1)
    return f"<{name}{spanned}>{_runs(cell.runs, cell.text, resolve)}</{name}>"


def _embed(part: Embed | Post, resolve: Resolve) -> str:
    """A player or a post is a link, for frames are not safe to show; what a text links to is in that text already."""
    address = resolve(part.src)
    if address is None or (isinstance(part, Embed) and part.inline):
        return ""
    if isinstance(part, Embed) and part.kind != "document" and part.caption:
        caption = f"<figcaption>{escape(part.caption)}</figcaption>"
        return f'<figure><a href="{escape(address)}">{escape(address)}</a>{caption}</figure>'
    return f'<p><a href="{escape(address)}">{escape(part.caption or address)}</a></p>'


def _text(part: Text, resolve: Resolve) -> str:
    inner = _inline(part, resolve)
    name = "p" if part.kind in ("quote", "ul", "ol") else part.kind
    return f"<{name}>{inner}</{name}>"


def _inline(part: Text, resolve: Resolve) -> str:
    return _runs(part.runs, part.text, resolve)


def _runs(runs: list[Run], text: str, resolve: Resolve) -> str:
    """Inline HTML of runs whose whole text is known; where all look alike, that is enough."""
    if not any(run.bold or run.italic or run.href for run in runs):
        return escape(text, quote=False).replace("\n", "<br>")
    looks = groupby(runs, key=lambda run: (run.bold, run.italic, run.href))
    joined = (Run("".join(run.text for run in alike), *look) for look, alike in looks)
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
