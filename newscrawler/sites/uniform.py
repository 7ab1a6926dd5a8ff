"""One writing of an address: without what tells visitors apart, and under the site's own scheme and host."""

from __future__ import annotations

import re
from unicodedata import normalize
from urllib.parse import SplitResult, parse_qsl, unquote, urlencode, urlsplit, urlunsplit

from w3lib.url import safe_url_string

_SESSION_NAMES = frozenset(
    "sid phpsessid jsessionid sessionid session_id sessid session aspsessionid cfid cftoken zenid oscsid s_id "
    "fbclid gclid zarsrc".split()
)
_TRACKING = re.compile(r"^utm_|^aspsessionid", re.IGNORECASE)
_PATH_SESSION = re.compile(r";jsessionid=[^/?#;]*|/\((?:[a-z]\([0-9a-z]{8,}\))+\)(?=/)", re.IGNORECASE)
_ESCAPE = re.compile(r"%[0-9a-f]{2}", re.IGNORECASE)


def without_session(url: str) -> str:
    """An address without what tells visitors apart, and not pages; its other parameters in order, so that two orders of
    the same are one address (facts: reliability §2, rows 67 and 69).

    >>> without_session("http://a.vn/tin;jsessionid=0F?b=2&PHPSESSID=77&a=1")
    'http://a.vn/tin?a=1&b=2'
    """
    parts = urlsplit(url)
    if not parts.query and ";" not in parts.path and "(" not in parts.path:
        return url
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    kept = sorted(pair for pair in pairs if not _is_session(pair[0]))
    query = parts.query if kept == pairs else urlencode(kept)
    return urlunsplit(parts._replace(path=_PATH_SESSION.sub("", parts.path), query=query))


def _is_session(name: str) -> bool:
    return name.lower() in _SESSION_NAMES or _TRACKING.match(name) is not None


def uniform(url: str, root: SplitResult) -> str:
    """An address under the scheme and host of `root`, without fragment and session, its escapes written alike.

    >>> uniform("http://www.a.vn:80/tin/%c4%90o%c3%a0n?utm_source=zalo#dau", urlsplit("https://a.vn/"))
    'https://a.vn/tin/%C4%90o%C3%A0n'
    """
    parts = urlsplit(without_session(url))
    whole = parts._replace(scheme=root.scheme, netloc=root.netloc, fragment="")
    return escaped(urlunsplit(whole))


def escaped(url: str) -> str:
    """Blanks and letters outside ASCII as percent escapes, and those in capitals; what is no address stays as it is.

    >>> escaped("https://a.vn/Đoàn"), escaped('http://a.vn:"')
    ('https://a.vn/%C4%90o%C3%A0n', 'http://a.vn:"')
    """
    try:
        safe = str(safe_url_string(url))
    except ValueError:  # a port that is no number, brackets without an end
        return url
    return _ESCAPE.sub(lambda escape: escape.group().upper(), safe)


def article_key(written: str) -> str:
    """One writing of an article id: without leading zeros, or where it is no number as NFC in small letters.

    >>> article_key("0002754"), article_key("Khong-De-Ai"), article_key("%C4%90o%C3%A0n")
    ('2754', 'khong-de-ai', 'đoàn')
    """
    if written.isascii() and written.isdigit():
        return written.lstrip("0") or "0"
    return normalize("NFC", unquote(written)).lower()
