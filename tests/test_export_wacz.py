"""`export wacz`: what goes into the package, that it is whole, and when there is none."""

from __future__ import annotations

import gzip
import json
import os
import stat
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from newscrawler.archive.manifest import Manifest
from newscrawler.archive.reader import StoredRecord, records
from newscrawler.archive.wacz.index import add_index
from newscrawler.archive.wacz.package import WaczWriter
from newscrawler.archive.wacz.signature import SigningKey, is_signed_by
from newscrawler.archive.writer import WarcWriter
from newscrawler.cli import main
from newscrawler.errors import ArchiveError, DamagedRecordError, DiskError, NewsCrawlerError, UsageError
from newscrawler.export import Selection, export_wacz
from newscrawler.items import Capture, Media
from newscrawler.store import add_capture, close_database, open_database, start_run, store_article
from newscrawler.store.media import relink_media
from tests.archive.exchanges import exchange
from tests.store.conftest import PAGE, article

HTML, PNG, CSS = "text/html", "image/png", "text/css"
START = datetime(2026, 1, 1, tzinfo=UTC)
NOON = datetime(2026, 2, 3, 12, tzinfo=UTC)


class Maker:
    """Fills an archive as a crawl does, without a network."""

    def __init__(self, folder: Path, *, roll_over: int = 10**9) -> None:
        self.folder = folder
        self.db = open_database(folder / "news.db", write=True)
        self.run = start_run(self.db, "thanhdoan", "test", "2026-01-01T00:00:00Z")
        self.writer = WarcWriter(folder / "warc", "thanhdoan", {"software": "test"}, roll_over=roll_over)

    def fetch(self, url: str, body: str, day: int, *, mime: str = HTML, original: Capture | None = None) -> Capture:
        head = f"HTTP/1.1 200 OK\r\nContent-Type: {mime}\r\n\r\n".encode()
        request = f"GET {url} HTTP/1.1\r\n\r\n".encode()
        at = START + timedelta(days=day)
        capture = self.writer.write(
            exchange(body.encode(), head=head, request=request, url=url, started_at=at), original
        )
        assert capture is not None
        add_capture(self.db, capture, self.run)
        return capture

    def article(
        self, number: int, body: str, day: int, *, original: Capture | None = None, **values: object
    ) -> Capture:
        capture = self.fetch(f"{PAGE}{number}", body, day, original=original)
        id = add_capture(self.db, capture, self.run)
        item = article(number, body, title=f"Bài {number}", capture_id=id, **values)
        store_article(self.db, item, run_id=self.run, seen_at=capture.timestamp)
        return capture

    def close(self) -> Path:
        self.writer.close()
        relink_media(self.db)
        close_database(self.db)
        return self.folder


@dataclass
class Package:
    """What is in a WACZ."""

    path: Path

    def read(self, name: str) -> bytes:
        with ZipFile(self.path) as package:
            return package.read(name)

    @property
    def names(self) -> list[str]:
        return ZipFile(self.path).namelist()

    @property
    def described(self) -> dict[str, object]:
        return dict(json.loads(self.read("datapackage.json")))

    @property
    def pages(self) -> list[dict[str, str]]:
        header, *pages = map(json.loads, self.read("pages/pages.jsonl").splitlines())
        assert header["format"] == "json-pages-1.0"
        return pages

    @property
    def index(self) -> list[tuple[str, str, dict[str, str]]]:
        lines = gzip.decompress(self.read("indexes/index.cdx.gz")).decode().splitlines()
        return [(key, moment, json.loads(rest)) for key, moment, rest in (line.split(" ", 2) for line in lines)]

    def records(self, folder: Path) -> list[StoredRecord]:
        """All records of its WARC files, read strictly."""
        found = []
        for name in (name for name in self.names if name.startswith("archive/")):
            path = folder / Path(name).name
            path.write_bytes(self.read(name))
            found += records(path)
        return found


@pytest.fixture
def make(tmp_path: Path) -> Maker:
    return Maker(tmp_path / "data")


