"""The live door to a page: content codings undone where Scrapy's own station would lose the page over a wrong label."""

from __future__ import annotations

from typing import Any

from scrapy import Request
from scrapy.http import Response, TextResponse
from scrapy.responsetypes import responsetypes

from newscrawler.archive.coding import Decoded, undo
from newscrawler.archive.message import Head
from newscrawler.items import Page
from newscrawler.pages.door import page_of_body


class Decoding:
    """Takes the place of Scrapy's HttpCompressionMiddleware, with the code that reads the archive again."""

    def process_response(self, request: Request, response: Response, spider: Any = None) -> Response:
        """Hand on the decoded body; labels that lie are told in `request.meta["decoded"]`.

        :raises HostilePageError: if the codings hide a bomb; the answer itself is in the archive.
        """
        decoded = Decoded(response.body)
        codings = head_of(response).codings
        if codings and request.method != "HEAD":
            decoded = undo(response.body, codings)
            response = _with_body(response, decoded)
        request.meta["decoded"] = decoded
        return response


def page_of_response(response: Response) -> Page | None:
    """The page that a live answer holds, or None; see `pages.page_of`, which gives the same for its record."""
    return page_of_body(response.meta["capture"], head_of(response), response.meta["decoded"])


def head_of(response: Response) -> Head:
    """The head as it came; where the handler did not leave it, as Scrapy has parsed it."""
    head: Head | None = response.request.meta.get("head") if response.request else None
    if head is not None:
        return head
    pairs = ((name, value) for name, values in response.headers.items() for value in values)
    headers = tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in pairs)
    return Head("", response.status, headers)


def _with_body(response: Response, decoded: Decoded) -> Response:
    kind = responsetypes.from_args(headers=response.headers, url=response.url, body=decoded.body)
    # Scrapy has guessed a character encoding from the bytes before.
    more: dict[str, Any] = {"encoding": None} if issubclass(kind, TextResponse) else {}
    headers = response.headers.copy()
    headers.pop("Content-Encoding", None)
    return response.replace(cls=kind, body=decoded.body, headers=headers, **more)
