"""What a site says of articles that it has not, under status 200: the answer to an address that nobody gave out.

Nothing that reads as that answer is an article, whether it came before or after it (facts: reliability §2, row 71).
"""

from __future__ import annotations

from sqlite_utils import Database

from newscrawler.store.database import transaction
from newscrawler.store.runs import add_problem
from newscrawler.store.twins import renew_twins, twin_hash_of

PROBE = "probe"
"""Kind of the row in table `problems` that keeps the answer's content hash as its message."""
SOFT_404 = "soft-404"

_NOTED = "SELECT 1 FROM problems WHERE url = :url AND kind = :kind AND message = :content_hash"
_EQUAL = """
    SELECT id, url, capture_id FROM articles WHERE site = :site AND content_hash = :content_hash
    AND NOT EXISTS (SELECT 1 FROM versions WHERE article_id = articles.id AND content_hash <> :content_hash)
"""


def is_answer_of_absence(db: Database, probe_url: str, content_hash: str) -> bool:
    """Whether an article's content is what the site answers at the probe's address."""
    wanted = {"url": probe_url, "kind": PROBE, "content_hash": content_hash}
    return db.conn.execute(_NOTED, wanted).fetchone() is not None


def note_answer_of_absence(
    db: Database,
    site: str,
    probe_url: str,
    content_hash: str,
    *,
    run_id: int | None,
    seen_at: str,
    capture_id: int | None,
) -> list[str]:
    """Keep the answer, and drop what was stored of it before; gives the addresses dropped.

    Articles that have had another text stay, with their versions.
    """
    with transaction(db):
        add_problem(db, run_id, probe_url, "reading", PROBE, content_hash, seen_at, capture_id)
        rows = db.conn.execute(_EQUAL, {"site": site, "content_hash": content_hash}).fetchall()
        for article_id, url, own_capture in rows:
            note_soft_404(db, url, run_id=run_id, seen_at=seen_at, capture_id=own_capture)
            renew_twins(db, article_id, twin_hash_of(db, article_id), None)
            db.conn.execute("DELETE FROM articles WHERE id = :id", {"id": article_id})
    return [url for _id, url, _capture in rows]


def note_soft_404(db: Database, url: str, *, run_id: int | None, seen_at: str, capture_id: int | None) -> None:
    """Write down that an address holds only what the site says of articles that it has not."""
    message = f"{url} holds what the site answers for an article that it has not"
    add_problem(db, run_id, url, "reading", SOFT_404, message, seen_at, capture_id)
