"""The archive handed on: its articles as tables, a feed or a folder of Markdown, its captures as WACZ."""

from __future__ import annotations

from newscrawler.export.wacz import Exported, Progress, export_wacz
from newscrawler.store.selection import Selection

__all__ = ["Exported", "Progress", "Selection", "export_wacz"]
