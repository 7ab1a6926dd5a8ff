"""Bodies and a capture from outside the project: written forms of each generation, and one real page."""

from __future__ import annotations

import hashlib
import json
from html import escape
from pathlib import Path
from typing import Any

import pytest

from newscrawler import read

FORMS = ("A-2761", "A-2790", "C-10433", "C-9001", "D-13555", "D-20010", "E-26011", "E-35990")
PAGES = {
    "alone": "{body}",
    "in the tree": "{head}<div class='noidung'>{body}</div>{foot}",
    "escaped once": "{head}<div class='noidung'>{escaped}</div>{foot}",
    "escaped twice": "{head}<td>{twice}</td>{foot}",
    "in a textarea": "{head}<textarea style='display:none'>{body}</textarea>{foot}",
    "in noscript": "{head}<noscript>{body}</noscript>{foot}",
    "in a script": "{head}<script type='text/html' id='nd'>{body}</script>{foot}",
}
HEAD = "<html><head><title>{title}</title></head><body><table><tr><td><a href='/'>Trang chủ</a></td></tr></table>"
FOOT = "<h3>BÌNH LUẬN</h3><h3>TIN NÓNG</h3><p><a href='/ThanhDoan/webtd/News/5'>Hội trại tòng quân của bốn quận đã khai mạc.</a></p></body></html>"


def load(samples: Path, form: str) -> tuple[str, dict[str, Any]]:
    folder = samples / "thanhdoan"
    return (folder / f"nested-{form}.html").read_text("utf-8"), json.loads(
        (folder / f"nested-{form}.json").read_text("utf-8")
    )


@pytest.mark.parametrize("way", PAGES)
@pytest.mark.parametrize("form", FORMS)
def test_a_nested_body_is_read_exactly(samples: Path, form: str, way: str) -> None:
    body, wanted = load(samples, form)
    page = PAGES[way].format(
        body=body, escaped=escape(body), twice=escape(escape(body)), head=HEAD.format(title=wanted["title"]), foot=FOOT
    )
    article = read(page, f"http://thanhdoan.hochiminhcity.gov.vn/ThanhDoan/webtd/News/{form.split('-')[1]}")
    assert article.body_text.split("\n\n") == wanted["paragraphs"]
    assert article.byline == wanted["byline"]
    assert sorted((m.original_src, m.caption) for m in article.media) == sorted(
        (i["src"], i["caption"]) for i in wanted["images"]
    )
    if way != "alone":
        assert article.title == wanted["title"]
        assert [link.block for link in article.links] == ["hot"]
    for row in wanted["table"] or ():
        assert " | ".join(row) in article.other_text
        assert f"<td>{row[0]}</td>" in article.body_html
    if wanted["image_folder"]:
        year, month, _id = wanted["image_folder"].split("/")
        assert (article.published, article.published_source) == (f"{year}-{int(month):02}", "image-folder")


def test_the_real_capture_gives_its_article_and_no_word_of_the_footer(samples: Path) -> None:
    article = read((samples / "thanhdoan" / "capture-2018-05.txt").read_bytes())
    paragraphs = article.body_text.split("\n\n")
    assert len(paragraphs) == 4
    assert paragraphs[0].startswith("Nhằm đánh giá hiệu quả công tác phối hợp")
    assert article.title is not None
    assert article.title.startswith("Khối Dân - Chính - Đảng TP")
    assert article.byline == "THANH DUY"
    assert (article.published, article.published_precision, article.published_source) == ("2018-05-16", "day", "prose")
    assert article.published_raw == "chiều ngày 16/5/2018"
    assert hashlib.sha256(article.body_text.encode()).hexdigest().startswith("")
    hot = [link for link in article.links if link.block == "hot"]
    related = [link for link in article.links if link.block == "related"]
    assert [link.summary[:38] for link in hot if link.summary] == ["Hội nghị đại biểu giữa nhiệm kỳ V (201"]
    assert [link.summary[:41] for link in related if link.summary] == ["Từ ngày 01/12 đến ngày 15/12, mời các bạn"]
    assert len(article.links) == 2
    everything = (
        article.body_text
        + article.body_html
        + "".join((link.summary or "") + (link.title or "") for link in article.links)
    )
    assert "Agile" not in everything
    assert "BÌNH LUẬN" not in everything
