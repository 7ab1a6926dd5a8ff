"""The folder of Markdown: names that stay in it, front matter and body as others read them, pictures that are such."""

from __future__ import annotations

import os
import re
from hashlib import sha256
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from markdown_it import MarkdownIt

from newscrawler.errors import ExitCode, NewsCrawlerError
from newscrawler.export.markdown.names import path_of, slug
from newscrawler.export.markdown.pictures import format_of
from newscrawler.items import Media
from newscrawler.store.selection import Selection
from newscrawler.text import fold
from tests.export.conftest import by_id, rows_of
from tests.export.hostile import texts
from tests.store.conftest import PAGE
from tests.test_export_wacz import HTML, Maker

PNG = b"\x89PNG\r\n\x1a\n" + b"pixels"
SVG = "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"


@pytest.fixture
def make(tmp_path: Path) -> Maker:
    return Maker(tmp_path / "data")


def pages(folder: Path) -> dict[int, tuple[dict[str, object], str, Path]]:
    """Id → front matter, Markdown and path of each article."""
    found = {}
    for path in folder.rglob("*.md"):
        if path.name != "index.md":
            head, body = path.read_text("utf-8").removeprefix("---\n").split("\n---\n", 1)
            told = yaml.safe_load(head)
            found[told["id"]] = (told, body, path)
    return found


def words(text: str) -> str:
    return " ".join(re.findall(r"\w+", fold(text)))


def shown(body: str) -> str:
    """The words that a reader of Markdown sees."""
    inlines = (token for token in MarkdownIt("commonmark").enable("table").parse(body) if token.type == "inline")
    return " ".join(
        child.content for token in inlines for child in token.children or () if child.type in ("text", "code_inline")
    )


def test_a_crawled_site_is_read_back_by_yaml_and_a_markdown_parser(export, crawled, tmp_path):
    written = export("markdown", crawled, "folder")
    stored, found = by_id(crawled), pages(tmp_path / "folder")
    assert set(found) == set(stored)
    assert written.articles == len(stored)
    for id_, (told, body, _path) in found.items():
        for name in ("title", "url", "published", "published_precision", "byline", "content_hash", "first_seen"):
            assert told[name] == stored[id_][name]
        seen = words(shown(body))
        assert words(stored[id_]["title"]) in seen
        for paragraph in stored[id_]["body_text"].split("\n\n"):
            assert words(paragraph) in seen


def test_each_picture_that_was_captured_is_in_the_folder_and_linked(export, crawled, tmp_path):
    export("markdown", crawled, "folder")
    linked = set()
    for told, body, path in pages(tmp_path / "folder").values():
        for medium in told["media"]:
            if medium["file"]:
                assert f"](<{medium['file']}>)" in body
                copy = (path.parent / medium["file"]).resolve()
                assert format_of(copy.read_bytes()) == copy.suffix[1:]
                linked.add(copy)
    captured = rows_of(crawled, "SELECT DISTINCT capture_id FROM media WHERE kind = 'image' AND capture_id IS NOT NULL")
    assert linked == set((tmp_path / "folder" / "images").resolve().iterdir())
    assert 0 < len(linked) <= len(captured)


def test_the_index_leads_to_every_article(export, crawled, tmp_path):
    export("markdown", crawled, "folder")
    tokens = MarkdownIt("commonmark").parse((tmp_path / "folder" / "index.md").read_text("utf-8"))
    links = {
        str(child.attrs["href"]) for token in tokens for child in token.children or () if child.type == "link_open"
    }
    assert links == {
        str(path.relative_to(tmp_path / "folder")) for _told, _body, path in pages(tmp_path / "folder").values()
    }


def test_the_sums_are_those_of_all_files(export, crawled, tmp_path):
    export("markdown", crawled, "folder")
    folder = tmp_path / "folder"
    told = dict(reversed(line.split("  ", 1)) for line in (folder / "SHA256SUMS").read_text().splitlines())
    files = {str(path.relative_to(folder)): path for path in folder.rglob("*") if path.is_file()}
    assert set(told) == set(files) - {"SHA256SUMS", "datapackage.json"}
    assert all(sha256(files[name].read_bytes()).hexdigest() == sum_ for name, sum_ in told.items())


def test_the_same_archive_gives_the_same_folder(export, crawled, tmp_path):
    for name in "ab":
        export("markdown", crawled, name)
    one, other = ((tmp_path / name / "SHA256SUMS").read_bytes() for name in "ab")
    assert one == other


@given(texts(), texts() | texts().map("2018-05{}".format), texts())
def test_a_name_never_leads_out_of_the_folder(title, published, event):
    path = path_of({"id": 12, "title": title, "published": published, "event_date": event})
    assert re.fullmatch(r"([0-9]{4}/([0-9]{2}|unknown)|undated)/12(-[a-z0-9]+)*\.md", path)
    assert len(os.path.basename(path)) < 100


@pytest.mark.parametrize(
    "title", ["../../etc/passwd", "..", "/", "C:\\con", "\x00", "a" * 5000, "…", "--", "\u202egnp.exe"]
)
def test_hostile_titles_become_plain_names(title):
    assert re.fullmatch(r"([a-z0-9]+(-[a-z0-9]+)*)?", slug(title))
    assert len(slug(title)) <= 60


