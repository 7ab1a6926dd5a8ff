"""Words for what the fields of an article mean: how exactly a date is known, and where a field was read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from newscrawler.web.speech import Speech, words


@dataclass(frozen=True, kw_only=True, slots=True)
class Read:
    """Where a field of an article was read, in plain words."""

    field: str
    source: str
    where: str
    conflicts: tuple[str, ...]
    """What other places of the page say."""


def date(say: Speech, value: str | None, precision: str | None) -> str:
    """A date as exactly as it is known: “tháng 5/2018”, “16 May 2018, 07:30”.

    :param value: ISO 8601, as long as its precision.
    :param precision: minute, day, month or year; where it is not told, the length of the value tells it.
    """
    if not value:
        return str(say("article.undated"))
    known = precision or {4: "year", 7: "month", 10: "day"}.get(len(value), "minute")
    told = say.moment(value) if known == "minute" else say.day(value)
    return str(say(_key("date", known, "day"), date=told))


def published(say: Speech, article: Mapping[str, Any]) -> str:
    """When an article appeared, and how that is known: “tháng 5/2018, suy từ thư mục ảnh”."""
    return _dated(say, article, "published")


def modified(say: Speech, article: Mapping[str, Any]) -> str:
    """When its editors changed it, as far as they say."""
    return _dated(say, article, "modified")


def _dated(say: Speech, article: Mapping[str, Any], name: str) -> str:
    value = article[name]
    told = date(say, value, article[f"{name}_precision"])
    if not value:
        return told
    return str(say("article.date_with_source", date=told, source=source(say, article[f"{name}_source"])))


def source(say: Speech, name: str | None) -> str:
    """How a date is known, in words; `name` as in column `published_source`."""
    return str(say(_key("source", name or "known", "known")))


def origins(say: Speech, found: Mapping[str, Any]) -> list[Read]:
    """Where each field was read.

    :param found: column `origins`, as `find_article` gives it.
    """
    return [_read(say, name, origin) for name, origin in found.items()]


def _read(say: Speech, name: str, origin: Mapping[str, Any]) -> Read:
    conflicts = (
        str(say("article.says", source=_place(say, other), value=str(other.get("value", ""))[:300]))
        for other in origin["conflicts"]
    )
    return Read(
        field=_word(say, "field", name),
        source=_word(say, "origin", str(origin.get("source", ""))),
        where=str(origin["where"])[:300],
        conflicts=tuple(conflicts),
    )


def _place(say: Speech, origin: Mapping[str, Any]) -> str:
    told = _word(say, "origin", str(origin.get("source", "")))
    return f"{told} ({origin['where']})" if origin["where"] else told


def _word(say: Speech, family: str, name: str) -> str:
    """The text of a name; the name itself where there is none."""
    key = f"article.{family}_{name.replace('-', '_')}"
    return str(say(key)) if key in words() else name


def _key(family: str, name: str, otherwise: str) -> str:
    key = f"article.{family}_{name.replace('-', '_')}"
    return key if key in words() else f"article.{family}_{otherwise}"
