"""Where each page of the room lies. Templates ask here, never write an address themselves."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import quote, urlencode

from newscrawler.web.asked import Asked

_OF_A_HOST = re.compile(r"^/[/\\]+")


class Addresses:
    """The addresses of the live room, as templates call them (`to.article(12)`).

    A static copy has another class with these methods, which gives relative file names.
    """

    live = True
    """Whether a server is there that answers questions."""

    def __init__(self, asked: Asked, base: str = "/") -> None:
        self._asked = asked
        self._base = base

    def menu(self) -> list[tuple[str, str]]:
        """The main pages: the key of each one's name, and its address."""
        pages = {"home": self.home(), "search": self.search(), "hot": self.hot(), "runs": self.runs()}
        return [(f"base.{name}", address) for name, address in pages.items()]

    def home(self) -> str:
        """The front page."""
        return self._base

    def search(self, **values: object) -> str:
        """The search page; values that are None or empty are left out."""
        return f"{self._base}search{_query(values)}"

    def search_json(self, **values: object) -> str:
        """What the search page shows, for programs."""
        return f"{self._base}search.json{_query(values)}"

    def feed(self, **values: object) -> str:
        """The newest results of a search as an Atom feed."""
        return f"{self._base}search.atom{_query(values)}"

    def article(self, id: int, part: str = "", **values: object) -> str:
        """An article, or a part of it: `history`, `provenance`, `captured`."""
        return f"{self._base}article/{id}{f'/{part}' if part else ''}{_query(values)}"

    def download(self, id: int, ending: str) -> str:
        """An article as a file: `json`, `md`, `txt` or `warc.gz`."""
        return f"{self._base}article/{id}.{ending}"

    def capture(self, id: int) -> str:
        """The page of a capture, as it came, for an isolated frame."""
        return f"{self._base}capture/{id}"

    def capture_body(self, id: int) -> str:
        """What a capture brought, byte for byte, as a file."""
        return f"{self._base}capture/{id}?raw=1"

    def record(self, capture_id: int) -> str:
        """The WARC records of a capture as a file."""
        return f"{self._base}capture/{capture_id}.warc.gz"

    def picture(self, capture_id: int) -> str:
        """A picture out of the archive."""
        return f"{self._base}picture/{capture_id}"

    def hot(self, **values: object) -> str:
        """The timeline of hot news."""
        return f"{self._base}hot{_query(values)}"

    def hot_json(self, **values: object) -> str:
        """The same as data."""
        return f"{self._base}hot.json{_query(values)}"

    def runs(self, **values: object) -> str:
        """Runs and health."""
        return f"{self._base}runs{_query(values)}"

    def runs_json(self, **values: object) -> str:
        """The same for programs."""
        return f"{self._base}runs.json{_query(values)}"

    def run(self, id: int, **values: object) -> str:
        """One run."""
        return f"{self._base}run/{id}{_query(values)}"

    def gaps(self, site: str, **values: object) -> str:
        """What is missing of a site."""
        return f"{self._base}gaps/{quote(site, safe='')}{_query(values)}"

    def asset(self, name: str) -> str:
        """A style sheet or script; its name holds its digest, so browsers may keep it for ever."""
        from newscrawler.web.assets import digest_of

        stem, _, ending = name.rpartition(".")
        return f"{self._base}assets/{stem}.{digest_of(name)}.{ending}"

    def here(self, **changed: object) -> str:
        """The same page with some values changed; None takes one away."""
        # Browsers take two slashes at the beginning, or one and its mirror image, for the name of another host.
        return _OF_A_HOST.sub("/", self._asked.path) + _query({**self._asked.values, **changed})


def _query(values: Mapping[str, object]) -> str:
    pairs = [(name, value) for name, value in values.items() if value is not None and value != ""]
    return f"?{urlencode(pairs)}" if pairs else ""
