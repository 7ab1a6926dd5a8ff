"""Style sheets of captured pages, with their pictures in them and without what would have to be fetched."""

from __future__ import annotations

import re

from newscrawler.web.captures.replay_files import Files

_NOTHING = "data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw=="
"""A picture of nothing."""
_ELSEWHERE = re.compile(r"@import[^;{}]*+;?|@font-face\s*+\{[^{}]*+\}?", re.IGNORECASE)
_ADDRESS = re.compile(
    r"""url\(\s*+(?P<mark>["']?|&quot;|&\#39;)(?P<address>(?:(?!&quot;|&\#39;)[^"'()\s]){1,2000}+)(?P=mark)\s*+\)""",
    re.IGNORECASE,
)
_ODD = re.compile(r"url\s*\((?!data:image/)|image-set|\\|&#|@import|expression", re.IGNORECASE)
"""What may still be an address, written so that nobody sees it."""


def addresses_in(css: str) -> list[str]:
    """The addresses of the pictures of a style sheet or a style attribute, as they are written."""
    return [match["address"] for match in _ADDRESS.finditer(css)]


def sheet(content: bytes, address: str, files: Files) -> str:
    """A style sheet as it may stand in a page of any encoding.

    :param address: its own, as the page writes it.
    """
    css = _as_ascii(content.decode("utf-8-sig", "replace")).replace("</", "<\\/")
    around = files.at(address)
    around.look_up(addresses_in(css))
    return inside(css, around)


def inside(css: str, files: Files) -> str:
    """A style sheet, or what stands in a `style` element, with its pictures in it."""
    told = _ADDRESS.sub(lambda match: f'url("{files.picture(match["address"]) or _NOTHING}")', css)
    return _ELSEWHERE.sub("", told)


def attribute(value: str, files: Files) -> str:
    """What stands in a `style` attribute, with its pictures in it; nothing where it may hide an address."""
    told = _ADDRESS.sub(lambda match: f"url({files.picture(match['address']) or _NOTHING})", value)
    return "" if _ODD.search(told) else told


def _as_ascii(css: str) -> str:
    return "".join(letter if letter.isascii() else f"\\{ord(letter):x} " for letter in css)
