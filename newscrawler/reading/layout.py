"""What a reader must know of one site's pages, as data."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")

Selectors = tuple[str, ...]
"""CSS selectors, or XPath where they begin with `/`, `(` or `./`; the first that matches counts."""


@dataclass(frozen=True, kw_only=True)
class Layout:
    """One look of a site; every field has a default that reads most pages."""

    site_names: tuple[str, ...] = ()
    """What the site calls itself in titles; cut off headlines, and never taken for one."""
    wrapped: bool = False
    """Whether bodies are wrapped in the page; then fragments without `<html>` are taken as such too."""
    main: Selectors = ()
    """Place of the article body, where it stands in the page as elements."""
    title: Selectors = ()
    """Place of the headline, as of the fields below."""
    summary: Selectors = ()
    """Of the lede, where it stands outside the body or is to be told from it."""
    byline: Selectors = ()
    published: Selectors = ()
    modified: Selectors = ()
    category: Selectors = ()
    """All elements that match are the path of sections, the widest first."""
    tags: Selectors = ()
    """All elements that match, a tag each."""
    files: Selectors = ()
    """Parts of the page outside the body that hold attachments; they are read behind the body."""
    cut: Selectors = ()
    """Parts of the body that are not the article's; all that match any are left out."""
    hot: Selectors = ()
    """Boxes of the hot block, all that match any, whatever their labels say."""
    related: Selectors = ()
    comments: Selectors = ()
    """Elements that hold one comment each."""
    distrusted: tuple[str, ...] = ()
    """Statements of the page that are known to be wrong, such as `microdata:published` or `meta:published`: never
    chosen, and still told as conflicts."""
    valid_until: date | None = None
    """Last day on which the site looked so; None for how it looks today."""
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
