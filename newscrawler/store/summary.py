"""What an archive holds, in numbers."""

from __future__ import annotations

from dataclasses import dataclass

from sqlite_utils import Database

_FORMS = "SELECT extractor, count(*) FROM articles GROUP BY extractor"
_BLOCKS = "SELECT block, count(*) FROM links GROUP BY block"
_COUNTS = """
    SELECT
        (SELECT count(*) FROM articles), (SELECT count(*) FROM versions), (SELECT count(*) FROM media),
        (SELECT count(capture_id) FROM media), (SELECT count(*) FROM captures), (SELECT count(*) FROM problems)
"""
_OTHER_REASONS = "SELECT count(*) FROM runs WHERE reason <> :reason"


@dataclass(frozen=True)
class Summary:
    """Rows of an archive's tables."""

    articles: int
    versions: int
    media: int
    media_held: int
    """Those whose own file is in the archive."""
    captures: int
    problems: int
    links: dict[str, int]
    """Block → links."""
    forms: dict[str, int]
    """Form in which bodies sat in their pages (`nested-E`, `generic`, …) → articles."""


def summarize(db: Database) -> Summary:
    """Count what there is."""
    articles, versions, media, media_held, captures, problems = db.conn.execute(_COUNTS).fetchone()
    forms: dict[str, int] = {}
    for extractor, count in db.conn.execute(_FORMS):
        form = str(extractor).split()[1] if " " in str(extractor) else str(extractor)
        forms[form] = forms.get(form, 0) + count
    links = {str(block): int(count) for block, count in db.conn.execute(_BLOCKS)}
    return Summary(articles, versions, media, media_held, captures, problems, links, dict(sorted(forms.items())))


def has_runs_other_than(db: Database, reason: str) -> bool:
    """Whether any run was made for another reason."""
    return bool(db.conn.execute(_OTHER_REASONS, {"reason": reason}).fetchone()[0])
