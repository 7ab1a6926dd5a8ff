"""XML that strangers send as a list of addresses, read within bounds: sitemaps and feeds.

Entities are not resolved, nothing is loaded from the network, and a document type definition is not read, so that
neither entity bombs nor external entities do anything (facts: reliability §2, row 98 for the like of them).
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from io import BytesIO
from itertools import islice

from lxml import etree

from newscrawler.errors import LeadsError
from newscrawler.reading.encoding import decode

MOST_BYTES = 50_000_000
"""Of a list without its coding (sitemaps.org: 50 MB)."""
MOST_ENTRIES = 50_000
"""Of one list (sitemaps.org: 50,000 addresses)."""
LONGEST_TEXT = 2_083
"""Characters of a text that is looked at; longer ones are no address and no date."""

_GZIP = b"\x1f\x8b"
_PROLOGUE = re.compile(r"^\s*<\?xml\b[^>]*>")
_ROOT = re.compile(r"<(?:[\w.-]+:)?([A-Za-z][\w.-]*)")
_NOT_ELEMENTS = re.compile(r"<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[>]*(?:\[.*?\])?[^>]*>", re.DOTALL | re.IGNORECASE)
_CDATA = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
_NO_TAG = re.compile(r"<(?![A-Za-z/!?])")
_NO_ENTITY = re.compile(r"&amp;|&(?!#?\w{1,32};)")
_START = 10_000
"""Characters within which the first element stands."""

Fields = dict[str, list[tuple[str, dict[str, str]]]]
"""Local name of a child element → its texts and attributes, in order; its own children before those that lie deeper."""


def text_of_list(body: bytes) -> str:
    """The text of a list, whatever its encoding says; one that is gzip'd as a file is unpacked.

    :raises LeadsError: if it is longer than MOST_BYTES, or no gzip inside.
    """
    if body.startswith(_GZIP):
        unpacking = zlib.decompressobj(wbits=31)
        try:
            body = unpacking.decompress(body, MOST_BYTES + 1)
        except zlib.error as error:
            raise LeadsError(f"it cannot be unpacked: {error}") from error
    if len(body) > MOST_BYTES:
        raise LeadsError(f"it has more than {MOST_BYTES:,} bytes")
    return decode(body).lstrip("\ufeff \t\r\n\x00")


def root_of(text: str) -> str:
    """Local name of the first element, in lower case, or an empty text."""
    found = _ROOT.search(_NOT_ELEMENTS.sub("", text[:_START]))
    return found[1].lower() if found else ""


def records(text: str, names: frozenset[str]) -> Iterator[Fields]:
    """What the elements of these local names (in lower case) hold, at most MOST_ENTRIES of them, in order.

    Broken XML is read as far as it goes; an element that holds another of these names gives both.
    """
    return islice(_records(text, names), MOST_ENTRIES)


def _records(text: str, names: frozenset[str]) -> Iterator[Fields]:
    source = BytesIO(_mended(text).encode("utf-8", "replace"))
    events = etree.iterparse(
        source,
        events=("end",),
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        recover=True,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        for _event, element in events:
            if _local(element) in names:
                yield _fields(element)
                _forget(element)
    except etree.XMLSyntaxError:
        return  # even with `recover`, libxml2 gives up where a limit is met; what came before stands


def _mended(text: str) -> str:
    """What strangers forget to escape, escaped: behind its first fault libxml2 (2.14.6) drops the five entities that
    XML itself has, and reads on only as far as the next lone `<`."""
    text = _CDATA.sub(lambda match: match[1].replace("&", "&#38;").replace("<", "&#60;"), text)
    return _NO_ENTITY.sub("&#38;", _NO_TAG.sub("&#60;", _PROLOGUE.sub("", text, count=1)))


def _fields(element: etree._Element) -> Fields:
    found: Fields = {}
    children = list(element.iterchildren("*"))
    deeper = (each for child in children for each in child.iterdescendants("*"))
    for child in [*children, *deeper]:
        text = (child.text or "").strip()
        attributes = {str(name): str(value) for name, value in child.attrib.items()}
        found.setdefault(_local(child), []).append((text if len(text) <= LONGEST_TEXT else "", attributes))
    return found


def _forget(element: etree._Element) -> None:
    """A list of 50,000 entries passes in flat memory."""
    element.clear()
    while element.getprevious() is not None:
        parent = element.getparent()
        if parent is None:
            return
        del parent[0]


def _local(element: etree._Element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def first_text(fields: Fields, *names: str) -> str:
    """The first text that is not empty of the first of these names that has one, else an empty text."""
    return next((text for name in names for text, _attributes in fields.get(name, ()) if text), "")
