"""Pages that their server takes away and brings back, and pages that change only beside their article."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from newscrawler.demo.addresses import HOME
from tests.changing_site import ChangingSite, Reply
from tests.conftest import Shell
from tests.test_conditional import rebuilt_alike
from tests.test_crawl import query

PATH = f"{HOME}/News/22431"
URL = f"http://thanhdoan.hochiminhcity.gov.vn{PATH}"


@pytest.fixture
def site() -> Iterator[ChangingSite]:
    with ChangingSite().serving() as site:
        yield site


@pytest.fixture
def shell(site: ChangingSite, tmp_path: Path) -> Shell:
    return Shell(site.url, tmp_path)


def crawl(shell: Shell, *words: str) -> None:
    shell.crawl("--url", URL, *words)


def test_an_article_that_went_is_gone_since_then_and_its_last_version_stays(shell: Shell, site: ChangingSite) -> None:
    crawl(shell)
    before = query(shell.data, "SELECT content_hash, last_seen FROM articles")
    site.answers[PATH] = lambda _body, count: Reply(410 if count == 2 else 404, b"gone")
    crawl(shell)
    crawl(shell)
    gone = query(shell.data, "SELECT timestamp FROM captures WHERE status = 410")
    assert query(shell.data, "SELECT gone_at FROM articles") == gone != []
    assert query(shell.data, "SELECT content_hash, last_seen FROM articles") == before
    for verb in ("show", "history"):
        assert f"Gone since {gone[0][0]}" in shell("newscrawler", verb, URL).stdout
    rebuilt_alike(shell)
    site.answers.clear()
    crawl(shell)
    assert query(shell.data, "SELECT gone_at, content_hash FROM articles") == [(None, before[0][0])]
    assert "Gone since" not in shell("newscrawler", "show", URL).stdout
    rebuilt_alike(shell)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("</body>", '<div id="counter">Lượt xem: {n}</div></body>'),
        ("</body>", '<div class="ads"><a href="http://ads.example/{n}"><img src="http://ads.example/{n}.gif"></a></div></body>'),
        ("</title>", "</title><meta name='generator' content='{n}'><meta name='csrf-token' content='{n}'>"),
        ("<head>", "<head><script>var luotXem = {n};</script>"),
    ],
    ids=["counter", "advertisement", "meta", "script"],
)  # fmt: skip
def test_what_changes_beside_an_article_makes_no_version(shell: Shell, site: ChangingSite, old: str, new: str) -> None:
    visits = iter(range(1000, 9000))
    place = re.compile(re.escape(old), re.IGNORECASE)
    site.change = lambda _path, body: place.sub(new.format(n=next(visits)), body.decode(), count=1).encode()
    for _turn in range(2):
        crawl(shell)
    assert query(shell.data, f"SELECT count(DISTINCT digest) FROM captures WHERE url = '{URL}'") == [(2,)]
    assert query(shell.data, "SELECT count(*), count(DISTINCT content_hash) FROM sightings") == [(2, 1)]
    assert query(shell.data, "SELECT count(*) FROM versions") == [(1,)]


def test_other_items_in_the_blocks_beside_it_make_no_version(shell: Shell, site: ChangingSite) -> None:
    others = [truth.id for truth in site.site.truth() if truth.listed and not URL.endswith(str(truth.id))]
    crawl(shell)
    site.site.edit(22431, hot=tuple(others[:3]), related=tuple(others[3:6]))
    crawl(shell)
    assert query(shell.data, "SELECT count(*) FROM versions") == [(1,)]
    assert query(shell.data, "SELECT count(DISTINCT first_seen) FROM links WHERE block IN ('hot', 'related')") == [(2,)]
