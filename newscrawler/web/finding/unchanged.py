"""Answers that a reader holds already are not sent again: an ETag of the body, and 304 to who names it."""

from __future__ import annotations

from hashlib import sha256

from datasette.app import Datasette
from datasette.utils.asgi import Request, Response

from newscrawler.web.pages import View


def unless_held(view: View) -> View:
    """The view, with an ETag on what it answers; feed readers ask every few minutes for what seldom changes."""

    async def viewed(datasette: Datasette, request: Request) -> Response:
        response = await view(datasette, request)
        if response.status != 200:
            return response
        body = response.body if isinstance(response.body, bytes) else response.body.encode()
        tag = f'"{sha256(body).hexdigest()[:24]}"'
        response.headers["etag"] = tag
        held = [name.strip().removeprefix("W/") for name in request.headers.get("if-none-match", "").split(",")]
        if tag in held:
            response.status, response.body = 304, b""
        return response

    return viewed
