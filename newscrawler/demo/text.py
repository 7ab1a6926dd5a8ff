"""Small text helpers that several parts of the sample site share."""

from __future__ import annotations

import html
import unicodedata


def nfc(text: str) -> str:
    """The text with composed letters, as the sources are written."""
    return unicodedata.normalize("NFC", text)


def nfd(text: str) -> str:
    """The text with marks apart from their letters, as some old pages hold their labels."""
    return unicodedata.normalize("NFD", text)


def esc(text: str) -> str:
    """Text for element content or a double-quoted attribute."""
    return html.escape(text, quote=True)
