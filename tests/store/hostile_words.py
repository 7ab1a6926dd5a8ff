"""Search words by which people and programs try what a search can bear."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, product
from random import Random

_SYNTAX = (
    "AND", "OR", "NOT", "NEAR", "NEAR(a b, 2)", "NEAR/2", '"', "'", '""', "''", "(", ")", "*", "^", "+", "-", ":", ",",
    "{title}", "{title body_text} :", "-{title}", "title:", "articles_fts", "rowid", "rank", "bm25(articles_fts)", "\\",
    ";", "--", "/*", "*/", "%", "_", "?", ":match", "$1", "@a", "\x00", "\x01", "\x02", "\x03", "\x1a", "\x1b[2J", "\x7f",
    "\n", "\r\n", "\t", "\v", "\f", "\x85", "\u00a0", "\u2028", "\u200b", "\u202e", "\ufeff", "\ufffe", "\uffff", "\ud800",
    "\udfff", "\U0010ffff", "\U000e0041", "“", "”", "„", "«", "đ", "Đ", "\u00d0", "\u0300", "\u0323\u0302", "İ", "ß", "ﬁ",
    "𝐝𝐨𝐚𝐧", "доан", "團", "👩‍👩‍👧", "٣", "½", "ⅷ", "a\u0300" * 50, "\u0300" * 300, "<script>", "{{7*7}}", "../../etc/passwd",
    "%00", "%27", "' OR 1=1 --", '" OR 1=1 --', "'; DROP TABLE articles; --", "\" UNION SELECT sql FROM sqlite_master --",
    "a* OR b*", "^doan", "doan*", '"doan" * ', "col : doan", "doan NOT niên", "NOT NOT NOT", "AND AND", "()", "(()", "-",
)  # fmt: skip
_WORDS = ("đoàn", "doan", "thanh niên", "kỹ sĩ quí", "hòa", "a", "1", "")
_LONG = (
    "đ" * 100_000,
    "doan " * 20_000,
    '"' * 100_000,
    '"a" ' * 25_000,
    "(" * 100_000,
    "a" + "\u0300" * 100_000,
    "e\u0323\u0302" * 50_000,
    "\ud800" * 100_000,
    "\x00" * 100_000,
    "kỹ " * 30_000,
    '"' + "kỹ sĩ quý mì " * 10_000 + '"',
    " ".join(map(chr, range(0x61, 0x7B))) * 2_000,
    "".join(map(chr, range(0x300, 0x370))) * 500,
    " ".join(f"chữ{number}" for number in range(20_000)),
    "NEAR(" * 20_000,
    "hoà-" * 30_000,
)


def hostile_words(count: int) -> list[str]:
    """`count` different strings, always the same."""
    found = dict.fromkeys(islice(_strings(Random("hostile")), 2 * count + len(_LONG)))
    return list(found)[:count]


def _strings(random: Random) -> Iterator[str]:
    yield from _LONG
    yield from _SYNTAX
    for sign, word in product(_SYNTAX, _WORDS):
        yield f"{sign}{word}"
        yield f"{word} {sign} {word}"
    while True:
        yield random.choice(("", " ", '"')).join(random.choices(_SYNTAX + _WORDS, k=random.randint(2, 12)))
