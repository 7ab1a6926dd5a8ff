"""Names of files that are made from what pages say: plain letters and digits, so that none leads out of its folder."""

from __future__ import annotations

import re
from typing import Any

from newscrawler.text import fold

IMAGES = "images"
_WORD = re.compile("[a-z0-9]+")
_MONTH = re.compile("([0-9]{4})(?:-(0[1-9]|1[0-2]))?(?![0-9])")
_LONGEST = 60


def path_of(record: dict[str, Any]) -> str:
    """Where an article's file lies: by year and month of its publication, or of the event where that is not known.

    >>> path_of({"id": 12, "title": "Đoàn: ../ra quân!", "published": "2018-05-16", "event_date": None})
    '2018/05/12-doan-ra-quan.md'
    >>> path_of({"id": 13, "title": None, "published": "2018", "event_date": None})
    '2018/unknown/13.md'
    """
    words = slug(record["title"] or "")
    return (
        f"{_folder(record['published'] or record['event_date'] or '')}/{record['id']}{'-' if words else ''}{words}.md"
    )


def _folder(date: str) -> str:
    match = _MONTH.match(date)
    return f"{match[1]}/{match[2] or 'unknown'}" if match else "undated"


def slug(text: str) -> str:
    """The words of a text in small letters without marks, as many as are not too long for a name."""
    line = "-".join(_WORD.findall(fold(text[: 20 * _LONGEST])))
    return line if len(line) <= _LONGEST else (line[: _LONGEST + 1].rpartition("-")[0] or line[:_LONGEST])


def way_up(path: str) -> str:
    """From a file to the folder of all, as a relative link begins.

    >>> way_up("2018/05/12.md")
    '../../'
    """
    return "../" * path.count("/")
