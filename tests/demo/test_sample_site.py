"""The sample site keeps the promises that the other tests build upon."""

import html
import itertools
import json
import re
import socket
import struct
import tomllib
import unicodedata
import urllib.request
import zlib
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from newscrawler.demo import Reply, SampleServer, SampleSite, Truth
from newscrawler.demo.furniture import ICON, OLD_STYLESHEET, SCRIPT, STYLESHEET
from newscrawler.demo.generations import nested_document
from newscrawler.demo.images import png
from newscrawler.demo.letters import decode_letters
from newscrawler.demo.sources import WRAPPINGS, Article, load_sources, sample_site_folder
from newscrawler.demo.templates import doubles_hot_item

HOST = "thanhdoan.hochiminhcity.gov.vn"
SITE = SampleSite.load()
TRUTH = {truth.id: truth for truth in SITE.truth()}
ARTICLES = load_sources(sample_site_folder()).articles
EVERY_ARTICLE = pytest.mark.parametrize("article", ARTICLES, ids=lambda article: str(article.id))


def get(url: str, site: SampleSite = SITE) -> Reply:
    parts = urlsplit(url)
    return site.respond(parts.netloc, parts.path + (f"?{parts.query}" if parts.query else ""))


def page(url: str, site: SampleSite = SITE) -> str:
    return get(url, site).body.decode()


def between(text: str, start: str, end: str) -> str:
    return text.split(start, 1)[1].split(end, 1)[0]


def unwrap(text: str, wrapping: str) -> str:
    body = text.split('<div class="noidung">', 1)[1]
    match wrapping:
        case "escaped-once" | "escaped-entities":
            return html.unescape(body.split("</div>", 1)[0])
        case "escaped-twice":
            return html.unescape(html.unescape(body.split("</div>", 1)[0]))
        case "textarea":
            return between(body, 'cols="20">', "</textarea>")
        case "noscript":
            return between(body, "<noscript>", "</noscript>")
        case "script":
            return between(body, 'id="mau-noidung">', "</script>")
        case "script-string":
            return str(json.loads(between(body, "var noiDung = ", ";\n</script>")))
        case "tree":
            return body.split("</html>", 1)[0] + "</html>"
    raise AssertionError(wrapping)


def plain_text(markup: str) -> str:
    without = re.sub(r"(?s)<!--.*?-->|<style.*?</style>|<title>.*?</title>", "", markup)
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", without)).split())


@EVERY_ARTICLE
def test_article_page_holds_its_body_in_the_promised_wrapping(article: Article) -> None:
    body = unwrap(page(TRUTH[article.id].url), article.wrapping)
    document = nested_document(article)
    assert body == (decode_letters(document) if article.wrapping == "escaped-once" else document)


@EVERY_ARTICLE
def test_nested_document_holds_all_that_the_truth_says(article: Article) -> None:
    truth = TRUTH[article.id]
    document = nested_document(article)
    text = plain_text(document)
    expected = [*truth.paragraphs, *(cell for row in truth.table or () for cell in row), truth.byline or ""]
    position = 0
    for piece in expected:
        position = text.index(piece, position) + len(piece)
    assert [html.unescape(src) for src in re.findall(r'<img [^>]*src="([^"]*)"', document)] == [
        image.src for image in truth.images
    ]
    assert all(image.caption in text for image in truth.images if image.caption)
    assert (truth.title in text) == article.headline_in_body


@pytest.mark.parametrize(
    ("generation", "form"),
    [
        ("A", r"<style> <!-- p\.MsoNormal.*[^&]&#\d+;"),
        ("C", r"<!DOCTYPE html PUBLIC.*<o:p></o:p>"),
        ("D", r"charset=utf-8'> <title> </title> </head> <div>(?!.*<body).*\[if gte mso 9\].*</html>"),
        ("E", r'charset=windows-1252"</head><body>'),
    ],
)
def test_every_document_has_the_form_of_its_generation(generation: str, form: str) -> None:
    documents = [nested_document(article) for article in ARTICLES if article.generation == generation]
    assert documents
    assert all(re.search(form, document, re.DOTALL) for document in documents)


def test_every_generation_wrapping_and_template_occurs() -> None:
    assert {article.generation for article in ARTICLES} == {"A", "C", "D", "E"}
    assert {article.wrapping for article in ARTICLES} == set(WRAPPINGS)
    assert {article.template for article in ARTICLES} == {"tables", "columns", "cards", "aspnet"}


def test_listing_of_the_whole_site_reaches_every_listed_article() -> None:
    whole_site = {
        number for url, numbers in SITE.listing_truth().items() if "Category?page=" in url for number in numbers
    }
    assert whole_site == {truth.id for truth in TRUTH.values() if truth.listed}


