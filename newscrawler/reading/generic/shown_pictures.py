"""Pictures in the copy of an article's element: which are shown, and from where."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

_SOURCES = ("data-src", "data-original", "data-lazy-src", "src")
_NO_PICTURE = re.compile(
    r"(?:^|[/_-])(?:avatar|logo|emoji|sprite|icons?|blank|pixel|spacer|loading)(?=[._\d-])[^/]*\.(?:gif|png|svg|jpe?g)",
    re.IGNORECASE,
)


def show_lazy_pictures(body: HtmlElement) -> None:
    """A picture that stands in `noscript` only, because a script would load it, is shown."""
    for quiet in list(body.iter("noscript")):
        parent = quiet.getparent()
        if parent is not None and quiet.find(".//img") is not None:
            if any(source_of(image) for image in parent.iter("img") if quiet not in image.iterancestors()):
                quiet.drop_tree()
            else:
                quiet.drop_tag()


def source_of(image: HtmlElement) -> str | None:
    """The address of a picture, wherever a loader keeps it; None for icons and blanks."""
    for name in _SOURCES:
        source = (image.get(name) or "").strip()
        if source and not source.startswith("data:"):
            return None if _NO_PICTURE.search(source) else source
    return None
