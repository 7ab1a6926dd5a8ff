"""Style sheets and scripts: small files under `static/`, one of each kind handed out, named by their digest."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from importlib.resources import files

_KINDS = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8"}


@cache
def content_of(name: str) -> bytes:
    """`style.css` is all style sheets in the order of their names, `base.css` first; every script stands alone.

    :raises KeyError: if there is no such asset.
    """
    folder = files("newscrawler.web") / "static"
    if name == "style.css":
        sheets = sorted(
            (f for f in folder.iterdir() if f.name.endswith(".css")), key=lambda f: (f.name != "base.css", f.name)
        )
        return b"\n".join(sheet.read_bytes() for sheet in sheets)
    if name not in {f.name for f in folder.iterdir() if f.name.endswith(".js")}:
        raise KeyError(name)
    return (folder / name).read_bytes()


@cache
def digest_of(name: str) -> str:
    """Twelve hexadecimal digits that change with the content."""
    return sha256(content_of(name)).hexdigest()[:12]


def type_of(name: str) -> str:
    """The media type of an asset."""
    return _KINDS[name.rpartition(".")[2]]
