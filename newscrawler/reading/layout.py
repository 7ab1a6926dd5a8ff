"""What a reader must know of one site's pages, as data."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


@dataclass(frozen=True, kw_only=True)
class Layout:
    """One look of a site; every field has a default that reads most pages."""

    site_names: tuple[str, ...] = ()
    """What the site calls itself in titles; cut off headlines, and never taken for one."""
    wrapped: bool = False
    """Whether bodies are wrapped in the page; then fragments without `<html>` are taken as such too."""
    main: str | None = None
    """XPath of the article body, where it stands in the page as elements."""
    title: str | None = None
    """XPath of the headline."""
    end_lines: tuple[str, ...] = ()
    """Lines that begin the footer."""
    blocks_show: str = "title"
    """What an entry of the hot and related blocks is when it is one text: `title` or `summary`."""
    image_folder: str | None = None
    """Address of relative images, with `{year}`, `{month}`, `{id}` and `{name}`."""
    language: str | None = None
    """BCP 47 tag of pages that do not tell theirs."""
    zone: ZoneInfo = field(default=VIETNAM)

    def strip_site_name(self, title: str) -> str:
        """A page title without the site's name before or after it; empty if nothing else is in it.

        >>> Layout(site_names=("Thành Đoàn TP.HCM",)).strip_site_name("Ra quân - Thành Đoàn TP.HCM")
        'Ra quân'
        """
        for name in self.site_names:
            quoted = re.escape(name)
            title = re.sub(
                rf"^\s*{quoted}\s*(?:[-–—|:»]\s*|$)|\s*[-–—|:»]\s*{quoted}\s*$", "", title, flags=re.IGNORECASE
            )
        return title.strip()
