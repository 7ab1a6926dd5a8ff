"""Bars over time: so many of something each year, month or week."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 720, 200
_LEFT, _RIGHT, _TOP, _BOTTOM = 44, 4, 18, 28
_LABEL_ROOM = 46
"""Width that a label below needs."""
_PHONE_ROOM = 110
"""The same on a phone, where the plot is half as wide and its letters are twice as large."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar before it is drawn."""

    label: str
    """Below the bar, where there is room: `2018`."""
    value: int
    says: str
    """What is told of it: `2018: 1,204 articles`."""
    address: str | None = None
    """Where it leads."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A bar with its place, in units of the plot."""

    bar: Bar
    x: float
    y: float
    width: float
    height: float
    column: float
    """Width of the whole column, which can be touched where the bar is low."""
    label: str
    """Empty where there is no room."""
    is_minor: bool
    """Whether the label is left out on a phone."""

    @property
    def middle(self) -> float:
        """Of the column."""
        return round(self.x + self.width / 2, 1)


@dataclass(frozen=True, slots=True)
class Line:
    """A line across the plot at a round number."""

    value: int
    y: float


@dataclass(frozen=True, slots=True)
class BarPlot:
    """All that a template needs to draw it; see `plots/bars.html`."""

    label: str
    """What it shows, for people who cannot see it."""
    bars: tuple[Drawn, ...]
    lines: tuple[Line, ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = _LEFT
    base: int = HEIGHT - _BOTTOM
    top: int = _TOP


def bar_plot(bars: Sequence[Bar], label: str) -> BarPlot:
    """Lay bars out side by side, from zero to a round number above the highest."""
    lines = tuple(_lines(max((bar.value for bar in bars), default=0)))
    return BarPlot(label, tuple(_drawn(bars, lines[-1].value)), lines)


def _drawn(bars: Sequence[Bar], top: int) -> Iterator[Drawn]:
    room = (WIDTH - _LEFT - _RIGHT) / max(len(bars), 1)
    gap = min(max(room * 0.18, 1), 8)
    every, every_on_phone = _step(_LABEL_ROOM, room), _step(_PHONE_ROOM, room)
    width = min(room - gap, 60)
    for place, bar in enumerate(bars):
        y = _y(bar.value, top)
        if bar.value:
            y = min(y, HEIGHT - _BOTTOM - 1.5)  # one of a thousand is still seen
        yield Drawn(
            bar=bar,
            x=round(_LEFT + place * room + (room - width) / 2, 1),
            y=round(y, 1),
            width=round(width, 1),
            height=round(HEIGHT - _BOTTOM - y, 1),
            column=round(room, 1),
            label=bar.label if place % every == 0 else "",
            is_minor=place % every_on_phone != 0,
        )


def _step(wanted: float, room: float) -> int:
    """Every how many-th bar has a label.

    >>> _step(46, 10), _step(46, 60)
    (5, 1)
    """
    return max(1, -int(-wanted // room))


def _lines(highest: int) -> Iterator[Line]:
    """Zero, and two to five round numbers of which the last is not below the highest value."""
    unit = _unit(highest)
    top = unit * max(1, -(-highest // unit))
    for value in range(0, top + 1, unit):
        yield Line(value, round(_y(value, top), 1))


def _unit(highest: int) -> int:
    """Distance of the lines: 1, 2 or 5 with zeros.

    >>> [_unit(highest) for highest in (0, 3, 7, 38, 950, 16_000)]
    [1, 1, 2, 10, 200, 5000]
    """
    power = 1
    while True:
        for digit in (1, 2, 5):
            if highest <= digit * power * 5:
                return digit * power
        power *= 10


def _y(value: int, top: int) -> float:
    return HEIGHT - _BOTTOM - value / top * (HEIGHT - _BOTTOM - _TOP)
