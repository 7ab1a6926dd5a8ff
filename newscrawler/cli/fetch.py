"""One page over HTTP for verbs that only want to look: robots.txt obeyed, bounded, nothing archived."""

from __future__ import annotations

import gzip
import urllib.request
from io import BytesIO
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit

from protego import Protego

from newscrawler.errors import NewsCrawlerError
from newscrawler.settings import DOWNLOAD_MAXSIZE, DOWNLOAD_TIMEOUT, USER_AGENT

_ROBOTS_LIMIT = 500 * 1024


def fetch(url: str) -> bytes:
    """The body at an address, its Content-Encoding undone.

    :raises NewsCrawlerError: naming the address and the reason.
    """
    parts = urlsplit(url)
    if not _allowed(f"{parts.scheme}://{parts.netloc}/robots.txt", url):
        raise NewsCrawlerError(f"{url} is forbidden by the site's robots.txt")
    try:
        return _get(url, DOWNLOAD_MAXSIZE)
    except HTTPError as error:
        raise NewsCrawlerError(f"{url} answered {error.code} {error.reason}") from error
    except (URLError, OSError, ValueError) as error:
        raise NewsCrawlerError(f"cannot fetch {url}: {getattr(error, 'reason', error)}") from error


def _allowed(robots_url: str, url: str) -> bool:
    try:
        rules = Protego.parse(_get(robots_url, _ROBOTS_LIMIT).decode("utf-8", "replace"))
    except HTTPError as error:
        return error.code < 500
    except (URLError, OSError, ValueError) as error:
        raise NewsCrawlerError(f"cannot reach {robots_url}: {getattr(error, 'reason', error)}") from error
    return bool(rules.can_fetch(url, USER_AGENT))


def _get(url: str, limit: int) -> bytes:
    request = urllib.request.Request(url, headers={"User-Agent": USER_AGENT, "Accept-Encoding": "gzip"})
    with urllib.request.urlopen(request, timeout=DOWNLOAD_TIMEOUT) as response:
        body: bytes = response.read(limit)
        if response.headers.get("Content-Encoding") == "gzip":
            with gzip.GzipFile(fileobj=BytesIO(body)) as stream:
                body = stream.read(limit)
    return body
