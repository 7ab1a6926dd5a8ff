"""One way to parse a page: always from `str`, so that no charset written in the page has a say."""

from __future__ import annotations

import re

from lxml import html as lxml_html
from lxml.etree import ParserError

_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>", re.IGNORECASE)
_UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
SILENT_TAGS = frozenset(
    {
        "script",
        "style",
        "noscript",
        "template",
        "textarea",
        "select",
        "option",
        "head",
        "title",
        "svg",
        "button",
        "iframe",
    }
)
"""Elements whose text no reader of the page sees as text."""


def without_controls(text: str) -> str:
    """Text without the characters that no tree takes; what a tag is may depend on them."""
    return _UNREADABLE.sub("", text)


def parse(html: str, *, tamed: bool = False) -> lxml_html.HtmlElement:
    """The tree of a page or fragment; an empty or unreadable page gives an empty `html` element.

    :param tamed: whether `guard.tame` has taken controls out of it.
    """
    text = _XML_DECLARATION.sub("", html, count=1)
    text = text if tamed else without_controls(text)
    parser = lxml_html.HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        return lxml_html.document_fromstring(text, parser=parser)
    except (ParserError, ValueError):
        return lxml_html.Element("html")
