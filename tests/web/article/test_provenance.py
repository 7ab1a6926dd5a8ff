"""Where an article comes from, and what becomes of the proof when the archive was tampered with."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from lxml import html as lxml_html

from tests.store.conftest import article
from tests.web.article.conftest import Made, answer, make
from tests.web.conftest import Archive, Get, asking


def outcomes(get: Get, query: str = "verify=1") -> list[str]:
    """What the checks came to, in order."""
    answered = get(f"/article/1/provenance?lang=en&{query}")
    assert answered.status_code == 200
    return [str(one) for one in lxml_html.fromstring(answered.text).xpath("//ul[@class='checks']/li/span/text()")]


def change(made: Made, sql: str, *values: object) -> None:
    db = sqlite3.connect(made.data / "news.db")
    with db:
        db.execute(sql, values)
    db.close()


@pytest.fixture
def made(tmp_path: Path) -> Made:
    again = (answer(b"", second=9), 0)
    return make(tmp_path, [answer(b"<p>Ra quan"), answer(b"<p>Khac", second=4), again], article(), article(body="Khác"))


def test_all_captures_are_listed_with_what_they_gave(made: Made) -> None:
    page = lxml_html.fromstring(asking(made.data)("/article/1/provenance?lang=en").text)
    rows = [
        " ".join(" ".join(row.itertext()).split()) for row in page.xpath("//table[@class='page-captures']/tbody/tr")
    ]
    assert len(rows) == 3
    assert "revisit" in rows[0]
    assert "the text as shown version 2" in rows[1]
    assert "version 1" in rows[2]
    for capture, row in zip(reversed(made.captures), rows, strict=True):
        assert all(word in row for word in (capture.filename, f"offset {capture.offset},", capture.digest))
    assert f"warcio extract warc/{made.captures[1].filename} {made.captures[1].offset}" in page.text_content()


def test_a_sound_record_passes_every_check(made: Made) -> None:
    get = asking(made.data)
    assert outcomes(get) == ["agrees"] * 5
    for capture in made.captures:
        assert outcomes(get, f"verify=1&capture={capture.id}") == ["agrees"] * 5
    assert outcomes(get, "verify=0") == []


def test_the_sample_archive_is_proved(archive: Archive, get: Get) -> None:
    assert 'class="proof notice good"' in get(f"/article/{archive.edited}/provenance?verify=1").text


def test_an_altered_byte_is_told(made: Made) -> None:
    data = bytearray(made.warc.read_bytes())
    data[made.captures[1].offset + 200] ^= 1
    made.warc.write_bytes(data)
    get = asking(made.data)
    assert outcomes(get) == ["does not agree"] * 2
    for path in (f"/capture/{made.captures[1].id}", "/article/1.warc.gz", f"/picture/{made.captures[1].id}"):
        answered = get(path)
        assert answered.status_code == 404
        assert "holds no readable record at offset" in answered.text
        assert str(made.data) not in answered.text
    assert get("/article/1/captured").status_code == 200


def test_a_grown_file_an_unlisted_file_and_a_missing_file_are_told(made: Made) -> None:
    get = asking(made.data)
    with made.warc.open("ab") as file:
        file.write(b"x")
    assert outcomes(get) == ["agrees"] * 4 + ["does not agree"]
    (made.data / "manifest.jsonl").write_text("")
    assert outcomes(get) == ["agrees"] * 4 + ["does not agree"]
    made.warc.unlink()
    assert outcomes(get) == ["does not agree"] * 2


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE captures SET status = 500",
        "UPDATE captures SET digest = 'sha1:X'",
        "UPDATE captures SET url = url || '?'",
        "UPDATE captures SET timestamp = '2020-01-01T00:00:00Z'",
    ],
)
def test_a_row_that_says_otherwise_than_its_record_is_told(made: Made, sql: str) -> None:
    change(made, sql)
    assert "does not agree" in outcomes(asking(made.data))


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "/etc/passwd", "..", "", "a\0b", "x/../made.warc.gz", "nothing.warc.gz"]
)
def test_a_file_name_that_leads_out_of_the_folder_is_refused(made: Made, name: str) -> None:
    secret = made.data.parent / "etc" / "passwd"
    secret.parent.mkdir(exist_ok=True)
    secret.write_text("secret")
    change(made, "UPDATE captures SET filename = ? WHERE id = ?", name, made.captures[1].id)
    get = asking(made.data)
    assert outcomes(get) == ["does not agree"] * 2
    for path in (f"/capture/{made.captures[1].id}", f"/capture/{made.captures[1].id}?raw=1", "/article/1.warc.gz"):
        answered = get(path)
        assert answered.status_code == 404
        assert "secret" not in answered.text
    assert get("/article/1").status_code == 200


@pytest.mark.parametrize("offset", [-1, 7, 10**12, 2**62])
def test_an_offset_where_no_record_begins_is_told(made: Made, offset: int) -> None:
    change(made, "UPDATE captures SET offset = ? WHERE id = ?", offset, made.captures[1].id)
    get = asking(made.data)
    assert outcomes(get)[0] == "does not agree"
    assert get(f"/capture/{made.captures[1].id}").status_code == 404
    assert get("/article/1.warc.gz").status_code == 404


def test_another_record_than_the_row_names_is_told(made: Made) -> None:
    change(made, "UPDATE captures SET offset = ? WHERE id = ?", 0, made.captures[1].id)
    assert "another record than the database names" in asking(made.data)(f"/capture/{made.captures[1].id}").text
