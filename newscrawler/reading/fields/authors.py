"""Byline and authors: the line as the page writes it, and the persons that it and the metadata name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

from newscrawler.items import Claim, Origin
from newscrawler.reading.fields.claims import choose, choose_group
from newscrawler.reading.fields.people import name_key, persons

Keep = Callable[[str, Any, Origin], None]
"""(column, value, where it was read)."""


def choose_authors(keep: Keep, bylines: Sequence[Claim], named: Sequence[Claim], distrusted: Iterable[str]) -> None:
    """Choose byline and authors.

    The byline is the best line that names a person, or the best line; a later one that names the same persons and more
    takes its place: some papers show the first of two authors only (seen on tuoitre.vn).

    :param bylines: whole lines, the best first.
    :param named: persons one by one, as the metadata name them.
    """
    lines = sorted((line for line in bylines if line.value), key=lambda line: not persons(line.value))
    if found := choose(_fullest_first(lines), distrusted):
        keep("byline", found[0].value, found[1])
    lists = [[replace(line, field="authors", value=name) for name in persons(line.value)] for line in lines]
    lists += [list(group) for _place, group in groupby(named, key=lambda one: (one.source, one.where))]
    if chosen := choose_group([one for each in _fullest_list(lists) for one in each], distrusted):
        keep("authors", tuple(one.value for one in chosen[0]), _origin(chosen))


def _keys(line: Claim) -> frozenset[str]:
    return frozenset(map(name_key, persons(line.value)))


def _fullest_first(lines: list[Claim]) -> list[Claim]:
    first = _keys(lines[0]) if lines else frozenset()
    fuller = next((line for line in lines if first and _keys(line) > first), None)
    return [fuller, *(line for line in lines if line is not fuller)] if fuller else lines


def _fullest_list(lists: list[list[Claim]]) -> list[list[Claim]]:
    """The first list that names anybody, or one behind it that names the same and more; the others behind."""
    filled = [each for each in lists if any(one.value for one in each)]
    if not filled:
        return lists
    first = {name_key(one.value) for one in filled[0]}
    best = next((each for each in filled if {name_key(one.value) for one in each} > first), filled[0])
    return [best, *(each for each in filled if each is not best)]


def _origin(chosen: tuple[tuple[Claim, ...], Origin]) -> Origin:
    """Without the names that differ in marks, capitals and dots only."""
    known = {name_key(one.value) for one in chosen[0]}
    return replace(chosen[1], conflicts=tuple(one for one in chosen[1].conflicts if name_key(one.value) not in known))
