"""A captured page with the pictures and style sheets of its moment written into it, so that it needs nothing from
anywhere: its frame has no right to ask even this server.

The page is handled as the bytes it is, each byte a letter, and only what would ask for something changes; scripts are
left out, for the frame runs none. Patterns never go back over what they have read, so the time grows with the page
alone. This is for looks and quiet: what keeps a reader safe is the policy under which the page is sent.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape
from pathlib import Path

from newscrawler.items import Capture
from newscrawler.store import Database
from newscrawler.urls import absolute
from newscrawler.web.captures.replay_files import Files
from newscrawler.web.captures.replay_styles import addresses_in, attribute, inside, sheet

_PARTS = re.compile(
    r"<!--(?:-?>|(?:[^-]++|-(?!->))*+(?:-->)?)"
    r"|<(?P<raw>script|style|textarea|title|xmp|noembed|noframes)\b(?:[^<]++|<(?!/(?P=raw)))*+"
    r"""|<(?P<tag>[a-z][^\s/>]*+)(?P<inner>(?:[^>"']++|"[^"]*+"?|'[^']*+'?)*+)>?""",
    re.IGNORECASE,
)
_ATTRIBUTE = re.compile(
    r"""(?P<before>[\s/"'])(?P<name>[a-zA-Z-]++)\s*+=\s*+(?:"(?P<double>[^"]*+)"|'(?P<single>[^']*+)'|(?P<bare>[^\s"'>]++))"""
)
_ADDRESSED = {
    "img": ("src", "data-src", "data-original"),
    "input": ("src",),
    "body": ("background",),
    "table": ("background",),
    "tr": ("background",),
    "td": ("background",),
    "th": ("background",),
}
"""Element → the attributes that name its picture; the first is where it is shown from."""
_LINKS = ("a", "area")
_DISARMED = set("iframe frame embed object applet base source video audio track portal use image feimage".split())
"""Browsers open connections for some of these before they ask whether they may."""


def replayed(db: Database, folder: Path, capture: Capture, content: bytes) -> bytes:
    """A page with what the archive has of its pictures and style sheets in it, those nearest to its own moment.

    :param folder: the data folder.
    :param content: its bytes, without framing and content codings.
    """
    text = content.decode("latin-1")
    files = Files(db, folder, capture, _base(text, capture.url))
    files.look_up(_wanted(text))
    return _PARTS.sub(lambda match: _replaced(match, files), text).encode("latin-1", "replace")


def _attributes(inner: str) -> dict[str, str]:
    """The first of each name, as browsers take it."""
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(inner):
        found.setdefault(match["name"].lower(), _value(match))
    return found


def _value(match: re.Match[str]) -> str:
    return match["double"] or match["single"] or match["bare"] or ""


def _base(text: str, url: str) -> str:
    """Where the addresses of a page begin: its own, or what its `base` element says."""
    for match in _PARTS.finditer(text):
        if (match["tag"] or "").lower() == "base" and (href := _attributes(match["inner"]).get("href")):
            return absolute(url, unescape(href)) or url
    return url


def _wanted(text: str) -> list[str]:
    """The addresses of pictures and style sheets, as they are written."""
    found: list[str] = []
    for match in _PARTS.finditer(text):
        tag = (match["tag"] or "").lower()
        if (match["raw"] or "").lower() == "style":
            found += addresses_in(match[0])
        elif tag == "link" or tag in _ADDRESSED or _is_styled(match):
            attributes = _attributes(match["inner"])
            found += [*_addresses(tag, attributes), *addresses_in(attributes.get("style", ""))]
    return found


def _addresses(tag: str, attributes: Mapping[str, str]) -> list[str]:
    names = ("href",) if tag == "link" and _is_sheet(attributes) else _ADDRESSED.get(tag, ())
    return [value for name in names if (value := attributes.get(name, ""))]


def _is_sheet(attributes: Mapping[str, str]) -> bool:
    return "stylesheet" in attributes.get("rel", "").lower().split()


def _is_styled(match: re.Match[str]) -> bool:
    return "style" in (match["inner"] or "").lower()


def _replaced(match: re.Match[str], files: Files) -> str:
    tag, raw, whole = (match["tag"] or "").lower(), (match["raw"] or "").lower(), match[0]
    if not tag:
        return "" if raw == "script" else inside(whole, files) if raw == "style" else whole
    if tag.rpartition(":")[2] in _DISARMED:
        return _disarmed(whole)
    if tag in ("link", "meta"):
        attributes = _attributes(match["inner"])
        if tag == "link" and _is_sheet(attributes):
            return _sheet(attributes, files)
        return whole if tag == "meta" and attributes.get("http-equiv", "").lower() != "refresh" else _disarmed(whole)
    if tag in _ADDRESSED or tag in _LINKS or _is_styled(match):
        return _shown(match, tag, files)
    return whole


def _shown(match: re.Match[str], tag: str, files: Files) -> str:
    """An element whose pictures stand in it, and which leads nowhere: from within the frame a link would ask this
    server for a page of that site."""
    addresses = _addresses(tag, _attributes(match["inner"]))
    picture = next((made for one in addresses if (made := files.picture(one))), None)
    held = f' {_ADDRESSED[tag][0]}="{picture}"' if picture else ""
    dropped = {*_ADDRESSED.get(tag, ())[:1], "srcset", "loading"} if tag in _ADDRESSED else set()

    def kept(one: re.Match[str]) -> str:
        if one["name"].lower() in dropped:
            return str(one["before"])
        if one["name"].lower() == "href" and tag in _LINKS:
            return one[0] if _value(one).startswith("#") else f'{one["before"]}href="#"'
        if one["name"].lower() != "style":
            return one[0]
        mark = "'" if one["single"] else '"'
        return f"{one['before']}style={mark}{attribute(_value(one), files)}{mark}"

    return f"<{match['tag']}{held}{_ATTRIBUTE.sub(kept, match['inner'])}>"


def _disarmed(tag: str) -> str:
    """An element that browsers do not know."""
    return f"<x-{tag[1:]}"


def _sheet(attributes: Mapping[str, str], files: Files) -> str:
    """A style sheet within the page; nothing where the archive has none."""
    address = attributes.get("href", "")
    content = files.content(address)
    if content is None or not files.room.takes(len(content)):
        return ""
    media = re.sub(r"[^a-zA-Z0-9 ():,.-]", "", attributes.get("media", ""))
    told = f' media="{media}"' if media else ""
    return f"<style{told}>{sheet(content, address, files)}</style>"
