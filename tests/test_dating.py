"""Undated articles of a real crawl between dated ones: the end of the run dates them, a rebuild comes to the same."""

from __future__ import annotations

from pathlib import Path

from newscrawler.store import close_database, open_database
from newscrawler.store.dump import dump_hash
from tests.conftest import Shell
from tests.servers import Reply, serving
from tests.test_crawl import query

IMAGE = (
    '<p><img src="http://www.thanhdoan.hochiminhcity.gov.vn/ThanhDoan/webtd/Content/news/2018/{month}/{id}/a.jpg"></p>'
)
TEXTS = {
    101: "Đoàn xã ra quân dọn kênh rạch và trồng cây xanh.",
    102: "Sáng 26/7, Đoàn xã tặng quà cho trẻ em nghèo.",
    103: "Đoàn phường tổ chức ngày hội hiến máu tình nguyện.",
    104: "Đoàn trường khai mạc giải bóng đá sinh viên.",
    105: "Từ ngày 18 đến 21/8, Đoàn quận mở lớp tập huấn.",
}
MONTHS = {101: 7, 104: 7}
"""Articles whose pictures tell the month."""
QUERY = (
    "SELECT site_article_id, published, published_precision, published_source, published_raw FROM articles ORDER BY 1"
)


def page(id: int) -> bytes:
    image = IMAGE.format(month=MONTHS[id], id=id) if id in MONTHS else ""
    text = f"<p>{TEXTS[id]} {'Hơn hai trăm đoàn viên, thanh niên trong xã đã tham gia hoạt động ý nghĩa này. ' * 3}</p>"
    body = f"<html><head><title></title></head><body>{text}{image}<p>THU HÀ</p></body></html>"
    return f"<html><head><title>Tin số {id}</title></head><body><h1>Tin số {id}</h1>{body}</body></html>".encode()


def reply(path: str) -> Reply:
    tail = path.rsplit("/", 1)[-1]
    if tail.isdigit() and int(tail) in TEXTS:
        return 200, {"Content-Type": "text/html; charset=utf-8"}, page(int(tail))
    return 404, {"Content-Type": "text/plain"}, b""


def hash_of(data: Path) -> str:
    db = open_database(data / "news.db")
    try:
        return dump_hash(db)
    finally:
        close_database(db)


def test_a_run_dates_what_lies_between_and_a_rebuild_comes_to_the_same(tmp_path: Path) -> None:
    with serving(reply) as server:
        shell = Shell(server.url, tmp_path)
        crawled = shell.crawl("--ids", "101-105")
        assert crawled.returncode in (0, 3), crawled.stderr
    rows = {row[0]: row[1:] for row in query(shell.data, QUERY)}
    between = "[101: 2018-07, 104: 2018-07]"
    assert rows["101"][:3] == rows["104"][:3] == ("2018-07", "month", "image-folder")
    assert rows["102"] == ("2018-07-26", "day", "neighbours", f"Sáng 26/7 {between}")
    assert rows["103"] == ("2018-07", "month", "neighbours", between)
    assert rows["105"] == (None, None, None, "Từ ngày 18 đến 21/8")
    before = hash_of(shell.data)
    assert shell("newscrawler", "rebuild", "--check").returncode == 0
    (shell.data / "news.db").unlink()
    assert shell("newscrawler", "rebuild").returncode == 0
    assert hash_of(shell.data) == before
