"""Each record of a WARC file: whole, with the right digests, and naming only what is there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from newscrawler.archive.captures import capture_of
from newscrawler.archive.cdxj import cdxj_line
from newscrawler.archive.fixity import payload_agrees, stray_bits
from newscrawler.archive.reader import StoredRecord, locate
from newscrawler.archive.salvage import Gap, salvage
from newscrawler.items import Capture
from newscrawler.verify.archive import Archive, WarcFile
from newscrawler.verify.report import Kind

_NOT_MODIFIED = "/server-not-modified"
_MOST_FIELDS = 1 << 16


class FileCheck:
    """One walk over one file; what it finds goes to the archive's findings and ledger."""

    def __init__(self, archive: Archive, file: WarcFile) -> None:
        self.archive, self.file = archive, file
        self.is_ours = False
        """Whether the file is of our own writing, and must be so to the bit."""
        self._warcinfo_ids: set[str] = set()
        self._seen = 0

    def captures(self) -> Iterator[Capture]:
        """Check all records; gives the captures that rows and index must have.

        :raises DamagedRecordError: if the file itself cannot be read.
        :raises OSError: likewise.
        """
        path = locate(self.archive.folder / "warc", self.file.name)
        gap: Gap | None = None
        with path.open("rb") as stream:
            for part in salvage(path):
                if gap:
                    self._lost(gap)
                gap = part if isinstance(part, Gap) else None
                if isinstance(part, StoredRecord) and (capture := self._check(part, stream)):
                    yield capture
        if gap:
            self._lost_end(gap)
        elif not self._seen:
            self._fault("file", None, "is empty; restore it from a copy, or move it away")

    def _lost(self, gap: Gap) -> None:
        self._seen += 1
        reason = gap.reason.rpartition(": ")[2]
        words = f"holds no readable record in {gap.length} bytes from offset {gap.offset} on ({reason})"
        self.archive.findings.fault(
            "lost", self._relative, f"{self._shown} {words}; restore it from a copy", offset=gap.offset
        )

    def _lost_end(self, gap: Gap) -> None:
        """A write may be under way, or a crash have cut it short: then nothing is lost that was ever reported."""
        if not self.file.is_open:
            self._lost(gap)
            return
        done = "a record is being written" if self.archive.is_written else "the next crawl repairs it"
        self.archive.findings.note(f"{self._shown} ends in {gap.length} bytes that are no whole record; {done}")

    def _check(self, record: StoredRecord, stream: BinaryIO) -> Capture | None:
        self._seen += 1
        self.archive.findings.records += 1
        self.archive.meter.add(record.length)
        if record.kind == "warcinfo":
            self._check_warcinfo(record)
        elif self._seen == 1 and self.file.name not in self.archive.imported:
            self._fault("record", record, "does not begin with a warcinfo record; restore it from a copy")
        if self.is_ours and stray_bits(stream, record):
            self._fault("bits", record, "has stray bits beside a record whose content is whole; restore it from a copy")
        if not payload_agrees(record, strictly=self.is_ours):
            self._fault("payload", record, "holds a payload that differs from its digest; restore it from a copy")
        self._check_warcinfo_id(record)
        capture = capture_of(record, self.file.name)
        self._note_down(record, capture)
        return capture

    def _check_warcinfo(self, record: StoredRecord) -> None:
        self._warcinfo_ids.add(record.record_id)
        fields = warcinfo_of(record)
        self.is_ours = fields.get("software", "").startswith("newscrawler/")
        if "source-sha256" in fields:
            self.archive.imported.add(self.file.name)
        named = record.headers.get("WARC-Filename", self.file.name)
        if self.is_ours and self.file.name not in self.archive.crashed and named != self.file.name:
            self._fault("record", record, f"says that its name is {named}; give it that name, or restore both files")
        if self.is_ours and (head := fields.get("manifest-head")):
            self.archive.heads.append((self.file.name, head))

    def _check_warcinfo_id(self, record: StoredRecord) -> None:
        named = record.headers.get("WARC-Warcinfo-ID")
        if named and named not in self._warcinfo_ids:
            self._warcinfo_ids.add(named)  # told once: all that follow name the same
            self._fault("pointer", record, f"has records of a warcinfo {named} that it lacks; restore it from a copy")

    def _note_down(self, record: StoredRecord, capture: Capture | None) -> None:
        ledger, name, offset = self.archive.ledger, self.file.name, record.offset
        is_response = capture is not None and record.kind == "response"
        page = (record.url or "", record.date) if is_response else None
        ledger.add_record(record.record_id, name, offset, capture.digest if capture else None, page)
        for field, value in record.fields:
            if field.lower() == "warc-concurrent-to":
                ledger.add_pointer("concurrent", (value,), name, offset)
        if capture is not None:
            self._expect_line(record, capture)
        if record.kind == "revisit":
            self._note_revisit(record)

    def _note_revisit(self, record: StoredRecord) -> None:
        """Which original a revisit names; by its address and date where WARC 1.1 §6.7.3 has no other way."""
        named, place = record.headers, (self.file.name, record.offset, record.url)
        if original := named.get("WARC-Refers-To"):
            digest = named.get("WARC-Payload-Digest", "")
            self.archive.ledger.add_pointer("refers-to", (original,), *place, digest)
        if not original or named.get("WARC-Profile", "").endswith(_NOT_MODIFIED):
            page = (named.get("WARC-Refers-To-Target-URI", ""), named.get("WARC-Refers-To-Date", ""))
            self.archive.ledger.add_pointer("refers-to-uri", page, *place)

    def _expect_line(self, record: StoredRecord, capture: Capture) -> None:
        try:
            self.archive.ledger.expect_line(cdxj_line(capture), self.file.name, record.offset)
        except ValueError as error:
            self._fault("record", record, f"holds a record that no index can take: {error}; restore it from a copy")

    def _fault(self, kind: Kind, record: StoredRecord | None, words: str) -> None:
        offset, url = (record.offset, record.url) if record else (None, None)
        place = f"{self._shown} at offset {offset}" if record else self._shown
        self.archive.findings.fault(kind, self._relative, f"{place} {words}", offset=offset, url=url)

    @property
    def _relative(self) -> str:
        return f"warc/{self.file.path.name}"

    @property
    def _shown(self) -> str:
        return str(self.file.path)


def warcinfo_of(record: StoredRecord) -> dict[str, str]:
    """The fields of a warcinfo record (`application/warc-fields`, WARC 1.1 §6.2), names in lower case."""
    lines = record.block.read(0, _MOST_FIELDS).decode("utf-8", "replace").splitlines()
    pairs = (line.partition(":") for line in lines)
    return {name.strip().lower(): value.strip() for name, _colon, value in pairs if name}
