"""XML 1.0, written piece by piece: nothing of a text can end an element, and no sign stands in it that XML forbids."""

from __future__ import annotations

import re

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_IN_TEXT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
_IN_ATTRIBUTE = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"} | dict.fromkeys("\t\n\r", " "))

DECLARATION = '<?xml version="1.0" encoding="utf-8"?>\n'


def element(name: str, text: str | None = None, **attributes: str) -> str:
    """An element with a text, or an empty one.

    >>> element("title", 'Đoàn & "xã"\\x0c', type="text")
    '<title type="text">Đoàn &amp; "xã"</title>'
    """
    if text is None:
        return f"<{name}{_attributes(attributes)}/>"
    return f"<{name}{_attributes(attributes)}>{clean(text).translate(_IN_TEXT)}</{name}>"


def _attributes(values: dict[str, str]) -> str:
    return "".join(f' {name}="{clean(value).translate(_IN_ATTRIBUTE)}"' for name, value in values.items())


def clean(text: str) -> str:
    """A text without the signs that XML has no way to write."""
    return _FORBIDDEN.sub("", text)
