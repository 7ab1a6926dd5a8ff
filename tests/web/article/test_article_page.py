"""The page of an article: what it says, how exactly its date is known, what stood beside it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import html as lxml_html

from newscrawler.items import Claim, Comment, Link, Media, Origin
from newscrawler.store import close_database, open_database, store_article, transaction
from tests.store.conftest import PAGE, article
from tests.web.article.conftest import answer, make, png
from tests.web.conftest import Archive, Get, asking

PHOTO = "http://thanhdoan.hochiminhcity.gov.vn/anh.png"
LOST = "http://thanhdoan.hochiminhcity.gov.vn/mat.jpg"


def body(text: str) -> str:
    return re.sub(r"\s+", " ", text.partition("<main")[2])


def test_an_article_of_the_sample_site_is_shown_whole(get: Get, archive: Archive) -> None:
    db = open_database(archive.data / "news.db")
    try:
        title, text = db.conn.execute(
            "SELECT title, body_text FROM articles WHERE id = ?", (archive.edited,)
        ).fetchone()
    finally:
        close_database(db)
    answered = get(f"/article/{archive.edited}")
    assert answered.status_code == 200
    shown = lxml_html.fromstring(answered.text)
    assert shown.xpath("string(//h1)") == title
    paragraphs = [" ".join(each.text_content().split()) for each in shown.xpath("//div[@class='prose']//p")]
    assert paragraphs == [" ".join(paragraph.split()) for paragraph in text.split("\n\n")]
    assert f'href="/article/{archive.edited}/history"' in answered.text


@pytest.mark.parametrize(
    ("published", "precision", "source", "vi", "en"),
    [
        (
            "2018-05",
            "month",
            "image-folder",
            "tháng 5/2018, suy từ thư mục ảnh",
            "May 2018, inferred from the folder of its pictures",
        ),
        (
            "2018",
            "year",
            "neighbours",
            "năm 2018, suy từ các bài kề trước và sau",
            "2018, inferred from the articles before and after it",
        ),
        (
            "2018-05-16",
            "day",
            "prose",
            "ngày 16/5/2018, suy từ lời văn trong bài",
            "16 May 2018, inferred from the wording of the text",
        ),
        (
            "2018-05-16T14:30:00+07:00",
            "minute",
            "page",
            "16/5/2018, 14:30, ghi trên trang",
            "16 May 2018, 14:30, as written on the page",
        ),
        (None, None, None, "Không rõ ngày đăng", "Date of publication unknown"),
    ],
)
def test_a_date_is_told_as_exactly_as_it_is_known_with_its_source(
    tmp_path: Path, published: str | None, precision: str | None, source: str | None, vi: str, en: str
) -> None:
    dated = {"published": published, "published_precision": precision, "published_source": source}
    made = make(tmp_path, [answer(b"<p>x")], published_raw="2018/5" if published else None, **dated)
    get = asking(made.data)
    assert vi in body(get("/article/1").text)
    assert en in body(get("/article/1?lang=en").text)
    assert ("“2018/5”" in get("/article/1").text) is bool(published)


def test_what_other_places_of_the_page_said_is_told_on_request(tmp_path: Path) -> None:
    other = Claim(field="published", value="2018-05-17", source="json-ld", where="datePublished")
    origins = {"published": Origin(source="meta", where="article:published_time", conflicts=(other,))}
    made = make(tmp_path, [answer(b"<p>x")], published="2018-05-16", published_precision="day", origins=origins)
    told = body(asking(made.data)("/article/1?lang=en").text)
    assert "<details" in told
    assert "JSON-LD (datePublished) says “2018-05-17”" in told


def test_pictures_come_from_the_archive_or_are_told_by_their_address(tmp_path: Path) -> None:
    shown = f'<figure><img src="{PHOTO}" alt="Ra quân"><figcaption>Ảnh: LAN CHI</figcaption></figure><p>Và</p><figure><img src="{LOST}" alt=""></figure>'
    media = (
        Media(position=1, kind="image", url=PHOTO, original_src="anh.png", caption="Ảnh: LAN CHI", credit="LAN CHI"),
        Media(position=2, kind="image", url=LOST, original_src="mat.jpg"),
    )
    answers = [answer(b"<p>x"), answer(png(), PHOTO, mime="image/png", second=1), answer(b"<h1>404", LOST, second=2)]
    made = make(tmp_path, answers, body_html=shown, media=media)
    get = asking(made.data)
    text = get("/article/1").text
    sources = re.findall(r'<img[^>]* src="([^"]*)"', text)
    assert sources == [f"/picture/{made.captures[1].id}"]
    assert f"<code>{LOST}</code>" in text
    assert "Ảnh: LAN CHI" in text
    assert get(sources[0]).headers["content-type"] == "image/png"


def test_the_blocks_stand_as_they_stood_with_known_articles_and_pictures(tmp_path: Path) -> None:
    hot = (
        Link(block="hot", position=1, url=f"{PAGE}1", title="Tin của kho", image_url=PHOTO),
        Link(block="hot", position=2, url="https://elsewhere.vn/a", title="Tin nơi khác"),
        Link(block="related", position=1, url="javascript:alert(1)", title="Tin lạ"),
        Link(block="main", position=1, url=f"{PAGE}9", title="Không thuộc bài"),
    )
    made = make(tmp_path, [answer(b"<p>x"), answer(png(), PHOTO, mime="image/png")], links=hot)
    aside = lxml_html.fromstring(asking(made.data)("/article/1").text).xpath("//aside")[0]
    assert [" ".join(item.split()) for item in aside.xpath(".//li//a[@class='held']/text()")] == ["Tin của kho"]
    assert aside.xpath(".//a[@class='held']/@href") == ["/article/1"]
    assert aside.xpath(".//img/@src") == [f"/picture/{made.captures[1].id}"]
    assert aside.xpath(".//a[starts-with(@href, 'http')]/@rel") == ["noopener noreferrer nofollow"]
    told = aside.text_content()
    assert "Tin lạ" in told
    assert "Không thuộc bài" not in told
    assert not aside.xpath(".//a[contains(@href, 'javascript')]")


def test_files_comments_and_tags_are_told(tmp_path: Path) -> None:
    file = "http://thanhdoan.hochiminhcity.gov.vn/ke-hoach.pdf"
    media = (
        Media(position=1, kind="document", url=file, original_src=file, caption="Kế hoạch"),
        Media(position=2, kind="video", url="https://phim.vn/1", original_src="x", caption="Phim"),
        Media(position=3, kind="audio", url=None, original_src="data:audio/mp3", caption=""),
    )
    comments = (
        Comment(position=1, text="Hay quá\n\nCảm ơn", author="Bạn đọc A"),
        Comment(position=2, text="Vâng", reply_to=1),
    )
    answers = [answer(b"<p>x"), answer(b"%PDF-1.4 x", file, mime="application/pdf")]
    made = make(tmp_path, answers, media=media, comments=comments, tags=("mùa hè xanh",))
    get = asking(made.data)
    text = get("/article/1").text
    assert f'<a href="/capture/{made.captures[1].id}">Kế hoạch</a>' in text
    assert '<a href="https://phim.vn/1" rel="noopener noreferrer nofollow">Phim' in text
    assert "Hay quá" in text
    assert "trả lời ý kiến 1" in text
    assert "q=m%C3%B9a+h%C3%A8+xanh" in text
    taken = get(f"/capture/{made.captures[1].id}")
    assert taken.headers["content-type"] == "application/pdf"
    assert taken.headers["content-disposition"].startswith('attachment; filename="')


def test_an_address_leads_to_its_article(get: Get, archive: Archive) -> None:
    url = get(f"/article/{archive.edited}.json").json()["url"]
    answered = get(f"/article?url={url}")
    assert (answered.status_code, answered.headers["location"]) == (302, f"/article/{archive.edited}")
    assert get("/article?url=https://nowhere.vn/1").status_code == 404
    assert get("/article").status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/article/999999",
        "/article/999999999999999",
        "/article/999999/history",
        "/article/999999/captured",
        "/article/999999/provenance",
        "/article/999999.json",
        "/article/1.exe",
        "/article/x",
        "/article/-1",
        "/article/1/nothing",
        "/article/1/history?a=7&b=9",
        "/article/1/provenance?capture=999999",
        "/article/1/captured?capture=-1",
        "/capture/999999",
        "/capture/999999.warc.gz",
        "/picture/999999",
    ],
)
def test_what_is_not_there_is_told_on_a_page_of_ours(get: Get, path: str) -> None:
    answered = get(path)
    assert answered.status_code == 404
    assert "</html>" in answered.text


def test_warnings_and_twins_are_told(tmp_path: Path) -> None:
    made = make(tmp_path, [answer(b"<p>x")], title="Bài này")
    db = open_database(made.data / "news.db", write=True)
    try:
        store_article(db, article(2, title="Bài kia", site="khac"), run_id=None, seen_at=made.captures[0].timestamp)
        with transaction(db):
            db.conn.execute("UPDATE twins SET likeness = 0.87")
            db.conn.execute("UPDATE articles SET gone_at = '2026-02-03T00:00:00Z' WHERE id = 1")
            db.conn.execute("UPDATE sightings SET cut = 100 WHERE article_id = 1")
    finally:
        close_database(db)
    told = body(asking(made.data)("/article/1?lang=en").text)
    assert '<a href="/article/2">Bài kia</a>' in told
    assert "87% alike" in told
    assert "has had this article no more since 3 February 2026" in told
    assert "may break off" in told
