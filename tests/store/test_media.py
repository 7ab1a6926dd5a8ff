"""Which capture a medium has: a rule over what is stored, so that no order of events can change the outcome."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscrawler.items import Capture, Media
from newscrawler.store import Database, add_capture, add_problem, open_database, relink_media, start_run, store_article
from newscrawler.store.media import is_noted, standing_of, unfetched_media
from tests.conftest import times
from tests.store.conftest import article, capture, day

PICTURE = "http://a.vn/1.jpg"


def picture(url: str | None = PICTURE, position: int = 1) -> Media:
    return Media(position=position, kind="image", url=url, original_src=url or "1.jpg")


def image(offset: int, timestamp: str = day(2), url: str = PICTURE, **values: object) -> Capture:
    return capture(offset, url=url, mime="image/jpeg", timestamp=timestamp, **values)


def linked(db: Database) -> list[tuple[str | None, str | None]]:
    return db.conn.execute(
        "SELECT media.url, captures.record_id FROM media LEFT JOIN captures ON captures.id = media.capture_id ORDER BY media.id"
    ).fetchall()


def test_an_article_stored_after_its_picture_finds_it(db):
    add_capture(db, image(5), None)
    store_article(db, article(media=(picture(),)), run_id=None, seen_at=day(3))
    assert linked(db) == [(PICTURE, "<urn:uuid:5>")]


def test_a_picture_captured_after_its_article_is_found_when_relinked(db):
    store_article(db, article(media=(picture(),)), run_id=None, seen_at=day(1))
    assert linked(db) == [(PICTURE, None)]
    add_capture(db, image(5), None)
    relink_media(db, [PICTURE])
    assert linked(db) == [(PICTURE, "<urn:uuid:5>")]


@pytest.mark.parametrize(
    "values",
    [
        {"status": 404},
        {"truncated": "length"},
        {"url": "http://a.vn/1.JPG"},
        {"url": "https://a.vn/1.jpg"},
        {"status": 301},
    ],
)
def test_what_is_no_whole_answer_of_that_very_address_does_not_count(db, values):
    store_article(db, article(media=(picture(),)), run_id=None, seen_at=day(1))
    add_capture(db, image(5, **values), None)
    relink_media(db)
    assert linked(db) == [(PICTURE, None)]


def test_a_capture_that_no_longer_fits_is_taken_away(db):
    add_capture(db, image(5), None)
    store_article(db, article(media=(picture(),)), run_id=None, seen_at=day(3))
    db.conn.execute("UPDATE captures SET truncated = 'time'")
    relink_media(db)
    assert linked(db) == [(PICTURE, None)]


def test_only_the_given_addresses_are_looked_at(db):
    store_article(db, article(media=(picture(), picture("http://a.vn/2.jpg", 2))), run_id=None, seen_at=day(1))
    add_capture(db, image(5), None)
    add_capture(db, image(6, url="http://a.vn/2.jpg"), None)
    relink_media(db, ["http://a.vn/2.jpg"])
    assert linked(db) == [(PICTURE, None), ("http://a.vn/2.jpg", "<urn:uuid:6>")]


EVENTS = ("article", "early", "late", "cut")


@pytest.mark.parametrize("order", list(permutations(EVENTS)), ids="-".join)
def test_the_earliest_whole_capture_counts_in_whatever_order_things_come(db, order):
    captures = {"early": image(1, day(2)), "late": image(2, day(4)), "cut": image(3, day(1), truncated="disconnect")}
    for event in order:
        if event == "article":
            store_article(db, article(media=(picture(),)), run_id=None, seen_at=day(3))
        else:
            add_capture(db, captures[event], None)
            relink_media(db, [PICTURE])
    assert linked(db) == [(PICTURE, "<urn:uuid:1>")]


RECORDS = st.lists(
    st.tuples(
        st.sampled_from("abc"),
        st.sampled_from((200, 200, 301, 404)),
        st.sampled_from((None, "time")),
        st.integers(1, 5),
    ),
    max_size=8,
)


@settings(max_examples=times(25, 400), deadline=None)
@given(records=RECORDS, shuffled=st.randoms(use_true_random=False))
def test_relinking_piece_by_piece_is_relinking_at_once(tmp_path_factory, records, shuffled):
    made = [
        image(offset, day(number), f"http://a.vn/{name}", status=status, truncated=truncated)
        for offset, (name, status, truncated, number) in enumerate(records)
    ]
    media = tuple(picture(f"http://a.vn/{name}", place) for place, name in enumerate("abc", 1))
    outcomes = []
    for piecewise in (True, False):
        db = open_database(tmp_path_factory.mktemp("media") / "news.db", write=True)
        shuffled.shuffle(made)
        store_article(db, article(media=media), run_id=None, seen_at=day(1))
        for each in made:
            add_capture(db, each, None)
            if piecewise:
                relink_media(db, [each.url])
        if not piecewise:
            relink_media(db)
        outcomes.append(linked(db))
        db.close()
    assert outcomes[0] == outcomes[1]


@pytest.mark.parametrize(
    ("values", "standing"),
    [
        ({}, "held"),
        ({"status": 404}, "settled"),
        ({"status": 410}, "settled"),
        ({"status": 301}, "settled"),
        ({"truncated": "length"}, "settled"),
        ({"truncated": "disconnect"}, "open"),
        ({"status": 503}, "open"),
        ({"status": 404, "timestamp": day(1)}, "open"),
        ({"timestamp": day(1)}, "held"),
        ({"url": "http://a.vn/2.jpg"}, "open"),
    ],
)
def test_what_the_archive_has_of_a_file(db, values, standing):
    add_capture(db, image(1, **{"timestamp": day(5), **values}), None)
    assert standing_of(db, PICTURE, since=day(3)) == standing


def test_files_that_failed_stand_behind_those_that_nobody_asked_for(db):
    names = ("failed", "asked", "asked", "held")
    media = tuple(picture(f"http://a.vn/{name}", place) for place, name in enumerate(names, 1))
    store_article(db, article(media=(*media, picture(None, 5))), run_id=None, seen_at=day(1))
    store_article(db, article(2, site="other", media=(picture("http://a.vn/x"),)), run_id=None, seen_at=day(1))
    run = start_run(db, "thanhdoan", "by hand", day(1))
    add_problem(db, run, "http://a.vn/failed", "requisite", "timeout", "no answer", day(1))
    add_capture(db, image(1, url="http://a.vn/held"), run)
    relink_media(db)
    assert list(unfetched_media(db, "thanhdoan")) == [("image", "http://a.vn/asked"), ("image", "http://a.vn/failed")]
    assert is_noted(db, "http://a.vn/failed", "timeout")
    assert not is_noted(db, "http://a.vn/failed", "absent")
    assert not is_noted(db, "http://a.vn/asked", "timeout")
