"""What shows only when all files have been read: the manifest, the index, and what records say of one another."""

from __future__ import annotations

import re
from collections import Counter
from typing import BinaryIO

from newscrawler.archive.cdxj import INDEX
from newscrawler.archive.manifest import MANIFEST, NO_LINE, Fault, Manifest
from newscrawler.store.ledger import Dangling
from newscrawler.verify.archive import Archive
from newscrawler.verify.report import Kind

_LONGEST_LINE = 1 << 20
_FILENAME = re.compile(rb'"filename": "([^"\\]+)"')
_REMAKE = "`newscrawler rebuild` makes it again"


def check_manifest(archive: Archive) -> None:
    """Every closed file as its line in the manifest has it, and the chain of lines unbroken."""
    manifest = Manifest(archive.folder)
    try:
        if manifest.path.exists():
            for fault in manifest.check(archive.meter.add):
                _tell_manifest(archive, fault)
            _check_heads(archive, {NO_LINE, *manifest.digests()})
        elif any(not file.is_open and file.name not in archive.pending for file in archive.files):
            words = f"{manifest.path} is missing, so that cut and removed files may not show; restore it from a copy"
            archive.findings.fault("manifest", MANIFEST, words)
    except OSError as error:
        words = f"{manifest.path} cannot be read: {error.strerror or error}; restore it from a copy"
        archive.findings.fault("manifest", MANIFEST, words)


def _tell_manifest(archive: Archive, fault: Fault) -> None:
    name = (fault.file or "").removeprefix("warc/")
    if fault.kind == "torn":
        archive.findings.note(fault.message)
    elif fault.kind == "unlisted" and (name in archive.pending or archive.is_younger(name)):
        archive.findings.note(f"{fault.message}; {archive.who} adds it")
    else:
        step = "; move it away if it does not belong there" if fault.kind == "unlisted" else "; restore it from a copy"
        sentence = fault.message if "restore" in fault.message else fault.message + step
        archive.findings.fault("manifest", fault.file or MANIFEST, sentence, row=fault.line)


def _check_heads(archive: Archive, digests: set[str]) -> None:
    for name, head in archive.heads:
        if head not in digests:
            words = f"lacks the line after which {archive.shown(name)} was begun: lines were taken away or changed"
            archive.findings.fault("manifest", MANIFEST, f"{archive.folder / MANIFEST} {words}; restore it from a copy")


def check_index(archive: Archive) -> None:
    """Every record in the index, and nothing else, in order."""
    path = archive.folder / INDEX
    try:
        with path.open("rb") as stream:
            _read_index(archive, stream)
    except FileNotFoundError:
        if archive.files:
            archive.findings.note(f"{path} is not there; {_REMAKE}")
        return
    except OSError as error:
        archive.findings.fault("index", INDEX, f"{path} cannot be read: {error.strerror or error}; {_REMAKE}")
        return
    _compare_index(archive)


def _read_index(archive: Archive, stream: BinaryIO) -> None:
    previous, number = b"", 0
    while line := stream.readline(_LONGEST_LINE):
        number += 1
        if line <= previous:
            words = f"{archive.folder / INDEX} line {number} is out of order"
            archive.findings.fault("index", INDEX, f"{words}; {_REMAKE}", row=number)
        previous = line
        if not _may_grow(archive, line):
            archive.ledger.find_line(line.decode("utf-8", "surrogateescape").rstrip("\n"), number)


def _may_grow(archive: Archive, line: bytes) -> bool:
    """Whether a line belongs to a file that may have more records than were read here."""
    match = _FILENAME.search(line)
    name = match[1].decode("utf-8", "replace") if match else ""
    return bool(name) and (name in archive.pending or archive.is_younger(name))


def _compare_index(archive: Archive) -> None:
    path = archive.folder / INDEX
    archive.ledger.sort()
    for number in archive.ledger.strange_lines():
        words = f"{path} line {number} belongs to no record; {_REMAKE}"
        archive.findings.fault("index", INDEX, words, row=number)
    waiting: Counter[str] = Counter()
    for name, offset in archive.ledger.missing_lines():
        if name in archive.pending:
            waiting[name] += 1
        else:
            words = f"{path} has no line for the record at offset {offset} of {archive.shown(name)}; {_REMAKE}"
            archive.findings.fault("index", INDEX, words, offset=offset)
    for name, count in waiting.items():
        archive.findings.note(f"{path} lacks {count} lines of {archive.shown(name)} yet; {archive.who} adds them")


def check_relations(archive: Archive) -> None:
    """No id twice; every record that another one names is there; every revisit has its original."""
    archive.ledger.sort()
    for name, offset in archive.ledger.twice():
        words = f"{archive.shown(name)} at offset {offset} bears the id of another record; one of the two is a copy"
        archive.findings.fault("duplicate", f"warc/{name}", f"{words}, move its file away", offset=offset)
    halved: Counter[str] = Counter()
    for dangling in archive.ledger.dangling():
        if dangling.pointer == "concurrent" and _may_be_halved(archive, dangling.filename):
            halved[dangling.filename] += 1
        else:
            _tell_dangling(archive, dangling)
    for name, count in halved.items():
        why = "was imported" if name in archive.imported else "ended in a crash, or is being written,"
        archive.findings.note(f"{archive.shown(name)} {why} with {count} records whose other halves are not there")


def _may_be_halved(archive: Archive, name: str) -> bool:
    """Whether a file may hold half an exchange: others may have left a half out, and a crash may have torn one."""
    return any(name in names for names in (archive.imported, archive.crashed, archive.pending))


def _tell_dangling(archive: Archive, dangling: Dangling) -> None:
    kind: Kind = "pointer" if dangling.pointer == "concurrent" else "revisit"
    what = "a record whose other half" if kind == "pointer" else f"a revisit of {dangling.url} whose original"
    place = f"{archive.shown(dangling.filename)} at offset {dangling.offset} holds {what} is not there"
    archive.findings.fault(
        kind,
        f"warc/{dangling.filename}",
        f"{place}; restore the WARC file that is missing or damaged from a copy",
        offset=dangling.offset,
        url=dangling.url,
    )
