"""What a list of results shows beside the hits."""

from __future__ import annotations

from newscrawler.items import Media
from newscrawler.store import Database, add_capture, relink_media, start_run, store_article
from newscrawler.store.cards import cards_of, last_touched, sites_of
from tests.store.conftest import article, capture, day

LONG = "Chiến sĩ tình nguyện ra quân. " * 20
PICTURES = [Media(position=n, kind="image", url=f"http://a.vn/{n}.jpg", original_src=f"{n}.jpg") for n in (1, 2, 3)]


def test_a_card_has_the_first_picture_that_is_held(db: Database) -> None:
    held = [add_capture(db, capture(n, url=f"http://a.vn/{n}.jpg", mime="image/jpeg"), run_id=None) for n in (2, 3)]
    store_article(db, article(1, media=PICTURES), run_id=None, seen_at=day(1))
    store_article(db, article(2), run_id=None, seen_at=day(2))
    relink_media(db)
    cards = cards_of(db, [1, 2, 99])
    assert {id: card.picture for id, card in cards.items()} == {1: held[0], 2: None}
    assert cards[2].last_changed == day(2)


def test_a_lede_is_the_summary_or_else_the_beginning_cut_between_words(db: Database) -> None:
    store_article(db, article(1, LONG, summary="Tóm\ntắt."), run_id=None, seen_at=day(1))
    store_article(db, article(2, LONG), run_id=None, seen_at=day(1))
    cards = cards_of(db, [1, 2])
    assert cards[1].lede == "Tóm tắt."
    assert cards[2].lede.startswith("Chiến sĩ tình nguyện ra quân.")
    assert cards[2].lede.endswith(" …")
    assert len(cards[2].lede) <= 242


def test_articles_with_one_text_name_each_other(db: Database) -> None:
    words = " ".join(f"từ{n}" for n in range(200))
    store_article(db, article(1, words), run_id=None, seen_at=day(1))
    store_article(db, article(2, words, site="tuoitre", url="https://tuoitre.vn/2"), run_id=None, seen_at=day(1))
    assert {id: card.copies for id, card in cards_of(db, [1, 2]).items()} == {
        1: ((2, "tuoitre"),),
        2: ((1, "thanhdoan"),),
    }


def test_every_site_is_told_once(db: Database) -> None:
    assert sites_of(db) == []
    for id, site in enumerate(("b", "a", "b", "c"), 1):
        store_article(db, article(id, site=site), run_id=None, seen_at=day(1))
    assert sites_of(db) == ["a", "b", "c"]


def test_the_last_touch_is_that_of_a_run(db: Database) -> None:
    assert last_touched(db) == "1970-01-01T00:00:00Z"
    start_run(db, site="a", reason="crawl", started_at=day(3))
    assert last_touched(db) == day(3)
