"""Where a body's picture has its address: lazy loaders keep it in attributes of their own."""

from __future__ import annotations

import re

from bs4.element import Tag

_SOURCES = ("data-src", "data-original", "data-lazy-src", "data-lazyload", "data-lazy", "data-image-src", "src")
_SETS = ("srcset", "data-srcset")
_SMALLEST = 3
"""No picture is as narrow; what counts visitors is."""
_CANDIDATE = re.compile(r"\s*([^\s,]\S*[^\s,])(?:\s+([\d.]{1,8})[wx])?\s*(?:,|$)")


def source_of(tag: Tag) -> str:
    """The address as it stands in the page, or nothing."""
    stated = (str(tag.get(name) or "").strip() for name in _SOURCES)
    return next((one for one in stated if one and not one.startswith("data:")), "") or _largest(tag)


def is_picture(tag: Tag) -> bool:
    """Whether an image is more than a dot that counts visitors."""
    sizes = (str(tag.get(name) or "") for name in ("width", "height"))
    return not any(size.isascii() and size.isdecimal() and int(size[:6]) <= _SMALLEST for size in sizes)


def _largest(tag: Tag) -> str:
    """The largest of the candidates that a set names, the first of several as large."""
    stated = next((str(tag.get(name)) for name in _SETS if tag.get(name)), "")
    if not stated or stated.startswith("data:"):
        return ""
    found = [(float(match[2] or 1), match[1]) for match in _CANDIDATE.finditer(stated[:4_000])]
    return max(found, key=lambda candidate: candidate[0])[1] if found else ""
