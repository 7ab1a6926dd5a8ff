"""Every word of the sample articles is found in each of the spellings that people type it in."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from newscrawler import read
from newscrawler.demo import SampleSite
from newscrawler.errors import NewsCrawlerError
from newscrawler.store import Database, store_article
from newscrawler.store.search import Selection, found_ids
from newscrawler.text import fold
from tests.conftest import times
from tests.store.conftest import article, day

_WORD = re.compile(r"\w+")
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_TWO_VOWELS = re.compile(rf"(o|u)([{_TONES}]?)(a|e|y)([{_TONES}]?)$")


def _d_for_d(word: str) -> str:
    """Each đ typed as d and each d as đ, with all other marks kept."""
    return word.translate(str.maketrans("đĐdD", "dDđĐ"))


def _other_place(word: str) -> str:
    """hòa for hoà and hoà for hòa; other words as they are."""
    letters = unicodedata.normalize("NFD", word)
    return unicodedata.normalize("NFC", _TWO_VOWELS.sub(r"\1\4\3\2", letters))


SPELLINGS: dict[str, Callable[[str], str]] = {
    "marks": str,
    "none": fold,
    "đ/d": _d_for_d,
    "tone place": _other_place,
    "NFD": lambda word: unicodedata.normalize("NFD", word),
    "capitals": str.upper,
}


def test_the_spellings_are_what_they_are_called() -> None:
    typed = {name: spelling("hoà") for name, spelling in SPELLINGS.items()}
    assert typed == {
        "marks": "hoà", "none": "hoa", "đ/d": "hoà", "tone place": "hòa", "NFD": "hoa\u0300", "capitals": "HOÀ"
    }  # fmt: skip
    assert (_d_for_d("đường dây"), _other_place("thúy"), _other_place("toàn")) == ("dường đây", "thuý", "toàn")


def stored(db: Database, texts: Iterable[tuple[str, str, str]]) -> dict[str, set[int]]:
    """Word → ids of the articles in which it stands; of title, summary and body."""
    holders = defaultdict(set)
    for number, (title, summary, body) in enumerate(texts, start=1):
        told = article(number, body, title=title, summary=summary)
        store_article(db, told, run_id=None, seen_at=day(1))
        for word in _WORD.findall(" ".join((title, summary, body))):
            holders[word].add(number)
    return holders


def missed(db: Database, holders: dict[str, set[int]], spelling: Callable[[str], str]) -> dict[str, str]:
    """Words, as typed, that do not find all articles in which they stand."""
    typed = {word: spelling(word) for word in holders}
    found = {words: set(found_ids(db, Selection(words=words, limit=999))) for words in set(typed.values())}
    return {word: typed[word] for word in holders if not holders[word] <= found[typed[word]]}


def judge(db: Database, holders: dict[str, set[int]], capsys: pytest.CaptureFixture[str], title: str) -> None:
    lost = {name: missed(db, holders, spelling) for name, spelling in SPELLINGS.items()}
    with capsys.disabled():
        print(f"\n{title}\n{'spelling':12}{'words':>7}{'found':>7}")
        for name, words in lost.items():
            print(f"{name:12}{len(holders):7}{len(holders) - len(words):7}")
    assert lost == {name: {} for name in SPELLINGS}


def test_every_word_of_the_sample_site_is_found_in_six_spellings(
    db: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    texts = [(truth.title, truth.paragraphs[0], "\n\n".join(truth.paragraphs)) for truth in SampleSite.load().truth()]
    judge(db, stored(db, texts[:: times(4, 1)]), capsys, "sample site")


def test_every_word_of_real_pages_is_found_in_six_spellings(
    db: Database, samples: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    texts = []
    for path in sorted(samples.rglob("*.html"))[:: times(4, 1)]:
        try:
            told = read(path.read_bytes(), f"http://a.vn/{path.stem}")
        except NewsCrawlerError:
            continue
        texts.append((told.title or "", told.summary or "", told.body_text))
    judge(db, stored(db, texts), capsys, f"{len(texts)} real pages")
