"""A set of news pages made for measuring: every layout in words that nobody wrote, with its gold text.

Where no public set can be had, it stands in: it says how each kind of layout fares, not how the web at large does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random

from benchmarks.made_pages.english import ENGLISH
from benchmarks.made_pages.story import MadePage
from benchmarks.made_pages.vietnamese import VIETNAMESE
from benchmarks.made_pages.words import Tongue, Words

__all__ = ["MadePage", "made_pages"]


def made_pages(each: int, seed: int = 5) -> Iterator[MadePage]:
    """So many pages of each layout, the same for the same seed."""
    families: tuple[tuple[Tongue, tuple[Callable[[Words], MadePage], ...]], ...] = (("vi", VIETNAMESE), ("en", ENGLISH))
    for tongue, layouts in families:
        for layout in layouts:
            for number in range(each):
                yield layout(Words(Random(f"{seed} {layout.__name__} {number}"), tongue))
