"""Which of several statements counts, and which contradict it: laws, and the cases that they come from."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawler.items import Claim, Precision, SourceName
from newscrawler.reading.fields.claims import LONGEST_VALUE, MOST_CONFLICTS, agree, choose, choose_group

SOURCES: list[SourceName] = ["json-ld", "meta", "microdata", "selector", "heuristic", "prose", "address", "site"]
DAYS = st.dates().map(lambda day: day.replace(year=1990 + day.year % 40).isoformat())
MINUTES = st.builds(
    "{}T{:02}:{:02}:{:02}+07:00".format, DAYS, st.integers(0, 23), st.integers(0, 59), st.integers(0, 59)
)
WORDS = st.text("aáBbđ -.", max_size=12)


def dated(value: str, source: SourceName, field: str = "published") -> Claim:
    lengths: dict[int, Precision] = {4: "year", 7: "month", 10: "day"}
    return Claim(field=field, value=value, source=source, precision=lengths.get(len(value), "minute"))


dates = st.builds(dated, st.one_of(DAYS, MINUTES, DAYS.map(lambda day: day[:7]), st.just("")), st.sampled_from(SOURCES))
titles = st.builds(
    lambda value, source: Claim(field="title", value=value, source=source), WORDS, st.sampled_from(SOURCES)
)
distrust = st.lists(st.sampled_from([f"{source}:published" for source in SOURCES]), max_size=3)


@given(st.lists(dates, max_size=8), distrust)
def test_what_is_chosen_was_said_and_is_trusted_and_contradicts_all_its_conflicts(
    claims: list[Claim], distrusted: list[str]
) -> None:
    found = choose(claims, distrusted)
    trusted = [one for one in claims if one.value and one.source != "address"]
    trusted = [one for one in trusted if f"{one.source}:published" not in distrusted]
    assert (found is None) == (not trusted)
    if found:
        chosen, origin = found
        assert chosen in trusted
        assert (origin.source, origin.where) == (chosen.source, chosen.where)
        assert all(one.value and not agree(chosen, one) for one in origin.conflicts)
        assert len(origin.conflicts) <= MOST_CONFLICTS


@given(st.lists(dates, max_size=8))
def test_no_contradiction_is_passed_over(claims: list[Claim]) -> None:
    found = choose(claims)
    if found:
        told = {(one.source, one.value) for one in found[1].conflicts}
        assert all(not one.value or agree(found[0], one) or (one.source, one.value) in told for one in claims)


@given(st.one_of(dates, titles), st.one_of(dates, titles))
def test_to_agree_is_mutual_and_each_agrees_with_itself(one: Claim, other: Claim) -> None:
    assert agree(one, one)
    if one.field == other.field:
        assert agree(one, other) == agree(other, one)


@given(MINUTES)
def test_a_day_and_the_minute_in_that_day_are_no_conflict_and_the_minute_counts(minute: str) -> None:
    day = dated(minute[:10], "json-ld")
    for source in ("json-ld", "meta", "selector", "heuristic"):
        found = choose([day, dated(minute, source)])
        assert found is not None
        assert found[0].value == minute
        assert found[1].conflicts == ()


def test_a_day_takes_no_time_from_microdata() -> None:
    found = choose([dated("2018-03-05", "meta"), dated("2018-03-05T17:40:00+07:00", "microdata")])
    assert found is not None
    assert found[0].value == "2018-03-05"


@pytest.mark.parametrize(
    ("field", "one", "other", "expected"),
    [
        ("published", "2018-03-05T08:15:00+07:00", "2018-03-05T08:15:42+07:00", True),
        ("published", "2018-03-05T08:15:00+07:00", "2018-03-05T01:15:00+00:00", True),
        ("published", "2018-03-05T08:15:00+07:00", "2018-03-05T09:15:00+07:00", False),
        ("published", "2018-03-05", "2018-03-06", False),
        ("published", "2018-03-31", "2018-04", True),
        ("published", "2018-03-31", "2018-06", False),
        ("canonical_url", "http://a.vn/tin-1.html", "https://www.a.vn/tin-1.html", True),
        ("canonical_url", "http://a.vn/tin-1.html", "http://a.vn/tin-2.html", False),
        ("title", "Đoàn xã RA QUÂN", "đoàn xã ra quân.", True),
        ("title", "Đoàn xã ra quân", "Đoàn xã về làng", False),
        ("summary", "Sáng nay hai trăm bạn trẻ…", "Sáng nay hai trăm bạn trẻ dọn kênh.", True),
        (
            "summary",
            "TTO - Sáng nay hai trăm bạn trẻ cùng nhau dọn con kênh.",
            "Sáng nay hai trăm bạn trẻ cùng nhau dọn con kênh.",
            True,
        ),
        ("language", "vi", "vi-VN", True),
        ("language", "vi", "en", False),
        ("category", "Tin tức > Thời sự", "Thời sự", True),
        ("category", "Kinh doanh, Tài chính", "Kinh doanh > Tài chính", True),
        ("category", "Thời sự", "Thể thao", False),
        ("byline", "THU HÀ", "Bài: Thu Hà; ảnh: Văn An", True),
        ("byline", "THU HÀ", "Minh An", False),
    ],
)
def test_what_says_the_same(field: str, one: str, other: str, expected: bool) -> None:
    claims = [Claim(field=field, value=value, source="meta") for value in (one, other)]
    assert agree(*claims) == expected


def test_the_day_in_an_address_contradicts_only_what_is_further_than_a_day() -> None:
    near, far = dated("2026-03-06", "address"), dated("2026-03-03", "address")
    chosen = dated("2026-03-07T08:06:00+07:00", "json-ld")
    assert agree(chosen, near)
    assert not agree(chosen, far)
    assert choose([far]) is None


def test_the_prose_contradicts_nobody_for_it_tells_the_day_of_the_event() -> None:
    assert agree(dated("2018-05-17", "meta"), dated("2018-01-02", "prose"))


def test_what_nobody_could_read_is_neither_chosen_nor_a_conflict() -> None:
    unread = Claim(field="published", value="", source="json-ld", raw="hôm nào")
    found = choose([unread, dated("2018-05-17", "meta")])
    assert found is not None
    assert (found[0].value, found[1].conflicts) == ("2018-05-17", ())
    assert choose([unread]) is None


def test_of_tags_all_of_one_place_count_and_others_name_what_they_lack() -> None:
    def tag(value: str, where: str) -> Claim:
        return Claim(field="tags", value=value, source="meta", where=where)

    found = choose_group(
        [tag("hè", "article:tag"), tag("Hè", "article:tag"), tag("thi", "article:tag"), tag("he", "b")]
    )
    assert found is not None
    assert ([one.value for one in found[0]], found[1].conflicts) == (["hè", "thi"], ())
    more = choose_group([tag("hè", "article:tag"), tag("kênh", "b"), tag("hè", "b")])
    assert more is not None
    assert [one.value for one in more[1].conflicts] == ["kênh"]


def test_endless_contradictions_are_cut() -> None:
    many = [Claim(field="title", value=f"{number} " + "x" * 2_000, source="meta") for number in range(50)]
    found = choose([replace(many[0], value="Ra quân"), *many])
    assert found is not None
    assert len(found[1].conflicts) == MOST_CONFLICTS
    assert max(len(one.value) for one in found[1].conflicts) == LONGEST_VALUE