@pytest.fixture
def export(tmp_path: Path) -> Callable[..., Package]:
    def export(folder: Path, name: str = "out.wacz", **filters: object) -> Package:
        options = {key: filters.pop(key) for key in ("force", "key") if key in filters}
        export_wacz(folder, tmp_path / name, Selection(**filters), now=lambda: NOON, **options)  # type: ignore[arg-type]
        return Package(tmp_path / name)

    return export


def three_articles(make: Maker) -> Path:
    make.article(1, "Đoàn xã ra quân", 1, published="2018-05-16", published_precision="day")
    make.article(2, "Mùa hè xanh", 1, published="2020-07", published_precision="month")
    make.article(3, "Không rõ ngày", 1)
    return make.close()


def test_without_filters_the_warc_files_go_in_as_they_are(make, export):
    folder = three_articles(make)
    package = export(folder)
    (warc,) = (folder / "warc").iterdir()
    assert package.read(f"archive/{warc.name}") == warc.read_bytes()
    assert package.names == [
        f"archive/{warc.name}",
        "indexes/index.cdx.gz",
        "indexes/index.idx",
        "pages/pages.jsonl",
        "datapackage.json",
        "datapackage-digest.json",
    ]


def test_what_is_gzip_already_is_stored_and_not_packed_again(make, export):
    package = export(three_articles(make))
    for info in ZipFile(package.path).infolist():
        assert (info.compress_type == ZIP_STORED) == info.filename.endswith(".gz")


def test_every_member_is_listed_with_its_size_and_sum(make, export):
    package = export(three_articles(make))
    listed = {each["path"]: each for each in package.described["resources"]}
    assert set(listed) == set(package.names) - {"datapackage.json", "datapackage-digest.json"}
    for path, each in listed.items():
        data = package.read(path)
        assert (each["bytes"], each["hash"]) == (len(data), f"sha256:{sha256(data).hexdigest()}")
    digest = json.loads(package.read("datapackage-digest.json"))
    assert digest == {
        "path": "datapackage.json",
        "hash": f"sha256:{sha256(package.read('datapackage.json')).hexdigest()}",
    }


def test_the_package_says_what_it_is(make, export):
    described = export(three_articles(make)).described
    assert described["profile"] == "data-package"
    assert described["wacz_version"] == "1.1.1"
    assert described["created"] == "2026-02-03T12:00:00Z"
    assert described["title"] == "Articles of thanhdoan, captured 2026-01-02"
    assert described["mainPageUrl"] == f"{PAGE}2"
    assert described["mainPageDate"] == "2026-01-02T00:00:00Z"


def test_each_article_is_a_page_the_latest_published_first_and_the_undated_last(make, export):
    pages = export(three_articles(make)).pages
    assert [(page["url"], page["title"], page["text"], page["ts"]) for page in pages] == [
        (f"{PAGE}2", "Bài 2", "Mùa hè xanh", "2026-01-02T00:00:00Z"),
        (f"{PAGE}1", "Bài 1", "Đoàn xã ra quân", "2026-01-02T00:00:00Z"),
        (f"{PAGE}3", "Bài 3", "Không rõ ngày", "2026-01-02T00:00:00Z"),
    ]
    assert len({page["id"] for page in pages}) == 3


def test_a_page_whose_text_came_back_is_shown_at_the_time_of_its_original(make, export):
    first = make.article(1, "Bản đầu", 1)
    make.article(1, "Bản sửa", 2)
    again = make.article(1, "Bản đầu", 3, original=first)
    assert again.record_type == "revisit"
    (page,) = export(make.close()).pages
    assert (page["text"], page["ts"]) == ("Bản đầu", "2026-01-02T00:00:00Z")
    assert page["id"] == first.record_id.strip("<>").removeprefix("urn:uuid:")


def test_a_page_with_the_payload_of_another_address_keeps_its_own(make, export):
    first = make.article(1, "Như nhau", 1)
    make.article(2, "Như nhau", 2, original=first)
    pages = {page["url"]: page["ts"] for page in export(make.close()).pages}
    assert pages == {f"{PAGE}1": "2026-01-02T00:00:00Z", f"{PAGE}2": "2026-01-03T00:00:00Z"}


