"""What Datasette calls: our pages, our connections' limits, and the headers of every answer."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from datasette import hookimpl
from datasette.app import Datasette
from datasette.utils.asgi import Base400, Request, Response

from newscrawler.store.guest import Connection, harden
from newscrawler.web.cookies import readable
from newscrawler.web.headers import completed
from newscrawler.web.limits import asks_too_much
from newscrawler.web.pages import View, apology
from newscrawler.web.renewal import remember, renew
from newscrawler.web.routes import ROUTES

_Scope = MutableMapping[str, Any]
_Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
_Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
_App = Callable[[_Scope, _Receive, _Send], Awaitable[None]]


@hookimpl  # type: ignore[untyped-decorator]
def register_routes(datasette: Datasette) -> list[tuple[str, View]]:
    """Our pages stand before Datasette's own."""
    return [(f"^{pattern}", view) for pattern, view in ROUTES]


@hookimpl  # type: ignore[untyped-decorator]
def prepare_connection(conn: Connection, database: str) -> None:
    """Connections read only, and make no gigantic values."""
    if not database.startswith("_"):
        harden(conn)


@hookimpl  # type: ignore[untyped-decorator]
def handle_exception(request: Request, exception: Exception) -> Response | None:
    """What was asked wrongly is told on a page of ours; what nobody foresaw is left to Datasette, which logs it."""
    if isinstance(exception, Base400) and exception.status == 404:
        return apology(request, 404)
    return None


@hookimpl  # type: ignore[untyped-decorator]
def asgi_wrapper(datasette: Datasette) -> Callable[[_App], _App]:
    """Every answer, Datasette's own and errors included, comes from the database of now and bears the security
    headers."""
    remember(datasette)

    def wrap(app: _App) -> _App:
        async def wrapped(scope: _Scope, receive: _Receive, send: _Send) -> None:
            renew(datasette)

            async def sending(message: MutableMapping[str, Any]) -> None:
                if message["type"] == "http.response.start":
                    message = {**message, "headers": completed(list(message.get("headers", [])))}
                await send(message)

            if scope["type"] == "http":
                # Datasette's own writing is out of reach, whatever its settings say.
                if scope["method"] not in ("GET", "HEAD"):
                    await Response.text("GET only", status=405, headers={"allow": "GET, HEAD"}).asgi_send(sending)
                    return
                if asks_too_much(scope["path"], scope.get("query_string", b""), datasette.databases):
                    await Response.text("this address asks for too much", status=414).asgi_send(sending)
                    return
                scope = {**scope, "headers": readable(list(scope.get("headers", [])))}
            await app(scope, receive, sending)

        return wrapped

    return wrap
