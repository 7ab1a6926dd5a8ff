"""What is missing of a site: files of articles, pages that failed or still wait, addresses that look like a trap,
articles that are gone, article ids and months that nothing is known of."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, get_args

from sqlite_utils import Database

GapKind = Literal["media", "requisite", "page", "queued", "trap", "gone", "ids", "months"]
GAP_KINDS: tuple[GapKind, ...] = get_args(GapKind)

NOT_ASKED = "not-asked"
NO_ADDRESS = "no-address"

_HELD = "captures.url = {url} AND captures.status = 200 AND captures.truncated IS NULL"
# The newest row of an address: sqlite gives the other columns of the row that has the max.
_LAST_PROBLEM = """
    SELECT url, kind, message, max(problems.id) AS id, max(seen_at) AS seen_at
    FROM problems
    WHERE {stage} AND run_id IN (SELECT id FROM runs WHERE site = :site)
    GROUP BY url
"""
# CROSS: from the few files that are missing to their articles, not through all articles of the site.
_MEDIA = """
    SELECT media.url, media.original_src, articles.url, articles.title, problems.kind, problems.message, captures.status
    FROM media
    CROSS JOIN articles ON articles.id = media.article_id
    LEFT JOIN problems ON problems.id = (
        SELECT max(id) FROM problems WHERE problems.url = media.url AND problems.stage = 'requisite'
    )
    LEFT JOIN captures ON captures.id = (
        SELECT id FROM captures WHERE url = media.url ORDER BY timestamp DESC, record_id LIMIT 1
    )
    WHERE articles.site = :site AND media.capture_id IS NULL
    ORDER BY articles.id, media.position
"""
_REQUISITES = f"""
    SELECT url, kind, message FROM ({_LAST_PROBLEM.format(stage="stage = 'requisite'")}) AS problem
    WHERE (kind = 'too-many' OR NOT EXISTS (SELECT 1 FROM captures WHERE {_HELD.format(url="problem.url")}))
        AND NOT EXISTS (SELECT 1 FROM media WHERE media.url = problem.url)
    ORDER BY id
"""
_OF_PAGES = "stage NOT IN ('requisite', 'discovery', 'politeness') AND url <> ''"
# A page that was the same as before (304) is whole as well.
_PAGES = f"""
    SELECT problem.url, problem.kind, message, frontier.state, frontier.tries
    FROM ({_LAST_PROBLEM.format(stage=_OF_PAGES)}) AS problem
    LEFT JOIN frontier ON frontier.site = :site AND frontier.url = problem.url
    WHERE NOT EXISTS (
        SELECT 1 FROM captures
        WHERE captures.url = problem.url AND captures.status IN (200, 304) AND captures.truncated IS NULL
            AND captures.timestamp > problem.seen_at
    )
    ORDER BY id
"""
_TRAPS = f"""
    SELECT url, kind, message FROM ({_LAST_PROBLEM.format(stage="stage = 'discovery' AND url <> ''")}) ORDER BY id
"""
_QUEUED = """
    SELECT url, state, reason, tries FROM frontier WHERE site = :site AND state IN ('queued', 'leased')
    ORDER BY state, priority DESC, added_at, url
"""
# By the index of answers that say so (see `gone`), since few articles are gone.
_GONE = """
    SELECT url, title, gone_at, last_seen FROM articles
    WHERE urlkey IN (SELECT urlkey FROM captures WHERE status IN (404, 410)) AND +site = :site AND gone_at IS NOT NULL
    ORDER BY gone_at, id
"""
_IDS = "SELECT site_article_id FROM articles WHERE site = :site AND site_article_id IS NOT NULL"
# By pages, too, that say so with status 200.
_ABSENT = """
    SELECT url FROM captures WHERE status IN (404, 410)
    UNION
    SELECT url FROM frontier WHERE site = :site AND reason IN ('absent', 'soft-404', 'known-absent')
"""
# One step of the index for each month; only what has no date of publication is looked up in the table.
_MONTHS = """
    WITH RECURSIVE months(month) AS (
        SELECT substr(min(published), 1, 7) FROM articles WHERE site = :site
        UNION ALL
        SELECT (
            SELECT substr(min(published), 1, 7) FROM articles
            WHERE site = :site AND published > CASE length(month) WHEN 7 THEN month || '~' ELSE month END
        )
        FROM months WHERE month IS NOT NULL
    )
    SELECT month FROM months WHERE length(month) >= 7
    UNION
    SELECT substr(event_date, 1, 7) FROM articles
    WHERE site = :site AND published IS NULL AND length(event_date) >= 7
    ORDER BY month
