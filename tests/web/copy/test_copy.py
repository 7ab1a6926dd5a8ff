"""A static copy as a folder: whole, the same each time, and leading nowhere that is not there."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from newscrawler.errors import NewsCrawlerError, UsageError
from newscrawler.export.order import Order
from newscrawler.store.selection import Selection
from newscrawler.web.copy import write
from newscrawler.web.copy.addresses import article_path, versions_path
from tests.web.conftest import ADDED, Archive

ASKS = {"src", "srcset", "poster", "data", "background", "action"}


class Links(HTMLParser):
    def __init__(self, page: Path) -> None:
        super().__init__()
        self.found: list[tuple[str, str, str]] = []
        self.odd: list[str] = []
        """What no page of ours may hold."""
        self.feed(page.read_text("utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        code = tag == "script" and not dict(attrs).get("src")
        if code or tag in ("iframe", "object", "embed", "base") or any(name.startswith("on") for name, _ in attrs):
            self.odd.append(f"{tag} {attrs}")
        self.found += [(tag, name, value or "") for name, value in attrs if name in ASKS | {"href"}]


def links(folder: Path) -> Iterator[tuple[Path, str, str, str]]:
    for page in sorted(folder.rglob("*.html")):
        for tag, name, value in Links(page).found:
            yield page, tag, name, value


def walk(folder: Path) -> set[Path]:
    """Files that can be reached; complains of links to what is not there, and of what asks the network."""
    reached = {folder / "index.html"}
    for page, tag, name, value in links(folder):
        parts = urlsplit(value)
        if parts.scheme in ("http", "https", "mailto"):
            assert (tag, name) == ("a", "href"), f"{page}: {value}"
            continue
        assert (parts.scheme, parts.netloc) == ("", ""), f"{page}: {value}"
        target = (page.parent / unquote(parts.path)).resolve() if parts.path else page
        assert target.is_file(), f"{page}: {value}"
        assert target.is_relative_to(folder), f"{page}: {value}"
        reached.add(target)
    return reached


def all_bytes(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_every_link_leads_to_a_file_of_the_copy_and_every_page_is_reached(copied: Path) -> None:
    reached = walk(copied)
    assert set(copied.rglob("*.html")) <= reached
    assert {*(copied / "images").iterdir(), *(copied / "documents").iterdir()} <= reached


def test_a_hostile_archive_leads_nowhere_else_either(hostile: Path) -> None:
    assert set(hostile.rglob("*.html")) <= walk(hostile)
    assert [odd for page in hostile.rglob("*.html") for odd in Links(page).odd] == []


def test_an_article_leads_to_the_list_of_its_section(hostile: Path) -> None:
    for page in (hostile / "articles").rglob("*.html"):
        kicker = page.read_text("utf-8").partition('class="kicker"')[2].partition("</p>")[0]
        (list_,) = re.findall(r'href="([^"]*/sections/[^"]*)"', kicker)
        assert page.name in (page.parent / list_).read_text("utf-8")


def test_every_page_forbids_the_browser_to_ask_the_network(copied: Path) -> None:
    for page in copied.rglob("*.html"):
        text = unescape(page.read_text("utf-8"))
        assert "default-src 'none'" in text.partition("<link")[0], page


def test_the_same_archive_gives_the_same_bytes(copied: Path, archive: Archive, tmp_path: Path) -> None:
    out = tmp_path / copied.name
    write(Order(data=archive.data, out=out))
    assert all_bytes(out) == all_bytes(copied)


def test_the_sums_of_all_files_are_in_it(copied: Path) -> None:
    lines = (copied / "SHA256SUMS").read_text().splitlines()
    sums = {name: told for told, _, name in (line.partition("  ") for line in lines)}
    files = all_bytes(copied)
    del files["SHA256SUMS"]
    assert {name: hashlib.sha256(data).hexdigest() for name, data in files.items()} == sums


def test_it_says_what_it_is_and_from_which_files_it_came(copied: Path, archive: Archive) -> None:
    about = (copied / "about.html").read_text("utf-8")
    for line in (archive.data / "manifest.jsonl").read_text().splitlines():
        entry = json.loads(line)
        assert Path(entry["file"]).name in about
        assert entry["sha256"] in about


def test_an_edited_article_tells_what_it_said_before(copied: Path, archive: Archive) -> None:
    page = copied / article_path(archive.edited)
    assert f'href="../../{versions_path(archive.edited)}"' in page.read_text("utf-8")
    history = (copied / versions_path(archive.edited)).read_text("utf-8")
    assert f"<ins>{ADDED}</ins>" in history
    assert '<form class="choose"' not in history


def test_it_comes_in_english_too(archive: Archive, tmp_path: Path) -> None:
    write(Order(data=archive.data, out=tmp_path / "copy", lang="en", selection=Selection(limit=2)))
    assert '<html lang="en">' in (tmp_path / "copy" / "index.html").read_text("utf-8")


def test_a_choice_holds_the_chosen_articles_alone(archive: Archive, tmp_path: Path) -> None:
    written = write(Order(data=archive.data, out=tmp_path / "copy", selection=Selection(words="đoàn", limit=3)))
    assert written.articles == 3
    assert len([page for page in (tmp_path / "copy" / "articles").rglob("*.html") if page.stem.isdigit()]) == 3
    walk(tmp_path / "copy")
    assert "“đoàn”" in (tmp_path / "copy" / "about.html").read_text("utf-8")


def test_nothing_is_replaced_unasked_and_only_what_an_export_made(archive: Archive, tmp_path: Path) -> None:
    order = Order(data=archive.data, out=tmp_path / "copy", selection=Selection(limit=1))
    write(order)
    with pytest.raises(NewsCrawlerError, match="--force"):
        write(order)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("dear")
    with pytest.raises(NewsCrawlerError, match="not replaced"):
        write(Order(data=archive.data, out=tmp_path / "mine", force=True))
    with pytest.raises(UsageError, match="among the files of the archive"):
        write(Order(data=archive.data, out=archive.data / "warc" / "copy"))


def test_a_damaged_picture_is_told_of_and_a_sign_stands_in_its_place(archive: Archive, tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(archive.data, data)
    for file in (data / "warc").iterdir():
        file.write_bytes(b"")
    written = write(Order(data=data, out=tmp_path / "copy"))
    assert written.exit_code == 5
    assert "could not be taken out of the archive" in written.complaints[0]
    walk(tmp_path / "copy")


def test_stopped_in_the_middle_it_leaves_nothing(archive: Archive, tmp_path: Path) -> None:
    def stop(done: int, _total: int) -> None:
        if done == 5:
            assert list((tmp_path / "copy.part" / "articles").rglob("*.html"))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write(Order(data=archive.data, out=tmp_path / "copy", progress=stop))
    assert list(tmp_path.iterdir()) == []