@pytest.mark.parametrize(
    ("published", "event", "folder"),
    [
        ("2018-05-16T14:30:00+07:00", None, "2018/05"),
        ("2018-05", None, "2018/05"),
        ("2018", None, "2018/unknown"),
        (None, "2018-05-15", "2018/05"),
        (None, None, "undated"),
        ("20180", None, "undated"),
        ("2018-13", None, "2018/unknown"),
        ("٢٠١٨-05", None, "undated"),
    ],
)
def test_an_article_lies_under_its_month(published, event, folder):
    assert path_of({"id": 1, "title": "", "published": published, "event_date": event}) == f"{folder}/1.md"


@pytest.mark.parametrize(
    "title", ["# Đầu", "[x](javascript:alert(1))", "<script>alert(1)</script>", "a\n---\nb", "`c`", "* * *"]
)
def test_a_title_is_a_heading_and_nothing_else(export, rewritten, tmp_path, title):
    export("markdown", rewritten({"title": title}), "folder")
    _told, body, _path = pages(tmp_path / "folder")[1]
    tokens = MarkdownIt("commonmark").parse(body)
    assert [token.type for token in tokens[:3]] == ["heading_open", "inline", "heading_close"]
    assert {child.type for child in tokens[1].children or ()} == {"text"}
    assert shown(body).startswith(" ".join(title.split()))
    index = (tmp_path / "folder" / "index.md").read_text("utf-8")
    links = [
        child
        for token in MarkdownIt("commonmark").parse(index)
        for child in token.children or ()
        if child.type == "link_open"
    ]
    assert {str(link.attrs["href"]).split("/")[0] for link in links} <= {"2018", "2020", "undated"}


def test_what_was_put_into_the_database_is_sanitised_again(export, rewritten, tmp_path):
    body = '<p>a</p><script>alert(1)</script><a href="javascript:alert(1)">b</a><iframe src="http://a.vn"></iframe>'
    export("markdown", rewritten({"body_html": body}), "folder")
    _told, text, _path = pages(tmp_path / "folder")[1]
    assert "script" not in text
    assert "iframe" not in text


def with_picture(make: Maker, body: bytes | str, **more: object) -> Path:
    address = f"{PAGE}anh.png"
    medium = Media(position=1, kind="image", url=address, original_src="anh.png")
    make.article(
        1, "Bài", 1, media=(medium,), body_html=f'<figure><img src="{address}" alt="Ảnh"></figure>', published="2018-05"
    )
    make.fetch(address, body.decode("latin-1") if isinstance(body, bytes) else body, 1, mime="image/png")
    return make.close()


def test_a_picture_is_what_its_bytes_say(export, make, tmp_path):
    export("markdown", with_picture(make, SVG), "folder")
    _told, body, _path = pages(tmp_path / "folder")[1]
    assert f"![Ảnh](<{PAGE}anh.png>)" in body
    assert not (tmp_path / "folder" / "images").exists()


def test_two_articles_share_a_picture(export, make, tmp_path):
    address = f"{PAGE}anh.gif"
    for number in (1, 2):
        medium = Media(position=1, kind="image", url=address, original_src="a")
        make.article(number, f"Bài {number}", 1, media=(medium,), body_html=f'<img src="{address}" alt="">')
    make.fetch(address, "GIF89a pixels", 1, mime=HTML)
    written = export("markdown", make.close(), "folder")
    assert written.more == "1 picture"
    name = f"{sha256(b'GIF89a pixels').hexdigest()[:32]}.gif"
    assert [path.name for path in (tmp_path / "folder" / "images").iterdir()] == [name]
    assert all(f"![](<../images/{name}>)" in body for _told, body, _path in pages(tmp_path / "folder").values())


def test_a_damaged_picture_is_told_and_stays_where_it_is(export, make, tmp_path):
    folder = with_picture(make, "GIF89a")
    (warc,) = (folder / "warc").iterdir()
    os.truncate(warc, warc.stat().st_size - 400)
    written = export("markdown", folder, "folder")
    assert written.exit_code == ExitCode.DAMAGED
    assert written.complaints[0].startswith("1 picture could not be taken out of the archive: ")
    assert f"![Ảnh](<{PAGE}anh.png>)" in pages(tmp_path / "folder")[1][1]


def test_a_folder_is_replaced_only_by_force_and_only_if_an_export_has_made_it(export, made, tmp_path):
    own = tmp_path / "folder"
    own.mkdir()
    (own / "diary.txt").write_text("dear")
    with pytest.raises(NewsCrawlerError, match="is no folder that an export has made"):
        export("markdown", made, "folder")
    (own / "diary.txt").unlink()
    export("markdown", made, "folder")
    before = set(tmp_path.iterdir())
    export("markdown", made, "folder", selection=Selection(limit=1))
    assert len(pages(own)) == 1
    assert set(tmp_path.iterdir()) == before


def test_a_folder_of_the_user_in_the_way_is_left_alone(export, made, tmp_path):
    own = tmp_path / "folder.part"
    own.mkdir()
    (own / "diary.txt").write_text("dear")
    with pytest.raises(NewsCrawlerError, match=r"folder\.part is in the way and was not made by an export"):
        export("markdown", made, "folder")
    assert (own / "diary.txt").read_text() == "dear"


def test_what_a_killed_export_has_left_is_removed(export, made, tmp_path):
    left = tmp_path / "folder.part"
    left.mkdir()
    (left / "SHA256SUMS").touch()
    (left / "half.md").write_text("ha")
    export("markdown", made, "folder")
    assert not left.exists()
    assert not (tmp_path / "folder" / "half.md").exists()


def test_by_relevance_the_index_has_no_months(export, made, tmp_path):
    export("markdown", made, "folder", selection=Selection(words="bai"))
    assert "\n## " not in (tmp_path / "folder" / "index.md").read_text("utf-8")
