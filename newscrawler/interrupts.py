"""Ctrl-C (SIGINT) and SIGTERM: what becomes of them before a crawl can be asked to stop, and who is told afterwards."""

from __future__ import annotations

import atexit
import os
import signal
from collections.abc import Callable
from contextlib import suppress
from types import FrameType

from newscrawler.errors import ExitCode

STOPPING = (signal.SIGINT, signal.SIGTERM)
"""Signals that ask a crawl to stop; both do the same."""

Handler = Callable[[int, FrameType | None], None]


def end_by_signals() -> None:
    """A command begins: until somebody else takes the signals, they end the process with exit code 4; when it is over,
    they change nothing any more."""
    hand_to(leave_at_once)
    # While the interpreter takes itself apart it gives up all handlers, and a second Ctrl-C would be the exit code.
    atexit.register(hand_to, signal.SIG_IGN)


def leave_at_once(_number: int = 0, _frame: FrameType | None = None) -> None:
    """End the process where it stands: nothing has been asked for, and whatever is being put in order begins anew.

    `SystemExit`, because it passes every `except Exception` and needs nobody who catches it.

    :raises SystemExit: with exit code 4.
    """
    say("stopped before the first request; the same command goes on")
    # Whoever swallows this one exception, as a destructor does, does not swallow the next signal.
    for each in STOPPING:
        signal.signal(each, leave_hard)
    raise SystemExit(int(ExitCode.STOPPED))


def leave_hard(_number: int = 0, _frame: FrameType | None = None) -> None:
    """End the process with exit code 4, whatever its threads are doing."""
    os._exit(int(ExitCode.STOPPED))


def hand_to(handler: Handler | signal.Handlers) -> Callable[[], None]:
    """From now on a handler gets the signals; call the answer to give them back to whom they went before.

    `leave_at_once` does not get them back: when a crawl is over, its exit code stands fast. Does nothing outside the
    main thread, where Python has no signals.
    """
    before = {each: signal.getsignal(each) for each in STOPPING}
    with suppress(ValueError):
        for each in STOPPING:
            signal.signal(each, handler)

    def give_back() -> None:
        for each, old in before.items():
            # `==`: two looks at one bound method are two objects.
            if signal.getsignal(each) == handler and old is not leave_at_once:
                signal.signal(each, old)

    return give_back


def say(sentence: str) -> None:
    """Tell the user one sentence, from within a signal's handler too, where Python's own streams may be in use."""
    with suppress(OSError):
        os.write(2, f"newscrawler: {sentence}\n".encode())
