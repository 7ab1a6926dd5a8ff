"""What happens while schedules are run, one event a line."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True, kw_only=True, slots=True)
class Event:
    """One of them."""

    at: datetime
    kind: str
    """`ready`, `new`, `begin`, `end`, `again`, `waiting`, `given-up`, `quiet`, `stopping` or `damaged`."""
    sentence: str
    values: Mapping[str, Any] = field(default_factory=dict)

    @property
    def line(self) -> str:
        """For people: the moment in local time, the kind, the sentence."""
        return f"{self.at.isoformat(timespec='seconds')} {self.kind}: {self.sentence}"

    @property
    def json_line(self) -> str:
        """For programs."""
        told = {"at": self.at.isoformat(timespec="seconds"), "event": self.kind, **self.values}
        return json.dumps({**told, "message": self.sentence}, ensure_ascii=False)


Tell = Callable[[Event], None]
