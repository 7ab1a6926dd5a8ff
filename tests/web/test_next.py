"""The reading room stands on the release of Datasette to come as it does on today's."""

from __future__ import annotations

import os
import re
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from tests.conftest import ROOT
from tests.web.browser.conftest import serving_room
from tests.web.conftest import Archive, Get

NEXT = Path(os.environ.get("NEWSCRAWLER_NEXT") or ROOT / ".venv-next")
PATHS = (
    "/",
    "/search?q=doan+thanh+nien",
    "/search.json?q=doan",
    "/search.atom?q=doan",
    "/article/1",
    "/article/1/history",
    "/article/1/provenance",
    "/article/1/captured",
    "/hot",
    "/runs",
    "/run/1",
    "/gaps/thanhdoan",
    "/no-such-page",
)
SQL = ("/news.json?sql=select+1", "/news/-/query.json?sql=select+1", "/news.db")


@pytest.fixture(scope="module")
def next_python() -> str:
    python = NEXT / "bin" / "python"
    if not python.is_file():
        pytest.skip(f"the next Datasette is not in {NEXT}; `make tools` puts it there")
    return str(python)


def test_every_page_is_the_same_on_the_next_datasette(archive: Archive, get: Get, next_python: str) -> None:
    with serving_room(archive.data, python=next_python) as address:
        for path in PATHS:
            status, text, policy = _asked(address + path)
            today = get(path)
            assert status == today.status_code, path
            assert _settled(text) == _settled(today.text), path
            assert policy == today.headers["content-security-policy"]
        for path in SQL:
            assert _asked(address + path)[0] in (400, 403, 404), path


def _asked(address: str) -> tuple[int, str, str]:
    try:
        with urlopen(Request(address), timeout=30) as answer:
            return answer.status, answer.read().decode(), answer.headers["content-security-policy"]
    except HTTPError as error:
        return error.code, error.read().decode(), error.headers["content-security-policy"]


def _settled(text: str) -> str:
    """Without the server's own address and without what goes on by the clock."""
    return re.sub(r"http://(127\.0\.0\.1:\d+|localhost)", "", text)
