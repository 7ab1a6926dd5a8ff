"""The one door to a page: which answers are pages, how their bytes become text, and what storing them does."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawler.archive.message import Head, parse_head
from newscrawler.errors import HostilePageError, ReadingError
from newscrawler.items import Capture, Page
from newscrawler.pages import reading as pages_reading
from newscrawler.pages.door import LONGEST_READ, page_of
from newscrawler.pages.keeping import Outcome, store_page
from newscrawler.store import Database, add_capture, close_database, open_database
from newscrawler.urls import urlkey

ROOT = "http://thanhdoan.hochiminhcity.gov.vn/ThanhDoan/webtd"
ARTICLE = f"{ROOT}/News/2754"
AT = "2026-01-02T03:04:05.678901Z"
TEXT = "Sáng 26/7, Đoàn xã ra quân dọn kênh rạch, trồng cây xanh và tặng quà cho trẻ em nghèo. " * 3
BODY = f"<html><head><title>Ra quân hè</title></head><body><p>{TEXT}</p><p>THU HÀ</p></body></html>"
HTML = f"<html><title>Ra quân hè</title><body><textarea>{BODY}</textarea></body></html>"


def capture(url: str = ARTICLE, **values: Any) -> Capture:
    filled: dict[str, Any] = {"url": url, "urlkey": urlkey(url), "timestamp": AT, "status": 200, "mime": "text/html"}
    filled |= {"digest": "sha1:A", "filename": "a.warc.gz", "offset": 0, "length": 9, "record_id": "<urn:uuid:1>"}
    return Capture(**{**filled, **values})


def head(*lines: str, status: int = 200) -> Head:
    return parse_head("\r\n".join([f"HTTP/1.1 {status} x", *lines, "", ""]).encode())


def page(entity: bytes = HTML.encode(), *lines: str, status: int = 200, **values: Any) -> Page | None:
    return page_of(capture(**values), head(*(lines or ("Content-Type: text/html",)), status=status), entity)


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    db = open_database(tmp_path / "news.db", write=True)
    yield db
    close_database(db)


def test_a_page_knows_its_site_kind_and_moment() -> None:
    found = page()
    assert found is not None
    assert (found.url, found.site, found.kind, found.html) == (ARTICLE, "thanhdoan", "article", HTML)
    assert found.fetched_at.isoformat() == "2026-01-02T03:04:05.678901+00:00"


@pytest.mark.parametrize(
    ("mime", "body"),
    [
        ("text/html", b"%PDF-1.4 <html>"),
        ("text/html", b"\x89PNG\r\n\x1a\n"),
        ("text/html", b"\xff\xd8\xff\xe0\x00\x10JFIF"),
        ("text/html", b"GIF89a<html>"),
        ("text/html", b"PK\x03\x04"),
        ("text/html", b" \r\n\t "),
        ("text/html", b""),
        ("text/plain", b"User-agent: *\nDisallow: /"),
        ("application/json", b'{"html": "<html>"}'),
        ("application/rss+xml", b'<?xml version="1.0"?><rss><channel/></rss>'),
        ("text/css", b"body { color: red }"),
        ("unk", b"just words"),
    ],
)
def test_what_is_no_html_is_no_page_whatever_its_label(mime: str, body: bytes) -> None:
    assert page(body, f"Content-Type: {mime}") is None


@pytest.mark.parametrize("mime", ["application/octet-stream", "image/png", "text/plain", "application/xml", ""])
@pytest.mark.parametrize("start", ["", "\ufeff", "\n\n", "<!-- made by hand -->", '<?xml version="1.0"?>\n'])
def test_html_under_another_label_is_a_page(mime: str, start: str) -> None:
    for doctype in ("", "<!DOCTYPE html>", "<!doctype HTML PUBLIC>"):
        assert page((start + doctype + HTML).encode(), f"Content-Type: {mime}") is not None


@pytest.mark.parametrize("status", [201, 203, 204, 206, 301, 304, 404, 500])
def test_only_a_200_is_a_page(status: int) -> None:
    assert page(status=status) is None


@pytest.mark.parametrize("truncated", ["length", "time", "unspecified"])
def test_what_was_not_waited_for_is_no_page(truncated: str) -> None:
    assert page(truncated=truncated) is None


def test_a_page_whose_last_tag_has_come_is_whole_though_the_connection_broke() -> None:
    found = page(truncated="disconnect")
    assert found is not None
    assert (found.html, found.cut) == (HTML, "")


def test_half_a_gzip_body_says_so_and_one_that_lacks_its_trailer_is_whole() -> None:
    coded = gzip.compress(HTML.encode())
    labelled = ("Content-Type: text/html", "Content-Encoding: gzip")
    half = page(coded[: len(coded) // 2], *labelled)
    assert half is not None
    assert half.cut == "it breaks off: the gzip coding is cut"
    found = page(coded[:-8], *labelled)
    assert found is not None
    assert (found.html, found.notes, found.cut) == (HTML, ("the gzip coding is cut",), "")


def test_a_gzip_body_with_a_wrong_sum_is_not_trusted_to_be_whole() -> None:
    coded = gzip.compress(HTML.encode())
    found = page(coded[:-8] + bytes(4) + coded[-4:], "Content-Type: text/html", "Content-Encoding: gzip")
    assert found is not None
    assert found.cut == "it breaks off: the gzip coding is damaged"


@pytest.mark.parametrize(
    ("lines", "cut"),
    [
        ((), True),
        (("Content-Length: 40",), False),
        (("Transfer-Encoding: chunked",), False),
    ],
)
def test_only_a_body_that_ends_with_its_connection_is_looked_at_for_its_last_tag(
    lines: tuple[str, ...], cut: bool
) -> None:
    found = page(HTML.encode()[:-20], "Content-Type: text/html", *lines)
    assert found is not None
    assert bool(found.cut) == cut


def test_of_a_cut_page_nothing_torn_is_read() -> None:
    found = page(b'<html><body><p>Ra qu\xc3\xa2n</p><a href="/ThanhDoan/webtd/News/27')
    assert found is not None
    assert found.html == "<html><body><p>Ra quân</p>"
    escaped = page(b"<html><body><textarea>&lt;p&gt;Ra qu\xc3\xa2n h\xc3\xa8 &lt;a href=&quot;/News/27")
    assert escaped is not None
    assert escaped.html == "<html><body><textarea>&lt;p&gt;Ra quân hè "


def test_a_page_under_a_wrong_label_is_read_and_the_label_noted() -> None:
    found = page(HTML.encode(), "Content-Type: text/html", "Content-Encoding: gzip")
    assert found is not None
    assert (found.html, found.notes) == (HTML, ("labelled gzip, but is not",))


def test_a_page_longer_than_memory_should_hold_is_refused() -> None:
    with pytest.raises(HostilePageError, match="bytes"):
        page(b"<html>" + b" " * 21_000_000)


def test_of_a_very_long_page_the_beginning_is_read_and_a_note_says_so() -> None:
    body = HTML.encode() + b"a" * LONGEST_READ
    found = page(body, "Content-Type: text/html", f"Content-Length: {len(body)}")
    assert found is not None
    assert found.html.startswith(HTML)
    assert len(found.html.encode()) == LONGEST_READ
    assert len(found.notes) == 1


def test_pictures_inside_a_page_do_not_make_it_long() -> None:
    picture = b'<img src="data:image/png;base64,' + b"A" * LONGEST_READ + b'">'
    found = page(picture + HTML.encode())
    assert found is not None
    assert found.html == '<img src="data:,">' + HTML
    assert found.notes == ()


@pytest.mark.parametrize(
    ("said", "used"),
    [
        ("windows-1252", "utf-8"),
        ("utf-8", "cp1258"),
        ("UTF8MB4", "utf-8"),
        ('"windows-1258"', "cp1258"),
        ("", "utf-16"),
    ],
)
def test_the_bytes_decide_which_letters_they_are(said: str, used: str) -> None:
    text = "<html><body><p>Doàn là ngà và cà</p></body></html>" * 20
    found = page(text.encode(used), f"Content-Type: text/html; Charset={said}")
    assert found is not None
    assert found.html == text


@given(entity=st.binary(max_size=300), lines=st.lists(st.text(max_size=40), max_size=4), date=st.text(max_size=12))
def test_no_answer_brings_it_down(entity: bytes, lines: list[str], date: str) -> None:
    raw = b"HTTP/1.1 200 OK\r\n" + "\r\n".join(lines).encode("utf-8", "replace") + b"\r\n\r\n"
    with suppress(HostilePageError):
        page_of(capture(timestamp=date), parse_head(raw), entity)


def stored(db: Database, url: str, html: str) -> Outcome:
    at = capture(url, offset=hash(url) & 0xFFFF)
    capture_id = add_capture(db, at, None)
    found = page_of(at, head("Content-Type: text/html"), html.encode())
    assert found is not None
    return store_page(db, found, capture_id, None)


def rows(db: Database, sql: str) -> list[tuple[Any, ...]]:
    return db.conn.execute(sql).fetchall()


def test_an_article_is_new_once_and_then_unchanged(db: Database) -> None:
    assert stored(db, ARTICLE, HTML) == Outcome.NEW
    assert stored(db, ARTICLE, HTML) == Outcome.UNCHANGED
    assert rows(db, "SELECT title, site, site_article_id FROM articles") == [("Ra quân hè", "thanhdoan", "2754")]


def test_a_list_is_stored_with_its_links(db: Database) -> None:
    html = f'<html><body><ul><li><a href="{ARTICLE}">Ra quân hè ở quận 4</a></li></ul></body></html>'
    assert stored(db, f"{ROOT}/Category?page=1", html) == Outcome.LISTING
    assert rows(db, "SELECT page_url, url FROM links") == [(f"{ROOT}/Category?page=1", ARTICLE)]


def test_a_page_of_a_known_site_that_is_neither_leaves_no_rows(db: Database) -> None:
    html = f'<html><body><ul><li><a href="{ARTICLE}">Ra quân hè ở quận 4</a></li></ul></body></html>'
    assert stored(db, f"{ROOT}/About", html) == Outcome.NOTHING
    assert rows(db, "SELECT count(*) FROM links") == [(0,)]


def test_an_article_address_without_an_article_is_a_problem_with_its_capture(db: Database) -> None:
    assert stored(db, ARTICLE, "<html><body></body></html>") == Outcome.UNREAD
    assert rows(db, "SELECT stage, kind, url, capture_id IS NULL FROM problems") == [
        ("reading", "NoArticleError", ARTICLE, 0)
    ]


STORY = "".join(f"<p>Câu chuyện thứ {n}: {TEXT}</p>" for n in range(6))
OTHER = f"""<html lang="vi"><head><title>Mùa hè xanh ở Cần Giờ</title>
<meta property="og:type" content="article"><meta property="article:published_time" content="2024-07-01T08:00:00+07:00">
{{canonical}}</head><body><article><h1>Mùa hè xanh ở Cần Giờ</h1>{STORY}</article></body></html>"""


def test_an_article_of_a_host_that_no_site_file_names_is_stored_under_its_host(db: Database) -> None:
    assert stored(db, "http://www.tinh-doan.example/tin/mua-he-xanh.html", OTHER) == Outcome.NEW
    assert rows(db, "SELECT site, title FROM articles") == [("tinh-doan.example", "Mùa hè xanh ở Cần Giờ")]


def test_a_list_of_such_a_host_leaves_no_rows(db: Database) -> None:
    items = "".join(f'<li><a href="/tin/{n}.html">Tin thứ {n} của Tỉnh Đoàn hôm nay</a></li>' for n in range(20))
    assert stored(db, "http://tinh-doan.example/", f"<html><body><ul>{items}</ul></body></html>") == Outcome.NOTHING


def test_a_foreign_page_cannot_take_the_place_of_a_site_s_article(db: Database) -> None:
    assert stored(db, ARTICLE, HTML) == Outcome.NEW
    lying = OTHER.replace("{canonical}", f'<link rel="canonical" href="{ARTICLE}">')
    assert stored(db, "http://evil.example/tin/1.html", lying) == Outcome.NEW
    assert rows(db, "SELECT title FROM articles WHERE site = 'thanhdoan'") == [("Ra quân hè",)]
    assert rows(db, "SELECT url FROM articles WHERE site = 'evil.example'") == [("http://evil.example/tin/1.html",)]


def test_a_page_that_nobody_foresaw_is_a_reason_and_no_end(monkeypatch: pytest.MonkeyPatch) -> None:
    def break_down(*_anything: object) -> None:
        raise KeyError("bản tin")

    monkeypatch.setattr(pages_reading, "split_blocks", break_down)
    reading = pages_reading.read(
        Page(url="http://a.vn/1", html="<p>x</p>", fetched_at=datetime(2026, 1, 2, tzinfo=UTC))
    )
    assert isinstance(reading, ReadingError)
    assert str(reading) == "http://a.vn/1 cannot be read: KeyError: 'bản tin'"
