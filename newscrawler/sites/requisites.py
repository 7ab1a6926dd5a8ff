"""Which files of its pages a site's crawl archives."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Requisites:
    """Which files of its articles' pages a site's crawl archives, and how much of them; sizes are in bytes."""

    wanted: bool = True
    hosts: tuple[str, ...] = ()
    """Hosts beside the site's own that files are fetched from; files of others are written down as missing."""
    run_bytes: int = 2_000_000_000
    """What all files of one run may add to the WARC."""
    picture_bytes: int = 20_000_000
    document_bytes: int = 100_000_000
    film_bytes: int = 500_000_000
    """Of a video or a sound."""
    other_bytes: int = 5_000_000
    """Of a stylesheet, script, icon or font."""
    per_page: int = 100

    def largest(self, kind: str) -> int:
        """How large a file of a kind may be."""
        return {
            "image": self.picture_bytes,
            "document": self.document_bytes,
            "video": self.film_bytes,
            "audio": self.film_bytes,
        }.get(kind, self.other_bytes)
