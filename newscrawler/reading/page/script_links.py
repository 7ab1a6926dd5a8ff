"""Addresses that stand in a script of one plain step, as `onclick="location.href='/tin-1.html'"` on old portals."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

_STEP = re.compile(
    r"""(?:javascript:)?\s*+(?:(?:window|document|self|top|parent)\s*+\.\s*+){0,3}"""
    r"""(?:location(?:\s*+\.\s*+href)?\s*+=|location\s*+\.\s*+(?:assign|replace)\s*+\(|open\s*+\()\s*+"""
    r"""(?:'(?P<one>[^'"<>\\\s]++)'|"(?P<two>[^'"<>\\\s]++)")\s*+(?:,\s*+['"][\w-]*+['"]\s*+)?\)?\s*+;?\s*+"""
    r"""(?:return\s++(?:false|true)\s*+;?\s*+)?""",
    re.IGNORECASE,
)
_LONGEST = 2_000


def script_address(element: HtmlElement) -> str | None:
    """The address to which a click on an element leads, where its script does nothing else; None otherwise.

    Nothing is run: an address put together by the script stays unknown.
    """
    for script in (element.get("onclick"), element.get("href")):
        if script and len(script) <= _LONGEST and (found := _STEP.fullmatch(script.strip())):
            return found["one"] or found["two"]
    return None
