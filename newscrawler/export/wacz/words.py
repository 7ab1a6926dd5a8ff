"""What a package says of itself."""

from __future__ import annotations

from newscrawler.export.choice import told
from newscrawler.export.wacz.pages import Listed, whole_seconds
from newscrawler.store.selection import Selection


def described(listed: Listed, selection: Selection, created: str, software: str) -> dict[str, str]:
    """What `datapackage.json` says beside its list of resources.

    :param created: when the package was made, `2018-05-16T07:30:00Z`.
    """
    words = {
        "title": _title(listed),
        "description": f"{listed.articles} articles; {told(selection) or 'everything that was captured'}.",
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
