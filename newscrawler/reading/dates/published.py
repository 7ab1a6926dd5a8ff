"""When an article was published, as far as the page lets us know: four kinds of evidence, and the order among them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from newscrawler.items import Dated
from newscrawler.reading.dates.prose import Event, prose_date
from newscrawler.reading.dates.stamps import VIETNAM, parse_stamp

__all__ = ["VIETNAM", "Event", "choose_date", "folder_date", "parse_stamp", "prose_date"]

_FOLDER = re.compile(r"/((?:199|20[0-9])\d)/(0?[1-9]|1[0-2])/(?:(\d+)(?=/))?")


def folder_date(urls: Iterable[str]) -> Dated | None:
    """Year and month of the folder that most images of a page lie in, or None (source: facts, sites §1.2).

    >>> folder_date(["http://a.vn/Content/news/2018/7/31171/a.jpg"])
    Dated(value='2018-07', precision='month', source='image-folder', raw='2018/7/31171')
    """
    matches = [match for url in urls if (match := _FOLDER.search(url))]
    if not matches:
        return None
    (year, month), _ = Counter((match[1], int(match[2])) for match in matches).most_common(1)[0]
    raw = next(match[0] for match in matches if (match[1], int(match[2])) == (year, month))
    return Dated(value=f"{year}-{month:02}", precision="month", source="image-folder", raw=raw.strip("/"))


def choose_date(
    metadata: Dated | None, visible: Dated | None, folder: Dated | None, event: Event | None
) -> Dated | None:
    """The best evidence there is: metadata, then the visible stamp, the image folder, the prose of the lede.

    An event of several days says on none of them when it was written of.
    """
    if metadata or visible or folder:
        return metadata or visible or folder
    if event is None or event.value is None or event.several:
        return None
    return Dated(value=event.value, precision="day", source="prose", raw=event.raw)
