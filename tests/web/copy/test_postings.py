"""The index of a copy: what is written into its scripts is found in them again."""

from __future__ import annotations

import json
import re
from itertools import accumulate

from hypothesis import given, settings
from hypothesis import strategies as st

from newscrawler.web.copy import shards
from newscrawler.web.copy.postings import Postings, words_of
from newscrawler.web.copy.shards import shards_script, title_scripts, word_scripts
from tests.conftest import times

TEXTS = st.text("aăâđĐoàn Thanh0\u0301\u2028\U00020000ﬀ'\"</", max_size=20)
ARTICLES = st.lists(st.tuples(TEXTS, TEXTS, TEXTS), max_size=12)
_CALL = re.compile(r'copyIndex\("(\w+)",(\d+),(.*)\);\n', re.DOTALL)


def read(script: str) -> tuple[str, int, object]:
    match = _CALL.fullmatch(script)
    assert match is not None
    return match[1], int(match[2]), json.loads(match[3])


@given(ARTICLES)
@settings(max_examples=times(60, 1000), deadline=None)
def test_each_word_of_each_article_is_found_in_the_scripts_again(articles: list[tuple[str, str, str]]) -> None:
    postings = Postings()
    for title, lede, body in articles:
        postings.add((title, lede), body)
    above: dict[str, list[int]] = {}
    below: dict[str, list[int]] = {}
    for _first, script in word_scripts(postings.sorted()):
        _kind, _number, words = read(script)
        assert isinstance(words, dict)
        for word, (steps, *more) in words.items():
            above[word] = list(accumulate(steps))
            below[word] = list(accumulate(more[0])) if more else []
    for place, (title, lede, body) in enumerate(articles):
        first = {*words_of(title), *words_of(lede)}
        assert all(place in above[word] for word in first)
        assert all(place in below[word] for word in set(words_of(body)) - first)
    assert sum(map(len, above.values())) >= sum(len({*words_of(t), *words_of(ll)}) for t, ll, _ in articles)


def test_scripts_stay_small_and_their_first_words_are_in_the_order_of_javascript() -> None:
    postings = Postings()
    for number in range(3000):
        postings.add((f"tin {number} \uff41{number} \U00020000{number}",), "đoàn thanh niên")
    made = list(word_scripts(postings.sorted()))
    assert len(made) > 2
    assert all(len(script) < 2 * shards.LARGEST for _first, script in made)
    firsts = [first for first, _script in made]
    assert firsts == sorted(firsts, key=lambda word: word.encode("utf-16-be"))
    assert read(shards_script(firsts, 3000))[1:] == (3000, {"first": firsts, "titles": shards.A_SCRIPT})


def test_titles_lie_in_scripts_by_their_place() -> None:
    titles = [[f"a/{number}.html", "</script>\u2028", "", "", ""] for number in range(shards.A_SCRIPT + 1)]
    told = [read(script) for script in title_scripts(titles)]
    assert [(kind, number) for kind, number, _titles in told] == [("titles", 0), ("titles", 1)]
    assert told[1][2] == [titles[-1]]
