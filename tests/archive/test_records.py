"""What stands in the headers of the records, and that nothing from outside breaks out of them."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscrawler.archive.captures import capture_of
from newscrawler.archive.digest import agrees, digest_of
from newscrawler.archive.exchanges import CERTIFICATE, records_of
from newscrawler.archive.message import Message, payload_digest
from newscrawler.archive.reader import StoredRecord, records
from newscrawler.archive.records import fields_block, new_record_ids, one_line, target_uri, warc_date
from newscrawler.items import Capture, Exchange, Tls
from newscrawler.tape import Tape
from tests.archive.exchanges import HEAD, MOMENT, REQUEST, URL, exchange, writer

TLS = Tls(version="TLSv1.3", cipher="TLS_AES_256_GCM_SHA384", certificate="sha256:" + "ab" * 32)
NASTY = st.text(max_size=60) | st.sampled_from(
    ["a\r\nWARC-Type: warcinfo", "\r\n\r\nblock", "\n b", "\ud800", "\x00", "\x85x", "\u2028", " ", "", "Đoàn"]
)
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
NOT_MODIFIED = b"HTTP/1.1 304 Not Modified\r\nETag: x\r\n\r\n"


def stored(folder: Path, *made: Exchange | tuple[Exchange, Capture]) -> list[StoredRecord]:
    """What a reader finds of exchanges, warcinfo aside."""
    warc = writer(folder)
    for each in made:
        warc.write(*(each if isinstance(each, tuple) else (each,)))
    warc.close()
    (path,) = folder.iterdir()
    return list(records(path))[1:]


def original(folder: Path, body: bytes = b"<p>Ra qu\xc3\xa2n</p>") -> Capture:
    warc = writer(folder)
    capture = warc.write(exchange(body, started_at=MOMENT - timedelta(days=1)))
    warc.close()
    assert capture is not None
    return capture


def nothing(**values: object) -> Exchange:
    return Exchange(
        **{"url": URL, "method": "GET", "request": Tape(REQUEST), "response": Tape(), "started_at": MOMENT, **values}
    )


def test_an_encrypted_exchange_says_over_what_it_went(tmp_path: Path) -> None:
    for record in stored(tmp_path, exchange(tls=TLS, ip_address="203.0.113.9")):
        assert [value for name, value in record.fields if name == "WARC-Protocol"] == ["http/1.1", "tls/1.3"]
        assert record.headers["WARC-Protocol"] == "http/1.1"
        assert record.headers["WARC-Cipher-Suite"] == "TLS_AES_256_GCM_SHA384"
        assert record.headers[CERTIFICATE] == TLS.certificate
        assert record.headers["WARC-IP-Address"] == "203.0.113.9"


@pytest.mark.parametrize(
    ("openssl", "registered"),
    [
        ("ECDHE-ECDSA-AES256-GCM-SHA384", "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384"),
        ("ECDHE-RSA-CHACHA20-POLY1305", "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256"),
        ("AES128-SHA", "AES128-SHA"),
    ],
)
def test_cipher_suites_bear_their_registered_names_where_we_know_them(
    tmp_path: Path, openssl: str, registered: str
) -> None:
    tls = Tls(version="TLSv1.2", cipher=openssl, certificate=TLS.certificate)
    answer, _request = stored(tmp_path, exchange(tls=tls))
    assert answer.headers["WARC-Cipher-Suite"] == registered
    assert ("WARC-Protocol", "tls/1.2") in answer.fields


def test_the_records_of_an_exchange_name_each_other(tmp_path: Path) -> None:
    answer, request, interim = stored(tmp_path, exchange(interim=b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"))
    assert [answer.kind, request.kind, interim.kind] == ["response", "request", "metadata"]
    concurrent = [value for name, value in answer.fields if name == "WARC-Concurrent-To"]
    assert concurrent == [request.record_id, interim.record_id]
    assert request.headers["WARC-Concurrent-To"] == interim.headers["WARC-Concurrent-To"] == answer.record_id
    assert interim.body == b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"
    assert answer.block.read().startswith(HEAD)


def test_where_nothing_came_a_metadata_record_says_why(tmp_path: Path) -> None:
    answer, request = stored(
        tmp_path, nothing(failure="the server hung up\r\nwithout a word", ip_address="203.0.113.9")
    )
    assert (answer.kind, answer.url, request.kind) == ("metadata", URL, "request")
    assert answer.body == b"outcome: no response\r\nreason: the server hung up without a word\r\n"
    assert answer.headers["Content-Type"] == "application/warc-fields"
    assert request.headers["WARC-Concurrent-To"] == answer.record_id
    assert capture_of(answer, "a") is None


def test_where_nothing_was_sent_there_is_no_request_record(tmp_path: Path) -> None:
    (answer,) = stored(tmp_path, nothing(request=Tape(), failure="no such host"))
    assert answer.kind == "metadata"
    assert "WARC-Concurrent-To" not in answer.headers


def test_the_same_payload_again_is_a_revisit_that_says_of_what(tmp_path: Path) -> None:
    first = original(tmp_path / "a")
    revisit, request = stored(tmp_path / "b", (exchange(head=HEAD[:-2] + b"Age: 1\r\n\r\n"), first))
    assert (revisit.kind, request.kind) == ("revisit", "request")
    assert revisit.block.read() == HEAD[:-2] + b"Age: 1\r\n\r\n"
    assert revisit.headers["WARC-Profile"].endswith("/warc/1.1/revisit/identical-payload-digest")
    assert revisit.headers["WARC-Payload-Digest"] == first.digest
    assert revisit.headers["WARC-Refers-To"] == first.record_id
    assert revisit.headers["WARC-Refers-To-Target-URI"] == first.url
    assert revisit.headers["WARC-Refers-To-Date"] == first.timestamp == "2026-01-01T03:04:05.678901Z"
    capture = capture_of(revisit, "b")
    assert capture is not None
    assert (capture.record_type, capture.refers_to, capture.digest) == ("revisit", first.record_id, first.digest)
    assert (capture.status, capture.mime) == (200, "text/html")


def test_a_304_is_a_revisit_of_the_page_it_speaks_of(tmp_path: Path) -> None:
    first = original(tmp_path / "a")
    revisit, _request = stored(tmp_path / "b", (exchange(b"", head=NOT_MODIFIED), first))
    assert revisit.headers["WARC-Profile"].endswith("/warc/1.1/revisit/server-not-modified")
    assert revisit.headers["WARC-Refers-To-Target-URI"] == URL
    assert revisit.headers["WARC-Refers-To-Date"] == first.timestamp
    assert revisit.block.read() == NOT_MODIFIED


@pytest.mark.parametrize(
    "values", [{"truncated": "disconnect"}, {"head": b"\x00garbage\r\n\r\n"}, {"head": NOT_MODIFIED}], ids=str
)
def test_what_is_cut_or_no_http_or_has_stray_bytes_is_never_a_revisit(tmp_path: Path, values: dict[str, str]) -> None:
    answer, _request = stored(tmp_path / "b", (exchange(**values), original(tmp_path / "a")))
    assert answer.kind == "response"
    assert answer.body.endswith(b"<p>Ra qu\xc3\xa2n</p>")


def test_the_payload_digest_is_of_the_entity_without_its_chunks(tmp_path: Path) -> None:
    answer, _request = stored(tmp_path, exchange(b"5\r\nHello\r\n6;x=y\r\n world\r\n0\r\n\r\n", head=CHUNKED))
    assert answer.headers["WARC-Payload-Digest"] == digest_of([b"Hello world"]) == payload_digest(answer.message)
    assert answer.headers["WARC-Block-Digest"] == digest_of(answer.block.pieces())


@pytest.mark.parametrize(
    "block",
    [b"\x00\x01garbage", b"<html>\n\nHTTP/0.9</html>", b"HTTP/1.1 20", b"\r\n\r\n", b"\x15\x03\x01\x00\x02\x02\x28"],
)
def test_what_is_no_http_is_kept_and_not_called_so(tmp_path: Path, block: bytes) -> None:
    answer, _request = stored(tmp_path, exchange(block, head=b""))
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert "WARC-Payload-Digest" not in answer.headers
    assert answer.block.read() == block
    capture = capture_of(answer, "a")
    assert capture is not None
    assert (capture.status, capture.mime, capture.digest) == (0, "unk", digest_of([block]))


def test_dates_are_utc_with_microseconds_whatever_the_zone() -> None:
    east = datetime(2026, 1, 2, 3, 4, 5, 6, timezone(timedelta(hours=7)))
    assert warc_date(east) == "2026-01-01T20:04:05.000006Z"
    assert warc_date(east.astimezone(UTC)) == warc_date(east)


def test_fresh_ids_are_all_different_and_of_the_form_that_the_standard_wants() -> None:
    ids = [each for _ in range(1000) for each in new_record_ids(3)]
    assert len(set(ids)) == 3000
    assert all(each.startswith("<urn:uuid:") and len(each) == 47 for each in ids)


@given(NASTY)
def test_no_value_ends_its_line_and_a_plain_one_stays_as_it_is(value: str) -> None:
    line = one_line(value)
    assert line.splitlines() in ([line], [])
    assert one_line(line) == line
    assert line == value or not value.isprintable()


@given(NASTY)
def test_an_address_becomes_one_of_letters_that_an_address_may_have(url: str) -> None:
    uri = target_uri(url)
    assert all("!" <= letter <= "~" for letter in uri)
    assert target_uri(uri) == uri


@settings(deadline=None)
@given(NASTY, NASTY, NASTY, NASTY, st.binary(max_size=80), st.booleans())
def test_nothing_from_outside_breaks_out_of_its_header(
    url: str, failure: str, address: str, protocol: str, response: bytes, revisited: bool
) -> None:
    made = exchange(
        response,
        head=b"",
        url=url,
        failure=failure,
        ip_address=address,
        protocol=protocol,
        interim=failure.encode("utf-8", "replace"),
    )
    first = Capture(
        url=url,
        urlkey="",
        timestamp=protocol,
        status=200,
        mime="",
        digest=failure,
        filename="",
        offset=0,
        length=1,
        record_id=address,
    )
    with tempfile.TemporaryDirectory() as folder:
        found = stored(Path(folder), (made, first) if revisited else made)
    expected = records_of(made, "<urn:uuid:x>", first if revisited else None)
    assert [record.kind for record in found] == [record.kind for record in expected]
    for record, wanted in zip(found, expected, strict=True):
        assert [name for name, _value in record.fields] == [name for name, _value in wanted.fields()]
        assert record.block.read() == wanted.block.read()
        assert record.url == target_uri(url)


@given(st.dictionaries(NASTY, NASTY, max_size=5))
def test_nothing_breaks_out_of_a_line_of_the_warcinfo_record(fields: dict[str, str]) -> None:
    assert len(fields_block(fields).read().split(b"\r\n")) == len(fields) + 1


@pytest.mark.parametrize(
    ("digest", "agreed"),
    [
        (digest_of([b"abc"]), True),
        ("sha1:" + "A" * 32, False),
        ("SHA1:a9993e364706816aba3e25717850c26c9cd0d89d", True),
        ("sha-256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", True),
        ("sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ae", False),
        ("md5:900150983cd24fb0d6963f7d28e17f72", True),
        ("blake3:00", True),
        ("", True),
    ],
)
def test_digests_agree_in_whatever_form_they_are_written(digest: str, agreed: bool) -> None:
    assert agrees(Tape(b"abc"), digest) is agreed


def test_the_message_of_a_stored_record_is_read_once(tmp_path: Path) -> None:
    answer, _request = stored(tmp_path, exchange())
    assert answer.message is answer.message
    assert isinstance(answer.message, Message)
