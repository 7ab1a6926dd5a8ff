"""What the archive world's own checkers say of our files: nothing, but for a set of complaints that is stated here.

The payload digest of a chunked response is of the entity, as the WARC text has it (WARC 1.1 §5.9); warcio and FastWARC
take it of the framed bytes, and complain (facts: archiving §5).
"""

from __future__ import annotations

import subprocess
import sys
from datetime import timedelta
from importlib.util import find_spec
from pathlib import Path

import pytest

from newscrawler.archive.reader import records
from newscrawler.items import Exchange, Tls
from newscrawler.tape import Tape
from tests.archive.exchanges import HEAD, MOMENT, REQUEST, URL, exchange, writer
from tests.archive.test_writer import BODIES, HEADS

CHUNKED = HEAD[:-2] + b"Transfer-Encoding: chunked\r\n\r\n"
LINE_FEEDS = HEAD.replace(b"\r\n", b"\n")
TLS = Tls(version="TLSv1.3", cipher="TLS_AES_256_GCM_SHA384", certificate="sha256:00")
ODD = {
    "garbage": b"\x00\x01garbage\xff\xfe",
    "garbage with an empty line": b"\x00\x01gar\r\n\r\nbage",
    "HTTP/0.9": b"<html>\n<p>hello</p>\n\n</html>\n",
    "an empty line first": b"\r\n\r\nHTTP/1.1 200 OK\r\n\r\nx",
    "a status line of another kind": b"ICY 200 OK\r\n\r\nx",
    "a TLS alert": b"\x15\x03\x01\x00\x02\x02\x28",
    "a 204 with a body": b"HTTP/1.1 204 No Content\r\n\r\nbody",
    "chunks that are none": CHUNKED + b"no chunks",
    **{f"cut after {end} bytes": HEAD[:end] for end in (1, 4, 8, 9, 11, 12, 13, 15, 16, 17, 20, 30, len(HEAD) - 1)},
}


def nothing(**values: object) -> Exchange:
    return Exchange(url=URL, method="GET", request=Tape(REQUEST), response=Tape(), started_at=MOMENT, **values)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """A file of every kind of record we write, and which response record holds what."""
    folder = tmp_path_factory.mktemp("warc")
    warc = writer(folder)
    made = {"plain": exchange(), "encrypted": exchange(tls=TLS, interim=b"HTTP/1.1 103 Early Hints\r\n\r\n")}
    made |= {f"{head}, {body}": exchange(BODIES[body], head=HEADS[head]) for head in HEADS for body in BODIES}
    made |= {name: exchange(data, head=b"") for name, data in ODD.items()}
    made |= {
        "cut body": exchange(truncated="disconnect"),
        "chunked": exchange(b"5\r\nHello\r\n0\r\n\r\n", head=CHUNKED),
        "chunked, cut": exchange(b"5\r\nHel", head=CHUNKED, truncated="time"),
        "line feeds": exchange(head=LINE_FEEDS),
    }
    names = {}
    for name, each in made.items():
        capture = warc.write(each)
        assert capture is not None
        names[capture.record_id] = name
    first = warc.write(exchange(started_at=MOMENT - timedelta(days=1)))
    assert first is not None
    for each in (
        exchange(),
        exchange(b"", head=b"HTTP/1.1 304 Not Modified\r\n\r\n"),
        exchange(b"5\r\nHello\r\n0\r\n\r\n", head=CHUNKED),
    ):
        capture = warc.write(each, first)
        assert capture is not None
        names[capture.record_id] = "revisit"
    warc.write(nothing(failure="no such host"))
    warc.close()
    return folder / first.filename, names


def test_warcio_complains_of_the_payload_digest_of_chunked_responses_and_of_nothing_else(
    written: tuple[Path, dict[str, str]],
) -> None:
    path, names = written
    words = [sys.executable, "-m", "warcio.cli", "check", "-v", str(path)]
    done = subprocess.run(words, capture_output=True, text=True, timeout=60, check=False)
    blocks = done.stdout.split("\n  offset ")[1:]
    complaints = {names[each.split()[2]]: each.split("\n", 1)[1].split() for each in blocks if "failed" in each}
    assert complaints.keys() == {"chunked", "chunked, cut"}
    assert all(words[:3] == ["payload", "digest", "failed"] for words in complaints.values())
    assert len(blocks) == len(list(records(path)))
    assert (done.returncode, done.stderr) == (1, "")


def test_fastwarc_complains_of_the_same_and_of_heads_without_carriage_returns(
    written: tuple[Path, dict[str, str]],
) -> None:
    if find_spec("fastwarc") is None:
        pytest.skip("FastWARC is not installed")
    from fastwarc.warc import ArchiveIterator

    path, names = written
    complaints, count = set(), 0
    for record in ArchiveIterator(path.open("rb"), parse_http=False):
        record.freeze()
        count += 1
        assert record.verify_block_digest(), record.record_id
        record.parse_http()
        stated = record.headers["WARC-Type"] == "response" and "WARC-Payload-Digest" in record.headers
        if stated and not record.verify_payload_digest():
            complaints.add(names[record.record_id])
    assert count == len(list(records(path)))
    assert complaints == {"chunked", "chunked, cut", "line feeds"}
