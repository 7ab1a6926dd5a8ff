"""Where each page of a static copy lies: plain files, named from one another, so that the folder opens anywhere."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from hashlib import sha256
from urllib.parse import quote

from newscrawler.export.markdown.names import way_up
from newscrawler.web.addresses import Addresses
from newscrawler.web.asked import Asked

HOME, SEARCH, MONTHS, SECTIONS, ABOUT = "index.html", "search.html", "months.html", "sections.html", "about.html"
MISSING = "assets/missing.svg"
"""Stands where a picture should be that cannot be read back."""


def article_path(id: int) -> str:
    """An article's file; a thousand to a folder.

    >>> article_path(12345)
    'articles/12/12345.html'
    """
    return f"articles/{id // 1000}/{id}.html"


def versions_path(id: int, newer: int | None = None) -> str:
    """What changed with version `newer` of an article, or with its latest."""
    return f"{article_path(id).removesuffix('.html')}-versions{f'-{newer}' if newer else ''}.html"


def section_stem(site: str, section: str) -> str:
    """Where the list of a section begins, without its ending: named by a sum, for its name may be anything."""
    words = f"{site}\x1f{section}".encode("utf-8", "replace")
    return f"sections/{sha256(words).hexdigest()[:16]}"


def hot_path(number: int) -> str:
    """A page of the timeline, counted from 1."""
    return f"hot/{number}.html"


@dataclass(frozen=True, kw_only=True, slots=True)
class Held:
    """What a copy holds beside its lists."""

    articles: Collection[int]
    file_of: Callable[[int], str | None]
    """Id of a capture → path of the picture or document that was copied out of it."""
    url_of: Callable[[int], str]
    """Id of a capture → its address on the web."""


class CopyAddresses(Addresses):
    """Addresses as a page of the copy at `path` names them: relative, to files that are there."""

    live = False
    # Chromium takes a page's folder for `self`; a page from a folder being of no origin, other browsers need not, but
    # each knows the scheme.
    policy = (
        "default-src 'none'; style-src 'self' file:; script-src 'self' file:; img-src 'self' file:; "
        "form-action 'self' file:; base-uri 'none'"
    )

    def __init__(self, asked: Asked, path: str, held: Held) -> None:
        super().__init__(asked, way_up(path))
        self._held = held

    def menu(self) -> list[tuple[str, str]]:
        """The lists of a copy stand where the server has its runs."""
        return [
            ("base.home", self.home()),
            ("base.search", self.search()),
            ("copy.months", self.file(MONTHS)),
            ("copy.sections", self.file(SECTIONS)),
            ("base.hot", self.hot()),
            ("copy.about", self.file(ABOUT)),
        ]

    def file(self, path: str) -> str:
        """Any file of the copy."""
        return self._base + path

    def home(self) -> str:
        """The front page."""
        return self.file(HOME)

    def search(self, **values: object) -> str:
        """The list of a section where one is asked for, else the search page, with words typed in already."""
        if values.get("site"):
            section = values.get("section")
            return self.file(f"{section_stem(str(values['site']), str(section))}.html" if section else SECTIONS)
        words = values.get("q")
        return self.file(SEARCH) + (f"?q={quote(str(words))}" if words else "")

    def article(self, id: int, part: str = "", **values: object) -> str:
        """An article, or its history; a copy has no other parts of it."""
        if part == "history":
            return self.file(versions_path(id, int(str(values["b"])) if "b" in values else None))
        return self.file(article_path(id))

    def capture(self, id: int) -> str:
        """A document that was copied, or its address on the web."""
        path = self._held.file_of(id)
        return self.file(path) if path else self._held.url_of(id)

    def picture(self, capture_id: int) -> str:
        """A picture that was copied."""
        return self.file(self._held.file_of(capture_id) or MISSING)

    def hot(self, **values: object) -> str:
        """The first page of the timeline, or another one by `page`."""
        return self.file(hot_path(int(str(values.get("page", 1)))))

    def asset(self, name: str) -> str:
        """A style sheet or script."""
        return self.file(f"assets/{name}")
