"""A site file says what a site is, and what is wrong with one is said in a sentence."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from newscrawler.errors import ExitCode, SiteFileError
from newscrawler.reading.layout import Layout
from newscrawler.sites import SITES, Listing, Requisites, Revisits, Site, Step
from newscrawler.sites.checking import PLACES, check_site
from newscrawler.sites.files import OWN_FOLDER, portals, read_site, site_of

SHORT = 'name = "doan"\nhosts = ["doan.example.vn"]\narticle = \'-(?P<id>\\d+)\\.html$\'\n'
NUKEVIET = 'portal = "nukeviet"\nname = "doan"\nhosts = ["doan.example.vn"]\n'

WHOLE = r"""
name = "doan"
title = "Đoàn"
hosts = ["doan.example.vn", "www.doan.example.vn"]
root = "http://doan.example.vn/web"
start = ["{root}/", "{root}/{module}/"]
article = '^/web/{module}/(?P<slug>[^/?]*-(?P<id>\d+))$'
article_url = "{root}/{module}/{slug}"
sitemaps = ["{root}/robots.txt"]
feeds = "{root}/rss"
follow = '^/web/thang/'
empty_pages = 5
requests_per_hour = 60
words = { module = "tin" }

[[listings]]
pattern = '^/web/muc/(?P<series>[a-z]+)(?:/(?P<page>\d{1,9}))?$'
url = "{root}/muc/{series}/{page}"
first_url = "{root}/muc/{series}"

[layout]
site_names = ["Đoàn"]
title = "h1"
main = ["#body", "//div[@class='body']"]
distrusted = ["meta:published"]
image_folder = "{root}/anh/{year}/{month}/{id}/{name}"
zone = "Asia/Bangkok"

[[former]]
valid_until = 2012-12-31
main = "td.NoiDung"

[[former]]
valid_until = "2015-06-30"
portal = "wordpress"
title = "h2"

[requisites]
hosts = ["cdn.example.vn"]
picture_bytes = 1_000

