"""`python -m tests.faults [SCENE…]`: act out all faults and print the table; 0 if all is as wanted."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.faults.scenes import SCENES
from tests.faults.table import lines, summary, wrong_of


def main(names: list[str]) -> int:
    began = time.monotonic()
    with TemporaryDirectory() as folder:
        played = [SCENES[name](Path(folder) / name) for name in names or SCENES]
    for line in [*lines(played), "", *summary(played)]:
        print(line)
    print(f"whole run: {time.monotonic() - began:.0f} s")
    return int(any(wrong_of(each) or not all(one.ok for one in each.shown) for each in played))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
