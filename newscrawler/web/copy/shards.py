"""The index of a copy as small scripts: a browser that reads from a folder loads scripts, but no data.

`search/words-N.js` hold the words in order, `search/titles-N.js` what results show, and `search/shards.js` tells with
which word each of the first begins. Each calls `copyIndex` (see `static/copy.js`) with plain JSON.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import islice

from newscrawler.web.copy.postings import Posting

LARGEST = 48_000
"""Characters beyond which a script of words is not continued; one word alone may have more."""
A_SCRIPT = 200
"""Articles whose titles lie in one script."""
Title = list[str]
"""Path, title, date, site and lede of an article."""


def word_scripts(words: Iterable[tuple[str, Posting]]) -> Iterator[tuple[str, str]]:
    """The first word of each script, and its text."""
    number, pieces, first, size = 0, list[str](), "", 0
    for word, posting in words:
        piece = f"{_json(word)}:{_posting(posting)}"
        if pieces and size + len(piece) > LARGEST:
            yield first, _call("words", number, "{" + ",\n".join(pieces) + "}")
            number, pieces, size = number + 1, [], 0
        first = first if pieces else word
        pieces.append(piece)
        size += len(piece)
    if pieces:
        yield first, _call("words", number, "{" + ",\n".join(pieces) + "}")


def title_scripts(titles: Iterable[Title]) -> Iterator[str]:
    """What results show, `A_SCRIPT` articles at a time."""
    source, number = iter(titles), 0
    while some := list(islice(source, A_SCRIPT)):
        yield _call("titles", number, "[" + ",\n".join(map(_json, some)) + "]")
        number += 1


def shards_script(firsts: list[str], articles: int) -> str:
    """What the search must know from the beginning."""
    return _call("shards", articles, _json({"first": firsts, "titles": A_SCRIPT}))


def _posting(posting: Posting) -> str:
    above, below = posting
    return _json([above, below] if below else [above])


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _call(kind: str, number: int, json_: str) -> str:
    return f'copyIndex("{kind}",{number},{json_});\n'
