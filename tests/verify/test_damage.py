"""Random damage to a closed WARC file: what our walk finds, what all of `verify` finds, and what others do."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from types import SimpleNamespace

import pytest
from warcio.checker import Checker

from newscrawler.archive.cdxj import update_index
from newscrawler.archive.manifest import Manifest
from newscrawler.archive.writer import WarcWriter
from newscrawler.store import add_capture, close_database, finish_run, open_database, start_run
from newscrawler.store.ledger import Ledger
from newscrawler.verify import verify
from newscrawler.verify.archive import Archive, Meter, warc_files
from newscrawler.verify.ledgers import check_relations
from newscrawler.verify.records import FileCheck
from newscrawler.verify.report import Findings
from tests.archive.exchanges import exchange, members
from tests.conftest import times
from tests.small_archive import HOST, HTML, START, exchanges

SEED = 20260102
CHUNKED = 2
"""Of four answers, the one that is in chunks: others complain of its payload digest even where nothing is damaged."""


@dataclass(frozen=True)
class Victim:
    folder: Path
    path: Path
    whole: bytes
    borders: list[int] = field(default_factory=list)

    def damaged(self, data: bytes) -> Path:
        self.path.write_bytes(data)
        return self.path


def make(folder: Path) -> Victim:
    """One closed file of about 40 records in an archive that is whole."""
    db = open_database(folder / "news.db", write=True)
    run = start_run(db, "thanhdoan", "test", "2026-01-02T03:04:05.000000Z")
    manifest = Manifest(folder)
    info = {"software": "newscrawler/0", "manifest-head": manifest.head()}
    writer = WarcWriter(folder / "warc", "thanhdoan", info, now=lambda: START, reserve=0)
    chosen = [each for number, each in enumerate(exchanges(22)) if number % 4 != CHUNKED]
    captures = [capture for each in chosen if (capture := writer.write(each))]
    again = exchange(chosen[0].response.read(len(HTML) + 2), head=HTML + b"\r\n", url=f"{HOST}/again")
    captures += [capture for _ in range(2) if (capture := writer.write(again, captures[0]))]
    for capture in captures:
        add_capture(db, capture, run)
    writer.close()
    finish_run(db, run, "2026-01-02T04:04:05.000000Z", 0, {})
    close_database(db)
    path = folder / "warc" / captures[0].filename
    manifest.add(path, "closed")
    update_index(folder, [path])
    return Victim(folder, path, path.read_bytes(), [offset for offset, _content in members(path)])


@pytest.fixture
def victim(tmp_path: Path) -> Victim:
    return make(tmp_path)


def walk_finds(victim: Victim) -> bool:
    """Records alone: no manifest, no rows, no index."""
    findings, ledger = Findings(), Ledger()
    files = warc_files(victim.folder, findings)
    archive = Archive(victim.folder, findings, ledger, Meter(lambda done, total: None, 0), files, False)
    for file in files:
        list(FileCheck(archive, file).captures())
    check_relations(archive)
    ledger.close()
    return bool(findings.faults)


def verify_finds(victim: Victim) -> bool:
    return not verify(victim.folder).ok


def warcio_finds(victim: Victim) -> bool:
    """`warcio check FILE`."""
    try:
        with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
            return bool(Checker(SimpleNamespace(inputs=[str(victim.path)], verbose=False)).process_all())
    except Exception:
        return True


def fastwarc_finds(victim: Victim) -> bool:
    """`fastwarc check -q FILE`: block digests of all records."""
    from fastwarc.warc import ArchiveIterator

    try:
        with victim.path.open("rb") as stream:
            return not all(record.verify_block_digest() for record in ArchiveIterator(stream, parse_http=False))
    except Exception:
        return True


def finders() -> dict[str, Callable[[Victim], bool]]:
    found = {"walk": walk_finds, "verify": verify_finds, "warcio": warcio_finds}
    try:
        import fastwarc  # noqa: F401
    except ImportError:
        print("\nFastWARC is not installed: not compared")
        return found
    return {**found, "FastWARC": fastwarc_finds}


def flips(whole: bytes, count: int) -> Iterator[bytes]:
    random = Random(SEED)
    for _ in range(count):
        damaged = bytearray(whole)
        damaged[random.randrange(len(whole))] ^= 1 << random.randrange(8)
        yield bytes(damaged)


def cuts(whole: bytes, count: int) -> Iterator[bytes]:
    random = Random(SEED)
    for _ in range(count):
        yield whole[: random.randrange(len(whole))]


def counted(victim: Victim, damages: Iterator[bytes], what: str) -> dict[str, int]:
    """How many of the damages each finder finds, printed as a line of a table."""
    looked = finders()
    assert not any(finds(victim) for finds in looked.values()), "the file is whole"
    counts, number = dict.fromkeys(looked, 0), 0
    for data in damages:
        number += 1
        victim.damaged(data)
        for name, finds in looked.items():
            counts[name] += finds(victim)
    told = "  ".join(f"{name} {count}" for name, count in counts.items())
    print(f"\n{number} {what} (seed {SEED}) of {len(victim.borders)} records, {len(victim.whole):,} bytes: {told}")
    return counts


def test_every_flipped_bit_is_found(victim: Victim) -> None:
    count = times(256, 4096)
    counts = counted(victim, flips(victim.whole, count), "flipped bits")
    assert counts["verify"] == count
    assert counts["walk"] == count


def test_every_cut_is_found(victim: Victim) -> None:
    count = times(256, 4096)
    counts = counted(victim, cuts(victim.whole, count), "cuts")
    assert counts["verify"] == count


def test_a_cut_between_two_records_is_found_too_though_no_reader_can(victim: Victim) -> None:
    counts = counted(victim, (victim.whole[:border] for border in victim.borders), "cuts between records")
    assert counts["verify"] == len(victim.borders)
