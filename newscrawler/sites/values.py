"""Values of a site file, made into those that the fields of a dataclass are to hold."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, timedelta
from difflib import get_close_matches
from functools import cache
from typing import Any, TypeVar, get_args, get_origin, get_type_hints
from zoneinfo import ZoneInfo

from newscrawler.errors import SiteFileError
from newscrawler.sites.durations import duration

Table = dict[str, Any]
_Made = TypeVar("_Made")


class _WrongError(Exception):
    """What a value should be, as the end of a sentence."""


def build(kind: type[_Made], table: Any, file: str, inside: str = "") -> _Made:
    """A value of a dataclass (or named tuple) of which a table gives the fields.

    :param inside: the table's own key, such as `layout`, or empty for the file itself.
    :raises SiteFileError: naming the file, the key and what to write.
    """
    if not isinstance(table, dict):
        raise SiteFileError(f"{file}: {inside} is a table of its own; write [{inside}] and its keys below")
    of: Any = kind
    hints = _hints(of)
    for key in table:
        if key not in hints:
            raise SiteFileError(f"{file}: {_place(inside, key)} is no key of a site file; {_instead(key, hints)}")
    for key in _needed(of):
        if table.get(key) in (None, "", []):
            raise SiteFileError(f"{file}: {_place(inside, key)} is missing; {_EXAMPLES.get(key, 'give it')}")
    return kind(**{key: _value(hints[key], value, file, _place(inside, key)) for key, value in table.items()})


_EXAMPLES = {
    "name": 'write name = "tinhdoan", in small letters',
    "hosts": 'write hosts = ["tinhdoan.example.vn"], the canonical one first',
    "article": "write article = '-(?P<id>\\d+)\\.html$', a pattern that finds articles' addresses, or name a portal",
    "valid_until": "write valid_until = 2012-12-31, the last day on which the site looked so",
}


def _place(inside: str, key: str) -> str:
    return f"{inside}.{key}" if inside else key


def _instead(key: str, hints: Table) -> str:
    close = get_close_matches(key, hints, n=1)
    return f"write {close[0]}, or leave it out" if close else f"leave it out, or write one of {', '.join(hints)}"


@cache
def _hints(kind: Any) -> Table:
    hints = get_type_hints(kind)
    names = [each.name for each in fields(kind)] if is_dataclass(kind) else list(kind._fields)
    return {name: hints[name] for name in names}


@cache
def _needed(kind: Any) -> tuple[str, ...]:
    if not is_dataclass(kind):
        return tuple(kind._fields)
    return tuple(
        each.name for each in fields(kind) if each.default is MISSING and each.default_factory is MISSING
    )  # fmt: skip


def _value(hint: Any, value: Any, file: str, key: str) -> Any:
    if get_origin(hint) is tuple:
        of = get_args(hint)[0]
        if of is str:
            return _texts(value, file, key)
        if not isinstance(value, list):
            raise SiteFileError(f"{file}: {key} is a list of tables; write [[{key}]] over each")
        return tuple(build(of, each, file, key) for each in value)
    if is_dataclass(hint):
        kind: Any = hint
        return build(kind, value, file, key)
    try:
        return _CONVERSIONS[hint](value)
    except (_WrongError, ValueError) as error:
        raise SiteFileError(f"{file}: {key} = {value!r}: {error}") from None


def _texts(value: Any, file: str, key: str) -> tuple[str, ...]:
    """One text stands for a list of one."""
    texts = [value] if isinstance(value, str) else value
    if not isinstance(texts, list) or not all(isinstance(text, str) and text for text in texts):
        raise SiteFileError(f'{file}: {key} = {value!r}: this is a list of texts; write {key} = ["…", "…"]')
    return tuple(texts)


def _of(kind: type, name: str) -> Callable[[Any], Any]:
    def same(value: Any) -> Any:
        if type(value) is not kind:
            raise _WrongError(f"this is {name}")
        return value

    return same


def _zone(value: Any) -> ZoneInfo:
    try:
        return ZoneInfo(value)
    except (ValueError, TypeError, OSError, KeyError):
        raise _WrongError("this is the name of a time zone, such as Asia/Ho_Chi_Minh") from None


def _day(value: Any) -> date:
    try:
        return value if type(value) is date else date.fromisoformat(value)
    except (ValueError, TypeError):
        raise _WrongError("a day is written as 2012-12-31") from None


def _length(value: Any) -> timedelta:
    return duration(value if isinstance(value, str) else "")


_text = _of(str, "a text; write it in quotes")
_CONVERSIONS: dict[Any, Callable[[Any], Any]] = {
    str: _text,
    str | None: _text,
    bool: _of(bool, "true or false, without quotes"),
    int: _of(int, "a whole number, without quotes"),
    timedelta: _length,
    ZoneInfo: _zone,
    date | None: _day,
}
