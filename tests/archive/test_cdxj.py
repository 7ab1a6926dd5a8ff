"""The index holds one line per capture, as cdxj-indexer writes it, in the order in which pywb looks it up."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawler.archive.cdxj import cdxj_line, index_lines, update_index, write_index
from newscrawler.archive.sorting import sorted_lines
from newscrawler.archive.writer import WarcWriter
from newscrawler.errors import DamagedRecordError, DiskError
from newscrawler.items import Capture
from newscrawler.urls import urlkey
from tests.archive.exchanges import INFO, exchange, writer
from tests.conftest import times

CAPTURE = Capture(
    url="http://a.vn/Tin?b=2&a=1",
    urlkey="vn,a)/tin?a=1&b=2",
    timestamp="2018-05-16T07:30:00.123456Z",
    status=200,
    mime="text/html",
    digest="sha1:3IRWCTQCI2NA27D32G62WXE4I5FRSBG4",
    filename="a.warc.gz",
    offset=528,
    length=1074,
    record_id="<urn:uuid:1>",
)
LINE = (
    'vn,a)/tin?a=1&b=2 20180516073000 {"url": "http://a.vn/Tin?b=2&a=1", "mime": "text/html", "status": "200", '
    '"digest": "sha1:3IRWCTQCI2NA27D32G62WXE4I5FRSBG4", "length": "1074", "offset": "528", "filename": "a.warc.gz"}'
)


def fields(line: str) -> dict[str, str]:
    found: dict[str, str] = json.loads(line.split(" ", 2)[2])
    return found


def archive(folder: Path, *urls: str, site: str = "thanhdoan") -> Path:
    """A closed WARC file with one capture of each address."""
    warc = WarcWriter(folder / "warc", site, INFO)
    captures = [warc.write(exchange(url.encode(), url=url)) for url in urls]
    warc.close()
    assert captures[0]
    return folder / "warc" / captures[0].filename


def index(folder: Path) -> list[str]:
    return (folder / "index.cdxj").read_text("ascii").splitlines()


def test_a_line_has_the_fields_of_cdxj_indexer_in_its_order() -> None:
    assert cdxj_line(CAPTURE) == LINE


def test_a_revisit_is_told_by_its_mime_type() -> None:
    assert fields(cdxj_line(replace(CAPTURE, record_type="revisit")))["mime"] == "warc/revisit"


def test_what_a_record_does_not_tell_is_left_out() -> None:
    told = fields(cdxj_line(replace(CAPTURE, mime="unk", status=0, digest="")))
    assert list(told) == ["url", "length", "offset", "filename"]


@pytest.mark.parametrize("timestamp", ["2018-05-16T07:30:00Z", "20180516073000", "2018-05-16T07:30:00.999999999Z"])
def test_a_moment_is_cut_to_its_second(timestamp: str) -> None:
    assert cdxj_line(replace(CAPTURE, timestamp=timestamp)) == LINE


@pytest.mark.parametrize(
    ("timestamp", "moment"),
    [
        ("2018", "20180101000000"),
        ("2018-05", "20180501000000"),
        ("2018-05-16T07:30Z", "20180516073000"),
        ("", "00000101000000"),
    ],
)
def test_a_date_without_all_its_parts_is_the_earliest_that_it_can_be(timestamp: str, moment: str) -> None:
    assert cdxj_line(replace(CAPTURE, timestamp=timestamp)).split(" ")[1] == moment


@given(st.text(), st.text(), st.text())
def test_a_line_is_one_line_of_ascii_whatever_its_fields_hold(url: str, mime: str, filename: str) -> None:
    line = cdxj_line(replace(CAPTURE, url=url, urlkey=urlkey(url), mime=mime, filename=filename))
    assert line.isascii()
    assert line.isprintable()
    assert fields(line).get("url", "") == url


def test_the_lines_of_a_file_are_told_from_the_file_alone(tmp_path: Path) -> None:
    warc = writer(tmp_path)
    one = warc.write(exchange(b"one", url="http://a.vn/1"))
    two = warc.write(exchange(b"one", url="http://a.vn/2"), one)
    warc.write(exchange(b"", head=b"", url="http://a.vn/silent", failure="no answer"))
    three = warc.write(exchange(b"", head=b"HTTP/1.1 404 \r\n\r\n", url="http://a.vn/3", truncated="length"))
    warc.close()
    assert one
    assert two
    assert three
    assert list(index_lines(tmp_path / one.filename)) == [cdxj_line(each) for each in (one, two, three)]


def test_the_index_is_sorted_by_its_bytes(tmp_path: Path) -> None:
    archive(
        tmp_path, "http://b.vn/", "http://a.vn/b", "http://a.vn/B/", "http://a.vn/_", "http://a.vn/~", "http://a.vn/"
    )
    archive(tmp_path, "http://a.vn/a-b", "http://a.vn/a b", "http://đoàn.vn/", site="other")
    write_index(tmp_path)
    assert len(index(tmp_path)) == 9
    done = subprocess.run(["sort", "-c", tmp_path / "index.cdxj"], env={"LC_ALL": "C", "PATH": os.environ["PATH"]})
    assert done.returncode == 0
    assert (tmp_path / "index.cdxj").read_bytes().endswith(b"}\n")


def test_an_update_gives_what_making_it_anew_gives(tmp_path: Path) -> None:
    paths = [
        archive(tmp_path, *(f"http://a.vn/{n % 7}/{n}" for n in range(start, 60, 3)), site=f"s{start}")
        for start in range(3)
    ]
    for path in paths:
        update_index(tmp_path, [path])
    updated = index(tmp_path)
    write_index(tmp_path)
    assert index(tmp_path) == updated
    assert len(updated) == 60


def test_the_first_update_takes_all_closed_files(tmp_path: Path) -> None:
    archive(tmp_path, "http://a.vn/1", site="a")
    update_index(tmp_path, [archive(tmp_path, "http://a.vn/2", site="b")])
    assert len(index(tmp_path)) == 2


def test_a_file_that_is_told_again_adds_nothing(tmp_path: Path) -> None:
    path = archive(tmp_path, "http://a.vn/1", "http://a.vn/2")
    update_index(tmp_path, [path])
    before = (tmp_path / "index.cdxj").read_bytes()
    update_index(tmp_path, [path, path])
    assert (tmp_path / "index.cdxj").read_bytes() == before


@pytest.mark.parametrize("content", [b"z 1 {}\na 1 {}\n", b"vn,a)/1 2018", b"\0" * 100])
def test_an_index_that_somebody_else_has_spoilt_is_made_anew(tmp_path: Path, content: bytes) -> None:
    path = archive(tmp_path, "http://a.vn/1", "http://a.vn/2")
    (tmp_path / "index.cdxj").write_bytes(content)
    update_index(tmp_path, [path])
    assert [fields(line)["url"] for line in index(tmp_path)] == ["http://a.vn/1", "http://a.vn/2"]


def test_an_archive_without_files_has_an_empty_index(tmp_path: Path) -> None:
    write_index(tmp_path)
    assert index(tmp_path) == []


def test_what_is_damaged_is_left_out_and_told(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = archive(tmp_path, *(f"http://a.vn/{number}" for number in range(4)))
    offset = int(fields(list(index_lines(path))[1])["offset"])
    damaged = bytearray(path.read_bytes())
    damaged[offset + 40] ^= 255
    path.write_bytes(damaged)
    write_index(tmp_path)
    assert [fields(line)["url"] for line in index(tmp_path)] == [f"http://a.vn/{number}" for number in (0, 2, 3)]
    assert f"at offset {offset}" in caplog.text


def test_a_file_that_is_missing_leaves_the_index_as_it_was(tmp_path: Path) -> None:
    archive(tmp_path, "http://a.vn/1")
    write_index(tmp_path)
    before = index(tmp_path)
    with pytest.raises(DamagedRecordError, match=r"gone\.warc\.gz"):
        update_index(tmp_path, [tmp_path / "warc" / "gone.warc.gz"])
    assert index(tmp_path) == before
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["index.cdxj"]


def test_an_index_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    path = archive(tmp_path, "http://a.vn/1")
    (tmp_path / "index.cdxj").mkdir()
    with pytest.raises(DiskError, match=r"^cannot write .*index\.cdxj: Is a directory"):
        update_index(tmp_path, [path])


def test_a_part_that_a_killed_process_has_left_is_no_harm(tmp_path: Path) -> None:
    path = archive(tmp_path, "http://a.vn/1")
    (tmp_path / "index.cdxj.part").write_bytes(b"x" * 5000)
    update_index(tmp_path, [path])
    assert len(index(tmp_path)) == 1
    assert not (tmp_path / "index.cdxj.part").exists()


@given(st.lists(st.binary(max_size=5).map(lambda line: line.replace(b"\n", b"") + b"\n")), st.integers(1, 10))
def test_lines_are_sorted_and_told_once_however_few_fit_in_memory(lines: list[bytes], most: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        assert list(sorted_lines(lines, Path(folder), most)) == sorted(set(lines))
        assert not list(Path(folder).iterdir())


def test_more_runs_than_are_merged_at_once_are_sorted_too(tmp_path: Path) -> None:
    lines = [b"%d\n" % number for number in range(1000)]
    random.Random(1).shuffle(lines)
    assert list(sorted_lines(lines, tmp_path, 5)) == sorted(lines)


@pytest.mark.skipif(shutil.which("cdxj-indexer") is None, reason="cdxj-indexer is not installed")
def test_cdxj_indexer_gives_the_same_file(tmp_path: Path) -> None:
    rounds = times(1, 5)
    for number in range(rounds):
        warc = writer(tmp_path / "warc", roll_over=20_000)
        original = warc.write(exchange(b"same", url=f"http://a.vn/{number}"))
        warc.write(exchange(b"same", url="http://a.vn/Khác/?b&a=1"), original)
        for status, mime in ((200, "text/html; charset=utf-8"), (404, "text/plain"), (301, ""), (200, "image/jpeg;x")):
            head = f"HTTP/1.1 {status} X\r\n{f'Content-Type: {mime}' if mime else 'X: y'}\r\n\r\n".encode()
            warc.write(exchange(os.urandom(3000), head=head, url=f"http://www.a.vn/{status}/?q={number}"))
        warc.close()
    write_index(tmp_path)
    files = sorted(map(str, (tmp_path / "warc").glob("*.warc.gz")))
    done = subprocess.run(["cdxj-indexer", "-s", *files], capture_output=True, text=True, check=True, timeout=60)
    assert index(tmp_path) == done.stdout.splitlines()
