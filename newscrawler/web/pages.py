"""From a function of database and request to a view of the server; and what a reader sees when something is amiss."""

from __future__ import annotations

import logging
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from datasette.app import Datasette
from datasette.database import Database as Served
from datasette.utils.asgi import Request, Response

from newscrawler.errors import NewsCrawlerError, NoSuchArticleError, NoSuchPageError, SlowQueryError
from newscrawler.store import Database
from newscrawler.store.guest import ask
from newscrawler.web.asked import LANGUAGES, Asked, language, unplaced
from newscrawler.web.headers import OURS, with_policy
from newscrawler.web.rendering import render

_LOG = logging.getLogger(__name__)
_COOKIE = "lang"
_YEAR = 365 * 86_400
_MOST_VALUES = 100
"""Names in an address that are looked at; no page of ours knows more than a dozen."""
_HOST = re.compile(r"[A-Za-z0-9.:\[\]-]{1,255}")


@dataclass(frozen=True, kw_only=True, slots=True)
class Sent:
    """One answer of the room."""

    body: str | bytes
    type: str = "text/html; charset=utf-8"
    status: int = 200
    policy: str = OURS
    headers: Mapping[str, str] = field(default_factory=dict)


Answer = Callable[[Database, Asked], Mapping[str, object]]
"""What a page shows, for its template."""
Make = Callable[[Database, Asked], Sent]
View = Callable[[Datasette, Request], Awaitable[Response]]


def page(template: str, answer: Answer) -> View:
    """A view that shows in `template` what `answer` finds."""
    return view(lambda db, asked: Sent(body=render(template, asked, answer(db, asked))))


def view(make: Make) -> View:
    """A view that sends what `make` makes. It is called in a thread of its own, with two seconds for the database."""

    async def viewed(datasette: Datasette, request: Request) -> Response:
        if request.method not in ("GET", "HEAD"):
            return Response.text("GET only", status=405, headers={"allow": "GET, HEAD"})
        served = archive_of(datasette)
        asked = _asked(request, Path(served.path).parent)
        try:
            sent: Sent = await served.execute_fn(lambda conn: ask(conn, lambda db: make(db, asked)))
        except NewsCrawlerError as error:
            status = _status(error)
            sent = _apology(asked, status, unplaced(str(error), asked.folder) if status == 500 else "")
        except Exception:
            _LOG.exception("no answer for %s", request.path)
            sent = _apology(asked, 500, "")
        return _response(sent, asked, request)

    return viewed


def apology(request: Request, status: int) -> Response:
    """A page that says what is amiss."""
    asked = _asked(request, Path())
    return _response(_apology(asked, status, ""), asked, request)


def archive_of(datasette: Datasette) -> Served:
    """The archive's database among those that the server holds: `news`, or else the first that is a file.

    :raises NoSuchPageError: if there is none.
    """
    files = {name: served for name, served in datasette.databases.items() if served.path}
    if not files:
        raise NoSuchPageError("this server holds no archive; start it with `newscrawler serve`")
    return files.get("news") or next(iter(files.values()))


def _asked(request: Request, folder: Path) -> Asked:
    args = request.args  # taken apart anew each time that it is asked for
    values = {name: args.getlist(name)[-1] for name in islice(args, _MOST_VALUES)}
    accepted = request.headers.get("accept-language", "")
    return Asked(
        folder=folder,
        path=request.path,
        parts=request.url_vars,
        values=values,
        origin=f"{request.scheme}://{request.host}" if _HOST.fullmatch(request.host or "") else "",
        lang=language(values.get("lang", ""), request.cookies.get(_COOKIE, ""), accepted),
    )


def _status(error: NewsCrawlerError) -> int:
    if isinstance(error, NoSuchPageError | NoSuchArticleError):
        return 404
    return 503 if isinstance(error, SlowQueryError) else 500


def _apology(asked: Asked, status: int, sentence: str) -> Sent:
    return Sent(body=render("apology.html", asked, {"status": status, "sentence": sentence}), status=status)


def _response(sent: Sent, asked: Asked, request: Request) -> Response:
    headers = with_policy(sent.policy, {"vary": "Accept-Language, Cookie", **sent.headers})
    response = Response(sent.body, status=sent.status, headers=headers, content_type=sent.type)
    if request.args.get("lang") in LANGUAGES:
        response.set_cookie(_COOKIE, asked.lang, max_age=_YEAR, httponly=True)
    return response
