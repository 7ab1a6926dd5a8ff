"""Verb `serve`."""

from __future__ import annotations

import webbrowser
from pathlib import Path

import click

from newscrawler.cli.common import data_option

_EPILOG = """\b
Example:
  newscrawler serve
  newscrawler serve --port 8080 --open
"""


@click.command("serve", epilog=_EPILOG)
@data_option
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8001,
    show_default=True,
    metavar="N",
    help="Where it listens; 0 takes any port that is free.",
)
@click.option(
    "--host", default="127.0.0.1", show_default=True, metavar="ADDRESS", help="0.0.0.0 lets other machines in."
)
@click.option("--sql", is_flag=True, help="Let visitors type SQL: read-only, a second at most.")
@click.option("--downloads", is_flag=True, help="Let visitors take whole tables as CSV.")
@click.option("--open", "in_browser", is_flag=True, help="Open the room in a browser.")
def command(data: Path, port: int, host: str, sql: bool, downloads: bool, in_browser: bool) -> None:
    """Open the reading room: the archive as pages in a browser, in Vietnamese and English.

    It only reads. A crawl may go on beside it. Ctrl-C closes it.
    """
    from newscrawler.web.serving import Openness, listening, room, serve

    application = room(data, Openness(sql=sql, downloads=downloads))
    listener = listening(host, port)
    place = f"[{host}]" if ":" in host else host
    address = f"http://{place}:{listener.getsockname()[1]}/"
    click.echo(f"the reading room is open at {address} (Ctrl-C closes it)")
    if in_browser:
        webbrowser.open(address)
    serve(application, listener)
