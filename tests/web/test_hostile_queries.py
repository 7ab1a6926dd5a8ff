"""Whatever is typed into the search, the room answers; and SQL of visitors, where it is allowed, has limits."""

from __future__ import annotations

import resource
import time
from random import Random
from urllib.parse import quote

import pytest

from newscrawler.web.serving import Openness
from tests.conftest import times
from tests.web.conftest import Archive, Get, asking

PIECES = (
    '"', "'", "*", "(", ")", "(((", "NEAR(", "NEAR/2", "AND", "OR", "NOT", ":", "zz:x", "title:", "{title} :", "^", "+", "-", "--", ";",
    "\\", "/", "%", "_", "[", "]", "?", "\0", "\x02", "\x03", "\x1a", "\u202e", "\u200b", "\ufeff", "\ud800", "\U0001f600", "à́̂̃̀",
    "đoàn", "Doan", "thanh", "' OR 1=1 --", '"; DROP TABLE articles; --', "${7*7}", "{{7*7}}", "<script>", "&lt;", "\r\n", "\t",
    "9" * 400, "a" * 20_000, "đ " * 5_000, '"' * 999, "(" * 999, "a " * 2_000, "NOT NOT", "*a*", '"đoàn', "hòa*", "%00", "%", "\u0300" * 500,
)  # fmt: skip
BOMBS = (
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n",
    "SELECT printf('%.*c', 900000000, 'x')",
    "SELECT hex(randomblob(400000000))",
    "SELECT hex(zeroblob(900000000))",
    "SELECT replace(printf('%.*c', 9000000, 'x'), 'x', 'yyyyyyyyyyyyyyyyyyyy')",
    "SELECT group_concat(a.body_text || b.body_text) FROM articles a, articles b, articles c",
    "SELECT count(*) FROM links a, links b, links c, links d",
    "SELECT * FROM articles WHERE body_text LIKE '%' || replace(printf('%.*c', 9999, '_'), '_', '%_')",
    "SELECT json_group_array(value) FROM generate_series(1, 1000000000)",
    "SELECT sum(length(randomblob(9000000))) FROM links a, links b",
    "SELECT format('%.*c', 900000000, 'x')",
    "SELECT sum(length(replace(hex(t), '0', 'xyz'))) FROM (SELECT group_concat(body_text) t FROM articles) x, links a, links b",
    "SELECT count(*) FROM articles a, links b WHERE a.body_text LIKE '%a%n%h%n%i%e%n%z%z%z%z'",
    "SELECT sum(length(hex(hex(hex(hex(hex(body_html))))))) FROM articles a, links b, links c",
)
FORBIDDEN = (
    "ATTACH DATABASE '/etc/passwd' AS p",
    "PRAGMA database_list",
    "SELECT * FROM pragma_database_list",
    "DELETE FROM articles",
    "SELECT load_extension('x')",
    "SELECT 1; SELECT 2",
    "SELECT writefile('x', 'y')",
)


def hostile(count: int) -> list[str]:
    """So many made strings, the same in every run."""
    random = Random(94)
    return [" ".join(random.choices(PIECES, k=random.randint(1, 6))) for _ in range(count)]


def test_no_search_string_gets_an_error_of_the_server(get: Get) -> None:
    took = []
    for words in hostile(times(250, 1000)):
        value = quote(words.encode("utf-8", "surrogatepass")[:6000])
        begun = time.perf_counter()
        answer = get(f"/search?q={value}")
        took.append(time.perf_counter() - begun)
        assert answer.status_code < 500, words[:99]
    took.sort()
    print(
        f"{len(took)} strings: p50 {took[len(took) // 2] * 1000:.0f} ms, p99 {took[int(len(took) * 0.99)] * 1000:.0f} ms"
    )


@pytest.mark.parametrize(
    "path",
    [
        "/search.json?q={}",
        "/search.atom?q={}",
        "/search?site={}&from={}&to={}&section={}&byline={}&page={}",
        "/hot?site={}&from={}",
        "/runs?site={}&page={}",
        "/article/{}",
        "/run/{}",
        "/gaps/{}",
        "/picture/{}",
        "/capture/{}",
    ],
)
def test_nor_does_any_other_value(get: Get, path: str) -> None:
    for words in hostile(times(12, 100)):
        value = quote(words.encode("utf-8", "surrogatepass")[:1000], safe="")
        answer = get(path.replace("{}", value))
        assert answer.status_code < 500, words[:99]


@pytest.fixture(scope="module")
def open_room(archive: Archive) -> Get:
    """A room whose visitors may type SQL."""
    return asking(archive.data, Openness(sql=True, downloads=True))


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_bomb_of_sql_ends_early_and_small(open_room: Get, bomb: str) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begun = time.perf_counter()
    answer = open_room(f"/news.json?sql={quote(bomb)}")
    took, grown = time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    print(f"{answer.status_code} in {took:.2f} s, {grown / 1024:.0f} MB more: {bomb}")
    assert answer.status_code in (200, 400)
    assert grown < 100 * 1024


@pytest.mark.parametrize("sql", FORBIDDEN)
def test_sql_of_visitors_cannot_write_or_look_beyond_the_archive(open_room: Get, sql: str, archive: Archive) -> None:
    answer = open_room(f"/news.json?sql={quote(sql)}")
    assert answer.status_code in (400, 403) or str(archive.data) not in answer.text, answer.text