[revisits]
steps = [{ younger_than = "2 days", again_after = "30 minutes" }, { younger_than = "1 week", again_after = "1 day" }]
old_again_after = "1 year"
"""


def test_all_that_can_be_said_is_understood() -> None:
    site = site_of(WHOLE, "doan.toml")
    root = "http://doan.example.vn/web"
    bangkok = ZoneInfo("Asia/Bangkok")
    assert site.start == (f"{root}/", f"{root}/tin/")
    assert site.canonical("https://www.doan.example.vn/web/tin/Ra-quan-5") == f"{root}/tin/Ra-quan-5"
    assert (site.sitemaps, site.feeds) == ((f"{root}/robots.txt",), (f"{root}/rss",))
    assert (site.empty_pages, site.requests_per_hour, site.title) == (5, 60, "Đoàn")
    assert site.listings == (
        Listing(
            pattern=r"^/web/muc/(?P<series>[a-z]+)(?:/(?P<page>\d{1,9}))?$",
            url=f"{root}/muc/{{series}}/{{page}}",
            first_url=f"{root}/muc/{{series}}",
        ),
    )
    assert site.layout == Layout(
        site_names=("Đoàn",),
        title=("h1",),
        main=("#body", "//div[@class='body']"),
        distrusted=("meta:published",),
        image_folder=f"{root}/anh/{{year}}/{{month}}/{{id}}/{{name}}",
        zone=bangkok,
    )
    assert site.requisites == Requisites(hosts=("cdn.example.vn",), picture_bytes=1_000)
    assert site.revisits == Revisits(
        steps=(
            Step(timedelta(days=2), timedelta(minutes=30)),
            Step(timedelta(days=7), timedelta(days=1)),
        ),
        old_again_after=timedelta(days=365),
    )


def test_a_former_layout_keeps_the_names_of_the_site_and_none_of_its_places() -> None:
    first, second = site_of(WHOLE, "doan.toml").former
    own = {"site_names": ("Đoàn",), "zone": ZoneInfo("Asia/Bangkok")}
    assert first == Layout(valid_until=date(2012, 12, 31), main=("td.NoiDung",), **own)  # type: ignore[arg-type]
    assert second.valid_until == date(2015, 6, 30)
    assert second.title == ("h2",)
    assert ".entry-content" in second.main


def test_a_short_file_says_enough() -> None:
    site = site_of(SHORT, "doan.toml")
    assert site == Site(
        name="doan",
        title="doan",
        hosts=("doan.example.vn",),
        start=("https://doan.example.vn/",),
        article=r"-(?P<id>\d+)\.html$",
        layout=Layout(site_names=("doan",)),
    )
    own = "https://doan.example.vn/tin/ra-quan-5.html"
    assert site.canonical("http://doan.example.vn:80/tin/ra-quan-5.html?utm_source=zalo#dau") == own
    assert site.address_of("5") is None


def test_what_a_file_says_lies_over_its_portal_key_by_key() -> None:
    portal = site_of(NUKEVIET, "doan.toml").layout
    site = site_of(NUKEVIET + '[layout]\ntitle = "h1.mine"\nsite_names = ["Đoàn"]\n', "doan.toml")
    assert (site.layout.title, site.layout.site_names) == (("h1.mine",), ("Đoàn",))
    assert (site.layout.main, site.layout.summary) == (portal.main, portal.summary)
    assert len(site_of(NUKEVIET + "listings = []\n", "doan.toml").listings) == 0


def test_a_word_of_the_portal_is_changed_in_one_line() -> None:
    site = site_of(NUKEVIET + 'words.module = "tin-tuc"\n', "doan.toml")
    assert site.article_id("https://doan.example.vn/tin-tuc/hoat-dong/ra-quan-5.html") == "5"
    assert site.feeds == ("https://doan.example.vn/tin-tuc/rss/",)


@pytest.mark.parametrize("name", SITES)
def test_what_comes_along_has_no_faults(name: str) -> None:
    check_site(SITES[name], name)


@pytest.mark.parametrize("path", sorted(OWN_FOLDER.glob("*.toml")), ids=lambda path: path.stem)
def test_a_file_that_comes_along_is_short_and_named_as_its_site(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= 40
    assert read_site(path).name == path.stem


@pytest.mark.parametrize("name", portals())
def test_every_portal_gives_all_but_the_names(name: str) -> None:
    site_of(f'portal = "{name}"\nname = "doan"\nhosts = ["doan.example.vn"]\n', "doan.toml")


def test_all_places_of_a_layout_are_looked_at() -> None:
    tuples = {name for name, value in vars(Layout()).items() if isinstance(value, tuple)}
    assert set(PLACES) == tuples - {"site_names", "end_lines", "distrusted"}


MISTAKES = {
    "no TOML": (SHORT + "title = Đoàn", "doan.toml: this is no TOML, .*line 4.*; mend that line"),
    "a key that is not there": (SHORT + 'hots = "a"', "doan.toml: hots is no key of a site file; write hosts, or leave it out"),
    "a key of the layout that is not there": (SHORT + '[layout]\ntitel = "h1"', r"layout\.titel is no key .*; write title"),
    "no name": ('hosts = ["a.vn"]', 'name is missing; write name = "tinhdoan"'),
    "no host": ('name = "a"\narticle = "(?P<id>1)"', 'hosts is missing; write hosts = \\["tinhdoan.example.vn"\\]'),
    "an empty list of hosts": ('name = "a"\nhosts = []\narticle = "(?P<id>1)"', "hosts is missing"),
    "no articles": ('name = "a"\nhosts = ["a.vn"]', "article is missing; write .* or name a portal"),
    "an unknown portal": ('portal = "drupal"\n' + SHORT, "portal = 'drupal' is not known; write one of .*nukeviet"),
    "a portal that is no text": ("portal = [1]\n" + SHORT, r"portal = \[1\] is not known"),
    "a bad pattern": (SHORT + "follow = '(a'", r"follow = '\(a' is no regular expression .*; mend it"),
    "a pattern without id": ('name = "a"\nhosts = ["a.vn"]\narticle = "x"', r"article = 'x' has no group for the id; write \(\?P<id>…\)"),
    "a bad selector": (SHORT + '[layout]\ntitle = "h1["', r"layout\.title: 'h1\[' is neither a CSS selector nor an XPath"),
    "a bad selector of a former layout": (SHORT + '[[former]]\nvalid_until = 2012-12-31\nmain = "//["', r"former 1\.main: '//\['"),
    "a former layout without end": (SHORT + '[[former]]\nmain = "p"', "former 1 has no valid_until; write the last day"),
    "a number for a text": (SHORT + "title = 5", "title = 5: this is a text; write it in quotes"),
    "a text for a number": (SHORT + 'empty_pages = "3"', "empty_pages = '3': this is a whole number, without quotes"),
    "a text for yes or no": (SHORT + 'ids_walk = "yes"', "ids_walk = 'yes': this is true or false"),
    "a list of numbers": (SHORT + "feeds = [1]", "feeds = \\[1\\]: this is a list of texts"),
    "a table for a list": (SHORT + "[listings]\npattern = 'x'", r"listings is a list of tables; write \[\[listings\]\]"),
    "a text for a table": (SHORT + 'layout = "h1"', r"layout is a table of its own; write \[layout\]"),
    "a listing without address": (SHORT + "[[listings]]\npattern = 'x'", r"listings\.url is missing"),
    "a listing with an unknown word": (SHORT + "[[listings]]\npattern = 'x'\nurl = '{root}/{seite}'", r"nothing is known for \{seite\}; write \{page\}"),
    "an article address with an unknown word": (SHORT + "article_url = '{root}/{slug}'", r"nothing is known for \{slug\}; write \{id\}"),
    "an address that cannot be filled in": (SHORT + "article_url = '{root}/{id'", "cannot be filled in"),
    "an address that is none": (SHORT + "start = ['/tin']", "start: '/tin' is no address; write it with http://"),
    "an address of another host": (SHORT + "feeds = ['http://b.vn/']", "feeds: http://b.vn/ lies on a host that is not the site's; add b.vn"),
    "a host with a scheme": ('name = "a"\nhosts = ["http://a.vn"]\narticle = "(?P<id>1)"', "hosts: 'http://a.vn' is no host"),
    "a name with blanks": ('name = "a b"\nhosts = ["a.vn"]\narticle = "(?P<id>1)"', "name = 'a b' becomes part of file names"),
    "the name of another spider": (SHORT.replace("doan", "news", 1), 'name = "news" is the spider of all sites that have no file'),
    "a bad length of time": (SHORT + '[revisits]\nold_again_after = "lange"', r"revisits.old_again_after = 'lange': a length of time is written as “2 days”"),
    "a length of time as a number": (SHORT + "[revisits]\nold_again_after = 5", "a length of time is written as"),
    "a bad day": (SHORT + '[[former]]\nvalid_until = "2012"', "former.valid_until = '2012': a day is written as 2012-12-31"),
    "a bad zone": (SHORT + '[layout]\nzone = "Saigon"', "layout.zone = 'Saigon': this is the name of a time zone"),
    "a bad distrust": (SHORT + '[layout]\ndistrusted = ["published"]', "layout.distrusted: 'published' is no statement; write meta:published"),
    "ids to be walked without addresses": (SHORT + "ids_walk = true", "ids_walk = true needs addresses that the id alone makes"),
    "words that are none": (SHORT + "words = { module = 5 }", "root and words are texts"),
    "blocks that show neither": (SHORT + '[layout]\nblocks_show = "image"', "layout.blocks_show = 'image': write title or summary"),
}  # fmt: skip


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_one_sentence_that_names_file_key_and_next_step(mistake: str) -> None:
    text, sentence = MISTAKES[mistake]
    with pytest.raises(SiteFileError, match=sentence) as raised:
        site_of(text, "doan.toml")
    assert str(raised.value).startswith("doan.toml: ")
    assert "\n" not in str(raised.value)
    assert raised.value.exit_code == ExitCode.USAGE


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(SiteFileError, match=r"the site file cannot be read .*; save it as UTF-8 text"):
        read_site(tmp_path / "none.toml")
    (tmp_path / "a.toml").write_bytes("name = 'đ'".encode("utf-16"))
    with pytest.raises(SiteFileError, match="it is not UTF-8"):
        read_site(tmp_path / "a.toml")