def test_the_index_is_in_order_and_each_line_leads_to_its_record(make, export, tmp_path):
    folder = three_articles(make)
    package = export(folder)
    lines = [f"{key} {moment}" for key, moment, _fields in package.index]
    assert lines == sorted(lines)
    for _key, _moment, fields in package.index:
        data = package.read(f"archive/{fields['filename']}")
        (tmp_path / "one.warc.gz").write_bytes(data[int(fields["offset"]) :][: int(fields["length"])])
        (record,) = records(tmp_path / "one.warc.gz")
        assert (record.kind, record.url) == ("response", fields["url"])


def test_a_long_index_is_found_through_its_list(tmp_path):
    lines = [f"vn,a)/{number:04} 20260101000000 {{}}\n".encode() for number in range(700)]
    with (tmp_path / "out.wacz").open("wb") as stream, WaczWriter(stream) as writer:
        assert add_index(writer, lines) == 700
        writer.finish({})
    package = Package(tmp_path / "out.wacz")
    meta, *places = package.read("indexes/index.idx").decode().splitlines()
    assert meta == '!meta 0 {"format": "cdxj-gzip-1.0", "filename": "index.cdx.gz"}'
    zipped, found = package.read("indexes/index.cdx.gz"), []
    for line in places:
        key, moment, place = line.split(" ", 2)
        where = json.loads(place)
        member = zipped[where["offset"] :][: where["length"]]
        assert where["digest"] == f"sha256:{sha256(member).hexdigest()}"
        found.append(gzip.decompress(member))
        assert found[-1].startswith(f"{key} {moment} ".encode())
    assert (len(found), b"".join(found)) == (3, b"".join(lines))


def test_the_same_archive_gives_the_same_bytes(make, export):
    folder = three_articles(make)
    whole = [export(folder, f"{each}.wacz").path.read_bytes() for each in "ab"]
    part = [export(folder, f"{each}.wacz", since="2018").path.read_bytes() for each in "cd"]
    assert whole[0] == whole[1]
    assert part[0] == part[1]


def test_packages_of_two_days_differ_in_their_date_alone(make, tmp_path):
    folder = three_articles(make)
    described = []
    for day in (1, 2):
        out = tmp_path / f"{day}.wacz"
        export_wacz(folder, out, Selection(since="2018"), now=lambda day=day: NOON + timedelta(days=day))
        described.append(Package(out).described)
    assert described[0].pop("created") != described[1].pop("created")
    assert described[0] == described[1]


def kinds(package: Package, folder: Path) -> list[tuple[str, str | None]]:
    return [(record.kind, record.url and record.url.removeprefix(PAGE)) for record in package.records(folder)]


def test_a_choice_holds_the_records_of_its_articles_byte_for_byte(make, export, tmp_path):
    folder = three_articles(make)
    package = export(folder, until="2018")
    assert kinds(package, tmp_path) == [("warcinfo", None), ("warcinfo", None), ("response", "1"), ("request", "1")]
    assert [page["url"] for page in package.pages] == [f"{PAGE}1"]
    (warc,) = (folder / "warc").iterdir()
    stored = [record for record in records(warc) if record.url == f"{PAGE}1"]
    taken = warc.read_bytes()[stored[0].offset : stored[-1].offset + stored[-1].length]
    assert package.read("archive/selection-00001.warc.gz").endswith(taken)
    assert [fields["url"] for _key, _moment, fields in package.index] == [f"{PAGE}1"]


def test_a_choice_holds_the_originals_that_its_revisits_need(make, export, tmp_path):
    first = make.article(1, "Như nhau", 1, published="2018")
    make.article(2, "Như nhau", 2, original=first, published="2020")
    package = export(make.close(), since="2020")
    assert [page["url"] for page in package.pages] == [f"{PAGE}2"]
    assert kinds(package, tmp_path)[2:] == [("response", "1"), ("request", "1"), ("revisit", "2"), ("request", "2")]


def test_a_choice_holds_all_captures_of_an_article(make, export, tmp_path):
    make.article(1, "Bản đầu", 1)
    make.article(1, "Bản sửa", 2)
    make.article(2, "Bài khác", 2)
    package = export(make.close(), words="ban sua")
    assert [kind for kind in kinds(package, tmp_path) if kind[0] == "response"] == [
        ("response", "1"),
        ("response", "1"),
    ]