def test_category_listings_show_their_own_articles() -> None:
    listed = [number for url, numbers in SITE.listing_truth().items() if "/Category/" in url for number in numbers]
    assert sorted(listed) == sorted(truth.id for truth in TRUTH.values() if truth.listed)


def test_unlisted_article_is_reached_by_its_id_only() -> None:
    (unlisted,) = (truth for truth in TRUTH.values() if not truth.listed)
    assert get(unlisted.url).status == 200
    pages = [*SITE.listing_truth(), f"http://{HOST}/ThanhDoan/webtd", *(truth.url for truth in TRUTH.values())]
    assert not any(f"/News/{unlisted.id}" in page(url) for url in pages)


def test_listing_pages_link_their_items_in_order() -> None:
    for url, numbers in SITE.listing_truth().items():
        main = page(url).split('class="phan-trang"', 1)[0]
        linked = [int(number) for number in re.findall(r'(?i)href="[^"]*/News/(\d+)', main)]
        assert list(dict.fromkeys(linked)) == numbers


def test_listings_have_the_faults_of_the_real_ones() -> None:
    pages = [numbers for url, numbers in SITE.listing_truth().items() if "Category?page=" in url]
    assert [len(numbers) for numbers in pages].count(1) == 1
    assert any(before[-1] == after[0] for before, after in itertools.pairwise(pages[:-1]))
    order = list(dict.fromkeys(number for numbers in pages for number in numbers))
    assert order != sorted(order, reverse=True)
    assert pages[-1] == []


def test_page_behind_the_last_is_empty_but_has_its_blocks() -> None:
    last = [url for url in SITE.listing_truth() if "Category?page=" in url][-1]
    assert get(last).status == 200
    assert "Không có tin" in page(last)
    assert page(last).count("/News/36950") == 2


def test_old_summaries_show_literal_markup() -> None:
    assert "&lt;p align=&quot;justify&quot;&gt;" in page(f"http://{HOST}/ThanhDoan/webtd/Category/896/1")


@EVERY_ARTICLE
def test_blocks_show_what_the_truth_says(article: Article) -> None:
    truth = TRUTH[article.id]
    blocks = page(truth.url).rsplit("</html>", 2)[-2] if article.wrapping == "tree" else page(truth.url)
    blocks = re.split("BÌNH LUẬN|Bình luận", blocks)[-1]
    shown = re.findall(r"/News/(\d+)", blocks)
    entries = [*truth.hot, *truth.related]
    assert shown == [entry.url.rsplit("/", 1)[1] for entry in entries]
    for entry in entries:
        for value in (entry.title, entry.summary, entry.image_url):
            assert value is None or html.escape(value) in blocks


def test_one_template_shows_a_hot_item_twice() -> None:
    for truth in TRUTH.values():
        assert (truth.hot[0] == truth.hot[1]) == doubles_hot_item(truth.template)


def test_every_image_is_served_or_said_to_be_gone() -> None:
    images = [image for truth in TRUTH.values() for image in truth.images]
    for image in images:
        if image.url is not None:
            reply = get(image.url)
            assert (reply.status, reply.body[:8]) == (200, b"\x89PNG\r\n\x1a\n")
    assert [image.src for image in images if image.url is None] == ["test.jpg"]
    assert get(f"http://{HOST}/ThanhDoan/webtd/News/1.jpg").status == 404


def test_pictures_are_as_large_as_photographs_and_always_the_same() -> None:
    urls = [image.url for truth in TRUTH.values() for image in truth.images if image.url]
    bodies = [get(url).body for url in urls]
    assert all(40_000 < len(body) < 120_000 for body in bodies)
    assert len(set(bodies)) == len(urls)
    png.cache_clear()
    assert [get(url).body for url in urls] == bodies


def test_a_picture_is_a_valid_png() -> None:
    data = png("http://a.vn/1.jpg")
    chunks, position = {}, 8
    while position < len(data):
        length, kind = struct.unpack_from(">I4s", data, position)
        content = data[position + 8 : position + 8 + length]
        assert struct.unpack_from(">I", data, position + 8 + length) == (zlib.crc32(kind + content),)
        chunks[kind] = content
        position += length + 12
    width, height = struct.unpack_from(">II", chunks[b"IHDR"])
    rows = zlib.decompress(chunks[b"IDAT"])
    assert len(rows) == height * (1 + 3 * width)
    assert set(rows[:: 1 + 3 * width]) == {0}


