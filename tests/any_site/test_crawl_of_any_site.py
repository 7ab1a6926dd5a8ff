"""A news site that no file knows is crawled from one address: every article once, and nothing else."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.any_site.paper import HOST, ROOT, Paper, Story, whole_paper
from tests.conftest import FAST, Shell, times
from tests.servers import Reply, Seen, refusing, serving
from tests.test_crawl import rows

URLS = "SELECT url FROM articles"


def query(data: Path, sql: str) -> list[tuple[Any, ...]]:
    with sqlite3.connect(data / "news.db") as db:
        return db.execute(sql).fetchall()


def stored(data: Path) -> set[str]:
    return {url for (url,) in query(data, URLS)}


def crawl(shell: Shell, url: str, *words: str) -> Any:
    return shell("newscrawler", "crawl", "--url", url, *FAST, *words)


@dataclass
class Crawled:
    """A crawl of the whole paper that is over."""

    shell: Shell
    paper: Paper
    paths: list[str]
    done: Any


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Crawled:
    """Crawled once; what goes on with it does so on a copy."""
    paper = whole_paper()
    with serving(paper.reply) as seen:
        shell = Shell(seen.url, tmp_path_factory.mktemp("crawled"))
        done = crawl(shell, f"{ROOT}/")
    return Crawled(shell, paper, seen.paths, done)


@contextmanager
def going_on(crawled: Crawled, folder: Path) -> Iterator[tuple[Shell, Paper, Seen]]:
    """A copy of the archive, and the paper as it was, which may change."""
    shutil.copytree(crawled.shell.folder, folder, dirs_exist_ok=True)
    paper = whole_paper()
    with serving(paper.reply) as seen:
        yield Shell(seen.url, folder), paper, seen


def test_a_whole_site_is_crawled_from_its_front_page(crawled: Crawled) -> None:
    done = crawled.done
    assert done.returncode == 0, done.stderr + done.stdout
    assert stored(crawled.shell.data) == {story.url for story in crawled.paper.stories}
    assert not crawled.paper.traps
    pages = [path for path in crawled.paths if path.endswith((".html", ".htm")) or "?" in path]
    assert len(pages) == len(set(pages)), "a page was asked for twice"
    assert f"{HOST}: complete." in done.stdout
    assert [file.name.split("-")[0] for file in (crawled.shell.data / "warc").iterdir()] == [HOST]


def test_hot_and_related_blocks_are_found_by_their_labels_in_both_languages(crawled: Crawled) -> None:
    sql = "SELECT a.url, block, count(*) FROM links JOIN articles a ON a.id = article_id GROUP BY a.url, block"
    blocks = {(url, block): count for url, block, count in query(crawled.shell.data, sql)}
    english, vietnamese = Story(10, "thoi-su").url, Story(11, "thoi-su").url
    for url in (english, vietnamese):
        assert (blocks[url, "related"], blocks[url, "hot"]) == (2, 2)


def test_what_is_stored_is_the_article_and_no_more(crawled: Crawled) -> None:
    data = crawled.shell.data
    found = query(data, "SELECT url, site, title, published, body_text FROM articles")
    told = {url: values for url, *values in found}
    for story in crawled.paper.stories:
        assert told[story.url] == [HOST, story.title, story.published, "\n\n".join(story.paragraphs)]
    pictures = "SELECT count(*), sum(capture_id IS NULL) FROM media"
    assert query(data, pictures) == [(len(crawled.paper.stories), 0)], "each is fetched from the host beside"


def test_a_rebuild_gives_the_rows_of_the_crawl(crawled: Crawled) -> None:
    checked = crawled.shell("newscrawler", "rebuild", "--check")
    assert checked.returncode == 0, checked.stdout + checked.stderr
    gaps = crawled.shell("newscrawler", "gaps", HOST)
    assert gaps.returncode == 0, gaps.stderr


def test_a_second_crawl_asks_for_little_and_finds_what_is_new(crawled: Crawled, tmp_path: Path) -> None:
    with going_on(crawled, tmp_path) as (shell, paper, seen):
        paper.stories.append(new := Story(20, "thoi-su"))
        again = crawl(shell, f"{ROOT}/")
        assert again.returncode == 0, again.stderr + again.stdout
        asked = [path for path in seen.paths if path.endswith((".html", ".png"))]
        assert sorted(asked) == [f"http://cdn.{HOST}/anh/20.png", new.url], "the rest is known, and not due"
        assert len(seen.paths) < len(crawled.paths) / 2
        assert stored(shell.data) == {story.url for story in paper.stories}


def test_scrapy_crawls_it_with_the_same_result(crawled: Crawled, tmp_path: Path) -> None:
    with serving(whole_paper().reply) as seen:
        shell = Shell(seen.url, tmp_path)
        done = shell("scrapy", "crawl", "news", "-a", f"url={ROOT}/", "-s", f"ARCHIVE_DIR={shell.data}", *FAST)
    assert done.returncode == 0, done.stderr
    assert rows(shell.data) == rows(crawled.shell.data)


def test_a_stopped_crawl_is_gone_on_with(tmp_path: Path) -> None:
    paper = whole_paper()
    with serving(paper.reply) as seen:
        shell = Shell(seen.url, tmp_path)
        assert crawl(shell, f"http://www.{HOST}/", "--limit", "5").returncode == 4
        assert len(stored(shell.data)) == 5
        assert crawl(shell, f"http://www.{HOST}/").returncode == 0
        assert {Path(url).name for url in stored(shell.data)} == {Path(story.url).name for story in paper.stories}
        asked = [path for path in seen.paths if path.endswith(".html")]
        assert len(asked) == len(set(asked)), "an article was asked for twice"


@pytest.mark.parametrize("known_by", ["feed", "sitemap", "links"][times(1, 0) :])
def test_one_way_of_finding_articles_is_enough(known_by: str, tmp_path: Path) -> None:
    stories = [Story(number, "thoi-su", listed=known_by == "links") for number in range(1, 6)]
    numbers = tuple(story.number for story in stories)
    paper = Paper(
        stories,
        feed=numbers if known_by == "feed" else (),
        sitemap=numbers if known_by == "sitemap" else (),
        has_home=known_by == "links",
    )
    with serving(paper.reply) as seen:
        shell = Shell(seen.url, tmp_path)
        done = crawl(shell, f"{ROOT}/")
    assert done.returncode == 0, done.stderr + done.stdout
    assert stored(shell.data) == {story.url for story in stories}
    assert not paper.traps


def test_a_crawl_since_a_day_stores_all_from_then_on_and_turns_back(tmp_path: Path) -> None:
    """Lists, feed and sitemap all name older articles as well; those that others lead to may come along."""
    stories = [Story(number, "thoi-su") for number in range(1, 29)]
    paper = Paper(stories, feed=(28, 4), sitemap=(27, 5), has_traps=False)
    with serving(paper.reply) as seen:
        shell = Shell(seen.url, tmp_path)
        done = crawl(shell, f"{ROOT}/", "--since", "2026-03-26")
    assert done.returncode == 0, done.stderr + done.stdout
    found = stored(shell.data)
    assert {story.url for story in stories if story.number >= 26} <= found
    assert not found & {paper.story(number).url for number in (4, 5)}, (
        "an old article of the feed or sitemap was fetched"
    )
    asked = {path for path in seen.paths if "/trang-" in path}
    assert f"{ROOT}/thoi-su/trang-2.htm" in asked
    assert f"{ROOT}/thoi-su/trang-10.htm" not in asked, "the list was followed into the past"


def test_a_crawl_may_begin_at_an_article(tmp_path: Path) -> None:
    paper = Paper([Story(number, "thoi-su") for number in range(1, 5)])
    with serving(paper.reply) as seen:
        shell = Shell(seen.url, tmp_path)
        done = crawl(shell, f"{paper.story(4).url}?utm_source=zalo", "--since", "2026-01-01")
    assert done.returncode == 0, done.stderr
    assert stored(shell.data) == {story.url for story in paper.stories}
    assert not [path for path in seen.paths if "utm_source" in path]


def test_an_article_that_leads_nowhere_is_archived_alone(tmp_path: Path) -> None:
    paper = Paper([Story(4, "thoi-su", listed=False)], has_home=False, has_traps=False)
    with serving(paper.reply) as seen:
        shell = Shell(seen.url, tmp_path)
        assert crawl(shell, paper.stories[0].url).returncode == 0
    assert stored(shell.data) == {paper.stories[0].url}


def test_a_site_that_cannot_be_reached_is_one_sentence(tmp_path: Path) -> None:
    with refusing() as seen:
        done = crawl(Shell(seen.url, tmp_path), f"{ROOT}/", "-s", "RETRY_TIMES=0", "-s", "LONGEST_PAUSE=0")
    said = [line for line in done.stderr.splitlines() if line.startswith("newscrawler: ")]
    assert (done.returncode, len(said)) == (1, 1), done.stderr
    assert HOST in said[0]


def test_a_site_without_any_article_is_an_error_that_says_so(tmp_path: Path) -> None:
    paper = Paper([], has_traps=False)
    with serving(paper.reply) as seen:
        done = crawl(Shell(seen.url, tmp_path), f"{ROOT}/")
    assert done.returncode == 1, done.stdout
    assert f"no article was found on {HOST}" in done.stderr


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--url", "tinthu.vn"), "write it as https://host/path"),
        (("--url", f"{ROOT}/", "--ids", "1-5"), "nobody knows the article ids"),
        (("thanhdoan", "--url", f"{ROOT}/"), "is not an address of thanhdoan"),
    ],
)
def test_what_cannot_be_asked_for_is_one_sentence(lonely_shell: Shell, words: tuple[str, ...], says: str) -> None:
    done = lonely_shell("newscrawler", "crawl", *words, *FAST)
    said = [line for line in done.stderr.splitlines() if " INFO: " not in line]
    assert (done.returncode, len(said)) == (2, 1)
    assert says in said[0]


def test_a_front_page_that_sends_to_www_and_pages_that_state_other_addresses_make_no_twins(tmp_path: Path) -> None:
    paper = Paper([Story(number, "thoi-su") for number in range(1, 5)], has_traps=False)

    def reply(address: str) -> Reply:
        if address.startswith(f"{ROOT}/") and not address.endswith("/robots.txt"):
            return 301, {"Location": address.replace(HOST, f"www.{HOST}")}, b""
        status, headers, body = paper.reply(address)
        stated = address.replace(".html", "-ban-chinh-thuc.html").replace("www.", "")
        link = f'<link rel="canonical" href="{stated}"></head>'.encode()
        return status, headers, body.replace(b"</head>", link) if address.endswith(".html") else body

    with serving(reply) as seen:
        shell = Shell(seen.url, tmp_path)
        assert crawl(shell, f"{ROOT}/").returncode == 0
        own = {story.url.replace(".html", "-ban-chinh-thuc.html") for story in paper.stories}
        assert stored(shell.data) == own
        assert not [path for path in seen.paths if path.startswith(f"{ROOT}/") and path.endswith(".html")]
        seen.paths.clear()
        assert crawl(shell, f"{ROOT}/").returncode == 0
        assert not [path for path in seen.paths if path.endswith(".html")]
    assert shell("newscrawler", "rebuild", "--check").returncode == 0
