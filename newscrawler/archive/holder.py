"""Whether somebody writes to an archive, asked without getting in the way."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path


def is_held(folder: Path) -> bool:
    """Whether a run holds the archive's lock now.

    The question is a shared lock that is given back at once: the process id in the file says nothing, since it outlives
    its process and means another one in a container.
    """
    try:
        file = os.open(folder / ".lock", os.O_RDONLY)
    except OSError:
        return False
    try:
        fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:
        return True
    finally:
        os.close(file)
    return False
