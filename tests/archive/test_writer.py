"""What is written to a WARC file is read back byte for byte, and a write that fails leaves no trace."""

from __future__ import annotations

import base64
import errno
import gzip
import hashlib
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from newscrawler.archive import openfile as module
from newscrawler.archive.reader import StoredRecord, locate, read_at, records
from newscrawler.errors import DiskError
from tests.archive.disks import disk_that_fills_after, largest_file
from tests.archive.exchanges import HEAD, INFO, MOMENT, REQUEST, URL, exchange, members, writer

HEADS = {
    "odd case and blanks": b"HTTP/1.1 200  Tout  va bien \r\ncontent-TYPE:text/html \r\nX :  a\t \r\n\r\n",
    "folded line": b"HTTP/1.1 200 OK\r\nX-Long: one\r\n  two\r\n\tthree\r\n\r\n",
    "line without colon": b"HTTP/1.1 200 OK\r\nno colon here\r\n: no name\r\n\r\n",
    "Latin-1 and UTF-8": b"HTTP/1.1 200 OK\r\nX: caf\xe9\r\nLocation: /b\xc3\xa0i\r\n\r\n",
    "the same name twice": b"HTTP/1.1 200 OK\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\nset-cookie: c=3\r\n\r\n",
    "no headers": b"HTTP/1.1 204 No Content\r\n\r\n",
}
BODIES = {
    "empty": b"",
    "UTF-8": "Đoàn Thanh niên".encode(),
    "binary": bytes(range(256)) * 40,
    "like a record": b"WARC/1.1\r\nWARC-Type: response\r\n\r\n\r\n\r\n",
    "gzip": gzip.compress(b"<p>Ra qu\xc3\xa2n</p>", mtime=0),
    "cut gzip": gzip.compress(b"x" * 100, mtime=0)[:-6],
    "chunked": b"5\r\nHello\r\n0\r\n\r\n",
}
HEADER_LINE = st.binary(min_size=1, max_size=60).map(lambda line: line.replace(b"\r", b"~").replace(b"\n", b"~"))


def by_kind(path: Path) -> dict[str, StoredRecord]:
    return {record.kind: record for record in records(path)}


