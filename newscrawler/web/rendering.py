"""Templates: everything is escaped unless it was cleaned on purpose, and an unknown name is an error."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import as_file, files
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from newscrawler.web.addresses import Addresses
from newscrawler.web.asked import Asked
from newscrawler.web.speech import Speech

OPEN, CLOSE = "\x02", "\x03"
"""Marks around found words in a snippet: stored text has no control characters."""


def render(template: str, asked: Asked, context: Mapping[str, object], to: Addresses | None = None) -> str:
    """A page of the room as HTML.

    :param context: what the template shows; it also knows `say` (words), `to` (addresses) and `asked`.
    """
    known = {"say": Speech(asked.lang), "to": to or Addresses(asked), "asked": asked}
    return _environment().get_template(template).render({**known, **context})


def marked(snippet: str) -> Markup:
    """A snippet with its found words marked.

    >>> print(marked("a < \\x02Đoàn\\x03"))
    a &lt; <mark>Đoàn</mark>
    """
    text = str(escape(snippet))
    return Markup(text.replace(OPEN, "<mark>").replace(CLOSE, "</mark>"))


def web_address(url: str | None) -> str:
    """The address where it leads to a web page; else an empty text, so that no odd scheme becomes a link."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return ""
    return url if url and parts.scheme in ("http", "https") and parts.netloc else ""


def host(url: str | None) -> str:
    """The host of an address without `www.`."""
    return urlsplit(web_address(url)).netloc.rpartition("@")[2].removeprefix("www.")


@cache
def _environment() -> Environment:
    with as_file(files("newscrawler.web") / "templates") as folder:
        environment = Environment(
            loader=FileSystemLoader(folder),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
    environment.filters |= {"marked": marked, "web_address": web_address, "host": host}
    return environment
