"""Chromium without a window, driven over two pipes: the DevTools protocol needs no library that way."""

from __future__ import annotations

import base64
import contextlib
import itertools
import json
import os
import select
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--no-proxy-server",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--window-size=1000,900",
    "--remote-debugging-pipe",
)
DOCUMENTS = """
(() => {
    const documents = [];
    const look = (root) => {
        for (const element of root.querySelectorAll("*")) {
            if (element.shadowRoot) look(element.shadowRoot);
            if (element.tagName === "IFRAME" && element.contentDocument) read(element.contentDocument);
        }
    };
    const read = (page) => {
        documents.push(page.documentElement ? page.documentElement.outerHTML : "");
        look(page);
    };
    read(document);
    return documents;
})()
"""
"""The documents of a page and of all frames within it, as they stand now; through shadow roots too."""


class Tab:
    """One page. Commands go down one pipe as JSON that ends with a zero byte, answers and events come up the other."""

    def __init__(self, commands: int, answers: int) -> None:
        self._commands, self._answers = commands, answers
        self._numbers = itertools.count(1)
        self._rest = b""
        self._session: str | None = None
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self.call("Page.enable")

    def call(self, method: str, **params: Any) -> Any:
        """Send a command and wait for its answer."""
        number = next(self._numbers)
        command = {"id": number, "method": method, "params": params}
        if self._session:
            command["sessionId"] = self._session
        os.write(self._commands, json.dumps(command).encode() + b"\0")
        deadline = time.monotonic() + 60
        while message := self._next(deadline):
            if message.get("id") == number:
                assert "error" not in message, message
                return message["result"]
        raise TimeoutError(f"Chromium did not answer {method}")

    def open(self, url: str) -> None:
        self.call("Page.navigate", url=url)

    def ask(self, expression: str) -> Any:
        """The value of a JavaScript expression, or of what it promises."""
        answer = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        return answer["result"].get("value")

    def documents(self) -> list[str]:
        """The page and its frames as HTML."""
        return list(self.ask(DOCUMENTS) or [])

    def shows(self, wanted: Callable[[list[str]], bool], seconds: float) -> bool:
        """Whether the documents come to be as wanted; looked at whenever something has happened."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if wanted(self.documents()):
                return True
            self._next(time.monotonic() + 0.5)
        return False

    def screenshot(self, path: Path) -> None:
        path.write_bytes(base64.b64decode(self.call("Page.captureScreenshot", format="png")["data"]))

    def _next(self, deadline: float) -> dict[str, Any] | None:
        """The next message, or None if none comes in time."""
        while b"\0" not in self._rest:
            ready, _, _ = select.select([self._answers], [], [], max(0, deadline - time.monotonic()))
            if not ready:
                return None
            data = os.read(self._answers, 1 << 16)
            if not data:
                raise ConnectionError("Chromium has gone")
            self._rest += data
        message, self._rest = self._rest.split(b"\0", 1)
        return dict(json.loads(message))


@contextlib.contextmanager
def browsing(executable: str, profile: Path) -> Iterator[Tab]:
    """A fresh Chromium with one page; gone when the block ends."""
    with contextlib.ExitStack() as stack:
        down_read, down_write, up_read, up_write = *os.pipe(), *os.pipe()
        # It reads file descriptor 3 and writes to 4.
        start = f'exec "$@" 3<&{down_read} 4>&{up_write}'
        arguments = [executable, *FLAGS, f"--user-data-dir={profile}", "about:blank"]
        with (profile.parent / "chromium.log").open("wb") as log:
            process = subprocess.Popen(
                ["bash", "-c", start, "bash", *arguments], pass_fds=(down_read, up_write), stdout=log, stderr=log
            )
        os.close(down_read)
        os.close(up_write)
        stack.callback(os.close, up_read)
        stack.callback(process.wait)
        stack.callback(process.terminate)
        stack.callback(os.close, down_write)
        yield Tab(down_write, up_read)
