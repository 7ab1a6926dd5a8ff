"""Cut copies: each is marked, fetched again, and none takes the place of a longer one; nothing is made of no page."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest

from newscrawler.demo.addresses import HOME
from tests.changing_site import Answer, ChangingSite, Raw, Reply, head
from tests.conftest import Shell, times
from tests.test_conditional import rebuilt_alike
from tests.test_crawl import query

SEED = 65
PATH = f"{HOME}/News/22431"
URL = f"http://thanhdoan.hochiminhcity.gov.vn{PATH}"


@pytest.fixture
def site() -> Iterator[ChangingSite]:
    with ChangingSite().serving() as site:
        yield site


@pytest.fixture
def shell(site: ChangingSite, tmp_path: Path) -> Shell:
    return Shell(site.url, tmp_path)


def crawl(shell: Shell, *words: str, code: int = 0) -> None:
    done = shell.crawl("--full", *(words or ("--url", URL)))
    assert done.returncode == code, done.stderr


def closed(body: bytes) -> bytes:
    """States no length: its end is that of the connection."""
    return head("Connection: close") + body


def counted(body: bytes) -> bytes:
    return head(f"Content-Length: {len(body)}") + body


def chunked(body: bytes) -> bytes:
    pieces = (body[at : at + 700] for at in range(0, len(body), 700))
    framed = b"".join(b"%x\r\n%b\r\n" % (len(piece), piece) for piece in pieces)
    return head("Transfer-Encoding: chunked") + framed + b"0\r\n\r\n"


def coded(body: bytes) -> bytes:
    """What is cut is the gzip stream; the message around it is whole."""
    return head(f"Content-Length: {len(body)}", "Content-Encoding: gzip") + body


def torn(message: bytes, at: int, *, reset: bool = False) -> Raw:
    """A message that ends so many bytes behind its head."""
    return Raw(message[: message.index(b"\r\n\r\n") + 4 + at], reset)


CUTS: dict[str, Callable[[bytes, Random], Raw]] = {
    "close": lambda body, random: torn(closed(body), random.randrange(200, len(body) - 20)),
    "reset": lambda body, random: torn(closed(body), random.randrange(200, len(body) - 20), reset=True),
    "length": lambda body, random: torn(counted(body), random.randrange(200, len(body) - 20)),
    "chunk": lambda body, random: torn(chunked(body), random.randrange(200, len(body) - 20)),
    "gzip": lambda body, random: Raw(coded((data := gzip.compress(body))[: random.randrange(100, len(data) - 60)])),
}


def always(cut: str, part: float = 0.5) -> Answer:
    """The same part of the page each time, in one of two manners."""
    message = {"close": closed, "gzip": lambda body: coded(gzip.compress(body)[: int(len(body) * part)])}[cut]
    return lambda body, _count: torn(message(body), int(len(body) * part))


def stored(shell: Shell) -> list[tuple[object, ...]]:
    return query(shell.data, "SELECT content_hash, word_count, first_seen, last_seen, last_changed FROM articles")


def kinds(shell: Shell) -> list[str]:
    return [kind for (kind,) in query(shell.data, "SELECT kind FROM problems WHERE stage != 'requisite' ORDER BY id")]


@pytest.mark.parametrize("reset", [False, True])
def test_a_page_that_breaks_off_once_is_fetched_again_and_leaves_one_version(
    shell: Shell, site: ChangingSite, reset: bool
) -> None:
    site.answers[PATH] = lambda body, count: torn(closed(body), len(body) // 2, reset=reset) if count == 1 else None
    crawl(shell)
    assert site.paths().count(PATH) == 2
    assert kinds(shell) == ["cut"]
    assert query(shell.data, "SELECT count(*) FROM versions") == [(1,)]
    assert query(shell.data, "SELECT cut IS NULL FROM sightings ORDER BY seen_at") == [(0,), (1,)]
    whole = stored(shell)
    crawl(shell)
    assert [row[:2] for row in stored(shell)] == [row[:2] for row in whole]
    rebuilt_alike(shell)


def test_what_stays_cut_is_kept_where_nothing_better_is_and_given_up_for_this_time(
    shell: Shell, site: ChangingSite
) -> None:
    lengths = {1: 0.3, 2: 0.4, 3: 0.35}
    site.answers[PATH] = lambda body, count: torn(closed(body), int(len(body) * lengths[count]))
    crawl(shell, code=3)
    assert kinds(shell) == ["cut"] * 3
    assert query(shell.data, "SELECT state, reason FROM frontier WHERE kind = 'article'") == [("given-up", "cut")]
    longest = query(shell.data, "SELECT capture_id, seen_at FROM sightings ORDER BY cut DESC LIMIT 1")
    assert query(shell.data, "SELECT count(DISTINCT cut) FROM sightings") == [(3,)]
    assert query(shell.data, "SELECT capture_id, last_changed FROM articles") == longest
    assert query(shell.data, "SELECT capture_id, seen_at FROM versions") == longest
    words = query(shell.data, "SELECT word_count FROM articles")
    assert query(shell.data, "SELECT count(*) FROM links") == [(0,)]
    rebuilt_alike(shell)
    site.answers.clear()
    crawl(shell)
    assert query(shell.data, "SELECT count(*) FROM versions") == [(1,)]
    assert query(shell.data, "SELECT word_count FROM articles") > words
    assert query(shell.data, "SELECT count(*) > 0 FROM links") == [(1,)]
    rebuilt_alike(shell)


@pytest.mark.parametrize("cut", ["close", "gzip"])
def test_a_cut_copy_moves_nothing_of_a_whole_one(shell: Shell, site: ChangingSite, cut: str) -> None:
    crawl(shell)
    before = stored(shell), query(shell.data, "SELECT * FROM versions"), query(shell.data, "SELECT * FROM links")
    site.answers[PATH] = always(cut, 0.2 if cut == "gzip" else 0.6)
    crawl(shell, code=3)
    after = stored(shell), query(shell.data, "SELECT * FROM versions"), query(shell.data, "SELECT * FROM links")
    assert after == before
    assert kinds(shell) == ["cut"] * 3
    rebuilt_alike(shell)


def test_a_list_that_breaks_off_is_fetched_again_before_it_is_walked(shell: Shell, site: ChangingSite) -> None:
    path = f"{HOME}/Category?page=1"
    site.answers[path] = lambda body, count: torn(closed(body), len(body) // 3) if count == 1 else None
    crawl(shell, "--limit", "100")
    assert site.paths().count(path) == 2
    assert query(shell.data, "SELECT count(*) FROM articles")[0][0] >= 20
    rebuilt_alike(shell)


@pytest.mark.parametrize("reply", [Reply(204), Reply(206, b"<html>"), Reply(200, b"", {"Content-Type": "text/html"})])
def test_what_is_no_page_leaves_the_article_as_it_was(shell: Shell, site: ChangingSite, reply: Reply) -> None:
    crawl(shell)
    before = stored(shell)
    site.answers[PATH] = lambda _body, _count: reply
    shell.crawl("--full", "--url", URL)
    assert stored(shell) == before
    assert kinds(shell) == ["no-page"]
    rebuilt_alike(shell)


def test_every_cut_body_is_marked_and_none_replaces_a_longer_one(shell: Shell, site: ChangingSite) -> None:
    random, count = Random(SEED), times(60, 500)
    ids = range(40_001, 40_001 + count)
    page = site.site.respond("thanhdoan.hochiminhcity.gov.vn", PATH).body
    for id in ids:
        site.answers[f"{HOME}/News/{id}"] = lambda _body, _count: Raw(counted(page))
    crawl(shell, "--ids", f"{ids[0]}-{ids[-1]}", "-s", "REQUISITES_ENABLED=False")
    before = query(shell.data, "SELECT url, content_hash, body_html, last_seen FROM articles ORDER BY url")
    assert len(before) == count
    manner = {f"{HOME}/News/{id}": random.choice(list(CUTS)) for id in ids}
    for path, name in manner.items():
        site.answers[path] = lambda _body, _count, name=name: CUTS[name](page, random)  # type: ignore[misc]
    crawl(shell, "--ids", f"{ids[0]}-{ids[-1]}", "-s", "REQUISITES_ENABLED=False", "-s", "RETRY_TIMES=1", code=3)
    told = f"seed {SEED}"
    assert query(shell.data, "SELECT url, content_hash, body_html, last_seen FROM articles ORDER BY url") == before, (
        told
    )
    assert query(shell.data, "SELECT count(*) FROM versions") == [(count,)], told
    marked = query(shell.data, "SELECT DISTINCT url FROM problems WHERE stage = 'fetching' AND kind = 'cut'")
    unmarked = {path: name for path, name in manner.items() if not any(url.endswith(path) for (url,) in marked)}
    assert unmarked == {}, told
    rebuilt_alike(shell)
