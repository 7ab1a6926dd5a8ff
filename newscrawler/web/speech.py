"""How the room speaks: its words in Vietnamese and English, side by side in `words/`, its numbers, and its dates."""

from __future__ import annotations

import re
import tomllib
from datetime import datetime
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from markupsafe import Markup, escape

_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
_MONTHS = "January February March April May June July August September October November December".split()
_DAY = re.compile(r"([0-9]{4})(?:-(0[1-9]|1[0-2])(?:-([0-9]{2}))?)?(?![0-9-])")
_Words = dict[str, dict[str, str | list[str]]]


@cache
def words() -> _Words:
    """All words of the room: `file.key` → language → text, or, where English tells one from many, both texts."""
    found: _Words = {}
    for file in (files("newscrawler.web") / "words").iterdir():
        if file.name.endswith(".toml"):
            stem = file.name.removesuffix(".toml")
            found |= {f"{stem}.{key}": value for key, value in tomllib.loads(file.read_text("utf-8")).items()}
    return found


class Speech:
    """Words, numbers and dates in one language; templates know it as `say`."""

    def __init__(self, lang: str) -> None:
        self.lang = lang

    def __call__(self, key: str, **values: object) -> str | Markup:
        """The text of `file.key` with `{names}` filled in; whole numbers are written as the language does.

        :raises KeyError: if there is no such text.
        """
        text = words()[key][self.lang]
        if isinstance(text, list):
            text = text[0] if values.get("n") == 1 else text[1]
        told = {name: self.number(value) if type(value) is int else value for name, value in values.items()}
        if any(hasattr(value, "__html__") for value in told.values()):
            return Markup(escape(text)).format(**told)
        return text.format(**told)

    def number(self, value: int | float) -> str:
        """With its thousands parted: 1.234 in Vietnamese, 1,234 in English."""
        english = f"{value:,}" if isinstance(value, int) else f"{value:,.1f}"
        return english if self.lang == "en" else english.translate(str.maketrans(",.", ".,"))

    def day(self, stamp: str | None) -> str:
        """A date as exactly as it is known: `2018-05-16T…`, `2018-05-16`, `2018-05` or `2018`; local to the sites.

        >>> Speech("en").day("2018-05"), Speech("vi").day("2018-05-16")
        ('May 2018', '16/5/2018')
        """
        if not stamp:
            return str(self("base.undated"))
        match = _DAY.match(_local(stamp))
        if match is None:
            return stamp[:40]  # in a database that others have changed
        year, month, day = match.groups(default="")
        if self.lang == "vi":
            return "/".join(str(int(part)) for part in (day, month) if part) + ("/" if month else "") + year
        name = _MONTHS[int(month) - 1] if month else ""
        return " ".join(part for part in (day.lstrip("0"), name, year) if part)

    def moment(self, stamp: str | None) -> str:
        """A date with its time of day, where it has one, in the zone of the sites."""
        if not stamp or len(stamp) <= 10:
            return self.day(stamp)
        return f"{self.day(stamp)}, {_local(stamp)[11:16]}"

    def size(self, count: int) -> str:
        """Bytes as kB, MB or GB."""
        value = float(count)
        for unit in ("B", "kB", "MB"):
            if value < 1000:
                return f"{self.number(round(value, 1) if unit != 'B' else int(value))} {unit}"
            value /= 1000
        return f"{self.number(round(value, 1))} GB"


def _local(stamp: str) -> str:
    """A time with a zone as one in that of the sites; anything less exact as it is."""
    try:
        return datetime.fromisoformat(stamp).astimezone(_ZONE).isoformat() if len(stamp) > 10 else stamp
    except (ValueError, OverflowError):
        return stamp
