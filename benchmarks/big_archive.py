"""A made database of many articles, written in bulk: what searching and storing cost late in the life of an archive.

Words are drawn so that few are very common and most are rare, as in print; the most common ones are those that nearly
every article of a youth union holds. Every hundredth article is a copy of the one before, with its end cut off.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path
from random import Random

from newscrawler.items import Article
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
        yield Article(
            url=f"http://thanhdoan.hochiminhcity.gov.vn/ThanhDoan/webtd/News/{number}",
            title=prose(random, 12),
            site=SITE,
            site_article_id=str(number),
            summary=prose(random, 25),
            published=f"{2008 + number % 18}-{number % 12 + 1:02}-{number % 28 + 1:02}",
            published_precision="day",
            published_source="page",
            body_text=body,
            body_html=f"<p>{body[:200]}</p>",
            word_count=WORDS_OF_TEXT,
            content_hash=f"{seed} {number}",
            extractor="made 1",
        )


def make(path: Path, count: int) -> None:
    """Write `count` articles, their words' index and their keys; their twins are not looked for."""
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
    finally:
        close_database(db)


def _rows(count: int) -> Iterator[dict[str, object]]:
    for article in articles(count):
        yield {**row_of(article, "2026-01-01T00:00:00.000000Z"), "twin_hash": twin_hash(article.body_text)}
