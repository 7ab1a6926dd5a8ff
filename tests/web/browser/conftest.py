"""The real server, and a real browser that notes what it should never see."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.conftest import ROOT
from tests.replay.conftest import TOOLS
from tests.replay.conftest import chromium as chromium
from tests.web.conftest import Archive


@contextmanager
def serving_room(data: Path, *options: str, python: str = sys.executable) -> Iterator[str]:
    """`newscrawler serve` in a process of its own; gives the address that it prints."""
    command = [python, "-m", "newscrawler", "serve", "--data", str(data), "--port", "0", *options]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        try:
            assert process.stdout is not None
            told = process.stdout.readline()
            found = re.search(r"http://\S+", told)
            assert found, told + process.stdout.read()
            yield found[0].rstrip("/")
        finally:
            process.terminate()


@pytest.fixture(scope="session")
def address(archive: Archive) -> Iterator[str]:
    """Where the reading room of the sample archive stands, without a slash at its end."""
    with serving_room(archive.data) as address:
        yield address


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """An empty tab that reads Vietnamese."""
    context = browser.new_context(locale="vi-VN", viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


@pytest.fixture(scope="session")
def axe() -> str:
    """The script of axe-core, which looks for what people with disabilities stumble over."""
    script = TOOLS / "axe" / "package" / "axe.min.js"
    if not script.is_file():
        pytest.skip(f"axe-core is not in {script.parent}; `make tools` puts it there")
    return script.read_text("utf-8")
