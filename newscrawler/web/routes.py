"""Which address leads to which page."""

from __future__ import annotations

import re

from datasette.app import Datasette
from datasette.utils.asgi import Request, Response

from newscrawler.web import article_routes
from newscrawler.web.assets import content_of, type_of
from newscrawler.web.finding import searching
from newscrawler.web.front import home
from newscrawler.web.headers import OURS, with_policy
from newscrawler.web.hot import timeline as hot
from newscrawler.web.pages import View, apology
from newscrawler.web.running import gaps, runs

_FOR_EVER = {"cache-control": "public, max-age=31536000, immutable"}
_ASSET = re.compile(r"/assets/([a-z]+)\.[0-9a-f]{12}\.(css|js)$")


async def asset(datasette: Datasette, request: Request) -> Response:
    """A style sheet or script."""
    match = _ASSET.search(request.path)
    try:
        name = f"{match[1]}.{match[2]}" if match else ""
        return Response(content_of(name), headers=with_policy(OURS, _FOR_EVER), content_type=type_of(name))
    except KeyError:
        return Response.text("no such file", status=404)


async def closed(datasette: Datasette, request: Request) -> Response:
    """What Datasette tells of itself and of this machine: where the database lies, what runs, which programs."""
    return apology(request, 404)


ROUTES: list[tuple[str, View]] = [
    # But for the style sheets and scripts of its own pages, and what these ask for.
    (r"/-/(?!static(?:-plugins)?/|jump\b|autocomplete\b)", closed),
    (r"/assets/[a-z]+\.[0-9a-f]{12}\.(css|js)$", asset),
    *home.ROUTES,
    *article_routes.ROUTES,
    *runs.ROUTES,
    *gaps.ROUTES,
    *searching.ROUTES,
    *hot.ROUTES,
]
"""Pattern of a path → its view; each page's module has its own."""
