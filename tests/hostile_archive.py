"""The hostile server crawled into a real archive, and the archive laid beside the truth."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from warcio.archiveiterator import ArchiveIterator

from tests.conftest import ROOT
from tests.hostile_exchange import SECURE, Case, HostileServer, cases, certificate, serving_all
from tests.servers import refusing

PLAIN = {
    "DOWNLOAD_DELAY": 0,
    "AUTOTHROTTLE_ENABLED": False,
    "RETRY_TIMES": 1,
    "LOG_LEVEL": "WARNING",
    "ITEM_PIPELINES": {},
    "ALLOW_PRIVATE_ADDRESSES": True,
}


@dataclass
class Archived:
    """The records of one attempt."""

    kind: str
    headers: dict[str, str]
    block: bytes
    request: bytes = b""
    interim: bytes = b""

    @property
    def truncated(self) -> str | None:
        return self.headers.get("WARC-Truncated")


@dataclass(frozen=True)
class Row:
    """One attempt: what passed, what was archived, and whether that is as it should be."""

    group: str
    case: str
    attempt: int
    sent: int
    recorded: int
    truncated: str
    complaint: str

    def __str__(self) -> str:
        verdict = self.complaint or ("equal" if self.sent == self.recorded else "a true beginning")
        name = f"{self.case[:28]} #{self.attempt}"
        return f"{self.group:<7}{name:<32}{self.sent:>10,}{self.recorded:>10,}  {self.truncated:<12}{verdict}"


@dataclass
class Outcome:
    """A crawl that has ended."""

    code: int
    words: str
    seen: list[dict[str, Any]]
    folder: Path
    archived: dict[str, list[Archived]] = field(default_factory=dict)


def crawl(folder: Path, requests: list[dict[str, Any]], file_limit: int = 0, **settings: Any) -> Outcome:
    """Crawl in a process of its own, for the reactor starts once.

    :param file_limit: bytes that no file of the process may exceed.
    """
    folder.mkdir(parents=True, exist_ok=True)
    plan = folder / "plan.json"
    settings = {**PLAIN, "ARCHIVE_DIR": str(folder), **settings}
    plan.write_text(json.dumps({"settings": settings, "requests": requests, "file_limit": file_limit}))
    env = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    words = [sys.executable, "-m", "tests.hostile_crawl", str(plan)]
    done = subprocess.run(words, cwd=ROOT, env=env, capture_output=True, text=True, timeout=120, check=False)
    seen = plan.with_suffix(".seen")
    notes = json.loads(seen.read_text()) if seen.exists() else []
    return Outcome(done.returncode, done.stdout + done.stderr, notes, folder, archived(folder))


def request_for(case: Case, base: str, **meta: Any) -> dict[str, Any]:
    return {
        "url": base + case.path,
        "method": case.method,
        "body": case.body,
        "headers": dict(case.headers),
        "meta": {"dont_retry": True, "handle_httpstatus_all": True, "dont_redirect": True, **case.meta, **meta},
    }


def archived(folder: Path) -> dict[str, list[Archived]]:
    """What the archive holds, by address, read by warcio and not by our own reader."""
    found: dict[str, list[Archived]] = defaultdict(list)
    answers: dict[str, Archived] = {}
    for path in sorted((folder / "warc").glob("*.warc.gz")):
        with path.open("rb") as stream:
            for record in ArchiveIterator(stream, no_record_parse=True):
                _sort(record, found, answers)
    return found


def _sort(record: Any, found: dict[str, list[Archived]], answers: dict[str, Archived]) -> None:
    headers = dict(record.rec_headers.headers)
    block = record.raw_stream.read()
    if record.rec_type == "warcinfo":
        return
    if record.rec_type == "request":
        answers[headers["WARC-Concurrent-To"]].request = block
    elif record.rec_type == "metadata" and headers.get("WARC-Concurrent-To") in answers:
        answers[headers["WARC-Concurrent-To"]].interim = block
    else:
        answer = Archived(record.rec_type, headers, block)
        answers[headers["WARC-Record-ID"]] = answer
        found[headers["WARC-Target-URI"]].append(answer)


def rows(group: str, server: HostileServer, asked: list[Case], found: dict[str, list[Archived]]) -> list[Row]:
    """The archive beside the truth, attempt by attempt."""
    made = []
    for case in [Case("robots.txt", ()), *asked]:
        url = server.url + case.path
        passed, records = server.truth[url], found.get(url, [])
        for number, truth in enumerate(passed):
            record = records[number] if number < len(records) else Archived("none", {}, b"")
            expected = case.truncated if number == len(passed) - 1 else None
            complaint = compare(truth.received, bytes(truth.sent), record, expected)
            recorded = len(record.interim + record.block) if record.kind == "response" else len(record.interim)
            name, cut = case.name, record.truncated or ("no answer" if record.kind == "metadata" else "")
            made.append(Row(group, name, number + 1, len(truth.sent), recorded, cut, complaint))
        if len(passed) != case.attempts or len(records) != len(passed):
            count = f"{case.attempts} attempts expected, {len(passed)} made, {len(records)} archived"
            made.append(Row(group, case.name, 0, 0, 0, "", count))
    return made


def compare(received: bytes, sent: bytes, record: Archived, expected: str | None) -> str:
    """A complaint, or an empty text."""
    answer = record.interim + (record.block if record.kind == "response" else b"")
    if record.request != received:
        return f"the request differs: {record.request[:60]!r}"
    if record.truncated != expected and not (expected == "length?" and record.truncated in (None, "length")):
        return f"truncated {record.truncated} instead of {expected}"
    if record.kind not in ("response", "metadata"):
        return f"it is a {record.kind} record"
    if record.kind == "metadata" and b"reason: " not in record.block:
        return "no reason is given"
    if expected:
        return "" if sent.startswith(answer) else "what is archived did not pass so"
    return "" if answer == sent else f"the response differs: {answer[:60]!r}"


def whole_run(folder: Path) -> tuple[list[Row], Outcome, str]:
    """All cases over http, some over https; the rows, the outcome, and the certificate's digest."""
    context, digest = certificate(folder)
    secure = [case for case in cases("https") if case.name in SECURE]
    plain, tls = HostileServer(cases()), HostileServer(secure, context)
    with serving_all([plain, tls]), refusing() as nobody:
        requests = [request_for(case, plain.url) for case in cases()]
        requests += [request_for(case, tls.url) for case in secure]
        requests.append(request_for(Case("refused", ()), nobody.url, dont_obey_robotstxt=True))
        outcome = crawl(folder / "data", requests, DOWNLOAD_VERIFY_CERTIFICATES=False)
    made = rows("http", plain, cases(), outcome.archived) + rows("https", tls, secure, outcome.archived)
    return made, outcome, digest


def table(made: list[Row]) -> str:
    lines = [f"{'':<7}{'case #attempt':<32}{'passed':>10}{'archived':>10}  {'truncated':<12}verdict", *map(str, made)]
    bad = sum(bool(row.complaint) for row in made)
    equal = sum(row.sent == row.recorded and not row.complaint for row in made)
    names = len({(row.group, row.case) for row in made})
    lines.append(
        f"{len(made)} attempts at {names} cases: {equal} equal, {len(made) - bad - equal} cut and named so, {bad} wrong"
    )
    return "\n".join(lines)


def main() -> int:
    with TemporaryDirectory() as folder:
        made, outcome, _ = whole_run(Path(folder))
        print(table(made))
        print(outcome.words[-2000:] if outcome.code else "")
    return int(any(row.complaint for row in made))
