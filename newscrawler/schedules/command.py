"""How a timer calls us: the command, where it runs, and what it needs to know."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from newscrawler.errors import UsageError
from newscrawler.sites import MORE_SITES

_HANDED_ON = (MORE_SITES, "NEWSCRAWLER_CONTACT", "NEWSCRAWLER_OPERATOR")


@dataclass(frozen=True, kw_only=True)
class Command:
    """`schedule run --once` for one archive; all paths are absolute."""

    python: Path
    data: Path
    folder: Path
    """Where it runs, as far as site files are looked for there."""
    environment: Mapping[str, str] = field(default_factory=dict)

    @property
    def words(self) -> tuple[str, ...]:
        """What is called."""
        return (str(self.python), "-m", "newscrawler", "schedule", "run", "--once", "--data", str(self.data))


def command_here(data: Path) -> Command:
    """The command with this interpreter, in this folder, with the variables of ours that are set.

    :raises UsageError: if a path or a variable has characters that no timer's file can hold.
    """
    environment = {name: os.environ[name] for name in _HANDED_ON if os.environ.get(name)}
    # Not resolved: in a virtual environment the link is what tells Python where its packages are.
    python = Path(os.path.abspath(sys.executable))
    made = Command(python=python, data=data.absolute(), folder=Path.cwd(), environment=environment)
    for text in (*made.words, str(made.folder), *environment.values()):
        if not text.isprintable():
            raise UsageError(f"{text!r} has characters that cannot stand in a timer's file; choose another folder")
    return made
