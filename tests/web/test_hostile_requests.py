"""Requests that no browser of a reader would send, to a server that anybody may reach."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path
from urllib.parse import urljoin

import pytest
from datasette.utils.asgi import Request
from lxml import html as lxml_html

from newscrawler.web import pages
from newscrawler.web.serving import Openness, room
from tests.web.conftest import Archive, Get, asking


def test_an_address_of_thousands_of_values_is_taken_apart_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Taken apart once for each of them, 60 kB of address kept the server's only loop busy for two minutes."""
    taken = 0
    real = Request.args.fget
    assert real is not None

    def args(request: Request) -> object:
        nonlocal taken
        taken += 1
        return real(request)

    monkeypatch.setattr(Request, "args", property(args))
    asked = pages._asked(Request.fake("/search?q=a&" + "&".join(f"x{n}=1" for n in range(5000))), Path())
    assert taken == 1
    assert asked.text("q") == "a"
    assert len(asked.values) <= 100


@pytest.mark.parametrize(
    "cookie", [b"a,b=1", b"()=1", b"\xe9=1", b"a b=c", b'lang="\\999"', b";;=;", b'x="' + b"\\" * 9000]
)
def test_a_cookie_that_another_program_has_set_makes_no_page_fail(get: Get, cookie: bytes) -> None:
    sent = get("/search", headers={"cookie": cookie + b"; lang=en"})
    assert sent.status_code == 200
    assert '<html lang="en">' in sent.text


@pytest.mark.parametrize("path", ["//evil.example/x", "///evil.example", "/\\evil.example/x", "//evil.example/search"])
def test_no_link_of_a_page_that_is_not_there_leads_to_the_host_that_its_address_seems_to_name(
    get: Get, path: str
) -> None:
    page = lxml_html.fromstring(get(path).text)
    for address in page.xpath("//a/@href"):
        assert urljoin("http://here.example/", address.replace("\\", "/")).startswith("http://here.example/"), address


@pytest.mark.parametrize("name", ["databases", "threads", "plugins", "versions", "settings", "metadata", "messages"])
@pytest.mark.parametrize("ending", ["", ".json"])
def test_what_datasette_tells_of_the_machine_is_closed(get: Get, archive: Archive, name: str, ending: str) -> None:
    sent = get(f"/-/{name}{ending}")
    assert sent.status_code == 404
    assert str(archive.data) not in sent.text


def test_its_own_pages_keep_their_style_sheet(get: Get) -> None:
    assert get("/-/static/app.css").status_code == 200


@pytest.mark.parametrize(
    "query",
    [
        "&".join(["_facet=title"] * 200),
        "&".join(f"title__contains={n}" for n in range(200)),
        "id__in=" + ",".join(map(str, range(5000))),
    ],
)
def test_an_address_that_asks_datasette_for_hundreds_of_things_is_refused(get: Get, query: str) -> None:
    """Answered, they kept the threads that read the database busy for ten seconds and more."""
    assert get(f"/news/articles.json?{query}").status_code == 414


def test_a_long_search_is_no_such_address(get: Get) -> None:
    assert get(f"/search?q={'%C4%91+' * 5000}").status_code == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "FOO"])
@pytest.mark.parametrize(
    "path",
    ["/search", "/article/1", "/news/articles", "/news/-/create", "/news/articles/-/insert", "/-/static/app.css"],
)
def test_nothing_is_taken_from_visitors(archive: Archive, method: str, path: str) -> None:
    application = room(archive.data, Openness(sql=True, downloads=True))
    sent = asyncio.run(application.client.request(method, path))
    assert sent.status_code == 405
    assert sent.headers["allow"] == "GET, HEAD"
    assert sent.headers["x-content-type-options"] == "nosniff"


PATHS = ("/", "/search?q=doan", "/search.atom", "/article/1", "/hot", "/runs", "/runs.json", "/article/1/provenance")


@pytest.mark.parametrize("what", ["database", "plan"])
def test_no_page_tells_where_on_the_machine_a_broken_archive_lies(archive: Archive, tmp_path: Path, what: str) -> None:
    data = tmp_path / "data"
    shutil.copytree(archive.data, data)
    if what == "plan":
        (data / "newscrawler.toml").write_text("foo = 1\n")
    get = asking(data)
    if what == "database":
        pages_of_it = bytearray((data / "news.db").read_bytes())
        for start in range(60 * 4096, len(pages_of_it) - 4096, 8192):
            pages_of_it[start : start + 2000] = b"\xaa" * 2000
        (data / "news.db").write_bytes(pages_of_it)
    answers = [get(path) for path in PATHS]
    assert not [sent.url.path for sent in answers if str(data) in sent.text]
    if what == "database":
        told = {sent.status_code for sent in answers if "news.db is damaged" in sent.text}
        assert told == {500}
