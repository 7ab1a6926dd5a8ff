"""What an unknown site has no end of is left behind a few hundred requests; its articles are had all the same."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from random import Random
from urllib.parse import urlsplit

import pytest

from tests.any_site.paper import HOST, ROOT, Paper, Story
from tests.any_site.test_crawl_of_any_site import crawl, stored
from tests.conftest import Shell, times
from tests.servers import Reply, serving

MOST = 400
_HTML = {"Content-Type": "text/html; charset=utf-8"}


def calendar(path: str) -> str:
    """Each month leads to the next and to its days."""
    number = sum(map(ord, path)) + len(path)
    days = "".join(f'<a href="/lich/{number + day}/{day}">{day}</a>' for day in range(28))
    return f'<h1>Lịch</h1><a href="/lich/{number + 1}">tháng sau</a>{days}'


def maze(path: str) -> str:
    """Pages of chance that lead to more of them, under addresses that look like articles'."""
    random = Random(path)
    links = [f"/lich/hoi-trai-he-{random.randrange(10**6)}-lan-thu-{random.randrange(10**4, 10**5)}" for _ in range(20)]
    return "<h1>Mê cung</h1>" + "".join(
        f'<a href="{link}.html">Hội trại hè lần thứ mấy không ai nhớ</a>' for link in links
    )


def turning(path: str) -> str:
    """A list without end that always shows the same."""
    number = int(path.rpartition("=")[2]) if "=" in path else 1
    return f'<h1>Danh sách</h1><a href="/lich/moi?page={number + 1}">trang sau</a>'


@pytest.mark.parametrize("trap", [maze, calendar, turning][: times(2, 3)])
def test_a_trap_of_an_unknown_site_has_an_end(trap: Callable[[str], str], tmp_path: Path) -> None:
    paper = Paper([Story(number, "thoi-su") for number in range(1, 6)], has_traps=False)

    def reply(address: str) -> Reply:
        parts = urlsplit(address)
        if parts.path.startswith("/lich"):
            place = f"{parts.path}?{parts.query}" if parts.query else parts.path
            return 200, _HTML, f"<html><body>{trap(place)}</body></html>".encode()
        status, headers, body = paper.reply(address)
        return status, headers, body.replace(b"<footer>", b'<a href="/lich/moi">L\xe1\xbb\x8bch</a><footer>')

    with serving(reply) as seen:
        shell = Shell(seen.url, tmp_path)
        done = crawl(shell, f"{ROOT}/", "-s", f"CLOSESPIDER_PAGECOUNT={4 * MOST}")
    assert done.returncode in (0, 3), done.stderr
    assert stored(shell.data) == {story.url for story in paper.stories}
    assert len([path for path in seen.paths if HOST in path]) < MOST
