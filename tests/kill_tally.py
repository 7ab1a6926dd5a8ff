"""What stopped crawls have cost, as rows of a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass
class Tally:
    """What the stops of one manner have cost."""

    crawls: int = 0
    stops: int = 0
    leases: int = 0
    """Entries in hand at the stops: leased by the table, or asked for and not settled."""
    most_leases: int = 0
    refetches: int = 0
    lost: int = 0
    """Pages that a crawl which said it was complete does not have."""
    slowest: float = 0.0
    """Seconds from the first signal to the end of the process."""
    codes: Counter[int] = field(default_factory=Counter)

    def line(self, manner: str, crawler: str) -> str:
        """A row of the table."""
        codes = ", ".join(f"{code}×{count}" for code, count in sorted(self.codes.items()))
        return (
            f"{crawler:<12} {manner:<13} {self.stops:>5} {self.crawls:>6} {self.lost:>10} {self.refetches:>9} "
            f"{self.leases:>6} {self.slowest:>8.1f} s  {codes}"
        )


HEAD = f"{'crawler':<12} {'stopped by':<13} {'stops':>5} {'crawls':>6} {'pages lost':>10} {'refetches':>9} {'leases':>6} {'slowest':>10}  exit codes of the stopped"


def add(tallies: Iterable[Tally]) -> Tally:
    """All in one."""
    total = Tally()
    for each in tallies:
        total.crawls += each.crawls
        total.stops += each.stops
        total.leases += each.leases
        total.most_leases = max(total.most_leases, each.most_leases)
        total.refetches += each.refetches
        total.lost += each.lost
        total.slowest = max(total.slowest, each.slowest)
        total.codes += each.codes
    return total
