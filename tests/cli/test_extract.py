"""`extract` prints one JSON object with the columns of the contract."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from newscrawler.demo import SampleSite
from tests.conftest import Shell

ARTICLE = (
    "id site site_article_id url title summary byline category published published_precision published_source published_raw "
    "language body_text body_html word_count content_hash first_seen last_seen last_changed capture_id extractor links media"
)
LINK = "id page_url article_id block position url title summary image_url first_seen last_seen capture_id"
MEDIUM = "id article_id position kind url original_src caption credit capture_id"


def test_extract_prints_the_columns_with_links_and_media(lonely_shell: Shell, site: SampleSite, tmp_path: Path) -> None:
    truth = next(truth for truth in site.truth() if truth.images and truth.generation == "E")
    (tmp_path / "page.html").write_bytes(
        site.respond("thanhdoan.hochiminhcity.gov.vn", f"/ThanhDoan/webtd/News/{truth.id}").body
    )
    done = lonely_shell("newscrawler", "extract", str(tmp_path / "page.html"), "--url", truth.url)
    assert done.returncode == 0, done.stderr
    article = json.loads(done.stdout)
    assert set(ARTICLE.split()) <= set(article)
    assert article["title"] == truth.title
    assert article["body_text"] == "\n\n".join(truth.paragraphs)
    assert all(set(LINK.split()) <= set(link) for link in article["links"])
    assert all(set(MEDIUM.split()) <= set(medium) for medium in article["media"])
    assert {link["block"] for link in article["links"]} == {"hot", "related"}


def test_extract_reads_the_plain_text_capture_of_a_page(lonely_shell: Shell, samples: Path) -> None:
    done = lonely_shell("newscrawler", "extract", str(samples / "thanhdoan" / "capture-2018-05.txt"))
    article = json.loads(done.stdout)
    assert article["byline"] == "THANH DUY"
    assert len(article["body_text"].split("\n\n")) == 4
    assert [link["block"] for link in article["links"]] == ["hot", "related"]


def test_extract_takes_a_live_page_and_obeys_its_robots_txt(shell: Shell, site: SampleSite) -> None:
    truth = next(truth for truth in site.truth() if truth.listed)
    assert json.loads(shell("newscrawler", "extract", truth.url).stdout)["title"] == truth.title
    refused = shell("newscrawler", "extract", "http://thanhdoan.hochiminhcity.gov.vn/ThanhDoan/webtd/Admin/Login")
    assert refused.returncode == 1
    assert "forbidden by the site's robots.txt" in refused.stderr


def test_sites_check_shows_what_is_read_and_ends_with_1_for_an_unreadable_page(
    lonely_shell: Shell, site: SampleSite, tmp_path: Path
) -> None:
    good = tmp_path / "31190.html"
    good.write_bytes(site.respond("thanhdoan.hochiminhcity.gov.vn", "/ThanhDoan/webtd/News/31190").body)
    done = lonely_shell("newscrawler", "sites", "check", "thanhdoan", str(good))
    assert done.returncode == 0
    assert "nested-E noscript" in done.stdout
    (tmp_path / "1.html").write_text("<form></form>")
    assert (
        lonely_shell("newscrawler", "sites", "check", "thanhdoan", str(good), str(tmp_path / "1.html")).returncode == 1
    )


@pytest.mark.parametrize(
    "body", [b"%PDF-1.4\n%\xe2\xe3", b"\x89PNG\r\n\x1a\n\0\0", b"\x7fELF\x02\x01\x01<a>", b"PK\x03\x04doc"]
)
def test_what_is_no_page_is_told_so(lonely_shell: Shell, tmp_path: Path, body: bytes) -> None:
    file = tmp_path / "saved"
    file.write_bytes(body)
    done = lonely_shell("newscrawler", "extract", str(file))
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"newscrawler: {file} is a picture, document or program; give a saved page\n"
