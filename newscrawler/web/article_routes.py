"""Which addresses lead to an article, to what is known of it, and to what the archive holds of its page."""

from __future__ import annotations

from newscrawler.web.articles import article, versions
from newscrawler.web.captures import captured, downloads, pictures, provenance
from newscrawler.web.pages import View

ROUTES: list[tuple[str, View]] = [
    *article.ROUTES,
    *downloads.ROUTES,
    *versions.ROUTES,
    *provenance.ROUTES,
    *captured.ROUTES,
    *pictures.ROUTES,
]
