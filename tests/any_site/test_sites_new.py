"""`sites new` writes a site file that loads, says how its guesses fare, and crawls."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from newscrawler.cli.sites_new import command
from newscrawler.sites.drafts import draft, see
from newscrawler.sites.drafts.patterns import guess_article
from newscrawler.sites.files import site_of
from tests.any_site.paper import HOST, ROOT, Paper, whole_paper
from tests.any_site.test_crawl_of_any_site import stored
from tests.conftest import FAST, Shell, times
from tests.servers import serving

PORTALS = Path(__file__).parents[1] / "pages" / "portals"


def save(paper: Paper, folder: Path) -> list[str]:
    """The front page, a section and two articles; as words of a command."""
    folder.mkdir(parents=True, exist_ok=True)
    files: list[str] = []
    for number, path in enumerate(("/", "/thoi-su.htm", paper.story(4).path, paper.story(5).path)):
        file = folder / f"{number}.html"
        file.write_bytes(paper.reply(f"{ROOT}{path}")[2])
        files += ["--from", str(file)]
    return files


def new(*words: str) -> Result:
    return CliRunner().invoke(command, words)


def test_a_draft_of_saved_pages_loads_and_crawls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paper = whole_paper()
    files = save(paper, tmp_path / "saved")
    out = tmp_path / "sites" / "tinthu.toml"
    with serving(paper.reply) as seen:
        shell = Shell(seen.url, tmp_path)
        monkeypatch.setenv("NEWSCRAWLER_SITES", str(out))
        made = shell("newscrawler", "sites", "new", f"{ROOT}/", *files, "--out", str(out))
        assert made.returncode == 0, made.stderr
        assert f"newscrawler sites check {out}" in made.stdout
        checked = shell("newscrawler", "sites", "check", str(out), files[-1], "--url", paper.story(5).url)
        assert checked.returncode == 0, checked.stderr + checked.stdout
        assert paper.story(5).title in checked.stdout
        assert shell("newscrawler", "crawl", "tinthu", *FAST).returncode == 0
    known = {story.url for story in paper.stories if story.listed or story.number in paper.feed}
    assert stored(shell.data) == known, "what only a sitemap names is not in it: no robots.txt was given"


def test_a_draft_says_what_it_was_made_of_and_finds_the_places_of_fields() -> None:
    paper = whole_paper()
    pages = [
        (url, paper.reply(url)[2].decode())
        for url in (f"{ROOT}/", f"{ROOT}/thoi-su.htm", paper.story(4).url, paper.story(5).url)
    ]
    site = site_of(text := draft_text(pages), "draft")
    assert (site.name, site.title, site.hosts) == ("tinthu", "Tin Thử", (HOST, f"www.{HOST}"))
    assert all(site.article_id(story.url) == str(1000 + story.number) for story in paper.stories)
    assert site.article_id(f"{ROOT}/thoi-su/trang-2.htm") is None
    page = site.list_page(f"{ROOT}/thoi-su/trang-2.htm")
    assert page is not None
    assert (page.series, page.number, page.turn(1).url) == ("thoi-su", 2, f"{ROOT}/thoi-su.htm")
    assert (site.layout.main, site.layout.title) == (("div.detail",), ("h1",))
    assert site.feeds == (f"{ROOT}/moi.rss",)
    assert "# Finds " in text


def draft_text(pages: list[tuple[str, str]]) -> str:
    return draft(see(pages), on=date(2026, 3, 20)).text


@pytest.mark.parametrize(
    ("files", "portal"),
    [
        (("nukeviet-list", "nukeviet-article"), "nukeviet"),
        (("wordpress-article",), "wordpress"),
        (("query-id-article",), "query-id"),
        (("query-keys-article",), "query-keys"),
    ],
)
def test_a_portal_is_recognised_and_makes_the_draft_short(files: tuple[str, ...], portal: str) -> None:
    words = [word for file in files for word in ("--from", str(PORTALS / f"{file}.html"))]
    made = new("http://tinhdoan-thu.vn/", *words, "--out", "-")
    assert made.exit_code == 0, made.output
    told = tomllib.loads(made.output)
    assert told["portal"] == portal
    assert len([line for line in made.output.splitlines() if not line.startswith("#")]) <= 8
    assert site_of(made.output, "draft").hosts == ("tinhdoan-thu.vn", "www.tinhdoan-thu.vn")


def test_a_live_page_is_looked_at_with_little_more_than_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newscrawler.cli.sites_new.DOWNLOAD_DELAY", 0)
    paper = whole_paper()
    with serving(paper.reply) as seen:
        monkeypatch.setenv("http_proxy", seen.url)
        made = new(f"{ROOT}/", "--out", "-")
    assert made.exit_code == 0, made.output
    site = site_of(made.output, "draft")
    assert site.sitemaps == (f"{ROOT}/robots.txt",)
    asked = {path for path in seen.paths if not path.endswith("/robots.txt")}
    assert len(asked) == 3, "the page, a feed, an article"


def test_a_file_is_overwritten_only_by_force(tmp_path: Path) -> None:
    files, out = save(whole_paper(), tmp_path / "saved"), tmp_path / "tinthu.toml"
    out.write_text("mine")
    refused = new(f"{ROOT}/", *files, "--out", str(out))
    assert "--force overwrites it" in str(refused.exception)
    assert out.read_text() == "mine"
    assert new(f"{ROOT}/", *files, "--out", str(out), "--force").exit_code == 0
    assert tomllib.loads(out.read_text())["name"] == "tinthu"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("tinthu.vn",), "write it as https://host/path"),
        ((f"{ROOT}/", "--from", "/no/such/page.html"), "cannot read /no/such/page.html"),
    ],
)
def test_what_cannot_be_read_is_one_sentence(words: tuple[str, ...], says: str) -> None:
    assert says in str(new(*words).exception)


@settings(max_examples=times(15, 300), deadline=None)
@given(
    st.lists(st.from_regex(r"[a-z]{2,8}(-[a-z]{2,8}){3,6}", fullmatch=True), min_size=4, max_size=12, unique=True),
    st.sampled_from(["-{}.html", "-post{}.tpo", "-{}.htm", "-nd{}.html", "-{}"]),
    st.integers(100, 10_000_000),
)
def test_the_pattern_that_articles_are_written_by_is_found_again(words: list[str], form: str, first: int) -> None:
    articles = [f"http://a.vn/doan/{word}{form.format(first + number)}" for number, word in enumerate(words)]
    guess = guess_article(articles, ["http://a.vn/doan", "http://a.vn/gioi-thieu.html"])
    assert guess is not None
    assert (guess.found, guess.stray) == (len(articles), 0)
    site = site_of(f"name = 'a'\nhosts = ['a.vn']\narticle = '{guess.pattern}'", "draft")
    assert {site.article_id(url) for url in articles} == {str(first + number) for number in range(len(words))}