def test_a_choice_holds_what_its_pages_need_and_no_pictures_of_other_articles(make, export, tmp_path):
    pictures = {
        number: Media(position=1, kind="image", url=f"{PAGE}{number}.png", original_src="a.png") for number in (1, 2)
    }
    for number, picture in pictures.items():
        make.article(number, f"Bài số {number}", 1, published=f"201{number}", media=(picture,))
        make.fetch(f"{PAGE}{number}.png", f"png {number}", 1, mime=PNG)
    for name, mime in (("site.css", CSS), ("logo.png", PNG), ("robots.txt", "text/plain")):
        make.fetch(f"{PAGE}{name}", name, 1, mime=mime)
    package = export(make.close(), until="2011")
    urls = {fields["url"].removeprefix(PAGE) for _key, _moment, fields in package.index}
    assert urls == {"1", "1.png", "site.css", "logo.png"}


def test_records_of_several_files_stand_behind_the_warcinfo_record_of_each(tmp_path, export):
    make = Maker(tmp_path / "data", roll_over=1)
    folder = three_articles(make)
    package = export(folder, since="2018")
    found = package.records(tmp_path)
    assert [record.kind for record in found] == ["warcinfo", *["warcinfo", "response", "request"] * 2]
    named = {record.record_id for record in found if record.kind == "warcinfo"}
    assert {record.headers["WARC-Warcinfo-ID"] for record in found if record.kind != "warcinfo"} < named


def test_a_limit_takes_the_first_articles(make, export):
    package = export(three_articles(make), limit=1)
    assert [page["url"] for page in package.pages] == [f"{PAGE}2"]


def test_words_choose_as_search_does(make, export):
    package = export(three_articles(make), words="mua he")
    assert [page["url"] for page in package.pages] == [f"{PAGE}2"]
    assert "mua he" in str(package.described["description"])


def test_a_file_that_is_still_being_written_is_left_out_and_named(make, tmp_path):
    folder = three_articles(make)
    late = Maker(folder)
    late.article(9, "Đang tải", 9)
    exported = export_wacz(folder, tmp_path / "out.wacz")
    assert (exported.articles, exported.captures) == (3, 3)
    (name,) = exported.left_out
    assert name.endswith(".warc.gz.open")
    late.close()


def test_an_archive_without_closed_files_is_refused_with_the_next_step(make, tmp_path):
    make.article(1, "Đang tải", 1)
    with pytest.raises(NewsCrawlerError, match=r"\.open is not closed; let the crawl end"):
        export_wacz(make.folder, tmp_path / "out.wacz")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data"]
    make.close()


def test_an_empty_archive_is_refused(make, tmp_path):
    with pytest.raises(NewsCrawlerError, match=r"nothing to export in .*; run `newscrawler crawl SITE` first"):
        export_wacz(make.close(), tmp_path / "out.wacz")


def test_a_choice_of_nothing_is_refused(make, tmp_path):
    with pytest.raises(NewsCrawlerError, match=r"no article in .* \(chosen: with the words xyz\)"):
        export_wacz(three_articles(make), tmp_path / "out.wacz", Selection(words="xyz"))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data"]


@pytest.mark.parametrize("since", [None, "2018"])
def test_a_damaged_record_stops_the_export_and_names_file_and_offset(make, tmp_path, since):
    folder = three_articles(make)
    (warc,) = (folder / "warc").iterdir()
    record = next(record for record in records(warc) if record.url == f"{PAGE}1")
    data = bytearray(warc.read_bytes())
    data[record.offset + 40] ^= 1
    warc.write_bytes(data)
    with pytest.raises(DamagedRecordError, match=rf"{warc.name} .*at offset {record.offset}"):
        export_wacz(folder, tmp_path / "out.wacz", Selection(since=since))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data"]


def test_a_file_cut_between_records_stops_the_export(make, tmp_path):
    folder = three_articles(make)
    (warc,) = (folder / "warc").iterdir()
    Manifest(folder).add(warc, "closed")
    last = list(records(warc))[-1]
    os.truncate(warc, last.offset)
    with pytest.raises(DamagedRecordError, match="was altered since it was closed"):
        export_wacz(folder, tmp_path / "out.wacz")


