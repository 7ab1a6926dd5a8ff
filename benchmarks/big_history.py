"""What years of crawling leave beside the articles of a made archive: runs, problems, captures, links, versions.

Every page of a site shows the hot block of its day, so that the first crawl of a site writes the same few hot items
once for each of its pages; the front page tells in which span each item stood.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import blake2b
from random import Random

from newscrawler.store import Database
from newscrawler.store.runs import outcome_of
from newscrawler.urls import urlkey

_FIRST_RUN = datetime(2019, 1, 1, 19, 0)
_LAST_RUN = datetime(2026, 11, 22, 19, 0)
_FIRST_SITE = "thanhdoan"
_HOT_A_YEAR = {"thanhdoan": 300, "tuoitre": 60, "thanhnien": 60}
_ENDINGS = (0,) * 40 + (3, 3, 3, 3, 4, 4, 1, 6)
_TROUBLE = (
    ("fetch", "timeout", "the server did not answer within 30 s"),
    ("fetch", "status", "the server answered 503"),
    ("requisite", "absent", "the server answered 404"),
    ("read", "no-body", "no article body was found in the page"),
    ("fetch", "truncated", "the answer broke off"),
)
_PER_FILE = 2_000

_RUN = """
    INSERT INTO runs (
        site, started_at, finished_at, reason, exit_code, outcome, pages, articles_new, articles_changed,
        articles_unchanged, problems, bytes, counters, cycle, arguments
    ) VALUES (
        :site, :started_at, :finished_at, :reason, :exit_code, :outcome, :pages, :new, :changed, :unchanged,
        :problems, :bytes, :counters, :id, '{"full": false, "ids": null, "since": null, "url": null}'
    )
"""
_PROBLEM = "INSERT INTO problems (run_id, url, stage, kind, message, seen_at) VALUES (?, ?, ?, ?, ?, ?)"
_CAPTURE = """
    INSERT INTO captures (
        id, url, urlkey, timestamp, status, mime, digest, filename, offset, length, record_id, record_type, run_id
    ) VALUES (?, ?, ?, ?, 200, ?, ?, ?, ?, ?, ?, 'response', ?)
