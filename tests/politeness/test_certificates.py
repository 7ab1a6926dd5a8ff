"""Certificates are verified; a site may name hosts whose broken ones are accepted, which is written down."""

from __future__ import annotations

import sqlite3
from contextlib import ExitStack, closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization
from warcio.archiveiterator import ArchiveIterator

from tests.hostile_archive import Outcome, crawl
from tests.politeness.tls import Secure, Signed, serving_tls, sign
from tests.servers import serving

HOSTS = {
    "good": "127.0.0.2",
    "expired": "127.0.0.3",
    "wrong-name": "127.0.0.4",
    "self-signed": "127.0.0.5",
    "unknown-issuer": "127.0.0.6",
    "not-yet-valid": "127.0.0.7",
}
"""A host for each certificate, named after what is wrong with it."""


def certificates(authority: Signed) -> dict[str, Signed]:
    return {
        "good": sign(HOSTS["good"], authority),
        "expired": sign(HOSTS["expired"], authority, since=datetime(2015, 1, 1, tzinfo=UTC)),
        "wrong-name": sign("192.0.2.1", authority),
        "self-signed": sign(HOSTS["self-signed"]),
        "unknown-issuer": sign(HOSTS["unknown-issuer"], sign("an authority nobody knows")),
        "not-yet-valid": sign(HOSTS["not-yet-valid"], authority, since=datetime(2099, 1, 1, tzinfo=UTC)),
    }


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Crawls all hosts: of those whose certificate is broken, the site accepts the accepted."""
    folder = tmp_path_factory.mktemp("tls")
    authority = sign("the authority of this test")
    known = folder / "authority.pem"
    known.write_bytes(authority.certificate.public_bytes(serialization.Encoding.PEM))
    made = certificates(authority)

    def crawled(accepted: tuple[str, ...]) -> tuple[Outcome, dict[str, Secure]]:
        with pytest.MonkeyPatch.context() as patch, ExitStack() as stack:
            patch.setenv("SSL_CERT_FILE", str(known))
            servers = {name: stack.enter_context(serving_tls(HOSTS[name], each, folder)) for name, each in made.items()}
            requests = [{"url": f"{server.url}/{page}"} for server in servers.values() for page in (1, 2)]
            archive = folder / ("-".join(accepted) or "none")
            hosts = [HOSTS[name] for name in accepted]
            return crawl(archive, requests, UNVERIFIED_HOSTS=hosts, RETRY_TIMES=2), servers

    return crawled


@pytest.fixture(scope="module")
def strict(run: Any) -> Any:
    return run(())


@pytest.fixture(scope="module")
def lenient(run: Any) -> Any:
    return run(("good", "expired", "wrong-name", "self-signed"))


def problems(outcome: Outcome) -> list[tuple[str, str, str]]:
    with closing(sqlite3.connect(outcome.folder / "news.db")) as db:
        return db.execute("SELECT stage, kind, message FROM problems ORDER BY id").fetchall()


def test_only_a_host_whose_certificate_is_good_is_asked(strict: tuple[Outcome, dict[str, Secure]]) -> None:
    _outcome, servers = strict
    assert {name: server.paths for name, server in servers.items() if server.paths} == {
        "good": ["/robots.txt", "/1", "/2"]
    }


@pytest.mark.parametrize("fault", [name for name in HOSTS if name != "good"])
def test_what_is_wrong_stands_in_one_sentence(strict: tuple[Outcome, dict[str, Secure]], fault: str) -> None:
    told = [row for row in problems(strict[0]) if HOSTS[fault] in row[2]]
    assert [(stage, kind) for stage, kind, _ in told] == [("politeness", f"tls-{fault}")]


def test_an_accepted_certificate_is_written_down_once_in_a_run(lenient: tuple[Outcome, dict[str, Secure]]) -> None:
    told = [(kind, message) for stage, kind, message in problems(lenient[0]) if stage == "tls"]
    assert sorted(told) == [
        ("expired", "the certificate of 127.0.0.3 has run out; it is accepted all the same"),
        ("self-signed", "the certificate of 127.0.0.5 is signed by itself alone; it is accepted all the same"),
        ("wrong-name", "the certificate of 127.0.0.4 is for another host; it is accepted all the same"),
    ]


def test_other_hosts_are_verified_in_the_same_run(lenient: tuple[Outcome, dict[str, Secure]]) -> None:
    asked = {name for name, server in lenient[1].items() if server.paths}
    assert asked == {"good", "expired", "wrong-name", "self-signed"}


def test_each_record_says_what_was_wrong_with_the_certificate(lenient: tuple[Outcome, dict[str, Secure]]) -> None:
    outcome, servers = lenient
    for name, server in servers.items():
        records = [record for url, found in outcome.archived.items() if url.startswith(server.url) for record in found]
        faults = {record.headers.get("WARC-Certificate-Fault") for record in records if record.kind != "metadata"}
        assert faults == ({None} if name == "good" else {name} if server.paths else set())


@pytest.mark.parametrize(("first", "hosts"), [("http", ()), ("https", ("127.0.0.1",))])
def test_a_broken_certificate_closes_https_and_not_the_http_beside_it(
    tmp_path: Path, first: str, hosts: tuple[str, ...]
) -> None:
    """Asked for first, it does not close the site's own host either, whose pages are at http."""
    with (
        serving(lambda _path: (404, {}, b"")) as plain,
        serving_tls("127.0.0.1", sign("127.0.0.1"), tmp_path) as secure,
    ):
        servers = (plain, secure, plain) if first == "http" else (secure, plain, plain)
        pages = [{"url": f"{server.url}/{page}"} for page, server in enumerate(servers)]
        done = crawl(tmp_path / "data", pages, SITE_HOSTS=hosts, HTTPERROR_ALLOW_ALL=True)
    told = {"http": (404, ""), "https": (0, "tls-self-signed")}
    assert [(row["status"], row["error"]) for row in done.seen] == [told[page["url"].split(":")[0]] for page in pages]


def test_the_first_record_says_which_certificates_are_verified(
    strict: tuple[Outcome, dict[str, Secure]], lenient: tuple[Outcome, dict[str, Secure]]
) -> None:
    assert certificates_field(strict[0].folder) == "verified"
    assert certificates_field(lenient[0].folder).startswith("verified, but for 127.0.0.2, 127.0.0.3")


def certificates_field(folder: Path) -> str:
    (path,) = (folder / "warc").glob("*.warc.gz")
    with path.open("rb") as stream:
        text = next(iter(ArchiveIterator(stream))).content_stream().read().decode()
    return next(line.partition(": ")[2] for line in text.splitlines() if line.startswith("certificates: "))
