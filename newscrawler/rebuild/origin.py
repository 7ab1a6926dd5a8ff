"""Whose a WARC file is: what its warcinfo record tells of the run that wrote it."""

from __future__ import annotations

from dataclasses import dataclass

from newscrawler.archive.reader import StoredRecord
from newscrawler.store import Database, start_run
from newscrawler.store.renewal import find_run

MOST_INFO = 1 << 16
IMPORT = "import"
"""Reason of a run that took over what others had recorded."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where records come from, until the next warcinfo record says otherwise."""

    run_id: int | None = None
    ours: bool = False
    """Whether a crawl of this program recorded them; it has read the pages of known sites and none else, while what
    others have recorded may hold articles of any host."""
    site: str = ""
    """Name of the site that the crawl was of; of one that no file knows, its host."""


def origin_of(db: Database, record: StoredRecord, run_id: int | None) -> Origin:
    """The run that a warcinfo record speaks of, made if table `runs` has it not; `run_id` where it speaks of none."""
    told = fields_of(record.block.read(0, MOST_INFO))
    site, started_at = told.get("ispartof", ""), told.get("run-started", "")
    if not (site and started_at):
        # Files of our first version name the software, but no run.
        return Origin(run_id, told.get("software", "").startswith("newscrawler/"))
    known = find_run(db, site, started_at)
    reason = told.get("run-reason", "unknown")
    run = start_run(db, site, reason, started_at) if known is None else known
    return Origin(run, reason != IMPORT, site)


def fields_of(block: bytes) -> dict[str, str]:
    """The lines `name: value` of `application/warc-fields`, names in lower case.

    >>> fields_of("operator: Thành Đoàn\\r\\nisPartOf: thanhdoan\\r\\n".encode())
    {'operator': 'Thành Đoàn', 'ispartof': 'thanhdoan'}
    """
    lines = (line.partition(":") for line in block.decode("utf-8", "replace").splitlines())
    return {name.strip().lower(): value.strip() for name, colon, value in lines if colon}
