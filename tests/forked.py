"""Commands in a process that is forked off one which has loaded everything: the same program, a second of imports
earlier.

`python -m tests.forked SOCKET` is that process; it ends with whoever began it.
"""

from __future__ import annotations

import atexit
import json
import os
import runpy
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import closing
from functools import lru_cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
PROGRAMS = ("newscrawler", "scrapy")
_READ_LATE = frozenset({"NEWSCRAWLER_DATA"})
"""Variables of ours that are not read while modules load."""
_AT_START = dict(os.environ)
"""What the process that forks is begun with, and so what its modules have read, whatever a test changes later."""


def can_be_forked(words: Sequence[str], env: Mapping[str, str]) -> bool:
    """Whether a command comes out the same: what modules read of the environment must be what it is here."""
    ours = {name for name in {*env, *_AT_START} if name.startswith(("NEWSCRAWLER_", "PYTHON", "SCRAPY_"))}
    changed = {name for name in ours - _READ_LATE if env.get(name) != _AT_START.get(name)}
    return words[0] in PROGRAMS and not changed


def run(words: Sequence[str], *, cwd: Path, env: Mapping[str, str], timeout: float) -> subprocess.CompletedProcess[str]:
    """Run a command, as `subprocess.run` would with `capture_output` and `text`.

    :raises subprocess.TimeoutExpired: and ends the process.
    """
    with tempfile.TemporaryDirectory() as folder, closing(socket.socket(socket.AF_UNIX)) as connection:
        out, err = Path(folder) / "out", Path(folder) / "err"
        connection.connect(_server())
        answers = connection.makefile()
        asked = {"words": list(words), "cwd": str(cwd), "env": dict(env), "files": [str(out), str(err)]}
        connection.sendall(json.dumps(asked).encode() + b"\n")
        pid = int(answers.readline())
        if not select.select([connection], [], [], timeout)[0]:
            os.kill(pid, signal.SIGKILL)
            raise subprocess.TimeoutExpired(list(words), timeout)
        code = int(answers.readline())
        return subprocess.CompletedProcess(list(words), code, out.read_text("utf-8"), err.read_text("utf-8"))


@lru_cache(maxsize=1)
def _server() -> str:
    """Address of the process that forks, which is begun with the first command."""
    folder = tempfile.mkdtemp()
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    address = str(Path(folder) / "socket")
    # It ends when the pipe to it is closed, and that is with this process at the latest.
    command = [sys.executable, "-m", "tests.forked", address]
    server = subprocess.Popen(command, cwd=ROOT, env=_AT_START, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert server.stdout is not None
    assert server.stdout.readline() == b"ready\n"
    _KEPT.append(server)
    return address


_KEPT: list[subprocess.Popen[bytes]] = []


def serve(address: str) -> None:
    """Fork one process for each connection, until standard input ends."""
    import tests.preloaded  # noqa: F401

    heavy = {"datasette", "pyarrow", "numpy"} & sys.modules.keys()
    assert not heavy, f"commands that do not need {heavy} must not hold them"
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    with closing(socket.socket(socket.AF_UNIX)) as listener:
        listener.bind(address)
        listener.listen()
        print("ready", flush=True)
        while listener in select.select([listener, sys.stdin], [], [])[0]:
            connection, _peer = listener.accept()
            if os.fork() == 0:
                listener.close()
                _keep(connection)
            connection.close()


def _keep(connection: socket.socket) -> None:
    """Tell the one who asked which process is theirs, and how it has ended."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    asked = json.loads(connection.makefile().readline())
    pid = os.fork()
    if pid == 0:
        connection.close()
        _become(asked)
    connection.sendall(b"%d\n" % pid)
    _pid, status = os.waitpid(pid, 0)
    connection.sendall(b"%d\n" % os.waitstatus_to_exitcode(status))
    os._exit(0)


def _become(asked: dict[str, Any]) -> None:
    """Turn this process into the command; ends it as the interpreter would."""
    for number, path in enumerate([os.devnull, *asked["files"]]):
        file = os.open(path, os.O_RDONLY if number == 0 else os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        os.dup2(file, number)
        os.close(file)
    os.setsid()
    os.chdir(asked["cwd"])
    os.environ.clear()
    os.environ.update(asked["env"])
    sys.argv = asked["words"]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
    sys.exit()


if __name__ == "__main__":
    serve(sys.argv[1])
