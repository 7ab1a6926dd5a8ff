"""Backing off from a host that refuses again and again without saying for how long."""

from __future__ import annotations

from dataclasses import dataclass

OVERLOADED = frozenset({429, 503})
"""The host cannot serve us now."""
FORBIDDEN = 403
"""The page is not for us; one after another, it may be we who are blocked."""
LONGEST_BACKOFF = 120.0
"""Seconds."""
MOST_REFUSALS = 12
"""So many answers of OVERLOADED in a row, and the host is left alone for the rest of the run."""


@dataclass
class Backoff:
    """How often in a row a host has refused."""

    overloaded: int = 0
    forbidden: int = 0

    def after(self, status: int, apart: float) -> float:
        """Seconds to leave a host alone after an answer: 1, 2, 4 … times what holds two requests apart, at most
        LONGEST_BACKOFF. A first 403 costs nothing; any other answer ends the row.

        >>> host = Backoff()
        >>> [host.after(status, 1.0) for status in (503, 429, 503, 200, 403, 403, 403, 503)]
        [1.0, 2.0, 4.0, 0.0, 0.0, 1.0, 2.0, 1.0]
        """
        self.overloaded = self.overloaded + 1 if status in OVERLOADED else 0
        self.forbidden = self.forbidden + 1 if status == FORBIDDEN else 0
        steps = max(self.overloaded - 1, self.forbidden - 2)
        return min(LONGEST_BACKOFF, apart * 2.0 ** min(steps, 30)) if steps >= 0 else 0.0

    @property
    def hopeless(self) -> bool:
        """Whether it has refused too often in a row."""
        return self.overloaded >= MOST_REFUSALS
