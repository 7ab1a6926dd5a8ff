"""A made database of many articles, written in bulk: what searching and storing cost late in the life of an archive.

    python -m benchmarks.big_archive news.db --articles 200000 --history

also writes what years of crawling leave beside them (see `benchmarks.big_history`): runs and their problems, captures,
links of hot and other blocks, versions, pictures, a queue. No WARC file comes with it.

Words are drawn so that few are very common and most are rare, as in print; the most common ones are those that nearly
every article of a youth union holds. Every hundredth article is a copy of the one before, with its end cut off.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path
from random import Random

import click

from benchmarks.big_history import add_history
from newscrawler.items import Article, Precision
from newscrawler.store import close_database, open_database, reindex, transaction
from newscrawler.store.columns import ADD, row_of
from newscrawler.store.twins import twin_hash

INITIALS = "b c ch d đ g gi h k kh l m n ng nh ph qu r s t th tr v x".split()
FINALS = (
    "a á à ả ã ạ an án àn ản ãn ạn anh ánh ành ảnh ãnh ạnh ao áo ào ay áy ày ăn ắn ằn âm ấm ầm ân ấn ần âu ấu ầu e é "
    "en én èn eo éo èo ê ế ề ên ến ền êu ếu ều i í ì inh ính ình oa oá oà oan oán oàn oi ói òi ông ống ồng ơ ớ ờ ơn ớn "
    "u ú ù uân uấn uần ung úng ùng uy uý uỳ ư ứ ừ ưng ứng ừng ươi ưới ười ương ướng ường"
).split()
COMMON = (
    "đoàn thanh niên thành phố hồ chí minh tổ chức hội nghị công tác phong trào sinh viên tình nguyện mùa hè xanh "
    "chiến sĩ quận phường học năm ngày các và của cho với trong được là có những một này đã đến ra về hoạt động"
).split()
WORDS = COMMON + [initial + final for initial in INITIALS for final in FINALS]
_WEIGHTS = list(accumulate(1 / (rank + 3) for rank in range(len(WORDS))))
SITE = "thanhdoan"
PAGES = {
    SITE: "http://thanhdoan.hochiminhcity.gov.vn/ThanhDoan/webtd/News/{}",
    "thanhnien": "https://thanhnien.vn/tin-{}.htm",
    "tuoitre": "https://tuoitre.vn/tin-{}.htm",
}
"""Site → address of an article, by its number."""
CATEGORIES = (
    "Tin tức > Hoạt động Đoàn",
    "Tin tức > Học đường",
    "Tin tức > Tình nguyện > Mùa hè xanh",
    "Tin tức > Tình nguyện > Xuân tình nguyện",
    "Văn bản",
    "Gương sáng",
    "Diễn đàn",
)
NAMES = "An Bình Châu Dũng Giang Hạnh Khánh Linh Minh Ngọc Phương Quân Sơn Thảo Uyên Vy".split()
FAMILIES = "Nguyễn Trần Lê Phạm Hoàng Huỳnh Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý".split()
FIRST_DAY, DAYS = date(2008, 1, 1), 6890
WORDS_OF_TEXT = 350


def prose(random: Random, words: int) -> str:
    """So many words, in paragraphs of some fifty."""
    drawn = random.choices(WORDS, cum_weights=_WEIGHTS, k=words)
    return "\n\n".join(" ".join(drawn[start : start + 50]).capitalize() + "." for start in range(0, words, 50))


def articles(count: int, seed: int = 1, first: int = 1) -> Iterator[Article]:
    """Articles with ids from `first` on, each told by its number and the seed."""
    random = Random(f"{seed} {first}")
    body = ""
    for number in range(first, first + count):
        body = body.rpartition("\n\n")[0] if number % 100 == 0 and body else prose(random, WORDS_OF_TEXT)
        site = site_of(number)
        published, precision = dated(number)
        yield Article(
            url=PAGES[site].format(number),
            title=prose(random, 12),
            site=site,
            site_article_id=str(number),
            summary=prose(random, 25),
            byline=byline_of(number),
            category=CATEGORIES[number * 31 % 97 % len(CATEGORIES)] if number % 9 else None,
            published=published,
            published_precision=precision,
            published_source="page" if published else None,
            body_text=body,
            body_html="".join(f"<p>{paragraph}</p>" for paragraph in body.split("\n\n")),
            word_count=WORDS_OF_TEXT,
            content_hash=f"{seed} {number}",
            extractor="made 1",
        )


def site_of(number: int) -> str:
    """Eight of ten articles are of one site."""
    return {3: "tuoitre", 7: "thanhnien"}.get(number % 10, SITE)


def byline_of(number: int) -> str | None:
    """Two of three have one, by 224 persons."""
    person = number * 7 % 224
    return f"{FAMILIES[person // 16]} {NAMES[person % 16]}".upper() if number % 3 else None


def day_of(number: int) -> date:
    """Spread over nineteen years, more of them in the later ones."""
    share: float = (number * 7919 % 100_003) / 100_003
    return FIRST_DAY + timedelta(int(DAYS * share**0.75))


def dated(number: int) -> tuple[str | None, Precision | None]:
    """The date of publication as far as it is known: one of fifty has none."""
    day = day_of(number).isoformat()
    match number % 50:
        case 0:
            return None, None
        case 1:
            return day[:4], "year"
        case 2 | 3 | 4:
            return day[:7], "month"
        case place if place < 25:
            return f"{day}T{number % 24:02}:{number % 60:02}:00+07:00", "minute"
    return day, "day"


def make(path: Path, count: int, *, history: bool = False) -> None:
    """Write `count` articles, their words' index and their keys; their twins are not looked for. With `history`, also
    what crawling leaves beside them."""
    db = open_database(path, write=True)
    try:
        triggers = db.conn.execute(
            "SELECT name, sql FROM sqlite_master WHERE name GLOB 'articles_fts_*' AND type = 'trigger'"
        )
        kept = triggers.fetchall()
        with transaction(db):
            for name, _sql in kept:
                db.conn.execute(f"DROP TRIGGER {name}")
            db.conn.executemany(ADD, _rows(count))
            db.conn.execute(
                "INSERT INTO twin_keys SELECT value, articles.id FROM articles, json_each(twin_hash) ORDER BY 1, 2"
            )
            reindex(db)
            for _name, sql in kept:
                db.conn.execute(sql)
            if history:
                add_history(db, day_of, PAGES)
    finally:
        close_database(db)


def _rows(count: int) -> Iterator[dict[str, object]]:
    for article in articles(count):
        yield {**row_of(article, "2026-01-01T00:00:00.000000Z"), "twin_hash": twin_hash(article.body_text)}


@click.command()
@click.argument("path", type=click.Path(path_type=Path, dir_okay=False, exists=False))
@click.option("--articles", "count", default=200_000, show_default=True)
@click.option("--history", is_flag=True, help="With runs, captures, links, versions and pictures.")
def main(path: Path, count: int, history: bool) -> None:
    """Write the database PATH."""
    make(path, count, history=history)


if __name__ == "__main__":
    main()
