"""What a site answers for articles that it has not is never an article, in whatever order its pages come."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from newscrawler.errors import RefusalPageError
from newscrawler.items import Blocks, Capture, Page
from newscrawler.pages.keeping import Outcome, probe_address, store_page
from newscrawler.pages.whole import ReadPage, read_whole
from newscrawler.sites import SITES
from newscrawler.spiders.probe import ALIKE, MOST_BLOCKS, AbsenceProbe, ClosedDoor
from newscrawler.store import Database, add_capture, close_database, open_database
from newscrawler.urls import urlkey

SITE = SITES["thanhdoan"]
ROOT = "http://thanhdoan.hochiminhcity.gov.vn/ThanhDoan/webtd"
TEXT = "Sáng 26/7, Đoàn xã ra quân dọn kênh rạch, trồng cây xanh và tặng quà cho trẻ em nghèo. " * 3
WELCOME = "Chào mừng quý vị đến với trang tin của tuổi trẻ thành phố, mời quý vị chọn chuyên mục. " * 6


def html(title: str, text: str) -> str:
    body = f"<html><head><title>{title}</title></head><body><p>{text}</p></body></html>"
    return f"<html><title>{title}</title><body><textarea>{body}</textarea></body></html>"


def page(number: int | str, source: str, second: int = 0) -> Page:
    url = number if isinstance(number, str) else f"{ROOT}/News/{number}"
    at = f"2026-01-02T03:04:{second:02}.000000Z"
    capture = Capture(
        url=url, urlkey=urlkey(url), timestamp=at, status=200, mime="text/html", digest="sha1:A",
        filename="a.warc.gz", offset=second, length=9, record_id=f"<urn:uuid:{second}>",
    )  # fmt: skip
    moment = datetime.fromisoformat(at).astimezone(UTC)
    return Page(url=url, html=source, fetched_at=moment, site="thanhdoan", kind=SITE.kind(url), capture=capture)


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    db = open_database(tmp_path / "news.db", write=True)
    yield db
    close_database(db)


PAGES = (
    (probe_address(SITE), html("Trang chủ", WELCOME)),
    (1, html("Ra quân hè", TEXT)),
    (2, html("Trang chủ", WELCOME)),
    (3, html("Trang chủ", WELCOME)),
)


def store(db: Database, number: int | str, source: str, second: int) -> Outcome:
    each = page(number, source, second)
    assert each.capture is not None
    return store_page(db, each, add_capture(db, each.capture, None), None)


@pytest.mark.parametrize("order", list(itertools.permutations(range(4))))
def test_pages_equal_to_the_answer_are_no_articles_in_any_order(db: Database, order: tuple[int, ...]) -> None:
    for second in order:
        store(db, *PAGES[second], second)
    assert db.conn.execute("SELECT site_article_id, title FROM articles").fetchall() == [("1", "Ra quân hè")]
    found = db.conn.execute("SELECT url, kind, capture_id IS NULL FROM problems ORDER BY kind, url").fetchall()
    assert found == [
        (probe_address(SITE), "probe", 0),
        (f"{ROOT}/News/2", "soft-404", 0),
        (f"{ROOT}/News/3", "soft-404", 0),
    ]


def test_an_article_that_held_something_else_before_stays(db: Database) -> None:
    store(db, 2, html("Ra quân hè", TEXT), 1)
    store(db, 2, html("Trang chủ", WELCOME), 2)
    store(db, *PAGES[0], 3)
    assert db.conn.execute("SELECT count(*) FROM articles").fetchone() == (1,)


def test_an_article_that_becomes_the_answer_keeps_its_text(db: Database) -> None:
    store(db, *PAGES[0], 1)
    store(db, 2, html("Ra quân hè", TEXT), 2)
    assert store(db, 2, html("Trang chủ", WELCOME), 3) == Outcome.UNREAD
    assert db.conn.execute("SELECT title FROM articles").fetchall() == [("Ra quân hè",)]


def test_the_probe_has_the_address_of_an_article() -> None:
    probed = [(site, address) for site in SITES.values() if (address := probe_address(site)) is not None]
    assert SITE in [site for site, _address in probed]
    for site, address in probed:
        assert site.kind(address) == "article"


def test_a_site_whose_addresses_need_more_than_the_id_is_not_asked() -> None:
    probe = AbsenceProbe(SITES["youth-uel"])
    reads = [read_whole(page(number, html("Trang chủ", WELCOME))) for number in range(ALIKE + 1)]
    assert [probe.address(read) for read in reads] == [None] * len(reads)


def test_a_healthy_site_is_not_asked() -> None:
    probe = AbsenceProbe(SITE)
    for number in (1, 2, 3, 1):
        assert probe.address(read_whole(page(number, html(f"Tin thứ {number}", TEXT)))) is None


def test_articles_of_many_ids_that_hold_the_same_are_asked_about_once() -> None:
    probe = AbsenceProbe(SITE)
    reads = [read_whole(page(number, html("Trang chủ", WELCOME))) for number in range(ALIKE + 1)]
    assert [probe.address(read) for read in reads] == [*[None] * (ALIKE - 1), probe_address(SITE), None]


def refused(kind: str) -> ReadPage:
    return ReadPage(page=page(1, ""), blocks=None, reading=RefusalPageError("x", kind))


def test_five_closed_doors_in_a_row_are_enough() -> None:
    door = ClosedDoor()
    opened = ReadPage(page=page(1, ""), blocks=None, reading=Blocks(page=page(1, ""), title=None, main=None, form="x"))
    assert not any(door.saw(refused("block")) for _number in range(MOST_BLOCKS - 1))
    assert not door.saw(opened)
    assert not any(door.saw(refused("soft-404")) for _number in range(MOST_BLOCKS + 1))
    kinds = ("block", "captcha", "login", "block", "captcha")
    assert [door.saw(refused(kind)) for kind in kinds] == [False] * 4 + [True]
