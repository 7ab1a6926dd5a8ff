"""A real browser opens captured pages, and nobody hears of it."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.web.article.conftest import answer, make, png
from tests.web.browser.conftest import serving_room

PIECES = """<link rel=preconnect href="{}"><link rel=prefetch href="{}/a"><link rel=preload as=image href="{}/b">
<link rel=icon href="{}/c"><link rel=manifest href="{}/d"><meta http-equiv=refresh content="0;url={}/e">
<link rel=stylesheet href="{}/f"><style>@import "{}/g"; body { background: url({}/h) }</style>
<img src="{}/i" srcset="{}/j 2x"><iframe src="{}/k"></iframe><object data="{}/l"></object><embed src="{}/m">
<video src="{}/n" poster="{}/o" autoplay></video><audio src="{}/p"></audio><base href="{}/">
<script src="{}/q"></script><script>new Image().src = "{}/r"; alert(1)</script><img src=x onerror="alert(1)">
<svg><image href="{}/s"/><use href="{}/t#a"/></svg><p style="background: url({}/u)">Ra quan</p><img id=own src="own.png">"""


class Ear:
    """Hears who connects, even without asking for anything."""

    def __init__(self, listener: socket.socket) -> None:
        self.heard: list[bytes] = []
        self._listener = listener
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            with connection:
                connection.settimeout(1)
                try:
                    self.heard.append(connection.recv(100))
                except TimeoutError:
                    self.heard.append(b"a connection alone")


@pytest.fixture
def ear() -> Iterator[tuple[Ear, str]]:
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        yield Ear(listener), f"http://127.0.0.1:{listener.getsockname()[1]}"


def test_a_captured_page_runs_nothing_and_reaches_nobody(
    tmp_path: Path, browser: Browser, ear: tuple[Ear, str]
) -> None:
    listening, elsewhere = ear
    body = f"<!doctype html><html><body>{PIECES.replace('{}', elsewhere)}"
    made = make(tmp_path, [answer(body.encode()), answer(png(), f"{elsewhere}/own.png", mime="image/png")])
    with serving_room(made.data) as address, closing(browser.new_context()) as context:
        page = context.new_page()
        dialogs: list[str] = []
        page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
        for path in (f"/capture/{made.captures[0].id}", "/article/1/captured"):
            page.goto(address + path)
            frame = page.frames[-1]
            assert "Ra quan" in frame.inner_text("body")
            assert frame.evaluate("self.origin") == "null"
            assert frame.evaluate("document.getElementById('own').naturalWidth") == 1
        page.goto(address)
        assert dialogs == []
    assert listening.heard == []
