"""The queue of a run: what waits, what is in hand, what is settled."""

from newscrawler.frontier.hold import Frontier
from newscrawler.frontier.waiting import Group, always

__all__ = ["Frontier", "Group", "always"]