@pytest.mark.parametrize("since", [None, "2018"])
def test_a_missing_file_stops_the_export(make, tmp_path, since):
    folder = three_articles(make)
    (warc,) = (folder / "warc").iterdir()
    warc.unlink()
    with pytest.raises(DamagedRecordError, match=r"is missing, .*; restore it from a copy"):
        export_wacz(folder, tmp_path / "out.wacz", Selection(since=since))


def test_a_row_that_names_another_record_stops_the_export(make, tmp_path):
    folder = three_articles(make)
    db = open_database(folder / "news.db", write=True)
    db.conn.execute("UPDATE captures SET record_id = '<urn:uuid:0>'")
    close_database(db)
    with pytest.raises(DamagedRecordError, match="another record than the database names; run `newscrawler verify`"):
        export_wacz(folder, tmp_path / "out.wacz", Selection(since="2018"))


def test_a_file_that_is_there_is_replaced_only_by_force(make, export, tmp_path):
    folder = three_articles(make)
    (tmp_path / "out.wacz").write_bytes(b"dear")
    with pytest.raises(NewsCrawlerError, match=r"out\.wacz is there already"):
        export(folder)
    assert (tmp_path / "out.wacz").read_bytes() == b"dear"
    assert len(export(folder, force=True).pages) == 3


def test_a_failed_export_leaves_the_file_that_it_was_to_replace(make, tmp_path):
    folder = three_articles(make)
    out = tmp_path / "out.wacz"
    out.write_bytes(b"dear")
    with pytest.raises(NewsCrawlerError):
        export_wacz(folder, out, Selection(words="xyz"), force=True)
    assert out.read_bytes() == b"dear"


@pytest.mark.parametrize(
    ("out", "sentence"),
    [("data/warc/out.wacz", "lies among the WARC files"), ("out.zip", "must end in .wacz")],
)
def test_a_place_that_is_no_place_for_an_export_is_refused(make, tmp_path, out, sentence):
    with pytest.raises(UsageError, match=sentence):
        export_wacz(three_articles(make), tmp_path / out)


def test_a_folder_that_is_not_there_is_told(make, tmp_path):
    with pytest.raises(DiskError, match=r"cannot write .*nowhere/out\.wacz: No such file or directory"):
        export_wacz(three_articles(make), tmp_path / "nowhere" / "out.wacz")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_disk_is_told_in_one_sentence_and_nothing_else(make, tmp_path, capfd):
    (tmp_path / "out.wacz.part").symlink_to("/dev/full")
    with pytest.raises(DiskError, match=r"cannot write .*out\.wacz: No space left on device"):
        export_wacz(three_articles(make), tmp_path / "out.wacz")
    assert capfd.readouterr().err == ""


def test_progress_is_told_up_to_the_end(make, tmp_path):
    told: list[tuple[int, int]] = []
    export_wacz(three_articles(make), tmp_path / "out.wacz", progress=lambda done, total: told.append((done, total)))
    assert told == sorted(told)
    assert told[-1][0] == told[-1][1] > 0


def test_a_signature_is_made_with_a_key_that_only_its_owner_reads(make, export, tmp_path):
    key = tmp_path / "key.pem"
    package = export(three_articles(make), key=key)
    digest = json.loads(package.read("datapackage-digest.json"))
    signed = digest["signedData"]
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert (signed["hash"], signed["created"]) == (digest["hash"], package.described["created"])
    assert is_signed_by(signed, digest["hash"], SigningKey.of(key).public)


def test_cryptography_alone_checks_the_signature(make, export, tmp_path):
    """The steps of wacz-auth 0.1.0 §“Verification”, as somebody else would take them."""
    from base64 import b64decode

    from cryptography.hazmat.primitives.asymmetric import ec, utils
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.serialization import load_der_public_key

    signed = json.loads(export(three_articles(make), key=tmp_path / "key.pem").read("datapackage-digest.json"))[
        "signedData"
    ]
    numbers = b64decode(signed["signature"])
    first, second = int.from_bytes(numbers[:48], "big"), int.from_bytes(numbers[48:], "big")
    key = load_der_public_key(b64decode(signed["publicKey"]))
    assert isinstance(key, ec.EllipticCurvePublicKey)
    key.verify(utils.encode_dss_signature(first, second), signed["hash"].encode(), ec.ECDSA(SHA256()))


