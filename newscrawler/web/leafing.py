"""From page to page of a long list."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Leafing:
    """Where a reader is among the pages of a list, counted from 1."""

    page: int
    pages: int

    @property
    def previous(self) -> int | None:
        """The page before."""
        return self.page - 1 if self.page > 1 else None

    @property
    def next(self) -> int | None:
        """The page behind."""
        return self.page + 1 if self.page < self.pages else None

    @property
    def numbers(self) -> list[int | None]:
        """The pages to offer: first, last and those around; None where some are left out.

        >>> Leafing(6, 50).numbers
        [1, None, 5, 6, 7, None, 50]
        """
        near = sorted({1, self.pages, *range(max(self.page - 1, 1), min(self.page + 1, self.pages) + 1)})
        offered: list[int | None] = []
        for before, number in zip([0, *near], near, strict=False):
            offered += [before + 1] if number - before == 2 else [None] if number - before > 2 else []
            offered.append(number)
        return offered


def leafing(page: int, total: int, a_page: int, deepest: int) -> Leafing:
    """Pages of `a_page` each for `total` results, of which the first `deepest` can be leafed through."""
    return Leafing(page, max(1, -(-min(total, deepest) // a_page)))
