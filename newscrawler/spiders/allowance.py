"""How many articles a run may still ask for, by the argument `limit`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class Allowance:
    """Counts requests, not answers, so that no page is fetched and then left out of the database; an article that was
    not there gives its place to another."""

    limit: int | None
    stored: int = 0
    """Articles that were there."""

    def used_up(self, in_hand: int) -> bool:
        """Whether nothing more may be asked for, with so many articles asked for and not yet there."""
        return self.limit is not None and self.stored + in_hand >= self.limit

    @property
    def reached(self) -> bool:
        """Whether as many articles as allowed were read."""
        return self.limit is not None and self.stored >= self.limit