"""


@dataclass(frozen=True, kw_only=True)
class Gap:
    """One thing that is missing, or one row of them."""

    kind: GapKind
    reason: str
    """One word, such as `absent`, `timeout`, `other-site`, `budget`, `not-asked`."""
    message: str
    url: str | None = None
    """Of a file or page; of a file whose address is not known, its source as it stands in the page."""
    article_url: str | None = None
    """The article that names a file."""
    article_title: str | None = None
    first: str | None = None
    """The first id or month of a row of them, and the last."""
    last: str | None = None
    count: int = 1
    """How many are missing."""
    absent: int = 0
    """How many of the ids the server has said it has not."""
    state: str | None = None
    """How far the queue has come with a page: `queued`, `leased`, `given-up`, or `done` where it is settled."""
    tries: int | None = None
    """How often a page was asked for in vain; over all crawls since it was had last."""


@dataclass(frozen=True, kw_only=True)
class Total:
    """All gaps of one kind."""

    kind: GapKind
    gaps: int
    count: int
    """Of what is missing: a gap may be a row of ids or months."""
    absent: int


def find_gaps(db: Database, site: str, article_id: Callable[[str], str | None] | None = None) -> list[Gap]:
    """All gaps of a site, kind by kind in the order of `GAP_KINDS`.

    :param article_id: reads the article id out of an address, for sites whose ids are numbers that can be walked; None
        for others, which then have no gaps between ids.
    """
    return [gap for kind in GAP_KINDS for gap in gaps_of_kind(db, site, kind, article_id)]


def gaps_of_kind(
    db: Database, site: str, kind: GapKind, article_id: Callable[[str], str | None] | None = None
) -> Iterator[Gap]:
    """The same of one kind."""
    if kind == "ids":
        return _ids(db, site, article_id)
    return _FINDERS[kind](db, site)


def totals(gaps: Iterable[Gap]) -> list[Total]:
    """What the gaps come to, for each kind, gapless kinds included."""
    number, count, absent = Counter[str](), Counter[str](), Counter[str]()
    for gap in gaps:
        number[gap.kind] += 1
        count[gap.kind] += gap.count
        absent[gap.kind] += gap.absent
    return [Total(kind=kind, gaps=number[kind], count=count[kind], absent=absent[kind]) for kind in GAP_KINDS]


def _media(db: Database, site: str) -> Iterator[Gap]:
    for url, source, article_url, title, reason, message, status in db.conn.execute(_MEDIA, {"site": site}):
        if not reason:
            reason, message = _untold(url, status)
        yield Gap(
            kind="media",
            reason=reason,
            message=message,
            url=url or source,
            article_url=article_url,
            article_title=title,
        )


def _untold(url: str | None, status: int | None) -> tuple[str, str]:
    """Why a file is missing that no problem speaks of; a database made again from the WARC files has no problems."""
    if url is None:
        return NO_ADDRESS, "the page gives a bare name, and nothing dates the folder it lies in"
    if status is None:
        return NOT_ASKED, "no run has asked for it yet"
    reason = "absent" if status in (404, 410) else "cut" if status == 200 else f"http-{status}"
    return reason, "the answer is not whole" if status == 200 else f"the server answered {status}"


def _requisites(db: Database, site: str) -> Iterator[Gap]:
    for url, reason, message in db.conn.execute(_REQUISITES, {"site": site}):
        yield Gap(kind="requisite", reason=reason, message=message, url=url)


def _pages(db: Database, site: str) -> Iterator[Gap]:
    for url, reason, message, state, tries in db.conn.execute(_PAGES, {"site": site}):
        yield Gap(kind="page", reason=reason, message=message, url=url, state=state, tries=tries)


def _queued(db: Database, site: str) -> Iterator[Gap]:
    for url, state, reason, tries in db.conn.execute(_QUEUED, {"site": site}):
        message = "a run has it in hand" if state == "leased" else "it waits for the next run"
        yield Gap(kind="queued", reason=reason or state, message=message, url=url, state=state, tries=tries)


def _traps(db: Database, site: str) -> Iterator[Gap]:
    for url, reason, message in db.conn.execute(_TRAPS, {"site": site}):
        yield Gap(kind="trap", reason=reason, message=message, url=url)


def _gone(db: Database, site: str) -> Iterator[Gap]:
    for url, title, gone_at, last_seen in db.conn.execute(_GONE, {"site": site}):
        message = f"the server has had it no more since {gone_at[:10]}; the archive keeps it as of {last_seen[:10]}"
        yield Gap(kind="gone", reason="gone", message=message, url=url, article_url=url, article_title=title)


def _ids(db: Database, site: str, article_id: Callable[[str], str | None] | None) -> Iterator[Gap]:
    if article_id is None:
        return
    known = sorted({int(id) for (id,) in db.conn.execute(_IDS, {"site": site}) if _is_number(id)})
    absent = {
        int(id) for (url,) in db.conn.execute(_ABSENT, {"site": site}) if (id := article_id(url)) and _is_number(id)
    }
    absent_in_order = sorted(absent)
    for before, after in pairwise(known):
        if after - before > 1:
            count, gone = after - before - 1, _between(absent_in_order, before, after)
            yield Gap(
                kind="ids",
                reason="absent" if gone == count else "unknown",
                message="the server has none of them" if gone == count else f"of {count - gone:,} nothing is known",
                first=str(before + 1),
                last=str(after - 1),
                count=count,
                absent=gone,
            )


def _is_number(id: str) -> bool:
    return id.isascii() and id.isdigit()


def _between(numbers: list[int], low: int, high: int) -> int:
    """How many of sorted numbers lie between two others."""
    return bisect_left(numbers, high) - bisect_right(numbers, low)


def _months(db: Database, site: str) -> Iterator[Gap]:
    numbers = [_number(month) for (month,) in db.conn.execute(_MONTHS, {"site": site})]
    for before, after in pairwise(numbers):
        if after - before > 1:
            yield Gap(
                kind="months",
                reason="empty",
                message="no article is dated so",
                first=_month(before + 1),
                last=_month(after - 1),
                count=after - before - 1,
            )


def _number(month: str) -> int:
    """Months counted from year 0: `2018-05` is 24220."""
    return int(month[:4]) * 12 + int(month[5:7]) - 1


def _month(number: int) -> str:
    return f"{number // 12:04}-{number % 12 + 1:02}"


_FINDERS: dict[GapKind, Callable[[Database, str], Iterator[Gap]]] = {
    "media": _media,
    "requisite": _requisites,
    "page": _pages,
    "queued": _queued,
    "trap": _traps,
    "gone": _gone,
    "months": _months,
}
