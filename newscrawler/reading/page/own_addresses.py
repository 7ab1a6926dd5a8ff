"""What a reader must know of a site's addresses: which lead to articles, and to which."""

from __future__ import annotations

from typing import Protocol


class Addresses(Protocol):
    """The address knowledge of one site."""

    def article_id(self, url: str) -> str | None:
        """The site's own id of the article at an address, or None if it leads to none."""

    def canonical(self, url: str) -> str | None:
        """The one address of that article, or None."""


class UnknownSite:
    """The addresses of a site of which nothing is known."""

    def article_id(self, _url: str) -> str | None:
        """Nobody knows."""
        return None

    def canonical(self, _url: str) -> str | None:
        """Nobody knows."""
        return None


UNKNOWN_SITE = UnknownSite()