"""
_LINK = """
    INSERT INTO links (
        site, page_url, article_id, block, position, url, title, summary, first_seen, last_seen, capture_id, link_key
    ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_SEEN = """
    UPDATE articles SET first_seen = :first, last_seen = :last, last_changed = :changed, capture_id = :capture
    WHERE id = :id
"""
_VERSION = """
    INSERT INTO versions (article_id, seen_at, content_hash, capture_id, title, summary, byline, body_text, body_html)
    SELECT id, :first, content_hash || :mark, capture_id, title, summary, byline, replace(body_text, :old, :new),
        replace(body_html, :old, :new)
    FROM articles WHERE id = :id
"""
_LATEST = """
    INSERT INTO versions (article_id, seen_at, content_hash, capture_id, title, summary, byline, body_text, body_html)
    SELECT id, last_changed, content_hash, capture_id, title, summary, byline, body_text, body_html FROM articles
    ORDER BY id
"""
_SIGHTINGS = """
    INSERT INTO sightings (article_id, seen_at, content_hash, capture_id)
    SELECT article_id, seen_at, content_hash, capture_id FROM versions
"""
_PICTURE = """
    INSERT INTO media (article_id, position, kind, url, original_src, caption, credit, capture_id)
    VALUES (?, 1, 'image', ?, ?, ?, ?, ?)
"""
_QUEUED = """
    INSERT INTO frontier (site, url, kind, state, tries, reason, added_at, updated_at, cycle)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_COUNTS = """
    UPDATE runs SET articles_new = (SELECT count(*) FROM captures WHERE run_id = runs.id AND mime = 'text/html'),
        pages = pages + (SELECT count(*) FROM captures WHERE run_id = runs.id AND mime = 'text/html'),
        bytes = (SELECT ifnull(sum(length), 0) FROM captures WHERE run_id = runs.id)
"""


@dataclass(frozen=True, slots=True)
class _Run:
    id: int
    site: str
    at: datetime
    exit_code: int


@dataclass(frozen=True, slots=True)
class _Hot:
    """An item of a front page, and the days it stood there."""

    site: str
    number: int
    first: datetime
    last: datetime
    position: int


def add_history(db: Database, day_of: Callable[[int], date], pages: Mapping[str, str]) -> None:
    """Write it, within the caller's transaction.

    :param day_of: when the article of a number was published.
    :param pages: site → address of an article, with {} for its number.
    """
    random = Random("history")
    runs = list(_runs())
    rows = db.conn.execute("SELECT id, site, url, title, CAST(site_article_id AS INTEGER) FROM articles").fetchall()
    titles = {number: (id, url, title) for id, _site, url, title, number in rows}
    db.conn.executemany(_RUN, (_run_row(run, random) for run in runs))
    db.conn.executemany(_PROBLEM, _problems(runs, random, pages))
    hot = {site: list(_hot(site, [row[4] for row in rows if row[1] == site], day_of)) for site in pages}
    of_site = {site: [run for run in runs if run.site == site and run.exit_code != 1] for site in pages}
    seen = [_first_run(of_site[site], day_of(number)) for _id, site, _url, _title, number in rows]
    db.conn.executemany(_CAPTURE, _captures(rows, seen))
    db.conn.executemany(_SEEN, (_seen(row[0], run, of_site[row[1]][-1]) for row, run in zip(rows, seen, strict=True)))
    db.conn.executemany(_LINK, _front_links(hot, titles))
    db.conn.executemany(_LINK, _page_links(rows, seen, hot, titles))
    db.conn.execute(_LATEST)
    db.conn.executemany(_VERSION, _versions(rows, seen))
    db.conn.execute(_SIGHTINGS)
    db.conn.executemany(_PICTURE, _pictures(rows, len(rows)))
    db.conn.executemany(_QUEUED, _queue(rows, seen, of_site))
    db.conn.execute("CREATE INDEX made_captures_run ON captures(run_id)")
    db.conn.execute(_COUNTS)
    db.conn.execute("DROP INDEX made_captures_run")


def moment(at: datetime) -> str:
    """As the tables have it: UTC with microseconds."""
    return f"{at.isoformat(timespec='microseconds')}Z"


def _runs() -> Iterator[_Run]:
    """One a week of the first site, one in four weeks of the others."""
    at, number, week = _FIRST_RUN, 0, 0
    while at <= _LAST_RUN:
        for place, site in enumerate(_HOT_A_YEAR):
            if site == _FIRST_SITE or week % 4 == 0:
                number += 1
                code = _ENDINGS[number * 37 % len(_ENDINGS)] if week else 0
                yield _Run(number, site, at + timedelta(hours=place), code)
        at, week = at + timedelta(days=7), week + 1


def _run_row(run: _Run, random: Random) -> dict[str, object]:
    took = timedelta(seconds=random.randint(60, 2500)) if run.id > 3 else timedelta(hours=30)
    found = {3: random.randint(3, 40), 1: 1, 6: 1}.get(run.exit_code, random.choice((0, 0, 0, 2)))
    return {
        "id": run.id,
        "site": run.site,
        "started_at": moment(run.at),
        "finished_at": moment(run.at + took),
        "reason": "timer" if run.id % 9 else "by hand",
        "exit_code": run.exit_code,
        "outcome": outcome_of(run.exit_code),
        "pages": random.randint(40, 160),
        "new": 0,
        "changed": random.randint(0, 4),
        "unchanged": random.randint(20, 60),
        "problems": found,
        "bytes": 0,
        "counters": json.dumps({"cycle_listed": 160, "not_modified": random.randint(0, 30), "given_up": found}),
    }


def _problems(runs: list[_Run], random: Random, pages: Mapping[str, str]) -> Iterator[tuple[object, ...]]:
    again = Random("history")
    for run in runs:
        for _ in range(int(str(_run_row(run, again)["problems"]))):
            url = pages[run.site].format(random.randint(1, 250_000))
            yield (run.id, url, *random.choice(_TROUBLE), moment(run.at + timedelta(seconds=random.randint(1, 60))))


def _hot(site: str, numbers: list[int], day_of: Callable[[int], date]) -> Iterator[_Hot]:
    """Items stand for days or weeks from the day on which they came out; the latest still do."""
    random = Random(site)
    late = [number for number in numbers if day_of(number) >= _FIRST_RUN.date()]
    chosen = random.sample(late, min(len(late), 8 * _HOT_A_YEAR[site]))
    for place, number in enumerate(sorted(chosen, key=day_of)):
        first = datetime.combine(day_of(number), _FIRST_RUN.time())
        last = min(first + timedelta(days=random.choice((1, 2, 3, 5, 8, 13, 21, 60))), _LAST_RUN)
        yield _Hot(site, number, first, last, place % 8 + 1)


def _first_run(runs: list[_Run], published: date) -> _Run:
    place = bisect_left(runs, datetime.combine(published, _FIRST_RUN.time()), key=lambda run: run.at)
    return runs[min(place, len(runs) - 1)]


def _captures(rows: list[tuple[int, str, str, str, int]], seen: list[_Run]) -> Iterator[tuple[object, ...]]:
    """Of each article's page, and of the picture of every other one."""
    for place, (row, run) in enumerate(zip(rows, seen, strict=True)):
        yield _capture(place + 1, row[2], "text/html", run, place, 9_000 + place % 5_000)
    for place, (row, run) in enumerate(zip(rows, seen, strict=True)):
        if _has_picture(row[4]) and row[4] % 40:
            yield _capture(len(rows) + place + 1, picture_of(row[2]), "image/jpeg", run, place, 60_000)


def _capture(id: int, url: str, mime: str, run: _Run, place: int, length: int) -> tuple[object, ...]:
    digest = f"sha256:{blake2b(url.encode(), digest_size=32).hexdigest()}"
    kind = "p" if mime == "text/html" else "i"
    name = f"{run.site}-{run.at:%Y%m%d%H%M%S}-{kind}{place // _PER_FILE:05}.warc.gz"
    at = moment(run.at + timedelta(seconds=place % 90_000))
    record = f"<urn:uuid:{id:08x}-0000-4000-8000-000000000000>"
    return (id, url, urlkey(url), at, mime, digest, name, place % _PER_FILE * 70_000, length, record, run.id)


def _seen(id: int, run: _Run, last: _Run) -> dict[str, object]:
    changed = _changed_at(id, run)
    return {
        "id": id,
        "first": moment(run.at),
        "last": moment(max(last.at, changed)),
        "changed": moment(changed),
        "capture": id,
    }


def _changed_at(id: int, run: _Run) -> datetime:
    """One article in fifty was edited, a fortnight after it was first seen."""
    return run.at + timedelta(days=14) if id % 50 == 7 else run.at


def _versions(rows: list[tuple[int, str, str, str, int]], seen: list[_Run]) -> Iterator[dict[str, object]]:
    for row, run in zip(rows, seen, strict=True):
        if _changed_at(row[0], run) != run.at:
            yield {"id": row[0], "first": moment(run.at), "mark": " before", "old": " và ", "new": " cùng với "}


def _front_links(
    hot: Mapping[str, list[_Hot]], titles: Mapping[int, tuple[int, str, str]]
) -> Iterator[tuple[object, ...]]:
    fronts = {"thanhdoan": "http://thanhdoan.hochiminhcity.gov.vn/ThanhDoan/webtd"}
    for site, items in hot.items():
        front = fronts.get(site, f"https://{site}.vn/")
        for item in items:
            _id, url, title = titles[item.number]
            yield _link(site, front, None, "hot", item.position, url, title, item.first, item.last, None)


def _page_links(
    rows: list[tuple[int, str, str, str, int]],
    seen: list[_Run],
    hot: Mapping[str, list[_Hot]],
    titles: Mapping[int, tuple[int, str, str]],
) -> Iterator[tuple[object, ...]]:
    """On each article's page two hot items of its day and two related ones; and the list in which it stood."""
    numbers = sorted(titles)
    for place, ((id, site, url, title, _number), run) in enumerate(zip(rows, seen, strict=True)):
        items = hot[site]
        end = bisect_left(items, run.at, key=lambda item: item.first)
        for position, item in enumerate(items[max(end - 2, 0) : end], 1):
            yield _link(site, url, id, "hot", position, *titles[item.number][1:], run.at, run.at, id)
        for position, step in enumerate((10, 20), 1):
            other = titles[numbers[place - step]]
            yield _link(site, url, id, "related", position, *other[1:], run.at, run.at, id)
        listing = f"{url.rpartition('/')[0]}/list/{place // 20}"
        yield _link(site, listing, None, "main", place % 20 + 1, url, title, run.at, run.at, None)


def _link(
    site: str,
    page: str,
    article_id: int | None,
    block: str,
    position: int,
    url: str,
    title: str,
    first: datetime,
    last: datetime,
    capture_id: int | None,
) -> tuple[object, ...]:
    key = blake2b(f"{block}\x1f{url}\x1f{position}".encode(), digest_size=8).hexdigest()
    times = (moment(first), moment(last))
    return (site, page, article_id, block, position, url, title, None, *times, capture_id, key)


def _has_picture(number: int) -> bool:
    return number % 2 == 0


def picture_of(url: str) -> str:
    """Address of the picture in the article of an address."""
    return f"{url}/anh.jpg"


def _pictures(rows: list[tuple[int, str, str, str, int]], count: int) -> Iterator[tuple[object, ...]]:
    for place, (id, _site, url, _title, number) in enumerate(rows):
        if _has_picture(number):
            held = count + place + 1 if number % 40 else None
            yield (id, picture_of(url), "anh.jpg", "Các bạn trẻ ra quân. Ảnh: Lê An", "Lê An", held)


def _queue(
    rows: list[tuple[int, str, str, str, int]], seen: list[_Run], runs: Mapping[str, list[_Run]]
) -> Iterator[tuple[object, ...]]:
    for (id, site, url, _title, number), run in zip(rows, seen, strict=True):
        yield (site, url, "article", "done", 1, None, moment(run.at), moment(run.at), run.id)
        if number % 1_000 == 1:
            last = runs[site][-1]
            state, reason = ("queued", None) if id % 3 == 1 else ("given-up", "the server answered 503")
            yield (site, f"{url}/2", "article", state, 3, reason, moment(last.at), moment(last.at), last.id)
