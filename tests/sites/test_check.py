"""`sites check` judges a layout on saved pages, and a page of 2012 is read with the layout of 2012."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from newscrawler.sites.files import site_of
from tests.conftest import Shell

SITE = r"""
name = "doan"
title = "Tỉnh đoàn"
hosts = ["doan.example.vn"]
article = '^/tin/(?P<id>[a-z-]+)$'

[layout]
title = "h1"
main = "div.body"
summary = ["div.lede", "p.sapo"]
hot = ".hot"

[[former]]
valid_until = 2012-12-31
title = "td.tieude"
main = "td.noidung"
"""
URL = "https://doan.example.vn/tin/ra-quan-don-kenh"
TEXT = "<p>Sáng nay đoàn viên ra quân dọn kênh ở ba phường.</p><p>Hơn một trăm bạn trẻ tham gia cả ngày.</p>"
TODAY = f'<title>Tỉnh đoàn</title><link rel="canonical" href="{URL}"><h1>Ra quân dọn kênh</h1><div class="lede">Dọn kênh ở ba phường trong một ngày.</div><div class="body">{TEXT}</div>'
OF_2012 = f'<title>Tỉnh đoàn</title><h1>Tỉnh đoàn</h1><table><tr><td class="tieude">Ra quân dọn kênh</td></tr><tr><td class="noidung">{TEXT}</td></tr></table>'


def test_a_page_of_2012_is_read_with_the_layout_of_2012() -> None:
    site = site_of(SITE, "doan.toml")
    then = datetime(2012, 12, 31, 16, 59, tzinfo=UTC)  # 23:59 in the site's zone
    old = site.read(OF_2012, URL, fetched_at=then)
    assert (old.title, old.extractor.split()[-1]) == ("Ra quân dọn kênh", "selector")
    assert old.body_text.count("\n\n") == 1
    now = site.read(TODAY, URL, fetched_at=datetime(2026, 3, 1, tzinfo=UTC))
    assert (now.title, now.summary) == ("Ra quân dọn kênh", "Dọn kênh ở ba phường trong một ngày.")
    late = site.read(OF_2012, URL, fetched_at=datetime(2012, 12, 31, 17, 1, tzinfo=UTC))
    assert late.extractor.split()[-1] != "selector"  # the next day had begun


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    (tmp_path / "doan.toml").write_text(SITE, "utf-8")
    (tmp_path / "today.html").write_text(TODAY, "utf-8")
    (tmp_path / "of-2012.html").write_text(OF_2012, "utf-8")
    (tmp_path / "broken.html").write_text("<form></form>", "utf-8")
    return tmp_path


def test_a_site_file_is_judged_by_what_its_selectors_read(lonely_shell: Shell, saved: Path) -> None:
    done = lonely_shell("newscrawler", "sites", "check", str(saved / "doan.toml"), str(saved / "today.html"))
    lines = [" ".join(line.split()) for line in done.stdout.splitlines()]
    assert done.returncode == 0, done.stderr
    assert lines[0] == f"today.html {URL}"
    assert "title Ra quân dọn kênh selector h1" in lines
    assert any(line.startswith("body 3 paragraphs") for line in lines)
    assert "hot .hot nothing on any page" in lines
    assert "summary p.sapo nothing on any page (another one for summary did)" in lines
    assert lines[-1] == "doan: 1 of 1 pages read; title 1, summary 1, published 0, byline 0, body 1"


def test_a_page_that_cannot_be_read_is_told_and_ends_with_1(lonely_shell: Shell, saved: Path) -> None:
    pages = [str(saved / name) for name in ("today.html", "broken.html", "none.html")]
    done = lonely_shell("newscrawler", "sites", "check", str(saved / "doan.toml"), *pages)
    assert done.returncode == 1
    assert "holds no article" in done.stdout
    assert f"cannot read {saved / 'none.html'}" in done.stdout
    assert "doan: 1 of 3 pages read" in done.stdout


def test_pages_of_former_years_are_judged_by_the_layout_of_their_day(lonely_shell: Shell, saved: Path) -> None:
    words = ("newscrawler", "sites", "check", str(saved / "doan.toml"), str(saved / "of-2012.html"), "--url", URL)
    done = lonely_shell(*words, "--on", "2012-05-01")
    assert (done.returncode, "selector td.tieude" in done.stdout) == (0, True)
    assert "2 of 2 selectors found something" in done.stdout


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("doan.toml", "today.html", "of-2012.html", "--url", URL), "--url is the address of one page; give one FILE"),
        (("doan.toml", "today.html", "--on", "2012"), "--on 2012: a day is written as 2018-05-16"),
        (("none.toml", "today.html"), "none.toml: the site file cannot be read (No such file or directory)"),
        (("none", "today.html"), "unknown site “none”"),
    ],
)
def test_wrong_words_are_told_in_a_sentence(
    lonely_shell: Shell, saved: Path, words: tuple[str, ...], sentence: str
) -> None:
    given = [str(saved / word) if word.endswith((".toml", ".html")) else word for word in words]
    done = lonely_shell("newscrawler", "sites", "check", *given)
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
    assert sentence in done.stderr.replace(f"{saved}/", "")