def test_documents_are_served_as_valid_pdf() -> None:
    documents = [document for truth in TRUTH.values() for document in truth.documents]
    assert len(documents) == 2
    for document in documents:
        reply = get(document.url)
        assert (reply.status, dict(reply.headers)["Content-Type"]) == (200, "application/pdf")
        table = int(reply.body.rsplit(b"startxref\n", 1)[1].split()[0])
        assert reply.body[table:].startswith(b"xref\n0 6\n")
        places = re.findall(rb"(\d{10}) 00000 n \n", reply.body[table:])
        assert all(reply.body[int(place) :].startswith(b"%d 0 obj" % n) for n, place in enumerate(places, 1))
        length = int(re.search(rb"/Length (\d+)", reply.body)[1])  # type: ignore[index]
        assert len(reply.body.split(b"stream\n", 1)[1].split(b"\nendstream", 1)[0]) == length


def test_the_words_of_a_document_stand_once_in_its_article() -> None:
    for article in ARTICLES:
        for document in article.documents:
            assert sum(text.count(document.words) for text in article.paragraphs) == 1


@pytest.mark.parametrize("path", [STYLESHEET, OLD_STYLESHEET, SCRIPT, ICON, STYLESHEET.upper()])
def test_what_pages_share_is_served(path: str) -> None:
    assert get(f"http://{HOST}{path}").status == 200


def test_all_text_is_nfc() -> None:
    for path in sample_site_folder().rglob("*.toml"):
        text = path.read_text(encoding="utf-8")
        assert text == unicodedata.normalize("NFC", text), path.name
        tomllib.loads(text)


def test_no_two_articles_share_a_paragraph_title_or_summary() -> None:
    texts = [text for a in ARTICLES for text in (*a.paragraphs, a.title, a.summary)]
    assert len(texts) == len(set(texts))
    sentences = [s for a in ARTICLES for p in a.paragraphs for s in re.split(r"(?<=[.?!:]) ", p)]
    assert len(sentences) == len(set(sentences))


def test_edited_article_is_served_from_then_on() -> None:
    site = SampleSite.load()
    url = TRUTH[31190].url
    site.edit(31190, title="Tiêu đề đã sửa", paragraphs=["Một đoạn văn mới."])
    assert "<TITLE>Tiêu đề đã sửa</TITLE>" in page(url, site)
    assert next(truth for truth in site.truth() if truth.id == 31190).paragraphs == ("Một đoạn văn mới.",)
    assert "Tiêu đề đã sửa" not in page(url)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/robots.txt", 200),
        ("/ThanhDoan/webtd", 200),
        ("/thanhdoan/webtd", 200),
        ("/webtd/vn/Home.aspx", 301),
        ("/ThanhDoan/webtd/News/1", 404),
        ("/ThanhDoan/webtd/Category/1/1", 404),
    ],
)
def test_other_paths(path: str, status: int) -> None:
    assert get(f"http://{HOST}{path}").status == status
    assert get(f"http://www.{HOST}{path}").status == status


def test_unknown_host_is_a_bad_gateway() -> None:
    assert get("http://example.org/").status == 502


@pytest.fixture
def server() -> Iterator[SampleServer]:
    with SampleServer(SITE) as running:
        yield running


def exchange(server: SampleServer, request: str) -> bytes:
    port = urlsplit(server.url).port
    assert port is not None
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(request.encode())
        return b"".join(iter(lambda: connection.recv(65536), b""))


def test_absolute_form_and_origin_form_get_the_same_page(server: SampleServer) -> None:
    truth: Truth = TRUTH[2761]
    path = urlsplit(truth.url).path
    absolute = exchange(server, f"GET {truth.url} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
    origin = exchange(server, f"GET {path} HTTP/1.1\r\nHost: {HOST}\r\nConnection: close\r\n\r\n")
    assert absolute.startswith(b"HTTP/1.1 200 OK\r\n")
    assert absolute.split(b"\r\n\r\n", 1)[1] == origin.split(b"\r\n\r\n", 1)[1] == get(truth.url).body
    assert server.requests == [("GET", truth.url), ("GET", truth.url)]


def test_gzip_is_sent_only_when_asked_for_and_always_the_same(server: SampleServer) -> None:
    request = f"GET {TRUTH[36950].url} HTTP/1.1\r\nHost: {HOST}\r\nConnection: close\r\n"
    first, second, identity = (
        exchange(server, request + more + "\r\n").split(b"\r\n\r\n", 1)
        for more in ("Accept-Encoding: gzip, deflate\r\n", "Accept-Encoding: gzip\r\n", "Accept-Encoding: gzip;q=0\r\n")
    )
    assert b"Content-Encoding: gzip" in first[0]
    assert first[1] == second[1]
    assert b"Content-Encoding" not in identity[0]


def test_server_works_as_http_proxy(server: SampleServer) -> None:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({"http": server.url}))
    with opener.open(f"http://{HOST}/webtd/vn/Home.aspx", timeout=10) as response:
        assert response.url == f"http://{HOST}/ThanhDoan/webtd"
        assert "Trang chủ" in response.read().decode()


def test_missing_sources_are_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"site\.toml"):
        SampleSite.load(tmp_path)
