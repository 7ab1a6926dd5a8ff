"""What a body embeds: videos, sounds, documents in viewers, posts and maps; players that wait for a script as well."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal
from urllib.parse import parse_qsl, urlsplit

from bs4.element import Tag

from newscrawler.reading.body.parts import Embed, Post

EMBEDS = frozenset("iframe embed video audio object amp-youtube amp-video amp-iframe lite-youtube".split())

_DOCUMENT = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?|odt|ods|rtf|zip|rar)(?:[?#]|$)", re.IGNORECASE)
_VIDEO = re.compile(r"\.(?:mp4|m4v|webm|flv|m3u8|mov|wmv)(?:[?#]|$)", re.IGNORECASE)
_AUDIO = re.compile(r"\.(?:mp3|m4a|wav|wma|ogg)(?:[?#]|$)|soundcloud\.com/player|spotify\.com/embed", re.IGNORECASE)
_ONLINE_DOCUMENT = re.compile(r"drive\.google\.com/file/|docs\.google\.com/(?:document|presentation|spreadsheets)/")
_POST = re.compile(
    r"facebook\.com/plugins/post\.php|(?:twitter|x)\.com/embed|instagram\.com/(?:p|reel)/|threads\.net/"
    r"|google\.[a-z.]{2,6}/maps|maps\.google\.|docs\.google\.com/forms/|forms\.gle/",
    re.IGNORECASE,
)
_WIDGET = re.compile(
    r"facebook\.com/(?:v\d[\d.]*/)?plugins/(?!video|post)\w+|facebook\.com/(?:widgets|tr\b)|doubleclick\.net"
    r"|googlesyndication\.com|googletagmanager\.com|google\.com/recaptcha|googleads|adservice\.|/ads?[/.]|eclick\.vn"
    r"|admicro\.vn|adnetwork|novanet\.vn|zalo\.me/plugin|platform\.twitter\.com/widgets|^about:|^javascript:|^data:",
    re.IGNORECASE,
)
_SOURCES = ("src", "data-src", "data-lazy-src", "data-litespeed-src", "data-original", "data-url", "data")
_PLAYERS = frozenset(
    (
        "data-video-src data-video-url data-video data-videosrc data-vid data-mp4 data-file data-src-video data-hls "
        "data-audio data-audio-src data-mp3 data-youtube data-youtube-id data-yt data-videoid data-video-id videoid"
    ).split()
)
_YOUTUBE_ID = re.compile(r"[\w-]{11}")
_HOST_FIRST = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+/", re.IGNORECASE)


def embedded(tag: Tag) -> Embed | Post | None:
    """What an element of `EMBEDS` shows, or None where it shows nothing, an advertisement or a button."""
    address = _address(tag) or _waiting(tag)
    if not address or _WIDGET.search(address):
        return None
    given = _given(address)
    if _POST.search(address):
        return Post(given or address)
    kind = _kind(given or address)
    if given and (kind == "document" or "facebook.com/plugins/video" in address):
        address = given
    return Embed(kind or ("audio" if tag.name == "audio" else "video"), address)


def player(tag: Tag) -> Embed | Post | None:
    """What any other element says in a `data-` attribute that it will show, once a script has run."""
    attributes = tag.attrs
    if "data-href" in attributes and (posted := _facebook(tag)):
        return posted
    if _PLAYERS.isdisjoint(attributes) or not (address := _waiting(tag)):
        return None
    return Embed(_kind(address) or "video", address)


def _facebook(tag: Tag) -> Embed | Post | None:
    classes, href = tag.get("class") or (), str(tag.get("data-href") or "").strip()
    if "fb-video" in classes and href:
        return Embed("video", href)
    return Post(href) if "fb-post" in classes and href else None


def linked(href: str) -> Embed | None:
    """The file that a link leads to, if it is one: a document, a video or a sound; viewers are looked through."""
    given = _given(href) if "viewer" in href or "gview" in href or "officeapps" in href else ""
    for address in filter(None, (given, href)):
        if _VIDEO.search(address) or _AUDIO.search(address) or _DOCUMENT.search(address):
            return Embed(_kind(address) or "document", address, inline=True)
    return None


def _kind(address: str) -> Literal["document", "video", "audio"] | None:
    if _DOCUMENT.search(address) or _ONLINE_DOCUMENT.search(address):
        return "document"
    if _AUDIO.search(address):
        return "audio"
    return "video" if _VIDEO.search(address) else None


def _address(tag: Tag) -> str:
    stated = (str(tag.get(name) or "").strip() for name in _SOURCES)
    address = next((one for one in stated if one and not one.startswith(("about:", "data:"))), "")
    if address or tag.name not in ("video", "audio", "object", "amp-video"):
        return address
    inner = (child for child in tag.find_all(["source", "param"], limit=20))
    given = ((child, str(child.get("src") or child.get("data-src") or child.get("value") or "")) for child in inner)
    return next((one.strip() for child, one in given if child.name == "source" or _is_film(child)), "")


def _is_film(parameter: Tag) -> bool:
    return str(parameter.get("name") or "").lower() in ("movie", "src", "filename", "url")


def _waiting(tag: Tag) -> str:
    return "" if _PLAYERS.isdisjoint(tag.attrs) else awaited_address(tag.name, tag.attrs)


def awaited_address(name: str, attributes: Mapping[str, object]) -> str:
    """The address in an attribute that only a script reads, or nothing; a bare YouTube id becomes one.

    >>> awaited_address("div", {"data-vid": "hls.bao.vn/2026/phim.mp4"})
    'https://hls.bao.vn/2026/phim.mp4'
    """
    for attribute in attributes:
        if attribute in _PLAYERS:
            value = str(attributes.get(attribute) or "").strip()
            if "/" in value and (_kind(value) or "youtu" in value or "vimeo" in value):
                return f"https://{value}" if _HOST_FIRST.match(value) else value
            if ("youtu" in attribute or "yt" in attribute or "youtube" in name) and _YOUTUBE_ID.fullmatch(value):
                return f"https://www.youtube.com/watch?v={value}"
    return ""


def _given(address: str) -> str:
    """The address that a viewer or a plug-in is given in its own, or nothing."""
    if "=" not in address or len(address) > 4_000:
        return ""
    try:
        values = parse_qsl(urlsplit(address).query, max_num_fields=50)
    except ValueError:
        return ""
    for name, value in values:
        if name in ("url", "src", "file", "href") and (value.startswith(("http", "/")) or _DOCUMENT.search(value)):
            return value
    return ""
