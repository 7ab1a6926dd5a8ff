"""Loads sqlite-utils without pandas and numpy, which it loads to know their types wherever they are installed.

Measured beside an installed pandas: every command then starts 0.7 s later and holds 80 MB more. We store texts and
numbers of Python alone.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

_HEAVY = ("pandas", "numpy")


@contextmanager
def _without(*names: str) -> Iterator[None]:
    """As if these were not installed, but for those that are loaded already."""
    hidden = [name for name in names if name not in sys.modules]
    sys.modules.update(dict.fromkeys(hidden))  # type: ignore[arg-type]  # None makes `import` fail
    try:
        yield
    finally:
        for name in hidden:
            del sys.modules[name]


with _without(*_HEAVY):
    import sqlite_utils.db  # noqa: F401
