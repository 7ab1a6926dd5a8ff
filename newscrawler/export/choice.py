"""What was chosen of an archive, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from newscrawler.store.selection import Selection

_TOLD = {
    "words": "with the words",
    "site": "of the site",
    "since": "published from",
    "until": "published to",
    "category": "in the section",
    "byline": "with the byline",
    "block": "in the block",
    "sort": "sorted by",
    "limit": "at most",
}


def chosen(selection: Selection) -> dict[str, str | int]:
    """Filter → its value, of those that are set."""
    plain = asdict(Selection())
    return {name: value for name, value in asdict(selection).items() if value and value != plain[name]}


def told(selection: Selection) -> str:
    """The choice as a few words; an empty text where all is wanted."""
    values = chosen(selection)
    words = ", ".join(f"{told} {values[name]}" for name, told in _TOLD.items() if name in values)
    return f"chosen: {words}" if words else ""


def nothing(folder: Path, selection: Selection, left_out: Sequence[str] = ()) -> str:
    """Why nothing was exported, in one sentence."""
    if left_out:
        return (
            f"nothing in {folder} can be exported yet: {left_out[0]} is not closed; let the crawl end, or start it once"
        )
    if selection.words or selection.is_filtered:
        choice = told(selection)
        return f"no article in {folder} to export ({choice}); `newscrawler search` finds others"
    return f"there is nothing to export in {folder}; run `newscrawler crawl SITE` first"
