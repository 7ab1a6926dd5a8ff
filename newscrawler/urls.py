"""Addresses: made absolute, made comparable, and the sort key that indexes of web archives use."""

from __future__ import annotations

import re
from contextlib import suppress
from functools import lru_cache
from socket import inet_aton, inet_ntoa
from urllib.parse import quote_from_bytes, unquote_to_bytes, urljoin, urlsplit, urlunsplit

from w3lib.url import safe_url_string

_WWW = re.compile(r"^www\d*\.")
_WHITE = re.compile(r"[\t\r\n]+")
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_REPEATED_SCHEME = re.compile(r"^(https?://)+")
_PARTS = re.compile(r"(?:([a-zA-Z][a-zA-Z0-9+.-]*):)?(//[^/?#]*)?([^?#]*)(\?[^#]*)?")
"""Of any text: scheme, authority, path and query (RFC 3986, appendix B)."""
_PLACE = re.compile(r"(?:\[([^\[\]]*)\]|([^:\[\]]*))(?::([0-9]*))?")
"""Host, in brackets or not, and port."""
_PORTS = {"http": 80, "https": 443}
_NUMBERS = re.compile(r"[0-9]+(?:\.[0-9]+){0,3}")
_PRINTABLE = "".join(map(chr, range(33, 127))).replace("#", "").replace("%", "")
_DEEPEST_ESCAPES = 20
_LONGEST_SESSIONS = 4096
"""Characters of a query within which session ids are looked for: the search is quadratic where a query is hostile."""
_PATH_SESSION = re.compile(r"^(.*/)(?:\((?:[a-z]\([0-9a-z]{24}\))+\)|\([0-9a-z]{24}\))/(?=[^?]+\.aspx)", re.I)
_SESSIONS = [
    re.compile(rf"^(.*){session}(?:&|$)", re.I)
    for session in (
        "jsessionid=[0-9a-z]{32}",
        "phpsessid=[0-9a-z]{32}",
        "sid=[0-9a-z]{32}",
        "aspsessionid[a-z]{8}=[a-z]{24}",
        "cfid=[^&]+&cftoken=[^&]+",
    )
]
"""Parameters by which servers tell visitors apart, not pages."""
_NO_HOST = re.compile(r"[\s\x00-\x20\x7f<>\"^`{|}\\%]|^$")


def absolute(base: str, href: str) -> str | None:
    """`href` as an absolute http(s) address without fragment, or None where it leads nowhere we may go.

    Blanks and letters outside ASCII are percent-encoded as a browser does it.

    >>> absolute("http://a.vn/x/", "../anh 1.jpg#top")
    'http://a.vn/anh%201.jpg'
    >>> absolute("http://a.vn/", "javascript:void(0)") is None
    True
    """
    href = href.strip()
    if href.startswith("/") and not href.startswith("//"):
        base = _origin(base)
    return _absolute(base, href)


@lru_cache(maxsize=4096)
def _origin(url: str) -> str:
    """Scheme and host of an address: all that a path from the root needs, and the same for a whole site."""
    try:
        return urljoin(url, "/")
    except ValueError:
        return url


@lru_cache(maxsize=16384)
def _absolute(base: str, href: str) -> str | None:
    """Menus and blocks repeat the same links on every page of a site; joining one costs 14 µs."""
    try:
        parts = urlsplit(urljoin(base, _WHITE.sub("", href)))
        if parts.scheme not in ("http", "https"):
            return None
        whole = str(safe_url_string(urlunsplit(parts._replace(fragment=""))))
        return None if _NO_HOST.search(urlsplit(whole).hostname or "") else whole
    except ValueError:
        return None


def host_of(url: str) -> str:
    """Host in lower case without port, or an empty text."""
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""


def bare_host(url: str) -> str:
    """Host without a leading www."""
    return _WWW.sub("", host_of(url))


def urlkey(url: str) -> str:
    """Sort key of an address in indexes of web archives, as pywb and cdxj-indexer look it up (SURT): host reversed and
    without www, all in lower case, escapes and dots resolved, parameters sorted, no slash at the end, no session.

    ASCII throughout. What is no address is its own key.

    >>> urlkey("http://www.Example.com/News/2754/?b=2&a=1")
    'com,example)/news/2754?a=1&b=2'
    """
    text = _REPEATED_SCHEME.sub(r"\1", _WHITE.sub("", url.strip()))
    scheme, place, path, query = _PARTS.match(text if _SCHEME.match(text) else f"http://{text}").groups("")  # type: ignore[union-attr]
    if scheme.lower().startswith("http") and not place.strip("/"):
        place, _slash, path = path.lstrip("/").partition("/")
        path = f"/{path}"
    try:
        host = _key_host(scheme.lower(), place.removeprefix("//"))
    except ValueError:
        return _escaped(url.strip().encode("utf-8", "replace")).lower()
    start = f"{host})" if host else f"{scheme}:"
    return (start + _key_path(path, bool(host)) + _key_query(query)).lower()


def _key_host(scheme: str, place: str) -> str:
    """Reversed host with its port, unless that is the scheme's own."""
    match = _PLACE.fullmatch(place.rpartition("@")[2])
    if match is None or int(match[3] or 0) > 65535:
        raise ValueError("no host")
    host, port = _plain_host(_unescaped(match[1] or match[2])), int(match[3] or 0)
    reverse = ",".join(reversed(_WWW.sub("", host).split(".")))
    return f"{reverse}:{port}" if host and port and port != _PORTS.get(scheme) else reverse


def _plain_host(raw: bytes) -> str:
    """A host in ASCII: names in punycode, IPv4 addresses in four decimals."""
    host = raw.decode("utf-8", "ignore")
    with suppress(ValueError):
        host = host.encode("idna").decode() if not host.isascii() else host
    host = host.replace("..", ".").strip(".").lower()
    if host.isdigit() and len(host) < 20:
        return inet_ntoa((int(host) % 2**32).to_bytes(4, "big"))
    with suppress(OSError):
        host = inet_ntoa(inet_aton(host)) if _NUMBERS.fullmatch(host) else host
    return _escaped(host.encode())


def _key_path(path: str, has_host: bool) -> str:
    raw = _unescaped(path)
    kept: list[bytes] = []
    for name in raw.split(b"/")[1:]:
        if name == b".." and kept:
            kept.pop()
        elif name != b".":
            kept.append(name)
    whole = b"/" + b"/".join([*filter(None, kept[:-1]), *kept[-1:]]) if has_host else raw
    text = _PATH_SESSION.sub(r"\1", _escaped(whole), count=1)
    return text[:-1] if len(text) > 1 and text.endswith("/") else text


def _key_query(query: str) -> str:
    text = _escaped(_unescaped(query.removeprefix("?")))
    if len(text) < _LONGEST_SESSIONS:
        for session in _SESSIONS:
            text = session.sub(r"\1", text, count=1)
    text = "&".join("=".join(pair) for pair in sorted(each.split("=", 1) for each in text.lower().split("&")))
    return f"?{text}" if text else ""


def _unescaped(text: str) -> bytes:
    """Without percent escapes, those within others too."""
    raw = text.encode("utf-8", "replace")
    for _ in range(_DEEPEST_ESCAPES):
        if raw == (raw := unquote_to_bytes(raw)):
            break
    return raw


def _escaped(raw: bytes) -> str:
    return quote_from_bytes(raw, safe=_PRINTABLE)
