"""A terminal that a verb can be run on, for real."""

from __future__ import annotations

import fcntl
import os
import pty
import struct
import subprocess
import sys
import termios


def on_a_terminal(*words: str, lines: int = 40, columns: int = 100, **env: str) -> str:
    """What `newscrawler WORDS` writes to a terminal of that size; where it asks for a pager, PAGER is `cat`.

    :param env: more variables of its environment.
    """
    leader, follower = pty.openpty()
    fcntl.ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
    environment = {"PATH": os.environ["PATH"], "TERM": "xterm-256color", "PAGER": "cat", "LANG": "C.UTF-8", **env}
    command = [sys.executable, "-m", "newscrawler", *words]
    run = subprocess.Popen(command, stdin=follower, stdout=follower, stderr=follower, env=environment)
    os.close(follower)
    try:
        return _everything(leader).decode().replace("\r\n", "\n")
    finally:
        os.close(leader)
        run.wait(timeout=30)


def _everything(leader: int) -> bytes:
    found: list[bytes] = []
    while True:
        try:
            some = os.read(leader, 65536)
        except OSError:  # how Linux tells that nobody writes any more
            some = b""
        if not some:
            return b"".join(found)
        found.append(some)
