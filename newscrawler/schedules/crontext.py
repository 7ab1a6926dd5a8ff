"""The text of a cron expression: five fields, checked, with the days of the week by name.

APScheduler counts days of the week from Monday, cron from Sunday; by name they are the same to both.
"""

from __future__ import annotations

import re

_DAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
_MONTHS = tuple("jan feb mar apr may jun jul aug sep oct nov dec".split())
_PART = re.compile(r"(?P<first>\*|\w+)(?:-(?P<last>\w+))?(?:/(?P<step>\d+))?")
_NAMED = {
    "@hourly": "0 * * * *",
    "@daily": "0 0 * * *",
    "@midnight": "0 0 * * *",
    "@weekly": "0 0 * * 0",
    "@monthly": "0 0 1 * *",
    "@yearly": "0 0 1 1 *",
    "@annually": "0 0 1 1 *",
}
_BOUNDS = (("minute", 0, 59), ("hour", 0, 23), ("day of the month", 1, 31), ("month", 1, 12), ("day of the week", 0, 7))
_EXAMPLE = "write five fields, such as “15 */2 * * *” for a quarter past every second hour"


def numbers_of(expression: str) -> list[list[int] | None]:
    """What each of the five fields allows, sorted; None where it allows everything. Sunday is 0.

    :raises ValueError: saying which field is wrong.

    >>> numbers_of("15 */8 * * 1-5,7")
    [[15], [0, 8, 16], None, None, [0, 1, 2, 3, 4, 5]]
    """
    fields = _NAMED.get(expression.strip().lower(), expression).split()
    if len(fields) != len(_BOUNDS):
        raise ValueError(f"a cron expression has 5 fields, this one {len(fields)}; {_EXAMPLE}")
    found = [_numbers(field, *bounds) for field, bounds in zip(fields, _BOUNDS, strict=True)]
    if found[2] is not None and found[4] is not None:
        raise ValueError(
            "day of the month and day of the week are both given, which cron takes for either of them and others for "
            "both; write two schedules"
        )
    return found


def fields_of(expression: str) -> list[str]:
    """The five fields as APScheduler takes them.

    >>> fields_of("@weekly")
    ['0', '0', '*', '*', 'sun']
    """
    *others, weekdays = numbers_of(expression)
    fields = ["*" if allowed is None else ",".join(map(str, allowed)) for allowed in others]
    return [*fields, "*" if weekdays is None else ",".join(_DAYS[day] for day in weekdays)]


def _numbers(field: str, name: str, low: int, high: int) -> list[int] | None:
    if field == "*":
        return None
    found = {number for part in field.lower().split(",") for number in _of_part(part, field, name, low, high)}
    if high == 7:
        found = {number % 7 for number in found}
    return sorted(found)


def _of_part(part: str, field: str, name: str, low: int, high: int) -> range:
    match = _PART.fullmatch(part)
    wrong = ValueError(f"the {name} is {low} to {high}, not “{field}”; {_EXAMPLE}")
    if match is None:
        raise wrong
    step = int(match["step"] or 1)
    if match["first"] == "*":
        first, last = low, (6 if high == 7 else high)
    else:
        first = _number(match["first"], name, wrong)
        # “5/10” begins at 5 and goes on to the end.
        last = _number(match["last"], name, wrong) if match["last"] else (high if match["step"] else first)
    if not (low <= first <= last <= high and step >= 1):
        raise wrong
    return range(first, last + 1, step)


def _number(word: str, name: str, wrong: ValueError) -> int:
    if word.isascii() and word.isdigit():
        return int(word)
    names = {"month": _MONTHS, "day of the week": _DAYS}.get(name, ())
    if word not in names:
        raise wrong
    return names.index(word) + (name == "month")