def test_a_second_export_is_signed_with_the_same_key(make, export, tmp_path):
    folder, key = three_articles(make), tmp_path / "key.pem"
    one, other = (export(folder, f"{each}.wacz", key=key).path.read_bytes() for each in "ab")
    assert one == other


@pytest.mark.parametrize("content", [b"", b"no key", b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"])
def test_a_file_without_a_key_is_refused_and_kept(make, tmp_path, content):
    key = tmp_path / "key.pem"
    key.write_bytes(content)
    with pytest.raises(ArchiveError, match=r"key\.pem holds no private key"):
        export_wacz(three_articles(make), tmp_path / "out.wacz", key=key)
    assert key.read_bytes() == content
    assert not (tmp_path / "out.wacz").exists()


@pytest.fixture(scope="module")
def signing(tmp_path_factory: pytest.TempPathFactory) -> SigningKey:
    return SigningKey.of(tmp_path_factory.mktemp("key") / "key.pem")


@settings(max_examples=50, deadline=None)
@given(one=st.text(), other=st.text())
def test_a_signature_holds_for_its_own_digest_alone(signing, one, other):
    signed = signing.sign(one.encode("utf-8", "replace").decode(), "2026-01-01T00:00:00Z", "test")
    assert is_signed_by(signed, signed["hash"], signing.public)
    digest = other.encode("utf-8", "replace").decode()
    assert is_signed_by({**signed, "hash": digest}, digest, signing.public) == (digest == signed["hash"])


@pytest.mark.parametrize("field", ["signature", "publicKey", "hash"])
@pytest.mark.parametrize("value", ["", "AAAA", "no base 64 §", None])
def test_a_changed_signature_is_no_signature_and_no_error(signing, field, value):
    signed = {**signing.sign("sha256:ab", "2026-01-01T00:00:00Z", "test"), field: value}
    assert not is_signed_by(signed, "sha256:ab", signing.public)
    del signed[field]
    assert not is_signed_by(signed, "sha256:ab", signing.public)


def run(*words: str) -> int:
    with pytest.raises(SystemExit) as ended:
        main(["export", *words])
    return int(ended.value.code or 0)


def test_the_command_says_what_it_has_written(make, tmp_path, capsys):
    folder, out = three_articles(make), tmp_path / "out.wacz"
    assert run("wacz", str(out), "--data", str(folder), "--from", "2018") == 0
    assert capsys.readouterr().out == f"{out}: 2 articles, 2 captures, 0.0 MB\n"


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (("zip", "out.zip"), 2, "'zip' is not one of"),
        (("wacz", "out.zip"), 2, "must end in .wacz"),
        (("wacz", "out.wacz", "xyz"), 1, "no article in"),
        (("wacz", "out.wacz", "--from", "yesterday"), 2, "give a year, month or day"),
    ],
)
def test_a_wrong_call_ends_with_its_code_and_a_sentence(make, tmp_path, monkeypatch, capsys, words, code, sentence):
    monkeypatch.setenv("NEWSCRAWLER_DATA", str(three_articles(make)))
    monkeypatch.chdir(tmp_path)
    assert run(*words) == code
    assert sentence in capsys.readouterr().err


def test_a_damaged_archive_ends_with_code_5(make, tmp_path, capsys):
    folder = three_articles(make)
    (warc,) = (folder / "warc").iterdir()
    os.truncate(warc, warc.stat().st_size - 3)
    assert run("wacz", str(tmp_path / "out.wacz"), "--data", str(folder)) == 5
    assert capsys.readouterr().err.count("\n") == 1


def test_help_has_an_example():
    from newscrawler.cli.export import command

    assert "newscrawler export wacz" in CliRunner().invoke(command, ["--help"]).output.split("Example:")[1]
