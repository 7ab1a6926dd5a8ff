"""The server of the reading room."""

from __future__ import annotations

import asyncio
import socket
import sys
from dataclasses import dataclass
from pathlib import Path

import uvicorn
from datasette.app import Datasette
from datasette.plugins import pm

from newscrawler.errors import UsageError
from newscrawler.store import close_database, open_database
from newscrawler.store.database import is_fixed
from newscrawler.web import plugin
from newscrawler.web.front.home import prepare
from newscrawler.web.pages import archive_of

_SQL_LIMIT_MS = 1000


@dataclass(frozen=True, kw_only=True, slots=True)
class Openness:
    """What visitors may do beyond reading pages; nothing, unless asked for."""

    sql: bool = False
    """Type SQL of their own (read-only, a second at most)."""
    downloads: bool = False
    """Take whole tables as CSV; and the database itself, where nobody can write it."""


def room(data: Path, openness: Openness | None = None) -> Datasette:
    """The server's application for the archive in `data`.

    :raises StoreError: if there is no database there, or one that is not ours.
    """
    path = data / "news.db"
    close_database(open_database(path))
    _register()
    fixed = is_fixed(path)
    return Datasette(
        [] if fixed else [str(path)],
        immutables=[str(path)] if fixed else [],
        settings=_settings(openness or Openness()),
    )


def _register() -> None:
    if not pm.is_registered(plugin):
        pm.register(plugin, name="newscrawler")
    # Where rich is installed Datasette paints every wrong address as a page of traceback with all its variables.
    sys.modules["datasette.handle_exception"].__dict__["rich"] = None


def _settings(openness: Openness) -> dict[str, object]:
    return {
        "default_allow_sql": openness.sql,
        "allow_download": openness.downloads,
        "allow_csv_stream": openness.downloads,
        "allow_facet": True,
        # It walks over the table once for each column, for every visitor.
        "suggest_facets": False,
        "sql_time_limit_ms": _SQL_LIMIT_MS,
        "max_returned_rows": 1000,
        "num_sql_threads": 4,
        "cache_size_kb": 65_536,
        "template_debug": False,
    }


def listening(host: str, port: int) -> socket.socket:
    """A socket of the server; port 0 takes any that is free.

    :raises UsageError: if the address cannot be had.
    """
    # Named TCP outright: asyncio then sends small answers at once, which else wait 40 ms for the other side's word.
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen()
    except OSError as error:
        listener.close()
        raise UsageError(f"cannot listen on {host}:{port} ({error.strerror}); choose another --port") from error
    return listener


def serve(application: Datasette, listener: socket.socket) -> None:
    """Answer until SIGINT or SIGTERM."""
    asyncio.run(_serve(application, listener))


async def _serve(application: Datasette, listener: socket.socket) -> None:
    await application.invoke_startup()
    prepare(Path(archive_of(application).path))
    config = uvicorn.Config(application.app(), log_level="warning", lifespan="on", server_header=False)
    await uvicorn.Server(config).serve([listener])
