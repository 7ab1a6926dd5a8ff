"""What an export says of itself, and why there may be none."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from newscrawler.export.pages import Listed, whole_seconds
from newscrawler.store.selection import Selection


def described(listed: Listed, selection: Selection, created: str, software: str) -> dict[str, str]:
    """What `datapackage.json` says beside its list of resources.

    :param created: when the package was made, `2018-05-16T07:30:00Z`.
    """
    words = {
        "title": _title(listed),
        "description": f"{listed.articles} articles; {_choice(selection) or 'everything that was captured'}.",
        "created": created,
        "software": software,
    }
    if listed.main is not None:
        words["mainPageUrl"] = listed.main.url
        words["mainPageDate"] = whole_seconds(listed.main.timestamp)
    return words


def _title(listed: Listed) -> str:
    if not listed.sites:
        return "Web archive without articles"
    first, last = listed.first[:10], listed.last[:10]
    return f"Articles of {', '.join(sorted(listed.sites))}, captured {first if first == last else f'{first} to {last}'}"


def _choice(selection: Selection) -> str:
    told = (
        ("with the words", selection.words),
        ("of the site", selection.site),
        ("published from", selection.since),
        ("published to", selection.until),
        ("at most", selection.limit),
    )
    chosen = ", ".join(f"{words} {value}" for words, value in told if value)
    return f"chosen: {chosen}" if chosen else ""


def nothing(folder: Path, selection: Selection, left_out: Sequence[str]) -> str:
    """Why nothing was exported, in one sentence."""
    if left_out:
        return (
            f"nothing in {folder} can be exported yet: {left_out[0]} is not closed; let the crawl end, or start it once"
        )
    if choice := _choice(selection):
        return f"no article in {folder} to export ({choice}); `newscrawler search` finds others"
    return f"there is nothing to export in {folder}; run `newscrawler crawl SITE` first"
