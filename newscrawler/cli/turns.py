"""Commands that follow one another, each in a process of its own, and how a signal stops them."""

from __future__ import annotations

import signal
import subprocess
from collections.abc import Mapping, Sequence
from types import FrameType

from newscrawler.errors import ExitCode
from newscrawler.interrupts import hand_to, say


class _Turns:
    """Hands every signal on to the command whose turn it is; behind it no other begins."""

    def __init__(self) -> None:
        self.stopped = False
        self._process: subprocess.Popen[bytes] | None = None
        self._missed: list[int] = []

    def pass_on(self, number: int, _frame: FrameType | None) -> None:
        self.stopped = True
        if self._process is None:
            self._missed.append(number)
        else:
            self._process.send_signal(number)

    def run(self, call: Sequence[str]) -> int:
        # In a group of its own, or it would get Ctrl-C twice: from the terminal, and from here.
        self._process = subprocess.Popen(call, process_group=0)
        for number in self._missed:
            self._process.send_signal(number)
        self._missed.clear()
        code = self._process.wait()
        self._process = None
        return code


def in_turn(calls: Mapping[str, Sequence[str]]) -> int:
    """Run commands one after the other; gives the highest of their exit codes.

    :param calls: name of each → its words.
    """
    turns, codes, left = _Turns(), [0], list(calls)
    hand_to(turns.pass_on)
    # A terminal that is closed tells it to this process only; it ends here, and there like a kill.
    signal.signal(signal.SIGHUP, turns.pass_on)
    while left and not turns.stopped:
        codes.append(_code(turns.run(calls[left.pop(0)])))
    if left:
        say(f"not begun: {', '.join(left)}")
        codes.append(ExitCode.STOPPED)
    return max(codes)


def _code(returned: int) -> int:
    """Of a process that a signal has ended, Python gives the signal's number below zero."""
    return int(ExitCode.STOPPED) if returned < 0 else returned
