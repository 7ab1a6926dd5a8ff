"""What is taken along says the same as the verbs, and the records the same as the files."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner
from warcio.archiveiterator import ArchiveIterator

from newscrawler.cli.show import command as show
from tests.store.conftest import article
from tests.web.article.conftest import URL, answer, make
from tests.web.conftest import Archive, Get, asking


def shown(data: Path, id: int, form: str) -> str:
    return CliRunner().invoke(show, [str(id), "--data", str(data), "--format", form]).output


@pytest.mark.parametrize(("ending", "form"), [("json", "json"), ("md", "md"), ("txt", "text")])
def test_a_file_says_what_show_says(get: Get, archive: Archive, ending: str, form: str) -> None:
    for id in (1, archive.edited):
        taken = get(f"/article/{id}.{ending}")
        assert taken.text == shown(archive.data, id, form)
        assert taken.headers["content-type"].endswith("charset=utf-8")
    assert json.loads(get("/article/1.json").text)["id"] == 1


def records(data: bytes) -> list[tuple[str, str, bytes]]:
    return [
        (record.rec_type, record.rec_headers.get_header("WARC-Record-ID"), record.content_stream().read())
        for record in ArchiveIterator(BytesIO(data), check_digests="raise")
    ]


def test_the_records_are_read_by_warcio_and_lie_so_in_the_file(tmp_path: Path) -> None:
    made = make(tmp_path, [answer(b"<p>other", second=1, url=URL + "9"), answer(b"<p>Ra qu\xc3\xa2n"), answer(b"<p>z")])
    taken = asking(made.data)(f"/capture/{made.captures[1].id}.warc.gz")
    assert taken.headers["content-type"] == "application/gzip"
    assert taken.content in made.warc.read_bytes()
    (first, second) = records(taken.content)
    assert (first[0], first[1], first[2]) == ("response", made.captures[1].record_id, b"<p>Ra qu\xc3\xa2n")
    assert second[0] == "request"


def test_of_a_revisit_the_original_comes_along(tmp_path: Path) -> None:
    again = (answer(b"", head="ETag: a\r\n", second=5), 0)
    made = make(tmp_path, [answer(b"<p>Ra qu\xc3\xa2n"), answer(b"<p>z", url=URL + "9"), again])
    assert made.captures[2].record_type == "revisit"
    taken = asking(made.data)(f"/capture/{made.captures[2].id}.warc.gz").content
    kinds = [kind for kind, _id, _body in records(taken)]
    assert kinds == ["response", "request", "revisit", "request"]


def test_the_name_of_a_file_holds_nothing_of_a_hostile_title(tmp_path: Path) -> None:
    made = make(tmp_path, [answer(b"<p>x")], title='../../"Đoàn"\r\nSet-Cookie: a=b; \u202egnp.exe')
    taken = asking(made.data)("/article/1.warc.gz")
    assert taken.headers["content-disposition"] == 'attachment; filename="1-doan-set-cookie-a-b-gnp-exe.warc.gz"'
    assert "set-cookie" not in taken.headers


def test_an_article_without_a_record_has_none_to_take(tmp_path: Path) -> None:
    made = make(tmp_path, [answer(b"<p>x")], article(), title="x")
    import sqlite3

    with sqlite3.connect(made.data / "news.db") as db:
        db.execute("UPDATE articles SET capture_id = NULL")
    db.close()
    get = asking(made.data)
    assert get("/article/1.warc.gz").status_code == 404
    assert get("/article/1/captured").status_code == 404
    assert get("/article/1/provenance").status_code == 200
    assert get("/article/1").status_code == 200