@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize("head", HEADS)
def test_head_and_body_come_back_as_they_were(tmp_path: Path, head: str, body: str) -> None:
    warc = writer(tmp_path)
    warc.write(exchange())
    capture = warc.write(exchange(BODIES[body], head=HEADS[head]))
    warc.close()
    record = read_at(tmp_path / capture.filename, capture.offset)
    assert (record.kind, record.url, record.record_id) == ("response", URL, capture.record_id)
    assert (record.head, record.body) == (HEADS[head], BODIES[body])


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(st.lists(HEADER_LINE, max_size=5), st.binary(max_size=300), st.binary(max_size=50)),
        min_size=1,
        max_size=4,
    )
)
def test_any_exchanges_come_back_from_their_captures(made: list[tuple[list[bytes], bytes, bytes]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        warc = writer(Path(folder))
        captures = []
        for lines, body, sent in made:
            head = b"\r\n".join([b"HTTP/1.1 200 OK", *lines]) + b"\r\n\r\n"
            captures.append((warc.write(exchange(body, head=head, request=REQUEST + sent)), head, body))
        warc.close()
        for capture, head, body in captures:
            record = read_at(Path(folder) / capture.filename, capture.offset)
            assert (record.head, record.body) == (head, body)
        requests = [record for record in records(Path(folder) / capture.filename) if record.kind == "request"]
        assert [record.body for record in requests] == [sent for _lines, _body, sent in made]


def test_the_capture_tells_where_the_record_lies_and_what_it_is(tmp_path: Path) -> None:
    warc = writer(tmp_path)
    warc.write(exchange())
    capture = warc.write(
        exchange(b"abc", head=b"HTTP/1.1 404 Not Found\r\ncontent-type: Text/Plain; a=b\r\n\r\n", truncated="length")
    )
    warc.close()
    found = members(tmp_path / capture.filename)
    assert capture.offset == found[3][0]
    assert capture.length == found[4][0] - found[3][0]
    assert (capture.status, capture.mime, capture.truncated) == (404, "text/plain", "length")
    assert capture.urlkey == "vn,gov,hochiminhcity,thanhdoan)/thanhdoan/webtd/news/2754"
    assert read_at(tmp_path / capture.filename, capture.offset).headers["WARC-Truncated"] == "length"


def test_the_file_is_open_while_written_and_gets_its_name_when_closed(tmp_path: Path) -> None:
    warc = writer(tmp_path / "warc")
    capture = warc.write(exchange(b"abc"))
    name = "thanhdoan-20260102030405-00001.warc.gz"
    assert capture.filename == name
    assert [path.name for path in (tmp_path / "warc").iterdir()] == [f"{name}.open"]
    assert read_at(locate(tmp_path / "warc", name), capture.offset).body == b"abc"
    warc.close()
    assert [path.name for path in (tmp_path / "warc").iterdir()] == [name]
    assert read_at(locate(tmp_path / "warc", name), capture.offset).body == b"abc"
    warc.close()


def test_nothing_written_leaves_no_file(tmp_path: Path) -> None:
    writer(tmp_path / "warc").close()
    assert not (tmp_path / "warc").exists()


def test_every_file_begins_with_warcinfo_that_holds_our_fields(tmp_path: Path) -> None:
    warc = writer(tmp_path)
    capture = warc.write(exchange())
    warc.close()
    first = next(records(tmp_path / capture.filename))
    assert (first.kind, first.headers["WARC-Filename"]) == ("warcinfo", capture.filename)
    assert dict(line.split(": ", 1) for line in first.body.decode().splitlines()) == INFO


def test_request_and_response_are_tied_to_each_other_and_to_their_file(tmp_path: Path) -> None:
    warc = writer(tmp_path)
    capture = warc.write(exchange(request=REQUEST + b"a=1", ip_address="127.0.0.1", protocol="http/1.1"))
    warc.close()
    found = by_kind(tmp_path / capture.filename)
    response, request = found["response"], found["request"]
    assert request.headers["WARC-Concurrent-To"] == response.record_id == capture.record_id
    assert request.head + request.body == REQUEST + b"a=1"
    for record in (response, request):
        assert record.url == URL
        assert record.headers["WARC-Warcinfo-ID"] == found["warcinfo"].record_id
        assert record.headers["WARC-IP-Address"] == "127.0.0.1"
        assert record.headers["WARC-Protocol"] == "http/1.1"


def test_dates_keep_their_microseconds_in_utc(tmp_path: Path) -> None:
    warc = writer(tmp_path)
    capture = warc.write(exchange())
    warc.close()
    assert capture.timestamp == "2026-01-02T03:04:05.678901Z"
    found = by_kind(tmp_path / capture.filename)
    assert found["response"].date == found["request"].date == capture.timestamp


@pytest.mark.parametrize("body", BODIES)
def test_digests_are_those_of_payload_and_block(tmp_path: Path, body: str) -> None:
    def sha1(data: bytes) -> str:
        return "sha1:" + base64.b32encode(hashlib.sha1(data).digest()).decode()

    warc = writer(tmp_path)
    capture = warc.write(exchange(BODIES[body]))
    warc.close()
    response = by_kind(tmp_path / capture.filename)["response"]
    assert capture.digest == response.headers["WARC-Payload-Digest"] == sha1(BODIES[body])
    assert response.headers["WARC-Block-Digest"] == sha1(HEAD + BODIES[body])


def test_a_full_file_is_followed_by_another_with_its_own_warcinfo(tmp_path: Path) -> None:
    warc = writer(tmp_path, roll_over=1500)
    captures = [warc.write(exchange(os.urandom(400))) for _ in range(5)]
    warc.close()
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == list(dict.fromkeys(capture.filename for capture in captures))
    assert len(names) >= 2
    identities = set()
    for name in names:
        first, *others = records(tmp_path / name)
        assert (first.kind, first.headers["WARC-Filename"]) == ("warcinfo", name)
        assert {record.headers["WARC-Warcinfo-ID"] for record in others} == {first.record_id}
        identities.add(first.record_id)
    assert len(identities) == len(names)
    assert warc.bytes_written == sum(path.stat().st_size for path in tmp_path.iterdir())


def test_a_second_run_within_the_same_second_does_not_write_over_the_first(tmp_path: Path) -> None:
    captures = []
    for body in (b"one", b"two", b"three"):
        warc = writer(tmp_path)
        captures.append((warc.write(exchange(body)), body))
        if body != b"two":  # the second run was killed and left its file open
            warc.close()
    assert len({capture.filename for capture, _body in captures}) == 3
    for capture, body in captures:
        assert read_at(locate(tmp_path, capture.filename), capture.offset).body == body


def test_every_record_is_one_gzip_member(tmp_path: Path) -> None:
    warc = writer(tmp_path)
    for body in BODIES.values():
        capture = warc.write(exchange(body))
    warc.close()
    found = members(tmp_path / capture.filename)
    assert len(found) == 1 + 2 * len(BODIES)
    for _offset, content in found:
        head, _cut, block = content.partition(b"\r\n\r\n")
        (length,) = [line for line in head.split(b"\r\n") if line.startswith(b"Content-Length: ")]
        assert head.startswith(b"WARC/1.1\r\n")
        assert len(block) == int(length[16:]) + len(b"\r\n\r\n")


def test_warcio_finds_nothing_to_complain_of(tmp_path: Path) -> None:
    warc = writer(tmp_path)
    for head in HEADS.values():
        for body in BODIES.values():
            capture = warc.write(exchange(body, head=head))
    warc.close()
    path = tmp_path / capture.filename
    done = subprocess.run(
        [sys.executable, "-m", "warcio.cli", "check", "-v", path],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    assert done.stdout.count("digest pass") == 1 + 2 * len(HEADS) * len(BODIES)
    with path.open("rb") as stream:
        kinds = [record.rec_type for record in ArchiveIterator(stream, no_record_parse=True)]
    assert kinds == ["warcinfo"] + ["response", "request"] * (len(HEADS) * len(BODIES))


def whole_after(tmp_path: Path, bodies: list[bytes]) -> bool:
    (path,) = tmp_path.iterdir()
    members(path)
    return [record.body for record in records(path) if record.kind == "response"] == bodies


def test_each_file_is_told_of_when_it_has_its_final_name_and_its_fields_may_be_set_anew(tmp_path: Path) -> None:
    told: list[Path] = []

    def closed(path: Path) -> None:
        assert path.exists()
        told.append(path)
        warc.info = {**INFO, "files-before": str(len(told))}

    warc = writer(tmp_path, roll_over=1, on_close=closed)
    captures = [warc.write(exchange()) for _ in range(3)]
    assert [path.name for path in told] == [capture.filename for capture in captures[:2]]
    warc.close()
    warc.close()
    assert told == sorted(tmp_path.iterdir())
    assert [next(records(path)).body.count(b"files-before") for path in told] == [0, 1, 1]


@pytest.mark.parametrize("call", ["fsync", "rename"])
def test_a_file_that_cannot_be_closed_stays_open_and_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    def fail(*_arguments: object) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    told: list[Path] = []
    warc = writer(tmp_path, on_close=told.append)
    warc.write(exchange(b"one"))
    with monkeypatch.context() as patch:
        patch.setattr(module, "os", SimpleNamespace(**{**vars(os), call: fail}))
        with pytest.raises(DiskError, match=r"cannot write to .*00001\.warc\.gz: Input/output error"):
            warc.close()
    warc.close()
    assert told == []
    assert [path.suffix for path in tmp_path.iterdir()] == [".open"]
    assert whole_after(tmp_path, [b"one"])


@pytest.mark.parametrize("room", [0, 1, 9, 10, 100, 300, 600])
def test_a_write_that_fails_part_way_leaves_the_file_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, room: int
) -> None:
    warc = writer(tmp_path)
    warc.write(exchange(b"one"))
    (path,) = tmp_path.iterdir()
    before, counted = path.read_bytes(), warc.bytes_written
    with monkeypatch.context() as patch:
        patch.setattr(module, "os", disk_that_fills_after(room))
        with pytest.raises(DiskError, match="No space left on device") as refused:
            warc.write(exchange(os.urandom(500)))
    assert path.name.removesuffix(".open") in str(refused.value)
    assert (path.read_bytes(), warc.bytes_written) == (before, counted)
    warc.write(exchange(b"two"))
    warc.close()
    assert whole_after(tmp_path, [b"one", b"two"])


def test_the_system_refusing_part_way_is_no_different(tmp_path: Path) -> None:
    warc = writer(tmp_path)
    warc.write(exchange(b"one"))
    (path,) = tmp_path.iterdir()
    before = path.read_bytes()
    with largest_file(len(before) + 200), pytest.raises(DiskError, match="File too large"):
        warc.write(exchange(os.urandom(500)))
    assert path.read_bytes() == before
    warc.write(exchange(b"two"))
    warc.close()
    assert whole_after(tmp_path, [b"one", b"two"])


@pytest.mark.parametrize("room", [0, 1, 50])
def test_a_file_whose_warcinfo_could_not_be_written_is_not_begun(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, room: int
) -> None:
    warc = writer(tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(module, "os", disk_that_fills_after(room))
        with pytest.raises(DiskError):
            warc.write(exchange(b"one"))
    assert list(tmp_path.iterdir()) == []
    warc.write(exchange(b"two"))
    warc.close()
    assert whole_after(tmp_path, [b"two"])
    assert next(records(next(tmp_path.iterdir()))).kind == "warcinfo"


def test_a_write_in_pieces_is_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pieces = SimpleNamespace(**{**vars(os), "write": lambda file, data: os.write(file, data[:7])})
    monkeypatch.setattr(module, "os", pieces)
    warc = writer(tmp_path)
    warc.write(exchange(b"one" * 100))
    warc.close()
    assert whole_after(tmp_path, [b"one" * 100])


@pytest.mark.parametrize("then", ["write", "close"])
def test_a_torn_end_that_could_not_be_cut_at_once_is_cut_before_anything_follows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, then: str
) -> None:
    def fail(*_arguments: object) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    warc = writer(tmp_path)
    warc.write(exchange(b"one"))
    with monkeypatch.context() as patch:
        disk = disk_that_fills_after(100)
        disk.ftruncate = fail
        patch.setattr(module, "os", disk)
        with pytest.raises(DiskError, match="No space left on device"):
            warc.write(exchange(b"lost"))
    bodies = [b"one"]
    if then == "write":
        warc.write(exchange(b"two"))
        bodies.append(b"two")
    warc.close()
    assert whole_after(tmp_path, bodies)


def test_a_record_that_could_not_be_synced_is_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_file: int) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    warc = writer(tmp_path)
    warc.write(exchange(b"one"))
    with monkeypatch.context() as patch:
        patch.setattr(module, "os", SimpleNamespace(**{**vars(os), "fdatasync": fail}))
        with pytest.raises(DiskError, match="Input/output error"):
            warc.write(exchange(b"lost"))
    warc.write(exchange(b"two"))
    warc.close()
    assert whole_after(tmp_path, [b"one", b"two"])


def test_a_folder_that_cannot_be_made_is_told_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(DiskError, match=r"cannot write to .*Not a directory"):
        writer(tmp_path / "file" / "warc").write(exchange())


def test_an_address_that_no_reader_of_addresses_understands_is_kept_all_the_same(tmp_path: Path) -> None:
    warc = writer(tmp_path)
    capture = warc.write(exchange(b"abc", url="http://[::1/A"))
    warc.close()
    assert capture.urlkey == "http://[::1/a"
    assert read_at(tmp_path / capture.filename, capture.offset).url == "http://[::1/A"


def test_the_clock_is_read_for_each_file(tmp_path: Path) -> None:
    moments = iter([MOMENT, MOMENT.replace(hour=9)])
    warc = writer(tmp_path, roll_over=1, now=lambda: next(moments))
    names = [warc.write(exchange()).filename for _ in range(2)]
    warc.close()
    assert names == ["thanhdoan-20260102030405-00001.warc.gz", "thanhdoan-20260102090405-00002.warc.gz"]
